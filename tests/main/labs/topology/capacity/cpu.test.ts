// CPU: water-filling against a water level found by bisection, quotas against a clock that ticks, weights at their ends.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  newWeightOf,
  oldWeightOf,
  quotaOf,
  sharesOf,
} from '../../../../../src-main/labs/topology/capacity/conversions.ts'
import { type Claimant, shareCpu } from '../../../../../src-main/labs/topology/capacity/shares.ts'
import { busyUnderQuota, runUnderQuota } from '../../../../../src-main/labs/topology/capacity/throttling.ts'

const bound = fc.option(fc.integer({ min: 0, max: 800 }).map((n) => n / 100))
const claimants: fc.Arbitrary<Claimant[]> = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 5000 }), demand: bound, limit: bound }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.map((one, index) => ({ ...one, name: `g${index}` })))
const capacities = fc.integer({ min: 0, max: 1600 }).map((n) => n / 100)
const most = ({ demand, limit }: Claimant): number => Math.min(demand ?? Infinity, limit ?? Infinity)

/** Everybody gets min(what it wants, level * weight); the level is searched until the capacity is used up. */
function byLevel(capacity: number, list: readonly Claimant[]): number[] {
  const at = (level: number): number[] => list.map((one) => Math.min(most(one), level * one.weight))
  let [low, high] = [0, capacity]
  for (let round = 0; round < 200; round += 1) {
    const middle = (low + high) / 2
    if (at(middle).reduce((sum, one) => sum + one, 0) < capacity) low = middle
    else high = middle
  }
  return at(high)
}

describe('sharing by weights', () => {
  test('gives what the water level gives', () => {
    fc.assert(
      fc.property(capacities, claimants, (capacity, list) => {
        const { allocations } = shareCpu(capacity, list)
        byLevel(capacity, list).forEach((share, index) => expect(allocations[index]).toBeCloseTo(share, 6))
      }),
    )
  })

  test('never gives more than there is or than is wanted, and leaves nothing idle that somebody wants', () => {
    fc.assert(
      fc.property(capacities, claimants, (capacity, list) => {
        const { allocations, unused, contended, rounds } = shareCpu(capacity, list)
        const sum = allocations.reduce((total, one) => total + one, 0)
        expect(sum + unused).toBeCloseTo(capacity, 8)
        allocations.forEach((share, index) => expect(share).toBeLessThanOrEqual(most(list[index]!)))
        const hungry = allocations.some((share, index) => share < most(list[index]!) - 1e-9)
        expect(unused > 1e-9 && hungry).toBe(false)
        expect(hungry).toBe(contended)
        expect(rounds.length).toBeLessThanOrEqual(list.length)
      }),
    )
  })

  test('shows each offer with its numbers, and who keeps less', () => {
    const list = [
      { name: 'web', weight: 200, demand: 0.3, limit: null },
      { name: 'db', weight: 100, demand: null, limit: null },
    ]
    expect(shareCpu(2, list).working).toEqual([
      'Round 1: 2 CPU left, weights 300 in all.',
      '  web: 2 * 200 / 300 = 1.3333, needs only 0.3 and keeps that',
      '  db: 2 * 100 / 300 = 0.6667',
      'Round 2: 1.7 CPU left, weights 100 in all.',
      '  db: 1.7 * 100 / 100 = 1.7',
      'Given: 0.3 + 1.7 = 2 of 2 CPU.',
    ])
  })
})

interface Ticked {
  wall: number
  used: number
  throttled: number
  still: number
}

/** Runs thread by thread, 1 ms at a time, until the work is done or the time is over. */
function tick(work: number, duration: number, quota: number, period: number, threads: number): Ticked {
  let [used, throttled, still, now] = [0, 0, 0, 0]
  let [left, stood] = [0, false]
  for (; used < work && now < duration; now += 1) {
    if (now % period === 0) [left, stood] = [quota, false]
    if (left < threads) {
      still += 1
      if (!stood) throttled += 1
      stood = true
      continue
    }
    left -= threads
    used += threads
  }
  return { wall: now, used, throttled, still }
}

