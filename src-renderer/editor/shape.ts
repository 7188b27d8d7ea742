// Keeps a drawing in the shape that it declares, such as a ring, at the end of every gesture that added, removed or
// moved nodes or chose another shape. What the lab's model answers becomes part of the gesture. Knows no lab by name.
import type { GraphModel, Layout } from '@contract/document.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Drawing } from './drawing.ts'
import type { Editor } from './editor.ts'
import { type RecordDiff, sameValue } from './records/diff.ts'
import type { Draft } from './records/store.ts'

/** Chooses the shape that the drawing is kept in from now on, as one entry. */
export function chooseShape(editor: Editor, id: string): void {
  const { shapes = [] } = editor.lab
  const shape = shapes.find((one) => one.id === id)
  if (shape === undefined) return
  const free = shapes[0]?.id === id
  if (editor.whole.setField(texts.history.shape(shape.label), 'topology', free ? undefined : id)) editor.fit()
}

/** The shape that the drawing is kept in; null for labs without shapes. */
export function shapeOf(editor: Editor): string | null {
  const [free] = editor.lab.shapes ?? []
  const chosen = editor.whole.field('topology')
  return free === undefined ? null : typeof chosen === 'string' ? chosen : free.id
}

/** @param diff what the gesture has done so far */
export function keepShape(drawing: Drawing, diff: RecordDiff): void {
  const { lab, store } = drawing
  if (lab.shaped === undefined || !concernsShape(diff)) return
  const before = drawing.model()
  const found = lab.shaped(before, drawing.layout())
  if (found === null) return
  store.change('later', (draft) => putShape(draft, before, found))
}

function concernsShape({ added, removed, updated }: RecordDiff): boolean {
  const keys = [...added.keys(), ...removed.keys(), ...updated.keys()]
  return keys.some((key) => key.startsWith('positions/') || key.startsWith('nodes/') || key === 'meta/envelope')
}

function putShape(draft: Draft, before: GraphModel, { model, layout }: { model: GraphModel; layout: Layout }): void {
  const kept = new Map(model.edges.map((edge) => [edge.id, edge]))
  for (const { id } of before.edges) if (!kept.has(id)) draft.remove('edges', id)
  for (const edge of kept.values()) {
    if (!sameValue(draft.get('edges', edge.id), edge)) draft.put('edges', edge)
  }
  for (const [id, { x, y }] of Object.entries(layout.positions)) draft.put('positions', { id, x, y })
}
