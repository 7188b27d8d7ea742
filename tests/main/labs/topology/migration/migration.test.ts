// Live migration: rounds against a loop of its own and against the closed form, remedies by trying them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { postCopy, remedies, stopAndCopy } from '../../../../../src-main/labs/topology/migration/alternatives.ts'
import {
  preCopy,
  type PreCopyPlan,
  roundsByFormula,
  THROTTLE,
} from '../../../../../src-main/labs/topology/migration/pre-copy.ts'

/** Equal but for what lies beyond the digits that results keep. */
const near = (found: number | null, expected: number): void =>
  expect(Math.abs((found ?? NaN) - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected))

const plan = (over: Partial<PreCopyPlan>): PreCopyPlan => ({
  memory: 4096,
  link: 1000,
  dirtyRate: 500,
  workingSet: null,
  downtimeLimit: 0.3,
  maxRounds: null,
  resume: 0,
  autoConverge: null,
  ...over,
})

const plans = fc.record({
  memory: fc.integer({ min: 1, max: 65_536 }),
  link: fc.integer({ min: 1, max: 4000 }),
  dirtyRate: fc.integer({ min: 0, max: 6000 }),
  downtimeLimit: fc.integer({ min: 0, max: 30 }).map((n) => n / 10),
})

/** Moves the machine in the plainest way, following V for as many rounds as are allowed. */
function move({ memory, link, dirtyRate, workingSet, downtimeLimit }: PreCopyPlan, most: number): number[] {
  const volumes = [memory]
  for (let i = 0; i < most; i += 1) {
    if (i > 0 && volumes[i]! <= link * downtimeLimit) break
    volumes.push(Math.min((dirtyRate * volumes[i]!) / link, workingSet ?? Infinity, memory))
  }
  return volumes
}

describe('pre-copy', () => {
  test('sends in each round what a plain loop says', () => {
    const more = fc.record({ maxRounds: fc.integer({ min: 0, max: 40 }), workingSet: fc.option(fc.nat(5000)) })
    fc.assert(
      fc.property(plans, more, (base, extra) => {
        const full = plan({ ...base, ...extra })
        const found = preCopy(full)
        const volumes = move(full, extra.maxRounds)
        expect(found.rounds.length).toBe(volumes.length)
        volumes.forEach((volume, index) => near(found.rounds[index]!.volume, volume))
        const data = volumes.reduce((sum, one) => sum + one, 0)
        near(found.data, data)
        near(found.total, data / base.link)
        near(found.downtime, volumes.at(-1)! / base.link)
        expect(found.withinLimit).toBe(found.lastVolume! <= base.link * base.downtimeLimit * (1 + 1e-11))
      }),
    )
  })

  test('stops after as many rounds as the closed form has, or never like it', () => {
    fc.assert(
      fc.property(plans, (base) => {
        const { memory, link, dirtyRate, downtimeLimit } = base
        const rounds = roundsByFormula(memory, link, dirtyRate, downtimeLimit)
        const found = preCopy(plan(base))
        if (rounds !== null && rounds < 5000) {
          expect(found.converges).toBe(true)
          expect(found.liveRounds).toBe(rounds)
          expect(found.lastVolume).toBeCloseTo(Math.min(memory, memory * (dirtyRate / link) ** rounds), 4)
        } else if (rounds === null && downtimeLimit > 0) {
          // A limit above the whole memory is met even by memory that is dirtied all over again.
          const whole = memory <= link * downtimeLimit + 1e-9
          expect(found.converges).toBe(whole)
          if (!whole) expect(found).toMatchObject({ ended: 'never', downtime: null, total: null, data: null })
        }
      }),
    )
  })

  test('a working set bounds the rest, so that even fast writers can be moved', () => {
    const found = preCopy(plan({ link: 500, dirtyRate: 600, workingSet: 100 }))
    expect(found).toMatchObject({ converges: true, liveRounds: 1, lastVolume: 100, downtime: 0.2, data: 4196 })
    const large = preCopy(plan({ link: 500, dirtyRate: 600, workingSet: 400 }))
    expect(large).toMatchObject({ converges: false, ended: 'never' })
    expect(large.working.at(-1)).toBe('It would never end: each further round leaves 400 MiB, more than 150 MiB.')
  })

  test('a limit of rounds is not why it fails: it says whether it would have converged', () => {
    expect(preCopy(plan({ dirtyRate: 900, maxRounds: 2 }))).toMatchObject({ converges: true, ended: 'max-rounds' })
    expect(preCopy(plan({ dirtyRate: 1100, maxRounds: 2 }))).toMatchObject({ converges: false, ended: 'max-rounds' })
  })

  test('without any stop it never ends, however slowly the guest writes', () => {
    const found = preCopy(plan({ dirtyRate: 1, downtimeLimit: 0 }))
    expect([found.ended, found.liveRounds]).toEqual(['never', 1])
    expect(found.working.at(-1)).toBe('It would never end: no stop is allowed, and each round leaves something.')
    expect(preCopy(plan({ dirtyRate: 0, downtimeLimit: 0 }))).toMatchObject({ converges: true, downtime: 0 })
  })

  test('resuming is part of the downtime', () => {
    expect(preCopy(plan({ resume: 0.05 })).downtime! - preCopy(plan({})).downtime!).toBeCloseTo(0.05, 9)
  })

  test('throttles by 20, 30, 40 … per cent until a round leaves less than half', () => {
    const found = preCopy(plan({ link: 500, dirtyRate: 600, autoConverge: THROTTLE }))
    expect(found.converges).toBe(true)
    expect(found.rounds.slice(0, 6).map(({ throttle }) => throttle)).toEqual([0, 20, 30, 40, 50, 60])
    expect(new Set(found.rounds.slice(6).map(({ throttle }) => throttle))).toEqual(new Set([60]))
    for (const { dirtied, time, throttle, stopped } of found.rounds) {
      if (!stopped) expect(dirtied).toBeCloseTo(Math.min(4096, 600 * (1 - throttle / 100) * time), 6)
    }
  })

  test('a throttle at its most can still be too little', () => {
    const weak = { ...THROTTLE, most: 30 }
    const found = preCopy(plan({ link: 100, dirtyRate: 900, autoConverge: weak }))
    expect([found.ended, found.rounds.at(-1)!.throttle]).toEqual(['never', 30])
  })
})