// Quota and work are whole multiples of what the threads use in 1 ms, so that a clock in ms is exact.
const quotas = fc.record({
  threads: fc.integer({ min: 1, max: 4 }),
  period: fc.integer({ min: 1, max: 30 }),
  slots: fc.integer({ min: 1, max: 40 }),
  amount: fc.integer({ min: 1, max: 300 }),
})

describe('quota', () => {
  test('takes as long as a clock says that ticks', () => {
    fc.assert(
      fc.property(quotas, ({ threads, period, slots, amount }) => {
        const [quota, work] = [slots * threads, amount * threads]
        const seen = tick(work, Infinity, quota, period, threads)
        const { wall, throttledPeriods, throttledTime, periods } = runUnderQuota({ work, quota, period, threads })
        expect([wall, throttledPeriods, throttledTime]).toEqual([seen.wall, seen.throttled, seen.still])
        expect(periods.reduce((sum, one) => sum + one.used, 0)).toBe(work)
        expect(periods.at(-1)).toMatchObject({ workLeft: 0, runsUntil: wall })
      }),
    )
  })

  test('gives threads that never stop what that clock gives them', () => {
    fc.assert(
      fc.property(quotas, ({ threads, period, slots, amount }) => {
        const quota = slots * threads
        const seen = tick(Infinity, amount, quota, period, threads)
        const { cpuTime, throttledPeriods, throttledTime } = busyUnderQuota(amount, { quota, period, threads })
        expect([cpuTime, throttledPeriods, throttledTime]).toEqual([seen.used, seen.throttled, seen.still])
      }),
    )
  })

  test('agrees with the published formula where the quota binds', () => {
    fc.assert(
      fc.property(quotas, ({ threads, period, slots, amount }) => {
        const quota = Math.min(slots, period) * threads
        const n = Math.ceil(amount / quota) - 1
        const expected = n * period + (amount - n * quota) / threads
        expect(runUnderQuota({ work: amount, quota, period, threads }).wall).toBeCloseTo(expected, 8)
      }),
    )
  })

  test('is not misled by fractions that are not exact in binary', () => {
    // 0.3 / 0.1 is a little below 3, 0.6 / 0.2 as well; 0.7 / 0.1 a little below 7.
    for (const [work, quota, full] of [
      [0.3, 0.1, 2],
      [0.6, 0.2, 2],
      [0.7, 0.1, 6],
    ] as const) {
      expect(runUnderQuota({ work, quota, period: 1, threads: 1 })).toMatchObject({
        fullPeriods: full,
        wall: full + quota,
      })
    }
  })

  test('never throttles threads that cannot use it up', () => {
    expect(runUnderQuota({ work: 300, quota: 200, period: 100, threads: 1 })).toMatchObject({
      wall: 300,
      throttledTime: 0,
    })
  })
})

describe('what Kubernetes writes', () => {
  test('keeps both weights within their ends and in order', () => {
    expect([2, 1024, 262_144].map((shares) => newWeightOf(shares).value)).toEqual([1, 100, 10_000])
    expect([2, 262_144].map((shares) => oldWeightOf(shares).value)).toEqual([1, 10_000])
    const milli = fc.integer({ min: 0, max: 400_000 })
    fc.assert(
      fc.property(milli, milli, (a, b) => {
        const [low, high] = [sharesOf(Math.min(a, b)).value, sharesOf(Math.max(a, b)).value]
        expect(low).toBeLessThanOrEqual(high)
        expect(low).toBeGreaterThanOrEqual(2)
        expect(high).toBeLessThanOrEqual(262_144)
        for (const weight of [oldWeightOf, newWeightOf]) {
          expect(weight(low).value).toBeLessThanOrEqual(weight(high).value)
        }
      }),
    )
  })

  test('never goes below the least quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (milli) => {
        expect(quotaOf(milli).value).toBe(milli < 10 ? 1000 : milli * 100)
      }),
    )
  })
})
