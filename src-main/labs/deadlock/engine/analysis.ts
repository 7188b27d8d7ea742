// The whole judgement of a graph: who finishes, who is deadlocked on a ring, who waits behind, who asks for more than
// exists. Linear in the drawing but for the heap of the reduction. Knows no names, sentences or marks.
import { waitingGraph } from './adjacency.ts'
import { components } from './components.ts'
import type { Rag } from './graph.ts'
import { type Reduction, reduce } from './reduction.ts'
import { type Ring, findRings } from './rings.ts'

/** Classes of processes. */
export const FREE = 0
export const RING = 1
export const BEHIND = 2
export const IMPOSSIBLE = 3

export interface ImpossibleRequest {
  process: number
  resource: number
  count: number
}

export interface Analysis {
  /** null: withheld, since more units of some type are assigned than exist */
  deadlock: boolean | null
  /** who finishes when every request counts as it is drawn */
  reduction: Reduction
  /**
   * The reduction that decides about deadlock: a request for more than exists counts as one for all that exists.
   * Whoever only asks for too much is then free to go, and so is whoever merely waits behind it; a true ring stays.
   * The same object as `reduction` when nobody asks for too much.
   */
  capped: Reduction
  /** by process: FREE, RING, BEHIND or IMPOSSIBLE; all FREE while the answer is withheld */
  classes: Uint8Array
  /** strongly connected groups of deadlocked processes, by their lowest process */
  rings: Ring[]
  /** by vertex (processes, then types): the ring it belongs to, or -1; null when there is no ring */
  ringOf: Int32Array | null
  impossible: ImpossibleRequest[]
  /** types of which more units are assigned than exist */
  overAllocated: number[]
}

/**
 * Judges a graph.
 *
 * A deadlock is decided by the capped reduction (see `capped`). On a ring are the deadlocked processes that lie on a
 * cycle of the wait-for graph of the deadlocked: P waits for Q when P needs more of a type than can ever become free
 * and Q holds units of it. Blocked behind are the others that never finish, unless they themselves ask for more than
 * exists. With over-allocation Work means nothing, so no class is given and the answer is withheld.
 *
 * Source: Holt 1972 for the reduction; Coffman, Elphick, Shoshani 1971 for circular wait; the difference between being
 * on the ring and waiting behind it follows Tanenbaum, Modern Operating Systems.
 */
export function analyse(graph: Rag): Analysis {
  const overAllocated = typesWithTooManyAssigned(graph)
  const impossible = requestsForTooMuch(graph)
  const reduction = reduce(graph, false)
  const classes = new Uint8Array(graph.processes)
  if (overAllocated.length > 0) {
    return { deadlock: null, reduction, capped: reduction, classes, rings: [], ringOf: null, impossible, overAllocated }
  }

  const capped = impossible.length > 0 ? reduce(graph, true) : reduction
  for (let p = 0; p < graph.processes; p += 1) if (reduction.finishes[p] === 0) classes[p] = BEHIND
  for (const { process } of impossible) classes[process] = IMPOSSIBLE

  const deadlock = capped.order.length < graph.processes
  if (!deadlock) return { deadlock, reduction, capped, classes, rings: [], ringOf: null, impossible, overAllocated }

  const stuck = capped.finishes.map((finishes) => 1 - finishes)
  const waiting = waitingGraph(graph, stuck, capped.work)
  const { rings, ringOf } = findRings(waiting, graph.processes, components(waiting))
  for (let p = 0; p < graph.processes; p += 1) if (ringOf[p] !== -1) classes[p] = RING
  return { deadlock, reduction, capped, classes, rings, ringOf, impossible, overAllocated }
}

function typesWithTooManyAssigned({ resources, available }: Rag): number[] {
  const found: number[] = []
  for (let r = 0; r < resources; r += 1) if (available[r]! < 0) found.push(r)
  return found
}

function requestsForTooMuch({ processes, requests, total }: Rag): ImpossibleRequest[] {
  const found: ImpossibleRequest[] = []
  for (let process = 0; process < processes; process += 1) {
    for (let entry = requests.start[process]!; entry < requests.start[process + 1]!; entry += 1) {
      const resource = requests.to[entry]!
      const count = requests.count[entry]!
      if (count > total[resource]!) found.push({ process, resource, count })
    }
  }
  return found
}