describe('what helps a migration that does not converge', () => {
  test('does help, and a little less does not within the rounds that there are', () => {
    const stuck = fc.record({
      memory: fc.integer({ min: 1024, max: 65_536 }),
      link: fc.integer({ min: 50, max: 1000 }),
      factor: fc.integer({ min: 20, max: 400 }),
      downtimeLimit: fc.constantFrom(0.1, 0.3, 1),
      maxRounds: fc.option(fc.integer({ min: 1, max: 40 })),
    })
    fc.assert(
      fc.property(stuck, ({ memory, link, factor, downtimeLimit, maxRounds }) => {
        const base = plan({ memory, link, dirtyRate: (link * factor) / 100, downtimeLimit, maxRounds })
        const failed = preCopy(base)
        fc.pre(!failed.withinLimit)
        const free = preCopy({ ...base, maxRounds: null })
        const offers = remedies(base, failed.lastVolume ?? memory, free.converges ? free.liveRounds : null)
        const value = (id: string): number | null | undefined => offers.find((one) => one.id === id)?.value
        const done = (over: Partial<PreCopyPlan>): boolean => {
          const found = preCopy({ ...base, maxRounds: maxRounds ?? 30, ...over })
          return found.withinLimit
        }
        const slowed = (percent: number): boolean => done({ dirtyRate: base.dirtyRate * (1 - percent / 100) })
        const throttle = value('throttle')
        if (throttle === null) expect(slowed(99)).toBe(false)
        else expect([slowed(throttle!), slowed(throttle! - 1)]).toEqual([true, false])
        expect([done({ link: value('link')! }), done({ link: value('link')! - 1 })]).toEqual([true, false])
        expect(done({ downtimeLimit: value('downtime-limit')! })).toBe(true)
        if (free.converges) expect([done({ maxRounds: value('rounds')! }), done({})]).toEqual([true, false])
        else expect(value('rounds')).toBeUndefined()
        const step = offers.find((one) => one.id === 'throttle')!.step!
        expect(base.dirtyRate * (1 - step / 100)).toBeLessThan(link)
        if (step > 20) expect(base.dirtyRate * (1 - (step === 99 ? 90 : step - 10) / 100)).toBeGreaterThanOrEqual(link)
      }),
      { numRuns: 300 },
    )
  })

  test('says that nothing but post-copy and a longer stop helps when no stop is allowed', () => {
    const offers = remedies(plan({ downtimeLimit: 0 }), 4096, null)
    expect(offers.filter(({ value }) => value !== null).map(({ id }) => id)).toEqual(['downtime-limit'])
  })
})

describe('the other ways', () => {
  test('stop for all of the memory, or for the devices alone', () => {
    expect(stopAndCopy({ memory: 4096, link: 1024, resume: 0.5 })).toMatchObject({ downtime: 4.5, data: 4096 })
    const moved = postCopy({ memory: 4096, link: 1024, resume: 0 }, 2, { faults: 1000, faultMs: 0.5 })
    expect(moved).toMatchObject({ downtime: 2 / 1024, fetching: 4, stalls: 0.5, data: 4098 })
    expect(postCopy({ memory: 4096, link: 1024, resume: 0 }, 2, null).stalls).toBeNull()
  })
})
