// A container that keeps crashing, over time: when it crashes, how long its engine waits, when it runs again. The waits
// themselves are those of kubernetes/backoff.ts. Pure; knows no input form and no drawing. Times in ms.
import { show, showSum, sumOf } from '../figures.ts'
import { delayAfter, dockerBackoff, kubeletBackoff } from '../kubernetes/backoff.ts'

export interface RestartRule {
  /** first delay */
  first: number
  /** longest delay */
  most: number
  /** a run of at least this length begins the delays anew */
  resetAfter: number
}

/** The kubelet forgets crashes after 10 minutes without one, Docker after a run of 10 s. */
export const restartRules: Readonly<Record<'kubernetes' | 'docker', RestartRule>> = {
  kubernetes: { first: kubeletBackoff.first * 1000, most: kubeletBackoff.most * 1000, resetAfter: 600_000 },
  docker: { ...dockerBackoff, resetAfter: 10_000 },
}

export interface RestartStep {
  /** crash number, from 1 */
  crash: number
  /** when it happens */
  at: number
  /** how long it ran before */
  ran: number
  delay: number
  /** when it is started again */
  restart: number
  sentence: string
}

export interface Restarts {
  delays: number[]
  sum: number
  steps: RestartStep[]
  working: string[]
}

/**
 * The crashes and restarts of a container that begins at 0.
 * @param runs how long it runs before each crash, ms; their number is the number of crashes
 */
export function restartRun(rule: RestartRule, runs: readonly number[]): Restarts {
  const steps: RestartStep[] = []
  let [clock, inRow] = [0, 0]
  runs.forEach((ran, index) => {
    const anew = ran >= rule.resetAfter && inRow > 0
    inRow = ran >= rule.resetAfter ? 1 : inRow + 1
    const at = clock + ran
    const delay = delayAfter(inRow, rule)
    clock = at + delay
    const forgotten = anew ? ' Earlier crashes are forgotten.' : ''
    const sentence = `Crash ${index + 1} at ${show(at)} ms after a run of ${show(ran)} ms.${forgotten} It waits ${show(delay)} ms.`
    steps.push({ crash: index + 1, at, ran, delay, restart: clock, sentence })
  })
  const delays = steps.map(({ delay }) => delay)
  const sum = sumOf(delays)
  return {
    delays,
    sum,
    steps,
    working: [
      `wait after crash k in a row = min(${show(rule.most)}, ${show(rule.first)} * 2^(k - 1)) ms, anew after a run of ${show(rule.resetAfter)} ms`,
      `${showSum(delays)} = ${show(sum)} ms of waiting`,
    ],
  }
}
