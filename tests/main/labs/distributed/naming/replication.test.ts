import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DistributedModel, PlanEntry } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { replication } from '../../../../../src-main/labs/distributed/algorithms/naming/replication.ts'
import type { ReplicationState } from '../../../../../src-main/labs/distributed/algorithms/naming/replication-view.ts'
import { runToEnd } from '../../../../../src-main/labs/distributed/network/outcome.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'

const statesOf = (world: World): ReplicationState[] => world.states as ReplicationState[]

/**
 * Whether each read brought at least the version that was confirmed to, or read by, the client before: told from the
 * messages that arrived, not from what the client keeps.
 */
function readsOld(model: DistributedModel, seed = 1): number {
  const seen = new Map<number, number>()
  const answered = new Set<string>()
  let old = 0
  playOut(model, replication, seed, ({ last, states }) => {
    if (last?.what !== 'received' || last.message === null) return
    const { to, body } = last.message
    const key = `${to}.${String(body['number'])}`
    if (!['DONE', 'VALUE', 'REFUSED'].includes(body.kind) || answered.has(key)) return
    // An answer that comes when the client has given up, or asks for something else, tells it nothing.
    const client = states[to] as ReplicationState
    if (client.operation !== body['number']) return
    answered.add(key)
    const version = (body['version'] as number | undefined) ?? 0
    if (body.kind === 'VALUE' && version < (seen.get(to) ?? 0)) old += 1
    seen.set(to, Math.max(seen.get(to) ?? 0, version))
  })
  return old
}

// P5, P4 and P3 are the copies, P5 the primary; P1 and P2 are clients.
describe('a failed copy', () => {
  const crash = (node: string, at = 70): PlanEntry => ({ do: 'crash', at, node })

  it('stays hidden from clients when it is a backup: they only wait longer', () => {
    const model = meshOf(5, { plan: [crash('P4')] })
    const { judged, world } = runToEnd(setupOf(model, replication, 1))
    expect(judged.map(({ holds }) => holds)).toEqual([true, true])
    expect(judged.at(-1)?.sentence).toBe('All 12 operations of clients were answered.')
    expect(notesOf(model, replication)).toContain('P1 gets no answer from P4 and asks P3')
    expect(notesOf(model, replication)).toContain('P5 goes on without P4')
    expect(statesOf(world)[4]?.view).toEqual([2])
    expect(world.now).toBeGreaterThan(playOut(meshOf(5), replication).now)
  })

  it('lets reads go on and writes wait when it is the primary', () => {
    const world = playOut(meshOf(5, { plan: [crash('P5')] }), replication)
    for (const client of [0, 1]) {
      const { done, failed } = statesOf(world)[client] ?? {}
      // The first write was answered before; two more fail, and all three reads are answered.
      expect([done, failed]).toEqual([4, 2])
    }
  })

  it('is taken in again with all it missed when it comes back', () => {
    const model = meshOf(5, {
      settings: { operations: 12 },
      plan: [crash('P4'), { do: 'recover', at: 500, node: 'P4' }],
    })
    expect(notesOf(model, replication)).toContain('P5 takes P4 in again')
    const states = statesOf(playOut(model, replication))
    expect(states.slice(2).map(({ version, ready }) => [version, ready])).toEqual([
      [12, true],
      [12, true],
      [12, true],
    ])
  })

  it('answers no reads before it has caught up', () => {
    // The way to the primary is slow: what P4 missed comes at 850, and a read reaches it at 530.
    const plan: PlanEntry[] = [
      crash('P4', 5),
      { do: 'start', at: 0, node: 'P1' },
      { do: 'recover', at: 450, node: 'P4' },
    ]
    const settings = { operations: 8, pause: 10, timeout: 100, patience: 150 }
    const model = meshOf(5, { plan, settings }, {}, { 'P4-P5': { delay: 200 } })
    const silent = notesOf(model, replication).filter((text) => text === 'P1 gets no answer from P4 and asks P3')
    expect(silent).toHaveLength(2)
    expect(statesOf(playOut(model, replication))[0]).toMatchObject({ done: 8, failed: 0, old: 0 })
  })

  it('does not delay writes when a majority is enough', () => {
    const writesOnly = { operations: 1 }
    const time = (majority: number): number => {
      let answered = 0
      playOut(
        meshOf(4, { settings: { ...writesOnly, majority }, plan: [crash('P3', 5)] }),
        replication,
        1,
        ({ last, now }) => {
          if (last?.message?.body.kind === 'DONE') answered = now
        },
      )
      return answered
    }
    expect(time(1)).toBe(40)
    expect(time(0)).toBe(80)
  })

  it('leaves no majority when two of three fail, and the client is told', () => {
    const plan = [crash('P4', 5), crash('P3', 5)]
    const model = meshOf(5, { settings: { operations: 1, majority: 1 }, plan })
    expect(notesOf(model, replication)).toContain('P5 found no majority for version 1')
    expect(statesOf(playOut(model, replication))[0]).toMatchObject({ done: 0, failed: 1 })
  })
})

