// How the nodes of a nested drawing lie in each other, as tools and edits ask for it. A lab without nesting has a flat
// nest: nobody lies in anybody. Knows the lab only through its model; changes nothing.
import type { NodeRecord } from '@contract/document.ts'
import type { Point, SceneNode } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import { covers } from '../geometry.ts'
import type { Draft } from '../records/store.ts'

/** The id of the node whose box a node lies in; null at the top level. */
export function parentOf(node: NodeRecord | undefined): string | null {
  const parent = node?.['parent']
  return typeof parent === 'string' ? parent : null
}

/** The nodes that lie directly in each, by id. */
export function childrenById(nodes: readonly NodeRecord[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const node of nodes) {
    const parent = parentOf(node)
    if (parent === null) continue
    const list = children.get(parent)
    if (list === undefined) children.set(parent, [node.id])
    else list.push(node.id)
  }
  return children
}

/** These records and all nodes that lie in them, at any depth. */
export function withInner(drawing: Drawing, ids: Iterable<string>): Set<string> {
  const found = new Set(ids)
  if (drawing.lab.nesting === undefined) return found
  // A set that grows while it is gone through gives what was added as well; what is there already ends a cycle.
  for (const id of found) for (const child of drawing.childrenOf(id)) found.add(child)
  return found
}

/** Those of some records that lie in none of the others. */
export function outermost(drawing: Drawing, ids: Iterable<string>): string[] {
  const all = new Set(ids)
  return [...all].filter((id) => {
    const seen = new Set([id])
    for (let at = parentOf(drawing.node(id)); at !== null && !seen.has(at); at = parentOf(drawing.node(at))) {
      if (all.has(at)) return false
      seen.add(at)
    }
    return true
  })
}

/** The innermost box at a point, in canvas units, that something can be put into; null for none. */
export function boxAt(
  drawing: Drawing,
  nodes: readonly SceneNode[],
  p: Point,
  without: ReadonlySet<string> = new Set(),
): string | null {
  const { nesting } = drawing.lab
  if (nesting === undefined) return null
  return nodes.findLast((node) => !without.has(node.id) && nesting.holds(node.kind) && covers(node, p))?.id ?? null
}

/** Boxes in which nodes of these kinds are at home. */
export function homesOf(drawing: Drawing, kinds: Iterable<string>, without: ReadonlySet<string>): Set<string> {
  const { nesting } = drawing.lab
  const wanted = [...new Set(kinds)]
  if (nesting === undefined) return new Set()
  const homes = drawing
    .nodes()
    .filter((node) => !without.has(node.id) && nesting.holds(node.kind))
    .filter((node) => wanted.every((kind) => nesting.athome(node, kind)))
  return new Set(homes.map(({ id }) => id))
}

/** The record of a node that lies in no box. */
export function outOfBox<R extends { id: string }>(node: R): R {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'parent')) as R
}

/** Puts a node into a box, or beside everything, inside a change. */
export function putInto(draft: Draft, id: string, parent: string | null): void {
  const node = draft.get('nodes', id)
  if (node === undefined) return
  draft.put('nodes', parent === null ? outOfBox(node) : { ...node, parent })
}
