// Strongly connected components without recursion, so that a chain of 100,000 nodes needs no deep stack.
import type { Adjacency } from './adjacency.ts'

export interface Components {
  /** by vertex: number of its component, or -1 for a vertex that was left out */
  of: Int32Array
  /** by component: how many vertices it has */
  size: Int32Array
}

/**
 * Components of the subgraph of the vertices for which `within` is 1 (all of them when it is null).
 * Numbered so that no edge leads from a component to one with a higher number.
 * Source: R. Tarjan, Depth-First Search and Linear Graph Algorithms, SIAM Journal on Computing 1(2), 1972.
 */
export function components(graph: Adjacency, within: Uint8Array | null = null): Components {
  const { vertices, start, to } = graph
  const of = new Int32Array(vertices).fill(-1)
  const low = new Int32Array(vertices) // 0: not seen yet; otherwise the lowest number reached, from 1 on
  const nextEdge = new Int32Array(vertices)
  const open = new Int32Array(vertices)
  const path = new Int32Array(vertices)
  const numberAt = new Int32Array(vertices) // by depth on the path
  const sizes = new Int32Array(vertices)
  let openSize = 0
  let found = 0
  let seen = 0

  for (let root = 0; root < vertices; root += 1) {
    if (low[root] !== 0 || (within !== null && within[root] !== 1)) continue
    let depth = 0
    path[0] = root
    low[root] = ++seen
    nextEdge[root] = start[root]!
    numberAt[0] = seen
    open[openSize++] = root
    while (depth >= 0) {
      const v = path[depth]!
      const edge = nextEdge[v]!
      if (edge < start[v + 1]!) {
        nextEdge[v] = edge + 1
        const w = to[edge]!
        if (within !== null && within[w] !== 1) continue
        if (low[w] === 0) {
          low[w] = ++seen
          nextEdge[w] = start[w]!
          open[openSize++] = w
          depth += 1
          path[depth] = w
          numberAt[depth] = seen
        } else if (of[w] === -1 && low[w]! < low[v]!) {
          low[v] = low[w]!
        }
        continue
      }
      if (low[v] === numberAt[depth]) {
        // nothing above v on the path is reached from it: v and everything opened since are one component
        let member: number
        let size = 0
        do {
          member = open[--openSize]!
          of[member] = found
          size += 1
        } while (member !== v)
        sizes[found++] = size
      }
      depth -= 1
      if (depth >= 0) {
        const parent = path[depth]!
        if (of[v] === -1 && low[v]! < low[parent]!) low[parent] = low[v]!
      }
    }
  }
  return { of, size: sizes.slice(0, found) }
}
