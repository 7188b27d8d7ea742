// Whom to kill so that the others can finish: fewest victims, and least cost. Knows no drawing and no names.
import type { Progress } from '../../../contract/lab.ts'
import { MAX_EXACT_VICTIMS, MAX_LISTED_VICTIM_SETS } from '../../../contract/limits.ts'
import { type Dense, finishing } from './dense.ts'

export interface VictimSets {
  /** number of victims of each set; 0 without a deadlock */
  size: number
  sets: number[][]
  /** whether no smaller set exists for certain */
  exact: boolean
  /** whether there are further sets of this size that are not listed */
  more: boolean
}

export interface Victims {
  victims: number[]
  cost: number
  /** whether no cheaper set exists for certain */
  exact: boolean
}

/**
 * A deadlocked part of a state, ready to be asked about sets of victims again and again. Those who can finish have
 * finished: what they held is available.
 */
interface Knot {
  /** numbers of the deadlocked processes in the whole state */
  processes: number[]
  types: number
  available: Float64Array
  held: Int32Array
  wanted: Int32Array
}

function knotOf(state: Dense): Knot {
  const { types, held, wanted } = state
  const { order, stuck } = finishing(state, 'first')
  const available = Float64Array.from(state.available)
  for (const process of order) {
    for (let type = 0; type < types; type += 1) available[type]! += held[process * types + type]!
  }
  const rows = (matrix: Int32Array): Int32Array => {
    const part = new Int32Array(stuck.length * types)
    stuck.forEach((process, index) => part.set(matrix.subarray(process * types, (process + 1) * types), index * types))
    return part
  }
  return { processes: stuck, types, available, held: rows(held), wanted: rows(wanted) }
}

/** Whether all others finish once these are killed. Killing more never hurts. */
function frees({ processes, types, available, held, wanted }: Knot, killed: Uint8Array, work: Float64Array): boolean {
  const count = processes.length
  work.set(available)
  const gone = Uint8Array.from(killed)
  let left = count
  const give = (process: number): void => {
    gone[process] = 1
    left -= 1
    for (let type = 0; type < types; type += 1) work[type]! += held[process * types + type]!
  }
  for (let process = 0; process < count; process += 1) if (killed[process] === 1) give(process)
  for (let found = true; found && left > 0;) {
    found = false
    for (let process = 0; process < count; process += 1) {
      if (gone[process] === 1) continue
      let type = 0
      while (type < types && wanted[process * types + type]! <= work[type]!) type += 1
      if (type < types) continue
      give(process)
      found = true
    }
  }
  return left === 0
}

/**
 * All smallest sets of victims, in order of their numbers: their size is that of the cheapest set when each costs one,
 * and then all sets of that size are tried, leaving out those whose beginning cannot come to anything. Beyond
 * `MAX_EXACT_VICTIMS` deadlocked processes one set is found greedily instead.
 * @param progress is told how many of the first choices are done
 */
export function fewestVictims(state: Dense, progress?: Progress): VictimSets {
  const knot = knotOf(state)
  const count = knot.processes.length
  if (count === 0) return { size: 0, sets: [[]], exact: true, more: false }
  const each = new Array<number>(count).fill(1)
  if (count > MAX_EXACT_VICTIMS) {
    const { victims } = greedy(knot, each)
    return { size: victims.length, sets: [victims], exact: false, more: false }
  }
  const size = cheapestIn(knot, each).length
  const work = new Float64Array(knot.types)
  /** chosen, and whoever may still be chosen */
  const hopeful = new Uint8Array(count).fill(1)
  const sets: number[][] = []
  const chosen: number[] = []
  const choose = (from: number): void => {
    if (sets.length > MAX_LISTED_VICTIM_SETS) return
    if (chosen.length === size) {
      hopeful.fill(0, from)
      if (frees(knot, hopeful, work)) sets.push(chosen.map((index) => knot.processes[index]!))
      hopeful.fill(1, from)
      return
    }
    for (let index = from; index <= count - (size - chosen.length); index += 1) {
      chosen.push(index)
      choose(index + 1)
      chosen.pop()
      if (chosen.length === 0) progress?.((index + 1) / count)
      // From here on this one is spared.
      hopeful[index] = 0
      if (!frees(knot, hopeful, work)) break
    }
    hopeful.fill(1, from)
  }
  choose(0)
  const more = sets.length > MAX_LISTED_VICTIM_SETS
  return { size, sets: sets.slice(0, MAX_LISTED_VICTIM_SETS), exact: true, more }
}

/**
 * Victims whose costs add up to the least. Exact by branch and bound up to `MAX_EXACT_VICTIMS` deadlocked processes.
 * Beyond that greedily, cheapest first by cost, and then without those that turn out not to be needed.
 * @param costs of all processes of the state, at least 0
 */
export function leastCostVictims(state: Dense, costs: readonly number[]): Victims {
  const knot = knotOf(state)
  const count = knot.processes.length
  const own = knot.processes.map((process) => costs[process]!)
  if (count === 0 || count > MAX_EXACT_VICTIMS) return { ...greedy(knot, own), exact: count === 0 }
  const best = cheapestIn(knot, own)
  const cost = best.reduce((sum, index) => sum + own[index]!, 0)
  return { victims: best.map((index) => knot.processes[index]!), cost, exact: true }
}

/**
 * The cheapest set, as rising numbers within the knot. A branch ends when it costs as much as the best set known, or
 * when killing all that are still open would not do.
 */
function cheapestIn(knot: Knot, costs: readonly number[]): number[] {
  const count = knot.processes.length
  const first = greedy(knot, costs)
  // The dearest are decided first, so that sets without them are tried early.
  const byCost = costs.map((_, index) => index).sort((a, b) => costs[b]! - costs[a]! || a - b)
  const work = new Float64Array(knot.types)
  /** chosen, and, as long as they are open, everybody who has not been decided */
  const hopeful = new Uint8Array(count).fill(1)
  const chosen = new Uint8Array(count)
  let best = first.victims.map((process) => knot.processes.indexOf(process))
  let least = first.cost
  const decide = (at: number, cost: number): void => {
    if (cost >= least || !frees(knot, hopeful, work)) return
    if (frees(knot, chosen, work)) {
      least = cost
      best = byCost.filter((index) => chosen[index] === 1)
      return
    }
    const index = byCost[at]!
    hopeful[index] = 0
    decide(at + 1, cost)
    hopeful[index] = 1
    chosen[index] = 1
    decide(at + 1, cost + costs[index]!)
    chosen[index] = 0
  }
  decide(0, 0)
  return best.sort((a, b) => a - b)
}

/** Kills the cheapest until the others can finish, then spares whoever need not be killed, the dearest first. */
function greedy(knot: Knot, costs: readonly number[]): Omit<Victims, 'exact'> {
  const { processes } = knot
  const work = new Float64Array(knot.types)
  const killed = new Uint8Array(processes.length)
  const cheapest = costs.map((_, index) => index).sort((a, b) => costs[a]! - costs[b]! || a - b)
  const taken: number[] = []
  for (const index of cheapest) {
    if (frees(knot, killed, work)) break
    killed[index] = 1
    taken.push(index)
  }
  for (const index of taken.reverse()) {
    killed[index] = 0
    if (!frees(knot, killed, work)) killed[index] = 1
  }
  const victims = costs.map((_, index) => index).filter((index) => killed[index] === 1)
  return {
    victims: victims.map((index) => processes[index]!),
    cost: victims.reduce((sum, index) => sum + costs[index]!, 0),
  }
}
