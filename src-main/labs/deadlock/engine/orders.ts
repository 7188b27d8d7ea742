// Orders in which all processes of a state finish: whether one that somebody gives is such an order, and how many there
// are. Knows no drawing and no names.
import { MAX_COUNTED_SUBSETS, MAX_LISTED_ORDERS } from '../../../contract/limits.ts'
import { type Dense, finishing } from './dense.ts'

/** A type of which Work has less than a process wants. */
export interface Shortage {
  type: number
  wants: number
  has: number
}

export type OrderJudgement =
  | { accepted: true }
  | {
      accepted: false
      /** index of the first wrong step; the length of the order when processes are missing at its end */
      at: number
      /** `unknown`: no such process; `repeated`: it has finished before; `short`: Work is too little; `missing`: left out */
      reason: 'unknown' | 'repeated' | 'short' | 'missing'
      /** the process of that step; of those left out the first */
      process: number
      /** for `short` every type that is too little, else empty */
      short: Shortage[]
      /** Work before that step */
      work: number[]
    }

/**
 * Walks an order step by step and stops at its first wrong one. Orders other than the algorithm's own are just as good.
 * @param order numbers of processes; -1 stands for one that does not exist
 */
export function checkOrder(state: Dense, order: readonly number[]): OrderJudgement {
  const { processes, types, held } = state
  const work = [...state.available]
  const done = new Uint8Array(processes)
  for (const [at, process] of order.entries()) {
    const wrong = (reason: 'unknown' | 'repeated' | 'short', short: Shortage[] = []): OrderJudgement => ({
      accepted: false,
      at,
      reason,
      process,
      short,
      work,
    })
    if (process < 0 || process >= processes) return wrong('unknown')
    if (done[process] === 1) return wrong('repeated')
    const short = shortages(state, process, work)
    if (short.length > 0) return wrong('short', short)
    done[process] = 1
    for (let type = 0; type < types; type += 1) work[type]! += held[process * types + type]!
  }
  const missing = done.indexOf(0)
  if (missing === -1) return { accepted: true }
  return { accepted: false, at: order.length, reason: 'missing', process: missing, short: [], work }
}

/** What a process wants beyond Work. */
export function shortages({ types, wanted }: Dense, process: number, work: ArrayLike<number>): Shortage[] {
  const found: Shortage[] = []
  for (let type = 0; type < types; type += 1) {
    const wants = wanted[process * types + type]!
    if (wants > work[type]!) found.push({ type, wants, has: work[type]! })
  }
  return found
}

/** A number of orders: exact, or only that there are more than so many. */
export type OrderCount = { exact: bigint } | { moreThan: number }

/**
 * Counts the orders in which all processes finish.
 *
 * Exact by adding up over sets of finished processes, layer by layer, as long as no more than `MAX_COUNTED_SUBSETS`
 * sets are visited; also exact, as a factorial, when everybody could go at once. Beyond that orders are walked one by
 * one, which never runs into a dead end in such a state, until there are more than `MAX_LISTED_ORDERS`.
 */
export function countOrders(state: Dense): OrderCount {
  const { processes, available } = state
  if (finishing(state, 'first').stuck.length > 0) return { exact: 0n }
  const all = Array.from({ length: processes }, (_, process) => process)
  const waiting = all.filter((process) => shortages(state, process, available).length > 0)
  if (waiting.length === 0) return { exact: factorial(processes) }
  return countBySets(state) ?? countByWalking(state)
}

function factorial(upTo: number): bigint {
  let product = 1n
  for (let factor = 2n; factor <= BigInt(upTo); factor += 1n) product *= factor
  return product
}

/** Null when there are too many sets. */
function countBySets(state: Dense): OrderCount | null {
  const { processes, types, available, held } = state
  if (processes > 30) return null
  let layer = new Map<number, { orders: bigint; work: Float64Array }>([[0, { orders: 1n, work: available }]])
  let visited = 1
  for (let size = 0; size < processes; size += 1) {
    const next: typeof layer = new Map()
    for (const [set, { orders, work }] of layer) {
      for (let process = 0; process < processes; process += 1) {
        const bit = 1 << process
        if ((set & bit) !== 0 || !fits(state, process, work)) continue
        const known = next.get(set | bit)
        if (known !== undefined) {
          known.orders += orders
          continue
        }
        visited += 1
        if (visited * types > MAX_COUNTED_SUBSETS) return null
        const grown = Float64Array.from(work)
        for (let type = 0; type < types; type += 1) grown[type]! += held[process * types + type]!
        next.set(set | bit, { orders, work: grown })
      }
    }
    layer = next
  }
  return { exact: [...layer.values()].reduce((sum, { orders }) => sum + orders, 0n) }
}

/** Walks orders depth first; all who are not done always can be. */
function countByWalking(state: Dense): OrderCount {
  const { processes, types, held } = state
  const done = new Uint8Array(processes)
  const work = Float64Array.from(state.available)
  let found = 0
  const walk = (left: number): void => {
    if (left === 0) {
      found += 1
      return
    }
    for (let process = 0; process < processes && found <= MAX_LISTED_ORDERS; process += 1) {
      if (done[process] === 1 || !fits(state, process, work)) continue
      done[process] = 1
      for (let type = 0; type < types; type += 1) work[type]! += held[process * types + type]!
      walk(left - 1)
      done[process] = 0
      for (let type = 0; type < types; type += 1) work[type]! -= held[process * types + type]!
    }
  }
  if (processes * types <= MAX_COUNTED_SUBSETS && processes <= 1_000) walk(processes)
  else return { moreThan: 0 }
  return found > MAX_LISTED_ORDERS ? { moreThan: MAX_LISTED_ORDERS } : { exact: BigInt(found) }
}

function fits({ types, wanted }: Dense, process: number, work: Float64Array): boolean {
  for (let type = 0; type < types; type += 1) if (wanted[process * types + type]! > work[type]!) return false
  return true
}
