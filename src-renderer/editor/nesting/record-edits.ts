// Proposed changes to records, as far as nesting is concerned: a new node gets a free id and a place, and what changes
// its box goes to where the box is. Everything inside a change that is under way.
import type { NodeRecord } from '@contract/document.ts'
import type { RecordEdit } from '@contract/verdict.ts'
import type { Drawing } from '../drawing.ts'
import { NODE_ROOM } from '../geometry.ts'
import { freeName } from '../records/names.ts'
import { shift } from '../records/places.ts'
import type { Draft } from '../records/store.ts'
import type { Stage } from '../stage.ts'
import { putInto, withInner } from './nest.ts'
import { placeIn, wayInto } from './place.ts'

/** The same change with the ids that nodes added before it have got. */
export function withNewIds(edit: RecordEdit, renamed: ReadonlyMap<string, string>): RecordEdit {
  const now = (id: string): string => renamed.get(id) ?? id
  if (edit.do === 'add') return edit
  if (edit.do === 'set' && edit.field === 'parent') return { ...edit, id: now(edit.id), value: now(String(edit.value)) }
  return { ...edit, id: now(edit.id) }
}

export function addNode(
  drawing: Drawing,
  stage: Stage,
  draft: Draft,
  node: NodeRecord,
  renamed: Map<string, string>,
): void {
  const kind = drawing.lab.nodeKinds.find((one) => one.kind === node.kind)
  if (kind === undefined) return
  const names = new Set(drawing.nodes().map(({ name }) => name))
  const id = drawing.has(node.id) ? freeName(kind.prefix, (one) => drawing.has(one) || names.has(one)) : node.id
  renamed.set(node.id, id)
  const box = typeof node['parent'] === 'string' ? node['parent'] : null
  const size = drawing.shapeOf(node.kind) ?? { width: NODE_ROOM, height: NODE_ROOM }
  draft.put('nodes', { ...kind.defaults, ...node, id })
  draft.put('positions', { id, ...placeIn(drawing, stage, box, size) })
}

export function changeBox(drawing: Drawing, stage: Stage, draft: Draft, id: string, box: string | null): void {
  const by =
    draft.get('nodes', box ?? '') !== undefined && stage.node(box ?? '') === undefined
      ? null
      : wayInto(drawing, stage, id, box)
  putInto(draft, id, box)
  // A box that this change makes has no place on the stage yet; it stands around what is put into it.
  if (by !== null) for (const each of withInner(drawing, [id])) shift(draft, each, by.x, by.y)
}
