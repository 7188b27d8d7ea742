// Layers of a directed graph: which links count as pointing backward, and in which layer each node stands.
// Works on numbers from 0; knows neither boxes nor drawings.

export interface Ranks {
  /** layer of each node, from 0 */
  rank: readonly number[]
  /** links as pairs of nodes that point forward: those that close a cycle are turned around */
  forward: readonly (readonly [number, number])[]
}

/**
 * Layers in which every forward link leads to a later layer, and as few as such layers allow.
 * @param count number of nodes
 * @param links pairs of different nodes
 *
 * Algorithms: Eades, Lin, Smyth, "A fast and effective heuristic for the feedback arc set problem" (1993), then longest
 * paths in the order found. Linear in nodes and links.
 */
export function ranksOf(count: number, links: readonly (readonly [number, number])[]): Ranks {
  const place = new Array<number>(count).fill(0)
  greedyOrder(count, links).forEach((node, index) => (place[node] = index))
  const at = (list: readonly number[], index: number): number => list[index] ?? 0
  const forward = links.map(([a, b]) => (at(place, a) < at(place, b) ? ([a, b] as const) : ([b, a] as const)))
  const rank = new Array<number>(count).fill(0)
  // By the place of their start, so that a node's own layer is settled before it is passed on.
  for (const [a, b] of [...forward].sort((x, y) => at(place, x[0]) - at(place, y[0]))) {
    rank[b] = Math.max(at(rank, b), at(rank, a) + 1)
  }
  return { rank, forward }
}

/** Nodes in an order with few links against it: sinks go to the end, sources and then the most outgoing to the front. */
function greedyOrder(count: number, links: readonly (readonly [number, number])[]): number[] {
  const outgoing: number[][] = Array.from({ length: count }, () => [])
  const incoming: number[][] = Array.from({ length: count }, () => [])
  for (const [a, b] of links) {
    outgoing[a]?.push(b)
    incoming[b]?.push(a)
  }
  const out = outgoing.map((list) => list.length)
  const into = incoming.map((list) => list.length)
  const gone = new Array<boolean>(count).fill(false)
  // Nodes by outgoing minus incoming; entries that are out of date are dropped when they come up.
  const buckets = new Map<number, number[]>()
  let most = -Infinity
  const surplus = (node: number): number => (out[node] ?? 0) - (into[node] ?? 0)
  const file = (node: number): void => {
    const key = surplus(node)
    most = Math.max(most, key)
    const bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, [node])
    else bucket.push(node)
  }
  const sinks: number[] = []
  const sources: number[] = []
  const notice = (node: number): void => {
    if (out[node] === 0) sinks.push(node)
    else if (into[node] === 0) sources.push(node)
    else file(node)
  }
  for (let node = count - 1; node >= 0; node -= 1) notice(node)
  const front: number[] = []
  const back: number[] = []
  const take = (node: number, list: number[]): void => {
    gone[node] = true
    list.push(node)
    for (const next of outgoing[node] ?? []) {
      if (gone[next] === true) continue
      into[next] = (into[next] ?? 0) - 1
      notice(next)
    }
    for (const before of incoming[node] ?? []) {
      if (gone[before] === true) continue
      out[before] = (out[before] ?? 0) - 1
      notice(before)
    }
  }
  while (front.length + back.length < count) {
    const sink = sinks.pop()
    const source = sink === undefined ? sources.pop() : undefined
    const next = sink ?? source
    if (next !== undefined) {
      if (gone[next] !== true) take(next, sink === undefined ? front : back)
      continue
    }
    const node = buckets.get(most)?.pop()
    if (node === undefined) most -= 1
    else if (gone[node] !== true && surplus(node) === most) take(node, front)
  }
  return [...front, ...back.reverse()]
}
