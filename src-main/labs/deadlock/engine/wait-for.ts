// The wait-for graph of the drawing as it stands now: who waits for whom. Knows nothing of who can finish later.
import type { Rag } from './graph.ts'

export interface Waits {
  /** waiting processes and the holders they wait for, pair by pair, ascending and without repetition */
  from: number[]
  to: number[]
  /** false: the list was cut */
  complete: boolean
}

/**
 * P waits for Q when P asks for more units of a type than are available now and Q holds some of that type. Q may be P.
 * With several units the edge says that Q may be the one who gives back, not that it has to be.
 * @param most pairs returned at most; there may be as many as requesters times holders
 * Source: Silberschatz, Galvin, Gagne, Operating System Concepts, section on deadlock detection.
 */
export function waitFor(graph: Rag, most: number): Waits {
  const { processes, requests, holders, available } = graph
  const waits: Waits = { from: [], to: [], complete: true }
  const listedFor = new Int32Array(processes).fill(-1)
  for (let p = 0; p < processes; p += 1) {
    const row: number[] = []
    for (let entry = requests.start[p]!; entry < requests.start[p + 1]!; entry += 1) {
      const r = requests.to[entry]!
      if (requests.count[entry]! <= available[r]!) continue
      for (let holder = holders.start[r]!; holder < holders.start[r + 1]!; holder += 1) {
        const q = holders.to[holder]!
        if (listedFor[q] === p) continue
        listedFor[q] = p
        row.push(q)
      }
    }
    row.sort((a, b) => a - b)
    for (const q of row) {
      if (waits.from.length === most) {
        waits.complete = false
        return waits
      }
      waits.from.push(p)
      waits.to.push(q)
    }
  }
  return waits
}
