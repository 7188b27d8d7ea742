import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanEntry } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { nameServer } from '../../../../../src-main/labs/distributed/algorithms/naming/name-server.ts'
import type { NameState } from '../../../../../src-main/labs/distributed/algorithms/naming/name-server-view.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'

const statesOf = (world: World): NameState[] => world.states as NameState[]
const sent = (world: World, kind: string): number => world.tallies.get(kind)?.sent ?? 0
const sum = (states: readonly NameState[], value: (state: NameState) => number): number =>
  states.reduce((all, state) => all + value(state), 0)

// P5 is the name server, P4 the object's home, P3 where it moves; P1 and P2 are clients.
describe('a client', () => {
  it('looks up once and calls the place it keeps', () => {
    const world = playOut(meshOf(5, { settings: { moves: 0, calls: 4 } }), nameServer)
    expect([sent(world, 'LOOKUP'), sent(world, 'CALL'), sent(world, 'RESULT')]).toEqual([2, 8, 8])
  })

  it('looks up before each call when it keeps nothing', () => {
    const world = playOut(meshOf(5, { settings: { moves: 0, calls: 4, cache: 0 } }), nameServer)
    expect([sent(world, 'LOOKUP'), sent(world, 'CALL')]).toEqual([8, 8])
  })

  it('hears MOVED once after a move, looks up again and is answered', () => {
    const model = meshOf(5, { settings: { moves: 120, calls: 4 } })
    const world = playOut(model, nameServer)
    expect([sent(world, 'LOOKUP'), sent(world, 'CALL'), sent(world, 'MOVED'), sent(world, 'RESULT')]).toEqual([
      4, 10, 2, 8,
    ])
    expect(notesOf(model, nameServer)).toEqual([
      'P4 sends the object to P3',
      'P3 has the object now',
      'P5 notes that the object is at P3',
      'P1 finds that P4 has the object no more',
      'P2 finds that P4 has the object no more',
    ])
    expect(statesOf(world)[0]).toMatchObject({ done: 4, failed: 0, kept: 2, extra: 6 })
  })

  it('is forwarded once after a move, and learns the new place from the result', () => {
    const world = playOut(meshOf(5, { settings: { moves: 120, calls: 4, forward: 1 } }), nameServer)
    expect([sent(world, 'LOOKUP'), sent(world, 'CALL'), sent(world, 'FORWARD'), sent(world, 'MOVED')]).toEqual([
      2, 8, 2, 0,
    ])
    expect(statesOf(world)[0]).toMatchObject({ done: 4, kept: 2, extra: 3 })
  })

  it('gives up when the place is gone for good', () => {
    const plan: PlanEntry[] = [{ do: 'crash', at: 130, node: 'P4' }]
    const world = playOut(meshOf(5, { plan, settings: { moves: 0, calls: 3 } }), nameServer)
    expect(statesOf(world)[0]).toMatchObject({ done: 2, failed: 1 })
  })
})

describe('the object', () => {
  it('is at one place or on its way, and the name server knows the place in the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 1 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 120 }),
        fc.nat(),
        (count, moves, forward, delay, spread, seed) => {
          const settings = { moves, forward, timeout: 3000 }
          const model = meshOf(count, { settings, network: { delay, spread, overtaking: true } })
          const world = playOut(model, nameServer, seed, ({ states }) => {
            expect((states as NameState[]).filter(({ here }) => here).length).toBeLessThanOrEqual(1)
          })
          const states = statesOf(world)
          const place = states.findIndex(({ here }) => here)
          expect(states[count - 1]?.registered).toBe(place)
          expect(sum(states, ({ failed }) => failed)).toBe(0)
          // Every message is a call, its result, the move's two, or one that clients count as extra.
          const move = sent(world, 'OBJECT') + sent(world, 'REGISTER')
          const local = place === 0 || count < 4
          if (!local) {
            expect(sentIn(world)).toBe(sum(states, ({ done, extra }) => 2 * done + extra) + move)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('arrives once, however often its message does', () => {
    const model = meshOf(5, { network: { duplicates: 100 }, settings: { moves: 120, calls: 4 } })
    expect(notesOf(model, nameServer).filter((text) => text === 'P3 has the object now')).toHaveLength(1)
  })

  it('stays where it was when it cannot be sent', () => {
    const plan: PlanEntry[] = [{ do: 'cut', at: 100, from: 'P4', to: 'P3' }]
    const model = meshOf(5, { plan, settings: { moves: 120, calls: 8 } })
    expect(notesOf(model, nameServer)).toContain('P4 keeps the object: it could not be sent')
    expect(statesOf(playOut(model, nameServer))[3]?.here).toBe(true)
  })

  it('is still there when its place comes back after a crash', () => {
    const plan: PlanEntry[] = [
      { do: 'crash', at: 200, node: 'P3' },
      { do: 'recover', at: 300, node: 'P3' },
    ]
    const world = playOut(meshOf(5, { plan, settings: { moves: 50, calls: 8 } }), nameServer)
    expect(statesOf(world).map(({ here }) => here)).toEqual([false, false, true, false, false])
    expect(statesOf(world)[0]?.done).toBeGreaterThan(5)
  })
})

describe('a run with a name server', () => {
  it('costs what the formula says while the object stays', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 7 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 1 }),
        (count, calls, cache) => {
          const world = playOut(meshOf(count, { settings: { moves: 0, calls, cache } }), nameServer)
          const { selves, begin } = world.setup
          const costs = nameServer.cost?.(selves, Array<boolean>(count).fill(true), begin) ?? []
          expect(costs.map(({ what, value }) => [what, value])).toEqual([
            ['CALL', sent(world, 'CALL')],
            ['LOOKUP', sent(world, 'LOOKUP')],
          ])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('ends with every call answered or given up, under losses, copies and crashes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.record({
          moves: fc.nat(200),
          forward: fc.nat(1),
          cache: fc.nat(1),
          timeout: fc.integer({ min: 1, max: 300 }),
        }),
        fc.record({
          delay: fc.nat(30),
          spread: fc.nat(100),
          loss: fc.nat(60),
          duplicates: fc.nat(60),
          overtaking: fc.boolean(),
        }),
        fc.array(fc.record({ at: fc.nat(600), node: fc.nat(4), back: fc.boolean() }), { maxLength: 6 }),
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
          const world = playOut(meshOf(count, { settings, network, plan }), nameServer, seed)
          for (const [node, { phase, left }] of statesOf(world).entries()) {
            if (world.conditions[node] === 'up') expect([phase, left]).toEqual(['idle', 0])
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
