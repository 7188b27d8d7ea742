// Places nodes in layers, so that arrows point one way: the layout for things that follow each other.
// A pure function of its input; knows neither documents nor labs. Runs anywhere.
import { Graph, layout } from '@dagrejs/dagre'
import type { Point } from '../contract/scene.ts'
import { quickLayers } from './quick-layers.ts'
import { type Ranks, ranksOf } from './ranks.ts'

export interface LayoutBox {
  id: string
  width: number
  height: number
}
export interface LayoutLink {
  from: string
  to: string
}

/** Room between two nodes of a layer, in canvas units; between layers it is half as much again, for lines and labels. */
const GAP = 48
/**
 * dagre puts an auxiliary node on each layer that a line passes, and its time grows faster than their number. Above so
 * many of them and nodes together (about a second's work) the quick way is taken.
 */
const MOST_FOR_DAGRE = 600

/**
 * Positions (centres, in canvas units) for a layered drawing, with its upper left corner at the origin.
 * Equal input gives equal output whatever the order of boxes and links; no two boxes overlap.
 * @param boxes sizes of the nodes, each id once
 * @param links arrows; those to unknown nodes, from a node to itself, and repeated ones have no influence
 * @param options `direction` in which arrows point, `gap` between nodes of a layer (1 or more)
 * @returns a point for each box, by its id
 *
 * Algorithm: Gansner, Koutsofios, North, Vo, "A technique for drawing directed graphs" (1993) and Brandes, Köpf (2001),
 * as implemented by dagre; for large drawings see quick-layers.ts.
 */
export function layered(
  boxes: readonly LayoutBox[],
  links: readonly LayoutLink[],
  options: { direction?: 'right' | 'down'; gap?: number } = {},
): Record<string, Point> {
  const { direction = 'right', gap = GAP } = options
  const nodes = [...boxes].sort((a, b) => compare(a.id, b.id))
  const pairs = pairsOf(nodes, links)
  const ranks = ranksOf(nodes.length, pairs)
  const small = nodes.length + passed(ranks) <= MOST_FOR_DAGRE
  const points = small ? byDagre(nodes, pairs, direction, gap) : quickly(nodes, ranks, direction, gap)
  const left = nodes.reduce((least, { width }, i) => Math.min(least, (points[i]?.x ?? 0) - width / 2), Infinity)
  const top = nodes.reduce((least, { height }, i) => Math.min(least, (points[i]?.y ?? 0) - height / 2), Infinity)
  // fromEntries defines keys: an id such as __proto__ is an ordinary one.
  return Object.fromEntries(
    nodes.map(({ id }, i) => [
      id,
      { x: Math.round((points[i]?.x ?? 0) - left), y: Math.round((points[i]?.y ?? 0) - top) },
    ]),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Links as pairs of indices, each once, in one order. */
function pairsOf(nodes: readonly LayoutBox[], links: readonly LayoutLink[]): [number, number][] {
  const index = new Map(nodes.map(({ id }, i) => [id, i]))
  const pairs = new Map<number, [number, number]>()
  for (const { from, to } of links) {
    const [a, b] = [index.get(from), index.get(to)]
    if (a !== undefined && b !== undefined && a !== b) pairs.set(a * nodes.length + b, [a, b])
  }
  return [...pairs].sort(([a], [b]) => a - b).map(([, pair]) => pair)
}

/** How many layers all links together lead over. */
const passed = ({ rank, forward }: Ranks): number =>
  forward.reduce((sum, [a, b]) => sum + (rank[b] ?? 0) - (rank[a] ?? 0), 0)

function byDagre(
  nodes: readonly LayoutBox[],
  pairs: readonly (readonly [number, number])[],
  direction: 'right' | 'down',
  gap: number,
): Point[] {
  const graph = new Graph()
  graph.setGraph({
    rankdir: direction === 'down' ? 'TB' : 'LR',
    nodesep: gap,
    edgesep: gap / 2,
    ranksep: gap * 1.5,
  })
  graph.setDefaultEdgeLabel(() => ({}))
  nodes.forEach(({ width, height }, i) => graph.setNode(String(i), { width, height }))
  for (const [a, b] of pairs) graph.setEdge(String(a), String(b))
  layout(graph)
  return nodes.map((_, i) => graph.node(String(i)) as Point)
}

function quickly(nodes: readonly LayoutBox[], ranks: Ranks, direction: 'right' | 'down', gap: number): Point[] {
  const down = direction === 'down'
  const sizes = nodes.map(({ width, height }) =>
    down ? { along: height, across: width } : { along: width, across: height },
  )
  const places = quickLayers(sizes, ranks, { along: gap * 1.5, across: gap })
  return places.map(({ along, across }) => (down ? { x: across, y: along } : { x: along, y: across }))
}
