// Where records stand: a node has a position of its own, a note carries its place with it. One way to move both.
// Knows neither sizes nor tools.
import type { Note } from '@contract/document.ts'
import type { Point } from '@contract/scene.ts'
import type { Draft } from './store.ts'

/** Puts a node (its centre) or a note (its upper left corner) at a point, inside a change. */
export function moveTo(draft: Draft, id: string, { x, y }: Point): void {
  const note = draft.get('notes', id) as Note | undefined
  // Only a note on the canvas shares its ids with nodes; one about the whole drawing may be called like a node.
  if (note?.place !== undefined) draft.put('notes', { ...note, place: { ...note.place, x, y } })
  else if (draft.get('positions', id) !== undefined) draft.put('positions', { id, x, y })
}

/** Moves a node or a note by so much, inside a change. */
export function shift(draft: Draft, id: string, dx: number, dy: number): void {
  const note = draft.get('notes', id) as Note | undefined
  const at = note?.place ?? draft.get('positions', id)
  if (at !== undefined) moveTo(draft, id, { x: Number(at['x']) + dx, y: Number(at['y']) + dy })
}
