// The search for the smallest sets of changes after which nobody is deadlocked. Knows no names and no records.
import { type Change, type Stuck, closedGroup, outcome } from './stuck.ts'

export interface Found {
  changes: Change[]
  /** deadlocked processes in the order in which they finish then, as places in the stuck part */
  order: number[]
}

export interface Search {
  /** sets of one size, the smallest that frees everybody; in the order in which they were found */
  found: Found[]
  /** changes in each set, or the largest number that was looked for when nothing was found */
  size: number
  /** false: the search stopped at the bound on its work */
  complete: boolean
}

class OutOfWork extends Error {}

/**
 * Looks for sets of one change, then of two, up to `most`, and stops at the first size with which everybody finishes.
 *
 * As long as somebody is stuck there is a closed group (see stuck.ts), and every set that frees everybody has a change
 * in it: a request of a member that is not met, or a unit of a type that such a request is for. So only those are
 * tried, first at full size (a whole edge, or one instance more); each change that turns out to be enough is then made
 * as small as it can be, the later ones of a set as they are.
 *
 * @param most largest number of changes in a set; adding two instances to one type are two changes
 * @param work edges that may be visited
 */
export function searchRepairs(stuck: Stuck, most: number, work: number): Search {
  let visited = 0
  const visit = (edges: number): void => {
    visited += edges
    if (visited > work) throw new OutOfWork()
  }
  const found: Found[] = []
  let size = 1
  try {
    for (; size <= most; size += 1) {
      level(stuck, [], size, new Set(), visit, found)
      if (found.length > 0) break
    }
  } catch (error) {
    if (!(error instanceof OutOfWork)) throw error
    return { found, size, complete: false }
  }
  return { found, size: Math.min(size, most), complete: true }
}

function level(
  stuck: Stuck,
  made: readonly Change[],
  left: number,
  seen: Set<string>,
  visit: (edges: number) => void,
  found: Found[],
): void {
  const state = outcome(stuck, made, visit)
  if (state.order.length === stuck.processes.length) return
  for (const change of candidates(stuck, closedGroup(stuck, state, visit).requests, made)) {
    const changes = together(made, change)
    const key = keyOf(changes)
    if (seen.has(key)) continue
    seen.add(key)
    if (left > 1) {
      level(stuck, changes, left - 1, seen, visit, found)
      continue
    }
    const after = outcome(stuck, changes, visit)
    if (after.order.length < stuck.processes.length) continue
    const least = smallest(stuck, changes, visit)
    found.push({ changes: least, order: outcome(stuck, least, visit).order })
  }
}

/** Changes at full size that have to do with these unmet requests, without edges that are changed already. */
function candidates(stuck: Stuck, requests: readonly number[], made: readonly Change[]): Change[] {
  const has = (kind: Change['kind'], at: number): boolean =>
    made.some((other) => other.kind === kind && other.at === at)
  const list: Change[] = []
  const types = new Set<number>()
  for (const at of requests) {
    types.add(stuck.requests[at]!.type)
    if (!has('request', at)) list.push({ kind: 'request', at, units: stuck.requests[at]!.count })
  }
  for (const type of types) {
    for (const at of stuck.holdersOf[type]!) {
      if (!has('assignment', at)) list.push({ kind: 'assignment', at, units: stuck.holds[at]!.count })
    }
    list.push({ kind: 'instance', at: type, units: 1 })
  }
  return list
}

/** A second instance for the same type makes one change of two units. */
function together(made: readonly Change[], change: Change): Change[] {
  const same = made.findIndex(({ kind, at }) => kind === 'instance' && change.kind === kind && at === change.at)
  if (same === -1) return [...made, change]
  return made.map((other, index) => (index === same ? { ...other, units: other.units + 1 } : other))
}

const keyOf = (changes: readonly Change[]): string =>
  changes
    .map(({ kind, at, units }) => `${kind} ${at} ${units}`)
    .sort()
    .join(',')

/** More units never free fewer, so the least number of each change is found by halving. */
function smallest(stuck: Stuck, changes: readonly Change[], visit: (edges: number) => void): Change[] {
  const result = changes.map((change) => ({ ...change }))
  for (const change of result) {
    if (change.kind === 'instance') continue
    let low = 1
    let high = change.units
    while (low < high) {
      change.units = (low + high) >> 1
      if (outcome(stuck, result, visit).order.length === stuck.processes.length) high = change.units
      else low = change.units + 1
    }
    change.units = high
  }
  return result
}
