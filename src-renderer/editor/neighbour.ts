// Going through the drawing by keyboard: node after node, then the notes. Knows no view.
import { arrange } from '../ui/texts/arrange.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Drawing } from './drawing.ts'

/** The record after (or before) another one, and what is said of it; null in an empty drawing. */
export function neighbour(drawing: Drawing, id: string | undefined, by: 1 | -1): { id: string; said: string } | null {
  const ids = [...drawing.nodes(), ...drawing.notes()].map((record) => record.id)
  const index = id === undefined ? -1 : ids.indexOf(id)
  const start = index < 0 && by < 0 ? 0 : index
  const next = ids[(start + by + ids.length) % ids.length]
  if (next === undefined) return null
  const node = drawing.node(next)
  if (node === undefined) return { id: next, said: arrange.note.spoken(drawing.noteAt(next)?.text ?? '') }
  const kind = drawing.lab.nodeKinds.find((candidate) => candidate.kind === node.kind)?.label ?? node.kind
  return { id: next, said: texts.say.selected(node.name, kind, drawing.edgesAt(next).length) }
}
