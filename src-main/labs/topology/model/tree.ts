// What lies in what, as lists by id. A drawing in which a thing contains itself has no end; whoever goes through it
// begins at the top level and leaves such things out, or asks for them.
import type { NodeRecord } from '../../../contract/document.ts'

export interface Tree<N extends NodeRecord = NodeRecord> {
  readonly byId: ReadonlyMap<string, N>
  /** what lies directly in a thing, in the order of the records */
  childrenOf(id: string): readonly N[]
  parentOf(node: N): N | null
  /** from the parent of a thing outwards; ends where it would begin anew */
  around(node: N): readonly N[]
  /** everything that lies in a thing, at any depth */
  within(id: string): readonly N[]
  /** whether a box is shown without what lies in it; one that is empty has nothing to hide */
  isFolded(node: N): boolean
  /** what lies in nothing, with whatever names a box that is not there */
  readonly top: readonly N[]
}

export function treeOf<N extends NodeRecord>(nodes: readonly N[]): Tree<N> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const children = new Map<string, N[]>()
  const top: N[] = []
  for (const node of nodes) {
    const parent = typeof node['parent'] === 'string' ? node['parent'] : null
    if (parent === null || !byId.has(parent)) {
      top.push(node)
      continue
    }
    const list = children.get(parent)
    if (list === undefined) children.set(parent, [node])
    else list.push(node)
  }
  const parentOf = (node: N): N | null => byId.get(String(node['parent'] ?? '')) ?? null
  return {
    byId,
    top,
    parentOf,
    childrenOf: (id) => children.get(id) ?? [],
    isFolded: ({ id, folded }) => folded === true && (children.get(id) ?? []).length > 0,
    around(node) {
      const found: N[] = []
      const seen = new Set([node.id])
      for (let at = parentOf(node); at !== null && !seen.has(at.id); at = parentOf(at)) {
        seen.add(at.id)
        found.push(at)
      }
      return found
    },
    within(id) {
      const found = new Set<N>(children.get(id) ?? [])
      for (const node of found) for (const child of children.get(node.id) ?? []) if (child.id !== id) found.add(child)
      return [...found]
    },
  }
}
