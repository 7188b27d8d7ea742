import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Delivery,
  causalViolation,
  fifoViolation,
  totalViolation,
} from '../../../../../src-main/labs/distributed/algorithms/causal/order.ts'
import { causalBroadcast } from '../../../../../src-main/labs/distributed/algorithms/causal/causal-broadcast.ts'
import { fifoBroadcast } from '../../../../../src-main/labs/distributed/algorithms/causal/fifo-broadcast.ts'
import { totalBroadcast } from '../../../../../src-main/labs/distributed/algorithms/causal/total-broadcast.ts'
import { causalAlgorithms } from '../../../../../src-main/labs/distributed/algorithms/causal/index.ts'
import type { BroadcastState } from '../../../../../src-main/labs/distributed/algorithms/causal/broadcast.ts'
import type { Algorithm } from '../../../../../src-main/labs/distributed/network/types.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { meshOf, playOut, sentIn } from '../playing.ts'

const statesOf = (world: World): BroadcastState[] => world.states as BroadcastState[]
const name = ({ from, number }: Delivery): string => `${from}.${number}`

/**
 * What follows from each message, by reachability in the graph of deliveries: a node's deliveries (its sendings among
 * them) follow each other, and every delivery follows the sending. Breadth first from each sending.
 */
function followersOf(logs: readonly (readonly Delivery[])[]): Map<string, Set<string>> {
  const arrows = new Map<string, string[]>()
  const arrow = (from: string, to: string): unknown => arrows.set(from, [...(arrows.get(from) ?? []), to])
  for (const [node, log] of logs.entries()) {
    for (const [place, delivery] of log.entries()) {
      const before = log[place - 1]
      if (before !== undefined) arrow(`${node}:${name(before)}`, `${node}:${name(delivery)}`)
      if (delivery.from !== node) arrow(`${delivery.from}:${name(delivery)}`, `${node}:${name(delivery)}`)
    }
  }
  const sendings = logs.flatMap((log, node) =>
    log.filter(({ from }) => from === node).map((one) => `${node}:${name(one)}`),
  )
  return new Map(
    sendings.map((start) => {
      const found = new Set([start])
      for (const event of found) for (const next of arrows.get(event) ?? []) found.add(next)
      found.delete(start)
      return [
        start.slice(start.indexOf(':') + 1),
        new Set(sendings.filter((sending) => found.has(sending)).map((one) => one.slice(one.indexOf(':') + 1))),
      ]
    }),
  )
}

/** Every pair (delivered first, delivered second) at a node that is against causal order, missing ones included. */
function broken(logs: readonly (readonly Delivery[])[]): string[] {
  const followers = [...followersOf(logs)]
  return logs.flatMap((log, node) => {
    const before = new Set<string>()
    return log.flatMap((second) => {
      const missing = followers.filter(([first, after]) => !before.has(first) && after.has(name(second)))
      before.add(name(second))
      return missing.map(([first]) => `${node}: ${name(second)} before ${first}`)
    })
  })
}

const runs = fc.record({
  count: fc.integer({ min: 2, max: 5 }),
  messages: fc.integer({ min: 1, max: 3 }),
  pause: fc.integer({ min: 1, max: 40 }),
  answers: fc.integer({ min: 0, max: 1 }),
  delay: fc.integer({ min: 0, max: 20 }),
  spread: fc.integer({ min: 0, max: 200 }),
  duplicates: fc.constantFrom(0, 30),
  loss: fc.constantFrom(0, 0, 15),
  all: fc.boolean(),
  seed: fc.nat(),
})
type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never

