// Places nodes so that distances on the plane follow distances along the links: what is linked lies near, and a cycle
// becomes a ring. A pure function of its input, without chance; knows neither documents nor labs. Runs anywhere.
import type { Point } from '../contract/scene.ts'
import type { LayoutBox, LayoutLink } from './layered.ts'
import { type Placed, pack } from './pack.ts'
import { separate } from './separate.ts'

/** Room between linked nodes, in canvas units. */
const GAP = 72
/** Pairs of nodes that are moved in total, which bounds the time; small drawings settle long before. */
const WORK = 24_000_000
const MOST_ROUNDS = 300
/** Larger parts are tried from one start only. */
const MOST_FOR_TWO = 200
/** Settled when no node goes further than this in a round. */
const SETTLED = 0.05

/**
 * Positions (centres, in canvas units) by id, with the upper left corner at the origin. Parts that are not connected
 * stand side by side. Equal input gives equal output whatever the order of boxes and links; no two boxes overlap.
 * @param boxes sizes of the nodes, each id once
 * @param links their direction has no influence; those to unknown nodes have none at all
 * @param gap room between linked nodes (1 or more)
 *
 * Algorithm: Gansner, Koren, North, "Graph drawing by stress majorization" (2004), in its local form, from circles in
 * the order of a walk along the links. Quadratic in the nodes of a part.
 */
export function organic(
  boxes: readonly LayoutBox[],
  links: readonly LayoutLink[],
  gap: number = GAP,
): Record<string, Point> {
  const nodes = [...boxes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const index = new Map(nodes.map(({ id }, i) => [id, i]))
  const around = nodes.map(() => new Set<number>())
  for (const { from, to } of links) {
    const [a, b] = [index.get(from), index.get(to)]
    if (a === undefined || b === undefined || a === b) continue
    around[a]?.add(b)
    around[b]?.add(a)
  }
  const neighbours = around.map((set) => [...set].sort((a, b) => a - b))
  const parts = components(neighbours).map((part) => placed(part, neighbours, nodes, gap))
  // fromEntries defines keys: an id such as __proto__ is an ordinary one.
  return Object.fromEntries(
    pack(parts, gap).map(({ node, x, y }) => [nodes[node]?.id ?? '', { x: Math.round(x), y: Math.round(y) }]),
  )
}

/** Connected parts, each as its nodes in the order of a walk that goes on as long as it can (depth first). */
function components(neighbours: readonly (readonly number[])[]): number[][] {
  const seen = new Set<number>()
  return neighbours.flatMap((_, start) => {
    if (seen.has(start)) return []
    const part: number[] = []
    const waiting = [start]
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      part.push(node)
      waiting.push(...(neighbours[node] ?? []).filter((next) => !seen.has(next)).reverse())
    }
    return [part]
  })
}

function placed(
  part: readonly number[],
  neighbours: readonly (readonly number[])[],
  nodes: readonly LayoutBox[],
  gap: number,
): Placed[] {
  const sizes = part.map((node) => nodes[node] ?? { width: 0, height: 0 })
  const mean = sizes.reduce((sum, { width, height }) => sum + (width + height) / 2, 0) / Math.max(1, part.length)
  const length = mean + gap
  const local = new Map(part.map((node, i) => [node, i]))
  const links = part.map((node) => (neighbours[node] ?? []).flatMap((next) => local.get(next) ?? []))
  const distances = links.map((_, start) => hops(links, start))
  const starts = [circle(part.length, length)]
  if (part.length <= MOST_FOR_TWO) starts.push(levels(distances[0] ?? new Int32Array(), length))
  const tries = starts.map((start) => settle(start, distances, length))
  const best = tries.reduce((a, b) => (stress(b, distances, length) < stress(a, distances, length) * 0.99 ? b : a))
  const apart = separate(best, sizes)
  return part.map((node, i) => ({ node, ...(apart[i] ?? { x: 0, y: 0 }), ...size(sizes[i]) }))
}

const size = (box: { width: number; height: number } | undefined): { width: number; height: number } => ({
  width: box?.width ?? 0,
  height: box?.height ?? 0,
})

/** Links between a node and each other one, breadth first. */
function hops(links: readonly (readonly number[])[], start: number): Int32Array {
  const found = new Int32Array(links.length).fill(-1)
  found[start] = 0
  const queue = [start]
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i] ?? 0
    for (const next of links[node] ?? []) {
      if (found[next] !== -1) continue
      found[next] = (found[node] ?? 0) + 1
      queue.push(next)
    }
  }
  return found
}

/** A circle on which neighbours in the walk stand as far apart as linked nodes should; the first one at the top. */
function circle(count: number, length: number): Point[] {
  const radius = count < 2 ? 0 : length / (2 * Math.sin(Math.PI / count))
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
  })
}

/** Circles around the first node, one for each number of links from it. */
function levels(from: Int32Array, length: number): Point[] {
  const counts: number[] = []
  for (const level of from) counts[level] = (counts[level] ?? 0) + 1
  const used: number[] = []
  return [...from].map((level) => {
    const nth = (used[level] = (used[level] ?? 0) + 1)
    // Each circle is turned a little, so that no two nodes and the centre lie on one line.
    const angle = (2 * Math.PI * nth) / (counts[level] ?? 1) + level * 0.7
    return { x: level * length * Math.cos(angle), y: level * length * Math.sin(angle) }
  })
}

/** Moves each node to where its distances to all others are best kept, until nothing moves any more. */
function settle(start: readonly Point[], distances: readonly Int32Array[], length: number): Point[] {
  const count = start.length
  const xs = Float64Array.from(start, ({ x }) => x)
  const ys = Float64Array.from(start, ({ y }) => y)
  const rounds = Math.max(8, Math.min(MOST_ROUNDS, Math.floor(WORK / Math.max(1, count * count))))
  for (let round = 0; round < rounds; round += 1) {
    let furthest = 0
    for (let i = 0; i < count; i += 1) {
      const row = distances[i] ?? new Int32Array()
      const [xi, yi] = [xs[i] ?? 0, ys[i] ?? 0]
      let [x, y, weights] = [0, 0, 0]
      for (let j = 0; j < count; j += 1) {
        if (i === j) continue
        const [xj, yj] = [xs[j] ?? 0, ys[j] ?? 0]
        const wished = (row[j] ?? 1) * length
        const weight = 1 / (wished * wished)
        const away = Math.sqrt((xi - xj) * (xi - xj) + (yi - yj) * (yi - yj))
        const stretch = away < 1e-9 ? 0 : wished / away
        x += weight * (xj + (xi - xj) * stretch)
        y += weight * (yj + (yi - yj) * stretch)
        weights += weight
      }
      if (weights === 0) continue
      furthest = Math.max(furthest, Math.abs(x / weights - xi), Math.abs(y / weights - yi))
      xs[i] = x / weights
      ys[i] = y / weights
    }
    if (furthest < SETTLED) break
  }
  return start.map((_, i) => ({ x: xs[i] ?? 0, y: ys[i] ?? 0 }))
}

/** How badly the plane keeps the distances along the links. */
function stress(points: readonly Point[], distances: readonly Int32Array[], length: number): number {
  let sum = 0
  points.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      const b = points[j] ?? a
      const hop = distances[i]?.[j] ?? 1
      sum += (Math.hypot(a.x - b.x, a.y - b.y) / (hop * length) - 1) ** 2
    }
  })
  return sum
}
