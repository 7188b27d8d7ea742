// Who waits for whom when every type has one unit: successors of each process, and cycles among them. Knows no names,
// no sites and no run.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_LISTED_WAITS } from '../../../contract/limits.ts'
import type { Rag } from '../engine/graph.ts'
import { waitFor } from '../engine/wait-for.ts'
import { siteTexts as texts } from '../model/site-texts.ts'
import type { Drawing } from '../naming.ts'

/** By process: the processes it waits for, ascending. */
export type WaitGraph = readonly (readonly number[])[]

/** The wait-for graph of a graph of single units, where each request has one holder at most. */
export function waitGraph(graph: Rag): WaitGraph {
  const successors = Array.from({ length: graph.processes }, (): number[] => [])
  const { from, to } = waitFor(graph, MAX_LISTED_WAITS)
  from.forEach((process, index) => successors[process]!.push(to[index]!))
  return successors
}

/**
 * Probes, reports and locks follow who waits for whom, and only with one unit of each type is that the whole truth.
 * @throws InterlockError `bad-input` for the first type that has several units, or more assigned than one
 */
export function requireSingleUnits({ graph, resourceName }: Drawing): void {
  const several = graph.total.findIndex((units) => units > 1)
  if (several !== -1) {
    throw new InterlockError('bad-input', texts.severalUnits(resourceName(several), graph.total[several]!), {
      at: resourceName(several),
    })
  }
  const over = graph.assigned.findIndex((units) => units > 1)
  if (over !== -1) {
    throw new InterlockError('bad-input', texts.heldTwice(resourceName(over), graph.assigned[over]!), {
      at: resourceName(over),
    })
  }
}

/**
 * The processes that some cycle can be reached from: what is left when those who wait for nobody left are taken away,
 * again and again.
 * @returns by process: 1 when it is left
 */
export function stuckIn(waits: WaitGraph): Uint8Array {
  const left = new Uint8Array(waits.length).fill(1)
  const open = waits.map((successors) => successors.length)
  const waiters = Array.from({ length: waits.length }, (): number[] => [])
  waits.forEach((successors, process) => successors.forEach((holder) => waiters[holder]!.push(process)))
  const free = open.flatMap((count, process) => (count === 0 ? [process] : []))
  for (let process = free.pop(); process !== undefined; process = free.pop()) {
    left[process] = 0
    for (const waiter of waiters[process]!) {
      open[waiter]! -= 1
      if (open[waiter] === 0) free.push(waiter)
    }
  }
  return left
}

/**
 * One cycle: from the lowest process that reaches a cycle along the lowest processes until one comes again.
 * @returns its processes in the order in which they wait, the lowest first; null when there is no cycle
 */
export function cycleIn(waits: WaitGraph): number[] | null {
  const left = stuckIn(waits)
  const path: number[] = []
  const place = new Map<number, number>()
  let at = left.indexOf(1)
  if (at === -1) return null
  while (!place.has(at)) {
    place.set(at, path.length)
    path.push(at)
    // whoever is left waits for somebody who is left
    at = waits[at]!.find((holder) => left[holder] === 1)!
  }
  const cycle = path.slice(place.get(at))
  const lowest = cycle.indexOf(Math.min(...cycle))
  return [...cycle.slice(lowest), ...cycle.slice(0, lowest)]
}
