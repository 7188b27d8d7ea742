// Keeps a drawing in the shape that it declares, such as a ring, at the end of every gesture that added, removed or
// moved nodes or chose another shape. What the lab's model answers becomes part of the gesture. Knows no lab by name.
import type { GraphModel, Layout } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Drawing } from './drawing.ts'
import type { Editor } from './editor.ts'
import { type RecordDiff, sameValue } from './records/diff.ts'
import type { Draft } from './records/store.ts'
import type { Stage } from './stage.ts'

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
  return named(editor.lab, editor.whole.field('topology'))
}

function named({ shapes: [free] = [] }: LabModel, chosen: unknown): string | null {
  return free === undefined ? null : typeof chosen === 'string' ? chosen : free.id
}

export interface ShapeHearers {
  /** tells whoever cannot see it that the shape was left */
  say: (text: string) => void
  /** shows the whole drawing when one of these cannot be seen */
  showAll: (ids: Iterable<string>) => void
}

/** What history does at the end of each gesture. The eye follows what it saw before. */
export function shapeKeeper(drawing: Drawing, stage: Stage, { say, showAll }: ShapeHearers) {
  return (diff: RecordDiff): void =>
    keepShape(drawing, diff, say, (from, move) => {
      const seen = [...from.keys()].filter((id) => stage.inView(id))
      stage.glide(from)
      move()
      showAll(seen)
    })
}

/**
 * Links that a person drew or removed by hand are never taken back: then the drawing is free from there on.
 * @param diff what the gesture has done so far
 */
function keepShape(
  drawing: Drawing,
  diff: RecordDiff,
  say: (text: string) => void,
  moving: (from: ReadonlyMap<string, Point>, move: () => void) => void,
): void {
  const { lab, store } = drawing
  if (lab.shaped === undefined) return
  const forNodes = concernsNodes(diff)
  if (!forNodes && !concernsLinks(diff)) return
  const before = drawing.model()
  const found = lab.shaped(before, drawing.layout())
  if (found === null) return
  if (forNodes) {
    moving(
      goneFrom(drawing.layout(), found.layout),
      () => void store.change('later', (draft) => putShape(draft, before, found)),
    )
  } else if (found.model !== before) {
    store.change('later', free)
    // After what the gesture says of itself, which would take its place.
    queueMicrotask(() => say(texts.say.released))
  }
}

const keysOf = ({ added, removed, updated }: RecordDiff): string[] => [
  ...added.keys(),
  ...removed.keys(),
  ...updated.keys(),
]

function concernsNodes(diff: RecordDiff): boolean {
  return keysOf(diff).some((key) => key.startsWith('positions/') || key.startsWith('nodes/') || key === 'meta/envelope')
}

const concernsLinks = ({ added, removed }: RecordDiff): boolean =>
  [...added.keys(), ...removed.keys()].some((key) => key.startsWith('edges/'))

function goneFrom(before: Layout, after: Layout): Map<string, Point> {
  const from = new Map<string, Point>()
  for (const [id, { x, y }] of Object.entries(after.positions)) {
    const was = Object.hasOwn(before.positions, id) ? before.positions[id] : undefined
    if (was !== undefined && (was.x !== x || was.y !== y)) from.set(id, was)
  }
  return from
}

function free(draft: Draft): void {
  const envelope = draft.get('meta', 'envelope')
  if (envelope === undefined) return
  const others = Object.entries((envelope['model'] ?? {}) as Record<string, unknown>).filter(
    ([key]) => key !== 'topology',
  )
  draft.put('meta', { ...envelope, model: Object.fromEntries(others) })
}

function putShape(draft: Draft, before: GraphModel, { model, layout }: { model: GraphModel; layout: Layout }): void {
  const kept = new Map(model.edges.map((edge) => [edge.id, edge]))
  for (const { id } of before.edges) if (!kept.has(id)) draft.remove('edges', id)
  for (const edge of kept.values()) {
    if (!sameValue(draft.get('edges', edge.id), edge)) draft.put('edges', edge)
  }
  for (const [id, { x, y }] of Object.entries(layout.positions)) draft.put('positions', { id, x, y })
}
