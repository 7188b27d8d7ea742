// NTP on the network: offset and delay, the filter, the error that unequal ways predict, strata and lost sources.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NtpState, ntp } from '../../../../../src-main/labs/distributed/algorithms/time/ntp.ts'
import type { DistributedModel } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { judge, rulesOf } from '../../../../../src-main/labs/distributed/network/properties.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, notesOf, playOut, sentIn } from '../playing.ts'
import { errorOf, playHeld } from './runs.ts'

const stateOf = (world: World, node: number): NtpState => world.states[node] as NtpState
const once = { rounds: 1 }

/** P1 … Pn in a line, the server at the end. */
function lineOf(
  count: number,
  parts: Partial<DistributedModel>,
  nodes: Parameters<typeof meshOf>[2],
): DistributedModel {
  const mesh = meshOf(count, parts, nodes)
  return { ...mesh, edges: mesh.edges.filter(({ from, to }) => Number(to.slice(1)) - Number(from.slice(1)) === 1) }
}

describe('NTP', () => {
  test('finds offset and delay; the server’s work is no delay', () => {
    const model = meshOf(2, { settings: { ...once, work: 30 }, network: { delay: 15 } }, { P1: { offset: -70 } })
    const world = playOut(model, ntp)
    expect(errorOf(world, 0, 1)).toBe(0)
    expect(stateOf(world, 0)).toMatchObject({ source: 1, stratum: 2, bound: 15 })
    expect(stateOf(world, 0).peers[0]?.samples).toEqual([{ offset: 70, delay: 30, bound: 0 }])
    expect(ntp.look(stateOf(world, 0), world.setup.selves[0]!)).toMatchObject({
      said: '+70 ms',
      cells: ['+70 ms', 'P2, stratum 2', '30 ms', '15 ms'],
    })
  })

  test('is wrong by exactly half of what the ways differ', () => {
    for (const held of [3, 25, 90]) {
      const model = meshOf(2, { settings: once }, { P1: { offset: 500 } })
      const [slowBack, slowThere] = ['REPLY', 'REQUEST'].map((kind) => playHeld(model, ntp, kind, () => held))
      // Half of there less back.
      expect(errorOf(slowBack!, 0, 1)).toBeCloseTo(-held / 2, 9)
      expect(errorOf(slowThere!, 0, 1)).toBeCloseTo(held / 2, 9)
      expect(stateOf(slowThere!, 0).bound).toBe(10 + held / 2)
    }
  })

  test('holds to the sample with the least delay until it leaves the last eight', () => {
    const held = (sent: number): number => (sent === 1 ? 2 : 20 + sent)
    const bounds: (number | null)[] = []
    const model = meshOf(2, { settings: { rounds: 11, work: 0 } })
    const world = playHeld(model, ntp, 'REPLY', held, ({ last, states }) => {
      if (last?.message?.body.kind === 'REPLY' && last.what === 'received') bounds.push((states[0] as NtpState).bound)
    })
    // Delay 20 and what it was held up, halved: the second sample counts for itself and seven more.
    expect(bounds).toEqual([20, 11, 11, 11, 11, 11, 11, 11, 11, 21, 21.5])
    expect(stateOf(world, 0).peers[0]?.samples).toHaveLength(8)
  })

  test('gives each node a stratum one higher than its source, and bounds that add up', () => {
    const nodes = { P1: { offset: 300 }, P2: { offset: -80 }, P3: { offset: 41 } }
    const model = lineOf(4, { settings: { rounds: 4, work: 0 }, network: { delay: 12 } }, nodes)
    const world = playOut(model, ntp)
    expect([0, 1, 2, 3].map((node) => stateOf(world, node).stratum)).toEqual([4, 3, 2, 1])
    expect([0, 1, 2].map((node) => stateOf(world, node).source)).toEqual([1, 2, 3])
    expect([0, 1, 2].map((node) => stateOf(world, node).bound)).toEqual([36, 24, 12])
    expect([0, 1, 2].map((node) => errorOf(world, node, 3))).toEqual([0, 0, 0])
    expect(notesOf(model, ntp)).toContain('P1 takes its time from P2, stratum 4')
  })

  test('stays within its bound on any network, with drift, over several strata, in every state', () => {
    const [rule] = rulesOf(ntp)
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 60 }),
        fc.integer({ min: -500, max: 500 }),
        fc.nat({ max: 25 }),
        (seed, spread, drift, slew) => {
          const network = { delay: 4, spread, loss: 10, duplicates: 10, overtaking: true }
          const nodes = { P1: { offset: 200, drift }, P2: { offset: -99, drift: -drift }, P3: { offset: 7 } }
          const model = lineOf(4, { settings: { rounds: 5, slew }, network }, nodes)
          playOut(model, ntp, seed, (world) => {
            expect(judge(rule!, world)).toMatchObject({ holds: true })
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is not misled by a source that sets its clock while it works on the answer', () => {
    const model = lineOf(3, { settings: { ...once, work: 40 } }, { P1: { offset: 64 }, P2: { offset: -1_000 } })
    // P1's request reaches P2 at 40 and is answered at 80; P2 hears from the server and sets its clock at 60.
    const world = playHeld(model, ntp, 'REQUEST', (sent) => (sent === 0 ? 30 : 0))
    expect(stateOf(world, 0)).toMatchObject({ source: 1, bound: 25 + 10 })
    expect(errorOf(world, 0, 2)).toBe((40 - 10) / 2)
  })

  test('takes each answer once, also from a network that doubles them', () => {
    const world = playOut(meshOf(2, { settings: { rounds: 3 }, network: { duplicates: 100 } }), ntp)
    expect(stateOf(world, 0).peers[0]?.samples).toHaveLength(3)
  })

  test('loses a source that is silent, and takes another', () => {
    const plan = [{ do: 'cut' as const, at: 1_500, from: 'P1', to: 'P3' }]
    const model = meshOf(3, { settings: { rounds: 9 }, plan }, {}, { 'P1-P3': { delay: 2 } })
    const world = playOut(model, ntp)
    expect(stateOf(world, 0)).toMatchObject({ source: 1, stratum: 3 })
    expect(notesOf(model, ntp)).toEqual(
      expect.arrayContaining(['P1 has no source any more', 'P1 takes its time from P2, stratum 3']),
    )
  })

  test('asks the server where there are no links, and costs what it says', () => {
    const bare = { ...meshOf(3, { settings: { rounds: 2 } }, { P1: { offset: 5 } }), edges: [] }
    const world = playOut(bare, ntp)
    expect([errorOf(world, 0, 2), sentIn(world)]).toEqual([0, 8])
    expect(ntp.cost!(world.setup.selves, [true, true, true], [0, 1])[0]?.value).toBe(8)
    const mesh = playOut(meshOf(3, { settings: { rounds: 2 } }), ntp)
    expect(ntp.cost!(mesh.setup.selves, [true, true, true], [0, 1])[0]?.value).toBe(sentIn(mesh))
  })
})
