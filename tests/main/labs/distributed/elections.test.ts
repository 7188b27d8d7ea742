// Elections on the simulated network against closed forms of textbooks, over many sizes and all crashes of one node; and
// under random delays against what must hold. The closed forms are written here, not taken from the lab.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { algorithmOf } from '../../../../src-main/labs/distributed/algorithms/index.ts'
import type { DistributedModel } from '../../../../src-main/labs/distributed/model/schema.ts'
import { runToEnd, totalsOf } from '../../../../src-main/labs/distributed/network/outcome.ts'
import { setupOf } from '../../../../src-main/labs/distributed/network/setup.ts'
import { gridDrawing, meshOf, ringDrawing } from '../../../../src-main/labs/distributed/operations/drawings.ts'

const play = (model: DistributedModel, algorithm: string, seed = 1) =>
  runToEnd(setupOf(model, algorithmOf(algorithm), seed))
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)
const sent = (outcome: ReturnType<typeof play>, kind: string): number => outcome.world.tallies.get(kind)?.sent ?? 0
const leaders = ({ looks, world }: ReturnType<typeof play>): (number | undefined)[] =>
  looks.flatMap(({ leader }, index) =>
    world.conditions[index] === 'up' ? [world.setup.selves[0]!.numbers[leader ?? -1]] : [],
  )

describe('Bully', () => {
  test('needs k(k+1)/2 ELECTION, k(k-1)/2 OK and n-1 COORDINATOR when the highest has crashed and node n-k begins', () => {
    for (let n = 2; n <= 20; n += 1) {
      for (let k = 1; k < n; k += 1) {
        const outcome = play(meshOf(upTo(n), { crashed: [n], starts: [n - k] }), 'bully')
        expect([sent(outcome, 'ELECTION'), sent(outcome, 'OK'), sent(outcome, 'COORDINATOR')]).toEqual([
          (k * (k + 1)) / 2,
          (k * (k - 1)) / 2,
          n - 1,
        ])
        expect(new Set(leaders(outcome))).toEqual(new Set([n - 1]))
        expect(outcome.costs.map(({ value }) => value)).toEqual([(k * (k + 1)) / 2, (k * (k - 1)) / 2, n - 1])
      }
    }
  })

  test('elects the highest that lives, whoever crashed and whoever begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), fc.nat(), (n, crashes, start) => {
        const crashed = upTo(n).filter((id) => ((crashes >> id) & 1) === 1)
        const live = upTo(n).filter((id) => !crashed.includes(id))
        fc.pre(live.length > 0)
        const outcome = play(meshOf(upTo(n), { crashed, starts: [live[start % live.length]!] }), 'bully')
        expect(new Set(leaders(outcome))).toEqual(new Set([live.at(-1)]))
        expect(outcome.judged.every(({ holds }) => holds)).toBe(true)
      }),
    )
  })

  test('finds two leaders when a message takes longer than the timeout', () => {
    const model = { ...meshOf([1, 2, 3], { starts: [2] }), network: { delay: 100 } }
    const outcome = play(model, 'bully')
    expect(outcome.judged.find(({ rule }) => rule.id === 'one-leader')).toMatchObject({ holds: false })
  })
})

describe('rings', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 12 })

  test('with initiator and maximum needs 2N messages, and one more for each crashed node that is found', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), (ring, crashes, start) => {
        const crashed = ring.filter((_, index) => ((crashes >> index) & 1) === 1)
        const live = ring.filter((id) => !crashed.includes(id))
        fc.pre(live.length > 0)
        for (const algorithm of ['ring', 'ring-list']) {
          const model = ringDrawing(ring, { crashed, starts: [live[start % live.length]!] })
          const outcome = play(model, algorithm)
          const { sent: all, toCrashed } = totalsOf(outcome.world)
          expect(all - toCrashed).toBe(2 * live.length)
          expect(new Set(leaders(outcome))).toEqual(new Set([Math.max(...live)]))
        }
      }),
    )
  })

  test('a broken ring that nobody repairs ends without a leader', () => {
    const model = { ...ringDrawing([1, 2, 3, 4], { crashed: [3], starts: [1] }), settings: { repair: 0 } }
    expect(play(model, 'ring').judged.find(({ rule }) => rule.id === 'termination')).toMatchObject({ holds: false })
  })

  test('Chang-Roberts needs as many ELECTION messages as ids travel up to a higher one, whatever the delays', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 90 }), fc.nat({ max: 1000 }), (ring, spread, seed) => {
        const n = ring.length
        // Each id goes on until it meets a higher one, the highest all the way round.
        let expected = 0
        for (const [place, id] of ring.entries()) {
          let steps = 1
          while (steps < n && ring[(place + steps) % n]! < id) steps += 1
          expected += steps
        }
        const outcome = play({ ...ringDrawing(ring), network: { spread } }, 'chang-roberts', seed)
        expect([sent(outcome, 'ELECTION'), sent(outcome, 'ELECTED')]).toEqual([expected, n])
        expect(new Set(leaders(outcome))).toEqual(new Set([Math.max(...ring)]))
      }),
    )
  })

  test('Hirschberg-Sinclair elects the highest within its bound, whatever the delays', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 90 }), fc.nat({ max: 1000 }), (ring, spread, seed) => {
        fc.pre(ring.length > 2)
        const outcome = play({ ...ringDrawing(ring), network: { spread } }, 'hirschberg-sinclair', seed)
        const n = ring.length
        expect(new Set(leaders(outcome))).toEqual(new Set([Math.max(...ring)]))
        expect(totalsOf(outcome.world).sent).toBeLessThanOrEqual(8 * n * (1 + Math.ceil(Math.log2(n))) + n)
      }),
    )
  })

  test('Hirschberg-Sinclair needs far fewer than Chang-Roberts where that is at its worst', () => {
    const falling = upTo(64).reverse()
    const both = ['chang-roberts', 'hirschberg-sinclair'].map(
      (id) => totalsOf(play(ringDrawing(falling), id).world).sent,
    )
    expect(both[0]).toBe((64 * 65) / 2 + 64)
    expect(both[1]).toBeLessThan(both[0]! / 2)
  })
})

describe('grids', () => {
  test('sweeps need R(C-1)+R-1 messages each way, flooding two over every link in every round', () => {
    for (let rows = 1; rows <= 7; rows += 1) {
      for (let columns = rows === 1 ? 2 : 1; columns <= 7; columns += 1) {
        const model = gridDrawing(rows, columns)
        const links = rows * (columns - 1) + columns * (rows - 1)
        const sweep = play(model, 'grid-sweep')
        const flood = play(model, 'flood-max')
        expect(totalsOf(flood.world).sent).toBe(2 * links * (rows + columns - 2))
        expect(new Set([...leaders(sweep), ...leaders(flood)])).toEqual(new Set([rows * columns]))
        // A single column may be read as a single row, which comes to the same.
        expect(totalsOf(sweep.world).sent).toBe(2 * (rows * columns - 1))
      }
    }
  })
})

test('the seed is all chance there is: the same drawing and seed give the same run', () => {
  const model = { ...meshOf(upTo(6), { crashed: [6] }), network: { spread: 40, loss: 10, duplicates: 10 } }
  const traces = [7, 7, 8].map((seed) => {
    const { world, told } = play(model, 'bully', seed)
    return JSON.stringify([world.now, [...world.tallies], told, world.states])
  })
  expect(traces[0]).toBe(traces[1])
  expect(traces[0]).not.toBe(traces[2])
})
