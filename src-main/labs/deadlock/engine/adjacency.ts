// Both kinds of nodes as one directed graph: processes are vertices 0 … n-1, types are n … n+m-1, arrows as drawn.
// Knows no counts.
import type { Rag } from './graph.ts'

/** Successors of vertex `v` are `to[start[v]]` … `to[start[v + 1] - 1]`, ascending. */
export interface Adjacency {
  vertices: number
  start: Int32Array
  to: Int32Array
}

/** The whole drawing: a request leads from process to type, an assignment from type to process. */
export function wholeGraph(graph: Rag): Adjacency {
  const { processes, resources, requests, holders } = graph
  const start = new Int32Array(processes + resources + 1)
  start.set(requests.start.subarray(0, processes + 1))
  const offset = requests.to.length
  for (let r = 0; r <= resources; r += 1) start[processes + r] = offset + holders.start[r]!
  const to = new Int32Array(offset + holders.to.length)
  for (let entry = 0; entry < offset; entry += 1) to[entry] = processes + requests.to[entry]!
  to.set(holders.to, offset)
  return { vertices: processes + resources, start, to }
}

/**
 * The part that keeps the deadlocked processes waiting: from each of them to every type of which it needs more than can
 * ever become free, and from a type to the deadlocked processes that hold it. A path between two processes exists here
 * exactly when one exists in their wait-for graph, and this graph stays as small as the drawing, where the wait-for
 * graph may hold a product of requesters and holders.
 *
 * @param stuck by process: 1 when it is deadlocked
 * @param work units of each type that are free once everybody else has finished
 */
export function waitingGraph(graph: Rag, stuck: Uint8Array, work: Float64Array): Adjacency {
  const { processes, resources, requests, holders, total } = graph
  const start = new Int32Array(processes + resources + 1)
  const to = new Int32Array(requests.to.length + holders.to.length)
  let filled = 0
  for (let p = 0; p < processes; p += 1) {
    start[p] = filled
    if (stuck[p] !== 1) continue
    for (let entry = requests.start[p]!; entry < requests.start[p + 1]!; entry += 1) {
      const r = requests.to[entry]!
      if (Math.min(requests.count[entry]!, total[r]!) > work[r]!) to[filled++] = processes + r
    }
  }
  for (let r = 0; r < resources; r += 1) {
    start[processes + r] = filled
    for (let entry = holders.start[r]!; entry < holders.start[r + 1]!; entry += 1) {
      const p = holders.to[entry]!
      if (stuck[p] === 1) to[filled++] = p
    }
  }
  start[processes + resources] = filled
  return { vertices: processes + resources, start, to: to.subarray(0, filled) }
}