function run(algorithm: Algorithm, key: string, on: number, drawn: Run): World {
  const { count, messages, pause, answers, delay, spread, duplicates, loss, all, seed } = drawn
  const model = meshOf(
    count,
    {
      settings: { count: messages, pause, answers, [key]: on },
      network: { delay, spread, duplicates, loss, overtaking: true },
    },
    all ? Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i + 1}`, { starts: true }])) : {},
  )
  return playOut(model, algorithm, seed)
}

describe('causal order broadcast', () => {
  it('keeps causal order under random delays, losses and duplicates, by reachability of the sendings', () => {
    fc.assert(
      fc.property(runs, (drawn) => {
        const states = statesOf(run(causalBroadcast, 'causal', 1, drawn))
        expect(broken(states.map(({ log }) => log))).toEqual([])
        expect(causalViolation(states)).toBeNull()
        expect(states.every(({ early }) => early === 0)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('delivers every message once at every node when none is lost, and nothing keeps waiting', () => {
    fc.assert(
      fc.property(runs, (drawn) => {
        const states = statesOf(run(causalBroadcast, 'causal', 1, { ...drawn, loss: 0 }))
        const begun = (drawn.all ? drawn.count : 1) * drawn.messages
        const expected = begun * (drawn.answers === 1 ? drawn.count : 1)
        for (const { log, held } of states) {
          expect(new Set(log.map(name)).size).toBe(expected)
          expect(log.length).toBe(expected)
          expect(held).toEqual([])
        }
      }),
      { numRuns: 80 },
    )
  })

  it('breaks causal order in some runs when nothing is held back, and names two messages that prove it', () => {
    let violations = 0
    fc.assert(
      fc.property(runs, (drawn) => {
        const states = statesOf(run(causalBroadcast, 'causal', 0, drawn))
        const logs = states.map(({ log }) => log)
        const found = causalViolation(states)
        const all = broken(logs)
        expect(found === null).toBe(all.length === 0)
        expect(states.some(({ early }) => early > 0)).toBe(all.length > 0)
        for (const { log, delivered } of states) {
          const highest = states.map((_, node) =>
            Math.max(0, ...log.filter(({ from }) => from === node).map((one) => one.number)),
          )
          expect(delivered).toEqual(highest)
        }
        if (found === null) return
        violations += 1
        expect(all).toContain(`${found.node}: ${name(found.second)} before ${name(found.first)}`)
      }),
      { numRuns: 150 },
    )
    expect(violations).toBeGreaterThan(10)
  })

  it('lets an answer wait for the question on a slow link, and tells so', () => {
    const model = meshOf(3, { settings: { count: 1, answers: 1 } }, {}, { 'P1-P3': { delay: 100 } })
    const told: string[] = []
    let waiting = ''
    const world = playOut(model, causalBroadcast, 1, ({ last, states, setup, now }) => {
      for (const { text } of last?.notes ?? []) told.push(`${now} ${text}`)
      const self = setup.selves[2]
      if (now === 20 && self !== undefined)
        waiting = causalBroadcast.look(states[2] as BroadcastState, self).cells[2] ?? ''
    })
    expect(told).toContain('20 holds P2.1 until P1.1')
    expect(waiting).toBe('P2.1')
    expect(told.indexOf('100 delivers P1.1')).toBeLessThan(told.indexOf('100 delivers P2.1'))
    expect(statesOf(world)[2]?.log.map(name)).toEqual(['0.1', '2.1', '1.1'])
  })

  it('keeps what it delivered and goes on numbering when a node comes back after a crash', () => {
    const model = meshOf(3, {
      settings: { count: 1, answers: 0 },
      plan: [
        { do: 'start', at: 0, node: 'P2' },
        { do: 'crash', at: 50, node: 'P2' },
        { do: 'recover', at: 60, node: 'P2' },
        { do: 'start', at: 70, node: 'P2' },
      ],
    })
    for (const { log } of statesOf(playOut(model, causalBroadcast))) expect(log.map(name)).toEqual(['1.1', '1.2'])
  })
})

describe('FIFO order broadcast', () => {
  it('keeps the order of each sender, and does not when nothing is held back', () => {
    let kept = 0
    let violations = 0
    let causalBroken = 0
    fc.assert(
      fc.property(runs, (drawn) => {
        const states = statesOf(run(fifoBroadcast, 'fifo', 1, drawn))
        for (const { log } of states) {
          for (const sender of states.keys()) {
            const numbers = log.filter(({ from }) => from === sender).map(({ number }) => number)
            expect(numbers).toEqual(numbers.map((_, place) => place + 1))
          }
        }
        expect(fifoViolation(states)).toBeNull()
        if (causalViolation(states) !== null) causalBroken += 1
        kept += 1
        if (fifoViolation(statesOf(run(fifoBroadcast, 'fifo', 0, drawn))) !== null) violations += 1
      }),
      { numRuns: 100 },
    )
    expect(kept).toBe(100)
    expect(violations).toBeGreaterThan(5)
    // FIFO is weaker than causal order: answers can come before what they answer.
    expect(causalBroken).toBeGreaterThan(5)
  })
})

describe('total order broadcast', () => {
  /** Two messages that two nodes delivered in different orders, by trying all. */
  function disagree(logs: readonly (readonly Delivery[])[]): boolean {
    const orders = logs.map((log) => log.map(name))
    return orders.some((one) =>
      orders.some((other) =>
        one.some((a, place) =>
          one
            .slice(place + 1)
            .some((b) => other.includes(a) && other.includes(b) && other.indexOf(b) < other.indexOf(a)),
        ),
      ),
    )
  }

  it('lets all nodes deliver in one order, and does not without a sequencer', () => {
    let violations = 0
    fc.assert(
      fc.property(runs, (drawn) => {
        const states = statesOf(run(totalBroadcast, 'sequencer', 1, drawn))
        expect(disagree(states.map(({ log }) => log))).toBe(false)
        expect(totalViolation(states)).toBeNull()
        if (drawn.loss === 0) {
          const begun = (drawn.all ? drawn.count : 1) * drawn.messages
          const expected = begun * (drawn.answers === 1 ? drawn.count : 1)
          expect(states.map(({ log, held }) => [log.length, held.length])).toEqual(states.map(() => [expected, 0]))
        }
        const without = statesOf(run(totalBroadcast, 'sequencer', 0, drawn))
        const found = totalViolation(without)
        expect(found !== null).toBe(disagree(without.map(({ log }) => log)))
        if (found === null) return
        violations += 1
        const [a, b] = found.nodes.map((node) => without[node]?.log.map(name) ?? [])
        expect(a?.indexOf(name(found.first))).toBeLessThan(a?.indexOf(name(found.second)) ?? -1)
        expect(b?.indexOf(name(found.first))).toBeGreaterThan(b?.indexOf(name(found.second)) ?? -1)
      }),
      { numRuns: 120 },
    )
    expect(violations).toBeGreaterThan(10)
  })
})

describe('the cost of ordered broadcasts', () => {
  it('is what is counted in runs without loss and duplicates', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 1 }), (drawn, on) => {
        for (const [place, algorithm] of causalAlgorithms.entries()) {
          const key = ['causal', 'fifo', 'sequencer'][place] ?? ''
          const world = run(algorithm, key, on, { ...drawn, loss: 0, duplicates: 0 })
          const { selves, down, begin } = world.setup
          const cost =
            algorithm.cost?.(
              selves,
              down.map((crashed) => !crashed),
              begin,
            ) ?? []
          expect(cost.map(({ value }) => value)).toEqual([sentIn(world)])
        }
      }),
      { numRuns: 60 },
    )
  })
})
