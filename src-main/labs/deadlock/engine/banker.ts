// The Banker's answer to a request: three tests, one after the other. Knows no drawing and no names.
import type { Progress } from '../../../contract/lab.ts'
import { type Dense, finishing } from './dense.ts'
import type { Shortage } from './orders.ts'

export type RequestJudgement =
  /** more than the process has declared and not yet got: an error of the process */
  | { answer: 'error'; short: Shortage[] }
  /** more than is available: it waits */
  | { answer: 'wait'; short: Shortage[] }
  /** granted it would leave nobody an order in which all finish: it waits although enough is there */
  | { answer: 'unsafe'; pretended: Dense; stuck: number[] }
  | { answer: 'grant'; pretended: Dense; order: number[] }

/**
 * Judges a request by the tests of the Banker: declared, available, safe afterwards.
 * @param state whose `wanted` is Need
 * @param request units of each type, whole numbers of at least 0
 * Source: E. W. Dijkstra, EWD 108 and EWD 623; for several types A. N. Habermann, Prevention of System Deadlocks, 1969.
 */
export function judgeRequest(
  state: Dense,
  process: number,
  request: readonly number[],
  progress?: Progress,
): RequestJudgement {
  const { types, available, wanted } = state
  const above = (limit: (type: number) => number): Shortage[] =>
    request.flatMap((wants, type) => (wants > limit(type) ? [{ type, wants, has: limit(type) }] : []))
  const undeclared = above((type) => wanted[process * types + type]!)
  if (undeclared.length > 0) return { answer: 'error', short: undeclared }
  const missing = above((type) => available[type]!)
  if (missing.length > 0) return { answer: 'wait', short: missing }
  const pretended = grant(state, process, request)
  const { order, stuck } = finishing(pretended, 'onward', progress)
  return stuck.length > 0 ? { answer: 'unsafe', pretended, stuck } : { answer: 'grant', pretended, order }
}

/** The state after a request is granted. */
function grant(state: Dense, process: number, request: readonly number[]): Dense {
  const { types } = state
  const [available, held, wanted] = [state.available.slice(), state.held.slice(), state.wanted.slice()]
  request.forEach((units, type) => {
    available[type]! -= units
    held[process * types + type]! += units
    wanted[process * types + type]! -= units
  })
  return { ...state, available, held, wanted }
}
