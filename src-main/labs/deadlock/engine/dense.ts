// A state in matrices, and the one algorithm that both safety and detection are: who can finish, one after the other.
// Knows no drawing and no names.
import type { Progress } from '../../../contract/lab.ts'

/** A state of n processes and m types. Matrices are flat, one row of m units for each process. */
export interface Dense {
  processes: number
  types: number
  /** units of each type that nobody holds; whole, at least 0 */
  available: Float64Array
  /** Allocation: n x m whole numbers, at least 0 */
  held: Int32Array
  /** what a process must get before it finishes: Need for safety, Request for detection; n x m whole numbers */
  wanted: Int32Array
}

/**
 * How the next process to finish is looked for. `onward` goes on after the one that has just finished and round to the
 * first, as the Banker is usually worked by hand; `first` begins again with the lowest number.
 */
export type Scan = 'onward' | 'first'

export interface Finishing {
  /** numbers of the processes that finish, in the order in which they were found */
  order: number[]
  /** numbers of those that never can, rising */
  stuck: number[]
}

/**
 * Lets processes finish while one can: its wanted units fit Work, and then Work grows by what it holds.
 *
 * Work only grows, so a type that once suffices for a process always will. Each process therefore watches only the
 * first type it still lacks, and moves on when that one suffices: O(n m) for all rows, and O(n) looks at watchers for
 * each process that finishes. Which processes finish does not depend on the order in which they are taken.
 *
 * Source: E. W. Dijkstra, EWD 108 and EWD 623; E. G. Coffman, M. J. Elphick and A. Shoshani, System Deadlocks, 1971.
 */
export function finishing(state: Dense, scan: Scan, progress?: Progress): Finishing {
  const { processes, types, held, wanted } = state
  const work = Float64Array.from(state.available)
  const lacks = new Int32Array(processes)
  const watchers: number[][] = Array.from({ length: types }, () => [])
  const ready = new Uint8Array(processes)
  const queue = createQueue(scan)

  /** Moves a process on to the next type it lacks; with none left it is ready. */
  const look = (process: number): void => {
    const row = process * types
    let type = lacks[process]!
    while (type < types && wanted[row + type]! <= work[type]!) type += 1
    lacks[process] = type
    if (type < types) watchers[type]!.push(process)
    else if (ready[process] === 0) {
      ready[process] = 1
      queue.add(process)
    }
  }

  for (let process = 0; process < processes; process += 1) look(process)
  const order: number[] = []
  for (let process = queue.take(); process !== null; process = queue.take()) {
    order.push(process)
    const row = process * types
    for (let type = 0; type < types; type += 1) {
      const units = held[row + type]!
      if (units === 0) continue
      work[type]! += units
      const waiting = watchers[type]!
      if (waiting.length === 0) continue
      const still: number[] = []
      const moving: number[] = []
      for (const one of waiting) (wanted[one * types + type]! <= work[type]! ? moving : still).push(one)
      if (moving.length === 0) continue
      watchers[type] = still
      // Types after this one have yet to grow; whoever moves on to one of them is looked at again there.
      for (const one of moving) look(one)
    }
    if (progress !== undefined && order.length % 64 === 0) progress(order.length / processes)
  }
  const stuck: number[] = []
  for (let process = 0; process < processes; process += 1) if (ready[process] === 0) stuck.push(process)
  return { order, stuck }
}

/** Work at first and after each process of an order. */
export function workRows({ types, available, held }: Dense, order: readonly number[]): number[][] {
  const work = [...available]
  const rows = [[...work]]
  for (const process of order) {
    for (let type = 0; type < types; type += 1) work[type]! += held[process * types + type]!
    rows.push([...work])
  }
  return rows
}

/** One row of a flat matrix. */
export const rowOf = (matrix: Int32Array, types: number, process: number): number[] => [
  ...matrix.subarray(process * types, (process + 1) * types),
]

/** Those that are ready, taken in the order of the scan: two heaps, this pass and the next one. */
function createQueue(scan: Scan): { add(process: number): void; take(): number | null } {
  let [pass, following] = [createHeap(), createHeap()]
  let last = -1
  return {
    add: (process) => (scan === 'onward' && process < last ? following : pass).add(process),
    take() {
      if (pass.size() === 0) [pass, following] = [following, pass]
      const taken = pass.take()
      if (taken !== null) last = taken
      return taken
    },
  }
}

/** A binary heap, the smallest on top. */
function createHeap(): { size(): number; add(value: number): void; take(): number | null } {
  const heap: number[] = []
  return {
    size: () => heap.length,
    add(value) {
      let at = heap.length
      heap.push(value)
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (heap[parent]! <= value) break
        heap[at] = heap[parent]!
        at = parent
      }
      heap[at] = value
    },
    take() {
      const top = heap[0]
      const last = heap.pop()
      if (top === undefined || last === undefined) return null
      if (heap.length === 0) return top
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= heap.length) break
        if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1
        if (heap[child]! >= last) break
        heap[at] = heap[child]!
        at = child
      }
      heap[at] = last
      return top
    },
  }
}
