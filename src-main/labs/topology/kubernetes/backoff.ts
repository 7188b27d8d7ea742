// Waiting before a crashed container is started again: the kubelet's back-off and Docker's. And how long the pods of a
// silent node stay away. Pure; times in the unit of the arguments.
import { show, showSum } from '../figures.ts'

export interface Backoff {
  /** from the first crash on */
  delays: number[]
  total: number
  working: string[]
}

/** Kubelet: 10 s doubled up to 300 s, in s. */
export const kubeletBackoff = { first: 10, most: 300 } as const
/** Docker: 100 ms doubled up to a minute, in ms. */
export const dockerBackoff = { first: 100, most: 60_000 } as const

/** The wait after crash number `crash`, counted from 1. */
export const delayAfter = (crash: number, { first, most }: { first: number; most: number }): number =>
  // Beyond 2^60 the most has long been reached.
  Math.min(most, first * 2 ** Math.min(crash - 1, 60))

/** @param crashes at least 0 */
export function backoffOf(crashes: number, rule: { first: number; most: number }): Backoff {
  const delays = Array.from({ length: crashes }, (_, index) => delayAfter(index + 1, rule))
  const total = delays.reduce((sum, one) => sum + one, 0)
  return {
    delays,
    total,
    working: [
      `wait after crash k = min(${show(rule.most)}, ${show(rule.first)} * 2^(k - 1))`,
      `${showSum(delays)} = ${show(total)}`,
    ],
  }
}

export interface NodeLoss {
  /** s after the last sign of life at which the node counts as NotReady */
  notReady: number
  /** s after it at which its pods are evicted */
  eviction: number
  /** s after it at which a replacement runs */
  running: number
  working: string[]
}

/** @param grace until NotReady, `toleration` until eviction, `place` and `start` until the replacement runs; all in s */
export function nodeLoss(grace: number, toleration: number, place = 0, start = 0): NodeLoss {
  const eviction = grace + toleration
  const running = eviction + place + start
  return {
    notReady: grace,
    eviction,
    running,
    working: [
      `eviction after ${show(grace)} + ${show(toleration)} = ${show(eviction)} s`,
      ...(place + start > 0
        ? [`replacement after ${show(eviction)} + ${show(place)} + ${show(start)} = ${show(running)} s`]
        : []),
    ],
  }
}
