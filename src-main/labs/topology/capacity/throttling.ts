// CPU quota: how long a job takes when its group may run only so long in each period, and when it is throttled.
// Times in ms. Pure; knows no input form and no drawing.
import { atMost, ceilOf, counted, floorOf, show, tidy } from '../figures.ts'

/** Most periods that are listed one by one; the figures count all of them. */
export const MAX_LISTED_PERIODS = 1_000

/** A job whose threads begin together at the start of a period. */
export interface QuotaJob {
  /** CPU time it needs, ms, above 0 */
  work: number
  /** CPU time that its group may use in each period, ms, above 0 */
  quota: number
  /** length of a period, ms, above 0 */
  period: number
  /** busy threads that really run at once: not more than there are cores; at least 1 */
  threads: number
}

/** What happens in one period. */
export interface QuotaPeriod {
  /** when it begins */
  start: number
  /** CPU time used in it */
  used: number
  /** until when the job runs */
  runsUntil: number
  /** how long it then stands still although it has work */
  throttledFor: number
  /** work that is left at the end of the period */
  workLeft: number
}

export interface QuotaRun {
  /** from the start to the end of the job, ms */
  wall: number
  /** CPU limit: quota / period */
  limit: number
  /** periods before the last, in which the whole quota is used up */
  fullPeriods: number
  /** those of them in which the job stands still for a while */
  throttledPeriods: number
  /** how long it stands still in each of them */
  throttledPerPeriod: number
  /** how long it stands still in all */
  throttledTime: number
  /** how long it would take without a quota: work / threads */
  withoutQuota: number
  /** the first MAX_LISTED_PERIODS periods */
  periods: QuotaPeriod[]
  working: string[]
}

/**
 * A job under the bandwidth control of the Linux scheduler (Turner, Rao and Rao, CPU bandwidth control for CFS, 2010),
 * with the quota handed out exactly: real kernels hand it out in slices of 5 ms per core, so measured counts differ by
 * one or two.
 */
export function runUnderQuota({ work, quota, period, threads }: QuotaJob): QuotaRun {
  // More than threads * period cannot be used in a period, whatever the quota says.
  const usable = Math.min(quota, threads * period)
  const full = ceilOf(work, usable) - 1
  const rest = work - full * usable
  const wall = full * period + rest / threads
  const still = Math.max(0, period - usable / threads)
  const throttles = !atMost(still, 0)
  const periods: QuotaPeriod[] = []
  for (let index = 0; index <= full && index < MAX_LISTED_PERIODS; index += 1) {
    const last = index === full
    const used = last ? rest : usable
    periods.push({
      start: tidy(index * period),
      used: tidy(used),
      runsUntil: tidy(index * period + used / threads),
      throttledFor: last ? 0 : tidy(still),
      workLeft: tidy(Math.max(0, work - index * usable - used)),
    })
  }
  const throttledPeriods = throttles ? full : 0
  const working = [
    `Limit: Q / P = ${show(quota)} / ${show(period)} = ${show(quota / period)} CPU.`,
    ...(atMost(threads * period, quota)
      ? [
          `${counted(threads, 'thread')} cannot use more than ${show(threads * period)} ms in a period, so a quota of ${show(quota)} ms never throttles.`,
        ]
      : []),
    `Full periods: n = ceil(W / Q) - 1 = ceil(${show(work)} / ${show(usable)}) - 1 = ${show(full)}.`,
    `Wall time: n * P + (W - n * Q) / m = ${show(full)} * ${show(period)} + (${show(work)} - ${show(full)} * ${show(usable)}) / ${show(threads)} = ${show(wall)} ms.`,
    throttles && full > 0
      ? `Throttled in each full period: P - Q / m = ${show(period)} - ${show(usable)} / ${show(threads)} = ${show(still)} ms; ${counted(full, 'time')}: ${show(full * still)} ms.`
      : 'Never throttled.',
  ]
  return {
    wall: tidy(wall),
    limit: tidy(quota / period),
    fullPeriods: full,
    throttledPeriods,
    throttledPerPeriod: throttles && full > 0 ? tidy(still) : 0,
    throttledTime: tidy(throttledPeriods * still),
    withoutQuota: tidy(work / threads),
    periods,
    working,
  }
}

export interface BusyRun {
  /** CPU time that the threads get */
  cpuTime: number
  /** periods that begin before the end, the last one perhaps cut short */
  periods: number
  /** those of them in which the group runs out of quota and stands still */
  throttledPeriods: number
  /** how long it stands still in all */
  throttledTime: number
  working: string[]
}

/** What threads that never stop get within a time that begins with a period. @param duration ms, above 0 */
export function busyUnderQuota(duration: number, { quota, period, threads }: Omit<QuotaJob, 'work'>): BusyRun {
  const usable = Math.min(quota, threads * period)
  const runs = usable / threads
  const whole = floorOf(duration, period)
  const rest = Math.max(0, duration - whole * period)
  const begun = whole + (atMost(rest, 0) ? 0 : 1)
  const still = Math.max(0, period - runs)
  const restStill = Math.max(0, rest - runs)
  const cpuTime = whole * usable + Math.min(rest, runs) * threads
  const throttled = (atMost(still, 0) ? 0 : whole) + (atMost(restStill, 0) ? 0 : 1)
  return {
    cpuTime: tidy(cpuTime),
    periods: begun,
    throttledPeriods: throttled,
    throttledTime: tidy(whole * still + restStill),
    working: [
      `Each period: min(Q, m * P) = min(${show(quota)}, ${show(threads)} * ${show(period)}) = ${show(usable)} ms of CPU, gone after ${show(runs)} ms.`,
      `${counted(whole, 'whole period')} and ${show(rest)} ms: ${show(whole)} * ${show(usable)} + ${show(Math.min(rest, runs))} * ${show(threads)} = ${show(cpuTime)} ms of CPU.`,
      `Throttled in ${show(throttled)} of ${counted(begun, 'period')}, ${show(whole * still + restStill)} ms in all.`,
    ],
  }
}
