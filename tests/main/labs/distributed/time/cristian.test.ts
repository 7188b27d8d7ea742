// Cristian's algorithm on the network: the error that the ways predict, the bound, lost answers, and the rule about it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CristianState, cristian } from '../../../../../src-main/labs/distributed/algorithms/time/cristian.ts'
import { judge, rulesOf } from '../../../../../src-main/labs/distributed/network/properties.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'
import { errorOf, playHeld } from './runs.ts'

const stateOf = (world: World, node: number): CristianState => world.states[node] as CristianState
const once = { rounds: 1, samples: 1 }

describe('Cristian’s algorithm', () => {
  test('sets clocks right when both ways take equally long; the highest node is the server', () => {
    const offsets = { P1: { offset: -340 }, P2: { offset: 75 } }
    const world = playOut(meshOf(3, { settings: once, network: { delay: 20 } }, offsets), cristian)
    expect([errorOf(world, 0, 2), errorOf(world, 1, 2), stateOf(world, 2).soft.target]).toEqual([0, 0, 0])
    expect([stateOf(world, 0).bound, stateOf(world, 1).soft.target]).toEqual([20, -75])
  })

  test('is wrong by exactly half of what the ways differ', () => {
    for (const held of [0, 7, 80]) {
      const model = meshOf(2, { settings: once, network: { delay: 10 } }, { P1: { offset: 1_234 } })
      const world = playHeld(model, cristian, 'TIME', () => held)
      // The ways are 10 and 10 + held; what is asked for is half of there less back.
      expect(errorOf(world, 0, 1)).toBeCloseTo(-held / 2, 9)
      expect(stateOf(world, 0).bound).toBe((20 + held) / 2)
      const slowThere = playHeld(model, cristian, 'REQUEST', () => held)
      expect(errorOf(slowThere, 0, 1)).toBeCloseTo(held / 2, 9)
    }
  })

  test('uses the answer with the shortest round trip', () => {
    const model = meshOf(2, { settings: { rounds: 1, samples: 4 }, network: { delay: 10 } })
    const world = playHeld(model, cristian, 'TIME', (sent) => [30, 4, 90, 6][sent]!)
    expect([errorOf(world, 0, 1), stateOf(world, 0).bound]).toEqual([-2, 12])
    expect(stateOf(world, 0).samples.map((sample) => sample?.[0])).toEqual([50, 24, 110, 26])
  })

  test('stays within its bound on any network, with drift, in every state', () => {
    const [rule] = rulesOf(cristian)
    const drifts = fc.integer({ min: -2_000, max: 2_000 })
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 60 }),
        drifts,
        drifts,
        fc.nat({ max: 25 }),
        (seed, spread, one, other, slew) => {
          const network = { delay: 5, spread, loss: 10, duplicates: 10, overtaking: true }
          const nodes = { P1: { offset: 400, drift: one }, P2: { offset: -90, drift: other }, P3: { drift: 11 } }
          const model = meshOf(3, { settings: { rounds: 3, least: 5, slew }, network }, nodes)
          playOut(model, cristian, seed, (world) => {
            expect(judge(rule!, world)).toMatchObject({ holds: true })
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  test('breaks its bound where it is told that messages take longer than they do, and the rule says so', () => {
    const model = meshOf(2, { settings: { ...once, least: 40 }, network: { delay: 10 } }, { P1: { offset: 100 } })
    const world = playHeld(model, cristian, 'TIME', () => 70)
    expect(judge(rulesOf(cristian)[0]!, world)).toEqual({
      holds: false,
      sentence: 'P1 is 35 ms off the server’s clock, and its bound says 5 ms.',
      nodes: [0, 1],
    })
  })

  test('keeps its clock without an answer, and asks in vain no longer than it has to', () => {
    const model = meshOf(2, { settings: { rounds: 1, samples: 2, timeout: 60 } }, { P2: { down: true } })
    const world = playOut(model, cristian)
    expect([stateOf(world, 0).bound, stateOf(world, 0).samples, world.now]).toEqual([null, [null, null], 120])
    expect(notesOf(model, cristian)).toEqual([
      'P1 gets no answer from P2',
      'P1 gets no answer from P2',
      'P1 has no answer to set its clock by',
    ])
  })

  test('does not take an answer that comes after its time, or twice', () => {
    const late = playHeld(meshOf(2, { settings: { ...once, timeout: 50 } }), cristian, 'TIME', () => 40)
    expect(stateOf(late, 0)).toMatchObject({ bound: null, samples: [null] })
    const twice = playOut(meshOf(2, { settings: { rounds: 1, samples: 3 }, network: { duplicates: 100 } }), cristian)
    expect(stateOf(twice, 0).samples).toHaveLength(3)
  })

  test('asks by its own clock, as often as it was told, and costs what it says', () => {
    const settings = { rounds: 3, samples: 2, period: 500 }
    const model = meshOf(4, { settings }, { P1: { drift: 500_000 } })
    const asked: number[] = []
    const world = playOut(model, cristian, 1, ({ last, now }) => {
      for (const { from, body } of last?.sent ?? []) if (from === 0 && body.kind === 'REQUEST') asked.push(now)
    })
    // Its clock runs half as fast again, so that its 500 ms are 333 ms of true time; the second request follows an answer.
    expect(asked.map(Math.round)).toEqual([0, 20, 333, 353, 667, 687])
    const [cost] = cristian.cost!(world.setup.selves, [true, true, true, true], [0, 1, 2])
    expect(cost).toMatchObject({ value: 36, bound: 'exact' })
    expect(sentIn(world)).toBe(36)
  })

  test('takes the server that it was told, and begins anew after a crash', () => {
    const plan = [
      { do: 'crash', at: 15, node: 'P3' },
      { do: 'recover', at: 700, node: 'P3' },
    ] as const
    const model = meshOf(3, { settings: { ...once, server: 2 }, plan: [...plan] }, { P3: { offset: 50 } })
    const world = playOut(model, cristian)
    expect([stateOf(world, 1).bound, stateOf(world, 2).bound, errorOf(world, 2, 1)]).toEqual([null, 10, 0])
  })

  test('says what it did to a clock', () => {
    const model = meshOf(3, { settings: once }, { P1: { offset: 40 }, P2: { offset: -3 } })
    expect(notesOf(model, cristian)).toEqual(['P1 sets its clock back by 40 ms', 'P2 sets its clock forward by 3 ms'])
    const soft = meshOf(2, { settings: { ...once, slew: 10 } }, { P1: { offset: 40 } })
    expect(notesOf(soft, cristian)).toEqual(['P1 lets its clock run slower until 40 ms are lost; it never goes back'])
    const world = playOut(soft, cristian)
    expect(cristian.look(stateOf(world, 0), world.setup.selves[0]!)).toMatchObject({
      said: '-40 ms',
      cells: ['0 ms of -40 ms', '20 ms', '10 ms'],
    })
    expect(cristian.look(stateOf(world, 1), world.setup.selves[1]!)).toMatchObject({ said: 'server', mark: 'free' })
  })
})
