// The killer and programs that grow into a limit: the victim against a plain search, runs by what must hold in each step.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GrowingProcess, growUntilLimit } from '../../../../../src-main/labs/topology/capacity/memory-limit.ts'
import {
  chooseVictim,
  countersOf,
  oomScoreAdj,
  type OomProcess,
  writeLimit,
} from '../../../../../src-main/labs/topology/capacity/oom.ts'

const process = (name: string, rss: number, adj = 0): OomProcess => ({ name, rss, swap: 0, pageTables: 0, adj })
const group = { version: 2 as const, high: null, cache: 0, group: false, killer: true }
const program = (name: string, step: number, wanted: number | null = null): GrowingProcess => ({
  name,
  base: 1,
  step,
  wanted,
  adj: 0,
})

describe('the victim', () => {
  const adj = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(-1000, 0))
  const list = fc
    .array(fc.record({ rss: fc.nat(5000), swap: fc.nat(500), pageTables: fc.nat(50), adj }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((all) => all.map((one, index) => ({ ...one, name: `p${index}` })))

  test('is nobody exempt, and nobody is worse', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 20_000 }), (all, limit) => {
        const { victim, tied } = chooseVictim(all, limit)
        const open = all.filter((one) => one.adj > -1000)
        if (open.length === 0) {
          expect(victim).toBeNull()
          return
        }
        // In thousandths of a page everything is whole, so that no rounding can decide.
        const badness = (one: OomProcess): number => 1000 * (one.rss + one.swap + one.pageTables) + one.adj * limit
        const worst = Math.max(...open.map(badness))
        expect([victim, ...tied]).toEqual(open.filter((one) => badness(one) === worst).map(({ name }) => name))
      }),
    )
  })

  test('is protected by oom_score_adj, not by its size', () => {
    expect(chooseVictim([process('db', 900, -500), process('web', 500)], 1000).victim).toBe('web')
    expect(chooseVictim([process('db', 900, -1000)], 1000)).toMatchObject({ victim: null, killed: [] })
  })

  test('takes the whole group with it, except who is exempt', () => {
    const all = [process('a', 5), process('b', 9), process('init', 99, -1000)]
    expect(chooseVictim(all, 100, true)).toMatchObject({ victim: 'b', killed: ['a', 'b'] })
  })
})

describe('oom_score_adj of a pod', () => {
  test('is fixed for the outer classes', () => {
    expect([oomScoreAdj('Guaranteed', 1, 2).adj, oomScoreAdj('BestEffort', 1, 2).adj]).toEqual([-997, 1000])
  })

  test('falls with the request and stays within 2 and 999', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (request) => {
        const { adj } = oomScoreAdj('Burstable', request, 8192)
        expect(adj).toBeGreaterThanOrEqual(2)
        expect(adj).toBeLessThanOrEqual(999)
        expect(oomScoreAdj('Burstable', request + 100, 8192).adj).toBeLessThanOrEqual(adj)
      }),
    )
  })
})

describe('writing a limit below the usage', () => {
  test('is refused by version 1 and kills in version 2, but only when reclaim is not enough', () => {
    expect(writeLimit(1, 100, 20, 50)).toMatchObject({ accepted: false, error: 'EBUSY', kills: false })
    expect(writeLimit(2, 100, 20, 50)).toMatchObject({
      accepted: true,
      error: null,
      kills: true,
      usageAfterReclaim: 80,
    })
    for (const version of [1, 2] as const) {
      expect(writeLimit(version, 100, 60, 50)).toMatchObject({ accepted: true, kills: false, usageAfterReclaim: 50 })
      expect(writeLimit(version, 40, 0, 50)).toMatchObject({ accepted: true, kills: false, reclaimed: 0 })
    }
  })

  test('is counted in different files', () => {
    expect(countersOf(1).hits).toBe('memory.failcnt')
    expect(countersOf(2).hits).toBe('memory.events: max')
  })
})