describe('what is read', () => {
  const runs = fc.record({
    majority: fc.nat(1),
    replicas: fc.integer({ min: 1, max: 4 }),
    operations: fc.integer({ min: 1, max: 9 }),
    spread: fc.nat(60),
    overtaking: fc.boolean(),
    seed: fc.nat(),
  })

  it('is never old when all live copies confirm each write in time', () => {
    fc.assert(
      fc.property(runs, ({ replicas, operations, spread, overtaking, seed }) => {
        const settings = { replicas, operations, majority: 0, timeout: 400, patience: 2000 }
        const model = meshOf(6, { settings, network: { delay: 10, spread, overtaking } })
        expect(readsOld(model, seed)).toBe(0)
        const states = statesOf(playOut(model, replication, seed))
        expect(states.every(({ old, failed }) => old === 0 && failed === 0)).toBe(true)
        // All copies hold the same in the end.
        const copies = states.slice(6 - replicas)
        expect(new Set(copies.map(({ version, value }) => `${version}: ${value}`)).size).toBe(1)
      }),
      { numRuns: 120 },
    )
  })

  it('can be old when a majority is enough, and is counted exactly then', () => {
    let found = 0
    fc.assert(
      fc.property(runs, ({ majority, replicas, operations, spread, overtaking, seed }) => {
        // Longer than the longest way there and back, so that no copy is given up wrongly.
        const settings = { replicas, operations, majority, pause: 5, timeout: 500, patience: 2000 }
        const slow = { 'P5-P6': { delay: 150 } }
        const model = meshOf(6, { settings, network: { delay: 10, spread, overtaking } }, {}, slow)
        const old = readsOld(model, seed)
        const states = statesOf(playOut(model, replication, seed))
        expect(states.reduce((sum, state) => sum + state.old, 0)).toBe(old)
        if (majority === 0) expect(old).toBe(0)
        if (old > 0) found += 1
      }),
      { numRuns: 150 },
    )
    expect(found).toBeGreaterThan(10)
  })
})

describe('a request that arrives twice', () => {
  it('is one write', () => {
    const model = meshOf(4, { network: { duplicates: 100 }, settings: { operations: 5 } })
    expect(statesOf(playOut(model, replication)).map(({ version }) => version)).toEqual([0, 3, 3, 3])
  })
})

describe('a run of replication', () => {
  it('costs 2R messages a write and two a read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(1),
        (count, replicas, operations, majority) => {
          const world = playOut(meshOf(count, { settings: { replicas, operations, majority } }), replication)
          const { selves, begin } = world.setup
          const costs = replication.cost?.(selves, Array<boolean>(count).fill(true), begin) ?? []
          expect(costs.map(({ value }) => value)).toEqual([sentIn(world)])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('ends with every operation answered or given up, under losses, copies and crashes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.record({
          majority: fc.nat(1),
          replicas: fc.integer({ min: 1, max: 4 }),
          timeout: fc.integer({ min: 1, max: 100 }),
          patience: fc.integer({ min: 1, max: 200 }),
        }),
        fc.record({
          delay: fc.nat(30),
          spread: fc.nat(100),
          loss: fc.nat(60),
          duplicates: fc.nat(60),
          overtaking: fc.boolean(),
        }),
        fc.array(fc.record({ at: fc.nat(800), node: fc.nat(5), back: fc.boolean() }), { maxLength: 8 }),
        fc.nat(),
        (count, settings, network, changes, seed) => {
          const all = Array.from({ length: count }, (_, index) => `P${index + 1}`)
          const plan: PlanEntry[] = [
            ...all.map((node): PlanEntry => ({ do: 'start', at: 5, node })),
            ...changes.map(({ at, node, back }): PlanEntry => ({
              do: back ? 'recover' : 'crash',
              at,
              node: `P${(node % count) + 1}`,
            })),
          ]
          const world = playOut(meshOf(count, { settings, network, plan }), replication, seed)
          for (const [node, { asked, left, unconfirmed }] of statesOf(world).entries()) {
            if (world.conditions[node] === 'up') expect([asked, left, unconfirmed]).toEqual([0, 0, []])
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
