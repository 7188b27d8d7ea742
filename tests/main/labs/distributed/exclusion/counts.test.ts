// Messages counted in runs against the closed forms of the textbooks, and the sets that Maekawa's algorithm asks.
import { describe, expect, test } from 'vitest'
import { central } from '../../../../../src-main/labs/distributed/algorithms/exclusion/central.ts'
import { exclusionAlgorithms } from '../../../../../src-main/labs/distributed/algorithms/exclusion/index.ts'
import { lamport } from '../../../../../src-main/labs/distributed/algorithms/exclusion/lamport.ts'
import { maekawa } from '../../../../../src-main/labs/distributed/algorithms/exclusion/maekawa.ts'
import { quorumOf } from '../../../../../src-main/labs/distributed/algorithms/exclusion/quorums.ts'
import { ricartAgrawala } from '../../../../../src-main/labs/distributed/algorithms/exclusion/ricart-agrawala.ts'
import { suzukiKasami } from '../../../../../src-main/labs/distributed/algorithms/exclusion/suzuki-kasami.ts'
import { tokenRing } from '../../../../../src-main/labs/distributed/algorithms/exclusion/token-ring.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { Algorithm } from '../../../../../src-main/labs/distributed/network/types.ts'
import { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { play, ringOfNodes, worldOf } from './networks.ts'

const sizes = [2, 3, 4, 5, 6, 7, 8, 9, 10]

/** Messages while only these nodes ask, each once. */
const sentBy = (algorithm: Algorithm, count: number, asking: readonly number[]): number =>
  play(worldOf(ringOfNodes(count, {}, asking), algorithm)).sent

describe.each(sizes)('with %i nodes one entry takes', (n) => {
  const last = n - 1

  test('three messages by a coordinator, none for its own entry', () => {
    expect(sentBy(central, n, [last])).toBe(3)
    expect(sentBy(central, n, [0])).toBe(0)
  })

  test('3(N - 1) by Lamport and 2(N - 1) by Ricart and Agrawala, also when all ask at once', () => {
    const all = Array.from({ length: n }, (_, index) => index)
    expect(sentBy(lamport, n, [last])).toBe(3 * (n - 1))
    expect(sentBy(lamport, n, all)).toBe(3 * (n - 1) * n)
    expect(sentBy(ricartAgrawala, n, [last])).toBe(2 * (n - 1))
    expect(sentBy(ricartAgrawala, n, all)).toBe(2 * (n - 1) * n)
  })

  test('none or N with the token of Suzuki and Kasami', () => {
    expect(sentBy(suzukiKasami, n, [0])).toBe(0)
    expect(sentBy(suzukiKasami, n, [last])).toBe(n)
    // The first has the token; each other one asks everybody and gets it once.
    expect(sentBy(suzukiKasami, n, [...Array(n).keys()])).toBe((n - 1) * n)
  })

  test('three for each other node of its row and column by Maekawa', () => {
    for (let node = 0; node < n; node += 1) {
      expect(sentBy(maekawa, n, [node]), `node ${node}`).toBe(3 * (quorumOf(node, n).length - 1))
    }
  })

  test('as many passes of the token on a ring as there are nodes between it and who asks', () => {
    for (let node = 0; node < n; node += 1) {
      const world = worldOf(ringOfNodes(n, {}, [node]), tokenRing)
      while (tokenRing.look(world.states[node] as never, world.setup.selves[node] as never).section !== 'inside') {
        expect(world.step()).toBe(true)
      }
      expect(world.tallies.get('TOKEN')?.sent ?? 0).toBe(node)
    }
  })

  test('a token that nobody uses makes its idle rounds and rests', () => {
    for (const limit of [1, 2, 5]) {
      const setup = setupOf(ringOfNodes(n, { settings: { limit } }), tokenRing, 1)
      const world = new World({ ...setup, begin: [] })
      expect(play(world).sent).toBe(limit * n)
    }
  })
})

test('the formulas hold in runs with several entries each, exactly where they say so', () => {
  for (const algorithm of exclusionAlgorithms) {
    for (const count of [1, 2, 3, 5, 9]) {
      for (const asking of [[0], [count - 1], [...Array(count).keys()]]) {
        for (const cure of [0, 1]) {
          const model = ringOfNodes(count, { settings: { entries: 3, cure }, network: { spread: 9 } }, asking)
          const { world, sent } = play(worldOf(model, algorithm))
          const up = world.conditions.map(() => true)
          const costs = algorithm.cost?.(world.setup.selves, up, asking) ?? []
          expect(costs).toHaveLength(1)
          const [cost] = costs
          const said = `${algorithm.id}, ${count} nodes, ${asking.join()} ask, cure ${cure}: ${cost?.formula ?? ''}`
          if (cost?.bound === 'exact') expect(sent, said).toBe(cost.value)
          if (cost?.bound === 'most') expect(sent, said).toBeLessThanOrEqual(cost.value)
          if (cost?.bound === 'least') expect(sent, said).toBeGreaterThanOrEqual(cost.value)
        }
      }
    }
  }
})

describe('row and column', () => {
  test('of any two nodes have a node in common, for every number of nodes', () => {
    for (let count = 1; count <= 120; count += 1) {
      const quorums = Array.from({ length: count }, (_, index) => quorumOf(index, count))
      for (const [index, quorum] of quorums.entries()) {
        expect(quorum).toContain(index)
        expect([...new Set(quorum)].sort((a, b) => a - b)).toEqual(quorum)
        expect(quorum.length).toBeLessThanOrEqual(2 * Math.ceil(Math.sqrt(count)) - 1)
        const apart = quorums.filter((other) => !other.some((node) => quorum.includes(node)))
        expect(apart).toEqual([])
      }
    }
  })

  test('are those of the square grid', () => {
    expect(quorumOf(4, 9)).toEqual([1, 3, 4, 5, 7])
    expect(quorumOf(0, 16)).toEqual([0, 1, 2, 3, 4, 8, 12])
    expect(quorumOf(6, 7)).toEqual([0, 3, 6])
  })
})