describe('programs that grow into a limit', () => {
  test('never use more than the limit, and each ends in one way', () => {
    const programs = fc
      .array(
        fc.record({
          base: fc.integer({ min: 0, max: 20 }),
          step: fc.integer({ min: 1, max: 15 }),
          wanted: fc.option(fc.integer({ min: 0, max: 120 })),
          adj: fc.constantFrom(-1000, -500, 0, 300),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((all) => all.map((one, index) => ({ ...one, name: `p${index}` })))
    const groups = fc.record({
      limit: fc.integer({ min: 5, max: 150 }),
      high: fc.option(fc.nat(150)),
      cache: fc.nat(5),
      group: fc.boolean(),
    })
    fc.assert(
      fc.property(programs, groups, (all, limits) => {
        const run = growUntilLimit({ ...limits, version: 2, killer: true }, all, 1000)
        for (const step of run.steps) expect(step.usage).toBeLessThanOrEqual(limits.limit + 1e-9)
        expect(run.peak).toBeLessThanOrEqual(limits.limit)
        expect(run.oomKills).toBe(run.status.filter((status) => status === 137).length)
        run.status.forEach((status, index) => {
          if (status === 137) expect(all[index]!.adj).toBeGreaterThan(-1000)
          if (status === 0) expect(run.lastSaid[index]).toBe(all[index]!.wanted)
          // Whoever asks for ever is killed, unless the killer may not touch anybody.
          if (status === null) expect(all.some(({ adj }) => adj === -1000)).toBe(true)
        })
      }),
    )
  })

  test('die one piece before the limit, as their own size counts too', () => {
    const run = growUntilLimit({ ...group, limit: 64 }, [program('hog', 8)], 100)
    expect([run.lastSaid, run.status, run.peak, run.hits]).toEqual([[56], [137], 64, 1])
    expect(run.steps.map(({ kind }) => kind)).toEqual([...Array<string>(8).fill('grow'), 'kill'])
  })

  test('drop page cache before anybody dies', () => {
    const run = growUntilLimit({ ...group, limit: 64, cache: 10 }, [program('hog', 8, 48)], 100)
    expect(run.status).toEqual([0])
    expect(run.steps.map(({ kind }) => kind)).not.toContain('reclaim')
    const tight = growUntilLimit({ ...group, limit: 64, cache: 16 }, [program('hog', 8, 48)], 100)
    expect(tight.status).toEqual([0])
    expect(tight.steps.find(({ kind }) => kind === 'reclaim')?.sentence).toBe(
      '1 MiB of page cache are dropped for hog.',
    )
  })

  test('are slowed down above memory.high, but only once no page cache is left, and never stopped by it', () => {
    const run = growUntilLimit({ ...group, limit: 64, high: 33, cache: 12 }, [program('hog', 8, 40)], 100)
    expect(run.steps.map(({ kind, usage }) => [kind, usage])).toEqual([
      ['grow', 13],
      ['grow', 21],
      ['grow', 29],
      ['grow', 37],
      ['reclaim', 33],
      ['grow', 41],
      ['reclaim', 33],
      ['grow', 41],
      ['slow', 41],
      ['hold', 41],
      ['end', 0],
    ])
    expect([run.slowed, run.status, run.oomKills]).toEqual([1, [0], 0])
  })

  test('hang in version 1 when the killer is off', () => {
    const run = growUntilLimit({ ...group, version: 1, limit: 64, killer: false }, [program('hog', 8)], 100)
    expect([run.status, run.steps.at(-1)?.kind, run.oomKills]).toEqual([[null], 'hang', 0])
  })

  test('all go with oom.group', () => {
    const run = growUntilLimit({ ...group, group: true, limit: 30 }, [program('a', 5), program('b', 3)], 100)
    expect([run.status, run.oomKills]).toEqual([[137, 137], 2])
  })

  test('the one that is left has the room of the one that died', () => {
    const run = growUntilLimit({ ...group, limit: 80 }, [program('a', 5, 70), program('b', 5, 60)], 100)
    expect(run.status).toEqual([137, 0])
  })
})
