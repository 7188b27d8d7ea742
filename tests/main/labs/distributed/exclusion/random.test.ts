// Random requests, delays and orders on the kernel: one at a time inside, and everybody as often as it wanted.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exclusionAlgorithms } from '../../../../../src-main/labs/distributed/algorithms/exclusion/index.ts'
import { lamport } from '../../../../../src-main/labs/distributed/algorithms/exclusion/lamport.ts'
import { ricartAgrawala } from '../../../../../src-main/labs/distributed/algorithms/exclusion/ricart-agrawala.ts'
import type { DistributedModel } from '../../../../../src-main/labs/distributed/model/schema.ts'
import type { Algorithm } from '../../../../../src-main/labs/distributed/network/types.ts'
import { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { type Watched, play, ringOfNodes, worldOf } from './networks.ts'

interface Wish {
  node: number
  at: number
}

const scene = fc.record({
  count: fc.integer({ min: 1, max: 7 }),
  seed: fc.nat({ max: 0xffff_ffff }),
  wishes: fc.array(fc.record({ node: fc.nat({ max: 6 }), at: fc.nat({ max: 400 }) }), { maxLength: 12 }),
  network: fc.record({ delay: fc.nat({ max: 20 }), spread: fc.nat({ max: 60 }), overtaking: fc.boolean() }),
  hold: fc.nat({ max: 60 }),
  entries: fc.integer({ min: 1, max: 3 }),
  think: fc.nat({ max: 60 }),
  rest: fc.nat({ max: 15 }),
  coordinator: fc.nat({ max: 8 }),
})
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never

function modelOf({ count, wishes, network, seed: _, ...settings }: Scene, fifo: boolean): DistributedModel {
  return ringOfNodes(count, {
    settings: { ...settings, cure: 1, limit: 1 },
    network: fifo ? { ...network, overtaking: false } : network,
    plan: wishes.map(({ node, at }: Wish) => ({ do: 'start' as const, at, node: `n${node % count}` })),
  })
}

const wanted = ({ count, wishes, entries }: Scene): number[] =>
  Array.from({ length: count }, (_, node) => entries * wishes.filter((wish) => wish.node % count === node).length)

/** Without a plan everybody would begin. */
const asks = ({ wishes }: Scene): boolean => wishes.length > 0

function judge({ entries, together, waiting }: Watched, scene: Scene): void {
  expect(together).toBeLessThanOrEqual(1)
  expect(waiting).toEqual([])
  expect(entries).toEqual(wanted(scene))
}

/** Takes what is to come in an order that the seed decides, whatever its time; what would overtake waits for its turn. */
function shuffled(seed: number): (world: World) => boolean {
  let state = seed >>> 0
  return (world) => {
    const possible = world.queue.items().filter((one) => one.kind !== 'message' || !world.overtakes(one))
    if (possible.length === 0) return false
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const chosen = possible[Math.floor((state / 2 ** 32) * possible.length)]
    if (chosen === undefined) return false
    world.take(chosen.id)
    return true
  }
}

describe.each(exclusionAlgorithms.map((algorithm) => [algorithm.label, algorithm] as const))('%s', (_, algorithm) => {
  const fifo = algorithm === lamport

  test('lets one in at a time, and everybody as often as it wants', () => {
    fc.assert(
      fc.property(scene.filter(asks), (one) => {
        judge(play(worldOf(modelOf(one, fifo), algorithm, one.seed)), one)
      }),
      { numRuns: 250 },
    )
  })

  test('also when events come in any order', () => {
    fc.assert(
      fc.property(scene.filter(asks), (one) => {
        judge(play(worldOf(modelOf(one, fifo), algorithm, one.seed), shuffled(one.seed)), one)
      }),
      { numRuns: 250 },
    )
  })

  test('has states that are plain data, and never changes one that it was given', () => {
    const model = ringOfNodes(4, { settings: { entries: 2, cure: 1 }, network: { spread: 20 } })
    const frozen: Algorithm = {
      ...algorithm,
      react(state, input, self, clock) {
        const before = JSON.stringify(state)
        expect(JSON.parse(before)).toEqual(state)
        const reaction = algorithm.react(deepFreeze(state), input, self, clock)
        expect(JSON.stringify(state)).toBe(before)
        const look = algorithm.look(reaction.state, self)
        expect(look.cells).toHaveLength(algorithm.columns.length)
        return reaction
      },
    }
    expect(play(worldOf(model, frozen, 3)).entries).toEqual([2, 2, 2, 2])
  })

  test('tells the contents of every message without a gap', () => {
    const world = worldOf(ringOfNodes(4, { settings: { entries: 2, cure: 1 }, network: { spread: 20 } }), algorithm)
    while (world.step()) {
      for (const { body, to } of world.last?.sent ?? []) {
        const self = world.setup.selves[to]
        if (self !== undefined) expect(algorithm.tell(body, self)).not.toMatch(/undefined|NaN|\?|null/)
      }
    }
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

test('the same runs find that timestamps are not compared', () => {
  const blind: Algorithm = {
    ...(ricartAgrawala as Algorithm),
    react(state, input, self, clock) {
      const here = state as Parameters<typeof ricartAgrawala.react>[0]
      const asked = input.do === 'message' && input.body.kind === 'REQUEST'
      const { state: after, outputs } = ricartAgrawala.react(
        asked ? { ...here, stamp: null } : here,
        input,
        self,
        clock,
      )
      return { state: asked ? { ...after, stamp: here.stamp } : after, outputs }
    },
  }
  const found = fc.check(
    fc.property(scene.filter(asks), (one) => {
      judge(play(worldOf(modelOf(one, false), blind, one.seed)), one)
    }),
    { numRuns: 150, seed: 5 },
  )
  expect(found.failed).toBe(true)
})

test('Lamport enters in the order of timestamps', () => {
  fc.assert(
    fc.property(scene.filter(asks), (one) => {
      const world = worldOf(modelOf(one, true), lamport, one.seed)
      const asked: { stamp: number; node: number }[] = []
      const entered: number[] = []
      while (world.step()) {
        for (const { body, from } of world.last?.sent ?? []) {
          const stamp = body['stamp'] as number
          const known = asked.some((other) => other.node === from && other.stamp === stamp)
          if (body.kind === 'REQUEST' && !known) asked.push({ stamp, node: from })
        }
        if (world.last?.notes.some(({ what }) => what === 'enter') === true) entered.push(world.last.node)
      }
      // A single node asks nobody.
      if (one.count === 1) return
      asked.sort((a, b) => a.stamp - b.stamp || a.node - b.node)
      expect(entered).toEqual(asked.map(({ node }) => node))
    }),
    { numRuns: 100 },
  )
})
