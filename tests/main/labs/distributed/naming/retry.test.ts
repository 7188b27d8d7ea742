import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanEntry } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { type RetryState, retry } from '../../../../../src-main/labs/distributed/algorithms/naming/retry.ts'
import { carriedOutAgain } from '../../../../../src-main/labs/distributed/algorithms/naming/retry-rules.ts'
import { runToEnd } from '../../../../../src-main/labs/distributed/network/outcome.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut } from '../playing.ts'

const statesOf = (world: World): RetryState[] => world.states as RetryState[]

/** How often each call was carried out, counted from what was told, not from the server's own table. */
function carriedOut(notes: readonly string[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const text of notes) {
    const call = / carries out (\S+)/.exec(text)?.[1]
    if (call !== undefined) times.set(call, (times.get(call) ?? 0) + 1)
  }
  return times
}

const networks = fc.record({
  delay: fc.integer({ min: 0, max: 30 }),
  spread: fc.integer({ min: 0, max: 200 }),
  loss: fc.integer({ min: 0, max: 80 }),
  duplicates: fc.integer({ min: 0, max: 80 }),
  overtaking: fc.boolean(),
})
const settings = fc.record({
  calls: fc.integer({ min: 1, max: 5 }),
  timeout: fc.integer({ min: 5, max: 150 }),
  tries: fc.integer({ min: 1, max: 6 }),
  work: fc.constantFrom(0, 0, 30, 90),
  pause: fc.integer({ min: 1, max: 60 }),
})

describe('at most once', () => {
  it('carries no call out twice, whatever is lost, copied and late', () => {
    let repeated = 0
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), networks, settings, fc.nat(), (count, network, set, seed) => {
        const model = meshOf(count, { network, settings: { ...set, semantics: 2 } })
        const times = carriedOut(notesOf(model, retry, seed))
        expect([...times.values()].filter((one) => one > 1)).toEqual([])
        const world = playOut(model, retry, seed)
        expect(carriedOutAgain(statesOf(world))).toBeNull()
        expect(statesOf(world).at(-1)?.total).toBe(times.size)
        repeated += statesOf(world).some(({ sent, call }) => sent > call) ? 1 : 0
      }),
      { numRuns: 250 },
    )
    expect(repeated).toBeGreaterThan(100)
  })

  it('carries every answered call out exactly once', () => {
    fc.assert(
      fc.property(networks, settings, fc.nat(), (network, set, seed) => {
        const world = playOut(meshOf(2, { network, settings: { ...set, semantics: 2 } }), retry, seed)
        const [client, server] = statesOf(world)
        const executed = server?.executed[0] ?? []
        const answered = Array.from({ length: client?.call ?? 0 }, (_, place) => place + 1).filter(
          (number) => client?.failed.includes(number) !== true,
        )
        expect(answered.length).toBe(client?.done)
        for (const number of answered) expect(executed[number - 1]).toBe(1)
      }),
      { numRuns: 100 },
    )
  })

  it('holds through a crash of the server when its table is on disk, and not when the table is lost', () => {
    // The reply is lost, and the server crashes before the request comes again.
    const plan: PlanEntry[] = [
      { do: 'cut', at: 15, from: 'P1', to: 'P2' },
      { do: 'mend', at: 25, from: 'P1', to: 'P2' },
      { do: 'crash', at: 30, node: 'P2' },
      { do: 'recover', at: 40, node: 'P2' },
    ]
    const run = (stable: number) =>
      carriedOut(notesOf(meshOf(2, { plan, settings: { semantics: 2, calls: 1, stable } }), retry)).get('P1.1')
    expect(run(1)).toBe(1)
    expect(run(0)).toBe(2)
  })

  it('carries out a call anew that the server was at when it crashed', () => {
    const plan: PlanEntry[] = [
      { do: 'crash', at: 30, node: 'P2' },
      { do: 'recover', at: 40, node: 'P2' },
    ]
    const model = meshOf(2, { plan, settings: { semantics: 2, calls: 1, work: 35 } })
    expect(carriedOut(notesOf(model, retry)).get('P1.1')).toBe(1)
    expect(statesOf(playOut(model, retry))[0]?.done).toBe(1)
  })
})

describe('the table on disk', () => {
  it('does not take a call for done that was at work for another client when it was written', () => {
    // P3 is done with P1's call at 45, and crashes while it is at P2's.
    const plan: PlanEntry[] = [
      { do: 'start', at: 0, node: 'P1' },
      { do: 'start', at: 10, node: 'P2' },
      { do: 'crash', at: 50, node: 'P3' },
      { do: 'recover', at: 52, node: 'P3' },
    ]
    const model = meshOf(3, { plan, settings: { semantics: 2, calls: 1, work: 35, timeout: 60 } })
    expect(carriedOut(notesOf(model, retry))).toEqual(
      new Map([
        ['P1.1', 1],
        ['P2.1', 1],
      ]),
    )
    expect(statesOf(playOut(model, retry)).map(({ done }) => done)).toEqual([1, 1, 0])
  })
})

