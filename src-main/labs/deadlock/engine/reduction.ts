// Graph reduction: who can finish, one after the other, and who is left. Knows nothing of cycles.
import type { Rag } from './graph.ts'

export interface Reduction {
  /** processes that can finish, in the order in which they are taken */
  order: Int32Array
  /** by process: 1 when it finishes */
  finishes: Uint8Array
  /** units of each type that are free when nobody else can finish */
  work: Float64Array
}

/**
 * Reduces the graph: Work starts as Available; the lowest-numbered process whose every request fits Work finishes and
 * gives back what it holds; this goes on from the lowest number again until nobody fits. Which processes are left does
 * not depend on the order taken.
 *
 * Each type keeps its requesters by ascending need. Work only grows, so each requester is passed once: the time is
 * O((n + e) log n) for n processes and e edges.
 *
 * @param graph available may be negative; nobody's need is then met until enough was given back
 * @param cap true: a request for more than exists counts as one for all that exists
 *
 * Source: R. C. Holt, Some Deadlock Properties of Computer Systems, 1972, section on reductions; the choice of the
 * lowest number follows the detection algorithm in Silberschatz, Galvin, Gagne, Operating System Concepts.
 */
export function reduce(graph: Rag, cap: boolean): Reduction {
  const { processes, resources, total, requests, requesters, holds } = graph
  const work = graph.available.slice()
  const unmet = new Int32Array(processes)
  for (let p = 0; p < processes; p += 1) unmet[p] = requests.start[p + 1]! - requests.start[p]!

  const ready = new Int32Array(processes)
  let readySize = 0
  const order = new Int32Array(processes)
  let taken = 0

  const waiting = waitersByNeed(graph)
  const nextWaiter = requesters.start.slice(0, resources)

  /** Passes every requester of the type whose need Work covers by now. */
  const serve = (resource: number): void => {
    const end = requesters.start[resource + 1]!
    const free = work[resource]!
    const most = total[resource]!
    let waiter = nextWaiter[resource]!
    while (waiter < end) {
      const count = waiting.need[waiter]!
      if ((cap && count > most ? most : count) > free) break
      const process = waiting.process[waiter]!
      waiter += 1
      unmet[process]! -= 1
      if (unmet[process] === 0) readySize = push(ready, readySize, process)
    }
    nextWaiter[resource] = waiter
  }

  // ascending numbers already are a heap
  for (let p = 0; p < processes; p += 1) if (unmet[p] === 0) ready[readySize++] = p
  for (let r = 0; r < resources; r += 1) serve(r)

  const finishes = new Uint8Array(processes)
  while (readySize > 0) {
    const process = ready[0]!
    readySize = pop(ready, readySize)
    finishes[process] = 1
    order[taken++] = process
    for (let entry = holds.start[process]!; entry < holds.start[process + 1]!; entry += 1) {
      const resource = holds.to[entry]!
      work[resource]! += holds.count[entry]!
      serve(resource)
    }
  }
  return { order: order.slice(0, taken), finishes, work }
}

/** The requesters of each type in ascending order of need; shares the graph's arrays when they are in order already. */
function waitersByNeed(graph: Rag): { process: Int32Array; need: Float64Array } {
  const { start, to, count } = graph.requesters
  let process = to
  let need = count
  for (let r = 0; r < graph.resources; r += 1) {
    const from = start[r]!
    const end = start[r + 1]!
    if (isAscending(need, from, end)) continue
    if (need === count) {
      process = to.slice()
      need = count.slice()
    }
    const entries = Array.from({ length: end - from }, (_, index) => from + index)
    entries.sort((a, b) => count[a]! - count[b]!)
    entries.forEach((entry, index) => {
      process[from + index] = to[entry]!
      need[from + index] = count[entry]!
    })
  }
  return { process, need }
}

function isAscending(values: Float64Array, from: number, end: number): boolean {
  for (let index = from + 1; index < end; index += 1) if (values[index - 1]! > values[index]!) return false
  return true
}

/** Adds a process to a binary heap with the lowest number on top; @returns the new size. */
function push(heap: Int32Array, size: number, process: number): number {
  let at = size
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (heap[parent]! <= process) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = process
  return size + 1
}

/** Removes the top of the heap; @returns the new size. */
function pop(heap: Int32Array, size: number): number {
  const last = size - 1
  const process = heap[last]!
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= last) break
    if (child + 1 < last && heap[child + 1]! < heap[child]!) child += 1
    if (heap[child]! >= process) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = process
  return last
}

/**
 * The Work vectors along a finishing order: at the start, and after each process has given back what it holds.
 * @param most numbers returned at most, over all vectors together
 * @returns fewer than `order.length + 1` vectors when they would be too many
 */
export function workAfterEach(graph: Rag, order: ArrayLike<number>, most: number): number[][] {
  const { holds, resources } = graph
  const vectors = Math.min(order.length + 1, Math.max(1, Math.floor(most / Math.max(1, resources))))
  const work = Array.from(graph.available)
  const result = [work.slice()]
  for (let step = 0; step + 1 < vectors; step += 1) {
    const process = order[step]!
    for (let entry = holds.start[process]!; entry < holds.start[process + 1]!; entry += 1) {
      work[holds.to[entry]!]! += holds.count[entry]!
    }
    result.push(work.slice())
  }
  return result
}
