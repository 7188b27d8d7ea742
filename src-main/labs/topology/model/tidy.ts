// A nested drawing in good order: what lies in a box stands in rows in it, the boxes at the top level likewise. Pure.
import type { Layout } from '../../../contract/document.ts'
import { leastWidth } from './captions.ts'
import { holds } from './kinds.ts'
import { EMPTY, GAP, HEAD, LEAF, PADDING } from './measures.ts'
import type { TopologyNode } from './schema.ts'
import { treeOf } from './tree.ts'

interface Size {
  width: number
  height: number
}
interface Point {
  x: number
  y: number
}

const TOP_GAP = 48
/** How much wider than high rows are made. */
const WIDE = 2.8

/** @returns a place for every node: rows wider than high in all, in the order of the records */
export function tidied(nodes: readonly TopologyNode[]): Layout {
  const tree = treeOf(nodes)
  const positions: Record<string, Point> = {}
  const sizes = new Map<string, Size>()
  const inner = new Map<string, Point[]>()
  const measured = (node: TopologyNode, outer: ReadonlySet<string>): Size => {
    const children = tree.isFolded(node) ? [] : tree.childrenOf(node.id).filter(({ id }) => !outer.has(id))
    const own = holds(node.kind) ? { ...EMPTY, width: Math.max(EMPTY.width, leastWidth(node)) } : LEAF
    let size = own
    if (children.length > 0) {
      const within = new Set([...outer, node.id])
      const rows = inRows(
        children.map((child) => measured(child, within)),
        GAP,
      )
      inner.set(node.id, rows.places)
      size = {
        width: Math.max(own.width, rows.width + 2 * PADDING),
        height: Math.max(own.height, rows.height + HEAD + PADDING),
      }
    }
    sizes.set(node.id, size)
    return size
  }
  const place = (node: TopologyNode, left: number, top: number): void => {
    const size = sizes.get(node.id) ?? LEAF
    positions[node.id] = { x: Math.round(left + size.width / 2), y: Math.round(top + size.height / 2) }
    const places = inner.get(node.id) ?? []
    for (const [index, child] of tree.childrenOf(node.id).entries()) {
      const at = places[index]
      if (at !== undefined) place(child, left + PADDING + at.x, top + HEAD + at.y)
    }
  }
  const rows = inRows(
    tree.top.map((node) => measured(node, new Set([node.id]))),
    TOP_GAP,
  )
  for (const [index, node] of tree.top.entries()) {
    const at = rows.places[index]
    if (at !== undefined) place(node, at.x, at.y)
  }
  // What lies in a folded box stands in its middle until it is unfolded.
  for (const node of nodes) {
    const box = tree.around(node).find(({ id }) => positions[id] !== undefined)
    positions[node.id] ??= { ...(positions[box?.id ?? ''] ?? { x: 0, y: rows.height + TOP_GAP }) }
  }
  return { positions }
}

/** Boxes in rows: a new row begins where the one before is wide enough. */
function inRows(sizes: readonly Size[], gap: number): { places: Point[]; width: number; height: number } {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const widest = Math.max(...sizes.map(({ width }) => width), Math.sqrt(area * WIDE))
  const places: Point[] = []
  let [x, y, row, width] = [0, 0, 0, 0]
  for (const size of sizes) {
    if (x > 0 && x + size.width > widest) [x, y, row] = [0, y + row + gap, 0]
    places.push({ x, y })
    x += size.width + gap
    row = Math.max(row, size.height)
    width = Math.max(width, x - gap)
  }
  return { places, width, height: y + row }
}
