// What Kubernetes writes into cgroups for CPU requests and limits, and the ready time of virtual CPUs.
// Pure; knows no input form and no drawing.
import { ceilOf, floorOf, show, tidy } from '../figures.ts'

/** Least and most shares that the kernel takes (cgroup v1), and the weights that they become (v2). */
const MIN_SHARES = 2
const MAX_SHARES = 262_144
const MIN_QUOTA_US = 1_000

export interface Figure<T = number> {
  value: T
  working: string[]
}

/**
 * The cpu.shares of a request (kubelet, MilliCPUToShares).
 * @param milliCpu at least 0; none at all counts as the least
 * @returns 2 to 262144
 */
export function sharesOf(milliCpu: number): Figure {
  const raw = floorOf(milliCpu * 1024, 1000)
  const value = Math.min(MAX_SHARES, Math.max(MIN_SHARES, raw))
  const cut = raw > MAX_SHARES ? `, cut to ${show(MAX_SHARES)}, the most there is` : ''
  return {
    value,
    working: [
      `shares = max(2, floor(${show(milliCpu)} * 1024 / 1000)) = max(2, ${show(raw)}) = ${show(Math.max(2, raw))}${cut}`,
    ],
  }
}

/**
 * The cpu.weight of v2 for shares of v1, by the line from (2, 1) to (262144, 10000) that runtimes used first.
 * @param shares 2 to 262144
 */
export function oldWeightOf(shares: number): Figure {
  const value = 1 + floorOf((shares - 2) * 9999, 262_142)
  return {
    value,
    working: [
      `old weight = 1 + floor((${show(shares)} - 2) * 9999 / 262142) = 1 + floor(${show(((shares - 2) * 9999) / 262_142)}) = ${show(value)}`,
    ],
  }
}

/**
 * The cpu.weight of v2 by the curve of runc from 1.3.2 and crun from 1.23, which maps the default 1024 to the default 100.
 * @param shares 2 to 262144
 */
export function newWeightOf(shares: number): Figure {
  const l = Math.log2(shares)
  const exponent = (l * l + 125 * l) / 612 - 7 / 34
  // The exponent is exact in theory for 2, 1024 and 262144; dust must not lift the weight by one there.
  const value = Math.min(10_000, ceilOf(10 ** exponent))
  return {
    value,
    working: [
      `L = log2(${show(shares)}) = ${show(l)}`,
      `new weight = ceil(10^((L^2 + 125 L) / 612 - 7 / 34)) = ceil(10^${show(exponent)}) = ceil(${show(10 ** exponent)}) = ${show(value)}`,
    ],
  }
}

/**
 * The CFS quota of a limit (kubelet, MilliCPUToQuota).
 * @param milliCpu above 0
 * @param period us, above 0
 * @returns us in each period
 */
export function quotaOf(milliCpu: number, period = 100_000): Figure {
  const raw = floorOf(milliCpu * period, 1000)
  const value = Math.max(MIN_QUOTA_US, raw)
  return {
    value,
    working: [
      `quota = max(1000, ${show(milliCpu)} * ${show(period)} / 1000) = max(1000, ${show(raw)}) = ${show(value)} us in each ${show(period)} us`,
    ],
  }
}

/** Ready time from which vSphere administrators usually worry, in per cent of each virtual CPU. */
export const READY_ALARM_PERCENT = 10

/**
 * The share of time in which a virtual CPU could run but got no physical one (vSphere, summation to percentage).
 * @param readyMs sum over all virtual CPUs in the interval
 * @param interval s, above 0; 20 s in the real-time charts
 * @param vcpus at least 1
 */
export function readyPercent(readyMs: number, interval: number, vcpus: number): Figure & { all: number } {
  const all = (readyMs / (interval * 1000)) * 100
  const value = all / vcpus
  return {
    value: tidy(value),
    all: tidy(all),
    working: [
      `ready = ${show(readyMs)} / (${show(interval)} * 1000) * 100 / ${show(vcpus)} = ${show(value)} % of each virtual CPU`,
    ],
  }
}
