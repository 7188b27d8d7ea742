// The Berkeley algorithm on the network: all clocks meet at the average, outliers do not count, no clock goes back.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BerkeleyState, berkeley } from '../../../../../src-main/labs/distributed/algorithms/time/berkeley.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { judge, rulesOf } from '../../../../../src-main/labs/distributed/network/properties.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'
import { playHeld, shownBy } from './runs.ts'

const stateOf = (world: World, node: number): BerkeleyState => world.states[node] as BerkeleyState
const targets = (world: World): number[] => world.states.map((state) => (state as BerkeleyState).soft.target)
const once = { rounds: 1 }

describe('the Berkeley algorithm', () => {
  test('moves all clocks to their average, the master’s too', () => {
    // The figures of the textbook, in ms for minutes: 3:00, 3:25 and 2:50 meet at 3:05.
    const offsets = { P1: { offset: 205 }, P2: { offset: 170 }, P3: { offset: 180 } }
    const world = playOut(meshOf(3, { settings: once }, offsets), berkeley)
    expect(targets(world)).toEqual([-20, 15, 5])
  })

  test('leaves a clock beyond the limit out of the average and adjusts it all the same', () => {
    const offsets = { P1: { offset: 10 }, P2: { offset: 900 }, P3: { offset: -10 }, P4: { offset: 6 } }
    const model = meshOf(4, { settings: { ...once, limit: 30 } }, offsets)
    const world = playOut(model, berkeley)
    expect(targets(world)).toEqual([-8, -898, 12, -4])
    expect(berkeley.look(stateOf(world, 3), world.setup.selves[3]!).cells).toEqual([
      '0 ms of -4 ms',
      '1',
      'P1 +4 ms, (P2 +894 ms), P3 -16 ms',
    ])
    expect(notesOf(model, berkeley)).toContain('P4 the average is 4 ms behind, P2 left out')
  })

  test('allows for half the round trip: what the ways differ goes into the difference by half', () => {
    const world = playHeld(meshOf(2, { settings: once }), berkeley, 'CLOCK', () => 40)
    // P1 is taken for 20 ms behind, so both move by 10 towards each other.
    expect([stateOf(world, 1).ahead, targets(world)]).toEqual([[[0, -20, 60]], [10, -10]])
  })

  test('never lets a clock go back, and brings all together in a few rounds', () => {
    const offsets = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(offsets, fc.nat(), fc.nat({ max: 30 }), (offsets, seed, spread) => {
        const nodes = Object.fromEntries(offsets.map((offset, index) => [`P${index + 1}`, { offset }]))
        const model = meshOf(5, { settings: { rounds: 6 }, network: { spread, delay: 2 } }, nodes)
        const last = offsets.map(() => -Infinity)
        const world = playOut(model, berkeley, seed, (now) => {
          last.forEach((before, node) => {
            const shown = shownBy(now, node, now)
            expect(shown).toBeGreaterThanOrEqual(before - 1e-9)
            last[node] = shown
          })
        })
        expect(judge(rulesOf(berkeley)[0]!, world)).toMatchObject({ holds: true })
        // Two clocks can each be misjudged by half of what the ways differ.
        const times = offsets.map((_, node) => shownBy(world, node, world))
        const drawnTo = targets(world).map((target, node) => target + offsets[node]!)
        expect(Math.max(...drawnTo) - Math.min(...drawnTo)).toBeLessThanOrEqual(spread + 1e-6)
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(2 * spread + 1e-6)
      }),
      { numRuns: 40 },
    )
  })

  test('ends in disagreement where one was not told, and the rule says so', () => {
    const model = meshOf(3, { settings: once }, { P1: { offset: 90 } })
    const world = new World(setupOf(model, berkeley, 1))
    while (world.step()) {
      const told = world.last?.sent.find(({ to, body }) => to === 0 && body.kind === 'ADJUST')
      if (told !== undefined) world.drop(told.id)
    }
    expect(judge(rulesOf(berkeley)[0]!, world)).toEqual({
      holds: false,
      sentence: 'P3 and P1 are led 60 ms apart, more than the longest round trip of 20 ms explains.',
      nodes: [2, 0],
    })
    const all = playOut(model, berkeley)
    expect(judge(rulesOf(berkeley)[0]!, all).sentence).toBe(
      'The clocks that answered are led to the same time, 0 ms apart at most.',
    )
  })

  test('goes on without those that are silent', () => {
    const nodes = { P1: { offset: 30 }, P2: { down: true, offset: 500 } }
    const model = meshOf(3, { settings: { ...once, timeout: 70 } }, nodes)
    const world = playOut(model, berkeley)
    expect([targets(world), stateOf(world, 2).ahead]).toEqual([[-15, 0, 15], [[0, 30, 20]]])
    expect(sentIn(world)).toBe(2 + 1 + 1)
    const [cost] = berkeley.cost!(world.setup.selves, [true, false, true], [2])
    expect(cost?.value).toBe(4)
  })

  test('costs three messages for each other node and round', () => {
    const world = playOut(meshOf(5, { settings: { rounds: 3 } }), berkeley)
    const [cost] = berkeley.cost!(world.setup.selves, [true, true, true, true, true], [4])
    expect([cost?.value, sentIn(world)]).toEqual([36, 36])
  })

  test('lists eight differences and counts the others', () => {
    const world = playOut(meshOf(12, { settings: once }, { P2: { offset: 12 } }), berkeley)
    const cell = berkeley.look(stateOf(world, 11), world.setup.selves[11]!).cells[2]
    expect(cell).toMatch(/^P1 0 ms, P2 \+12 ms, P3 0 ms, .*P8 0 ms, and 3 more$/)
  })

  test('takes each answer and each order once, also from a network that doubles them', () => {
    const nodes = { P1: { offset: 60 }, P2: { offset: -60 } }
    const plain = playOut(meshOf(3, { settings: once }, nodes), berkeley)
    const doubled = playOut(meshOf(3, { settings: once, network: { duplicates: 100 } }, nodes), berkeley)
    expect(targets(doubled)).toEqual(targets(plain))
    expect(stateOf(doubled, 0).rounds).toBe(1)
  })

  test('polls anew when the master comes back, and lets others master it', () => {
    const plan = [
      { do: 'crash' as const, at: 5, node: 'P1' },
      { do: 'recover' as const, at: 900, node: 'P1' },
    ]
    const model = meshOf(2, { settings: { ...once, master: 1 }, plan }, { P2: { offset: 8 } })
    expect(targets(playOut(model, berkeley))).toEqual([4, -4])
  })
})