describe('at least once', () => {
  // The request arrives at 10, the reply would at 20; the request of the second try at 60.
  const replyLost: PlanEntry[] = [
    { do: 'cut', at: 15, from: 'P1', to: 'P2' },
    { do: 'mend', at: 25, from: 'P1', to: 'P2' },
  ]

  it('carries a call out twice when the reply is lost', () => {
    const model = meshOf(2, { plan: replyLost, settings: { semantics: 1, calls: 1 } })
    expect(notesOf(model, retry)).toEqual(['P2 carries out P1.1', 'P1 repeats call 1', 'P2 carries out P1.1 again'])
    const { judged } = runToEnd(setupOf(model, retry, 1))
    expect(judged.find(({ rule }) => rule.id === 'carried-out-once')).toMatchObject({
      holds: false,
      broke: 60,
      sentence: 'P1.1 was carried out 2 times.',
    })
  })

  it('answers from the table in the same run when it is at most once', () => {
    const model = meshOf(2, { plan: replyLost, settings: { semantics: 2, calls: 1 } })
    expect(notesOf(model, retry)).toEqual([
      'P2 carries out P1.1',
      'P1 repeats call 1',
      'P2 answers P1.1 from its table',
    ])
  })

  it('leaves the client in doubt when it is maybe', () => {
    const model = meshOf(2, { plan: replyLost, settings: { semantics: 0, calls: 1 } })
    expect(notesOf(model, retry)).toEqual([
      'P2 carries out P1.1',
      'P1 gives up call 1 and does not know whether it was carried out',
    ])
    const { judged } = runToEnd(setupOf(model, retry, 1))
    expect(judged.find(({ holds }) => !holds)?.sentence).toBe(
      'P1 got no answer to one call, which was carried out all the same.',
    )
  })

  it('carries out once when the request was lost, and twice when the server is slower than the timeout', () => {
    const requestLost: PlanEntry[] = [
      { do: 'cut', at: 5, from: 'P1', to: 'P2' },
      { do: 'mend', at: 15, from: 'P1', to: 'P2' },
    ]
    const lost = meshOf(2, { plan: requestLost, settings: { semantics: 1, calls: 1 } })
    expect(carriedOut(notesOf(lost, retry)).get('P1.1')).toBe(1)
    const slow = meshOf(2, { settings: { semantics: 1, calls: 1, work: 60 } })
    expect(carriedOut(notesOf(slow, retry)).get('P1.1')).toBe(2)
  })

  it('carries out every answered call at least once, and some twice', () => {
    let twice = 0
    fc.assert(
      fc.property(networks, settings, fc.nat(), (network, set, seed) => {
        const model = meshOf(2, { network, settings: { ...set, semantics: 1 } })
        const times = carriedOut(notesOf(model, retry, seed))
        const world = playOut(model, retry, seed)
        const [client, server] = statesOf(world)
        for (let number = 1; number <= (client?.call ?? 0); number += 1) {
          expect(server?.executed[0]?.[number - 1] ?? 0).toBe(times.get(`P1.${number}`) ?? 0)
          if (client?.failed.includes(number) !== true) expect(times.get(`P1.${number}`)).toBeGreaterThanOrEqual(1)
        }
        const again = [...times.values()].some((one) => one > 1)
        expect(carriedOutAgain(statesOf(world)) !== null).toBe(again)
        if (again) twice += 1
      }),
      { numRuns: 150 },
    )
    expect(twice).toBeGreaterThan(30)
  })
})

describe('a run of remote calls', () => {
  it('costs a request and a reply for each call when nothing is lost or late', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), settings, fc.integer({ min: 0, max: 2 }), (count, set, semantics) => {
        const model = meshOf(count, { settings: { ...set, semantics, work: 0, timeout: 100 } })
        const world = playOut(model, retry)
        const { selves, begin } = world.setup
        const costs = retry.cost?.(selves, Array<boolean>(count).fill(true), begin) ?? []
        expect(costs.map(({ what, value }) => [what, value])).toEqual(
          [...world.tallies].map(([kind, { sent }]) => [kind, sent]),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('ends with every call answered or given up, through crashes of anybody', () => {
    fc.assert(
      fc.property(
        networks,
        settings,
        fc.integer({ min: 0, max: 2 }),
        fc.array(fc.record({ at: fc.nat(600), node: fc.nat(2), back: fc.boolean() }), { maxLength: 8 }),
        fc.nat(),
        (network, set, semantics, changes, seed) => {
          const plan = changes.map(({ at, node, back }): PlanEntry => ({
            do: back ? 'recover' : 'crash',
            at,
            node: `P${node + 1}`,
          }))
          plan.push(...['P1', 'P2', 'P3'].map((node): PlanEntry => ({ do: 'start', at: 1, node })))
          const world = playOut(meshOf(3, { network, plan, settings: { ...set, semantics } }), retry, seed)
          for (const [node, { tries, left, jobs }] of statesOf(world).entries()) {
            if (world.conditions[node] === 'up') expect([tries, left, jobs]).toEqual([0, 0, []])
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
