// Stamps and relations of events against plain oracles: reachability by breadth-first search, clocks that travel with
// the messages as textbooks tell it, and all cuts tried one by one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunStep, TraceEvent } from '../../../src-main/contract/run.ts'
import { causalEvents, causality, type Occurrence } from '../../../src-main/simulation/causality.ts'

const traced = (step: number, trace: Partial<TraceEvent>): Pick<RunStep, 'step' | 'trace'> => ({
  step,
  trace: { at: step, lane: 'A', kind: 'local', label: '', sends: [], ...trace },
})
const sending = (message: string, to: string): TraceEvent['sends'][number] => ({ message, to, label: '', detail: '' })

interface Plan {
  lanes: number
  /** for each event its lane, whether it sends, and which of the messages on their way it receives, if it does */
  events: { lane: number; sends: boolean; receives: number | null }[]
}

const plans = (most: number): fc.Arbitrary<Plan> =>
  fc.integer({ min: 1, max: 4 }).chain((lanes) =>
    fc.record({
      lanes: fc.constant(lanes),
      events: fc.array(
        fc.record({
          lane: fc.integer({ min: 0, max: lanes - 1 }),
          sends: fc.boolean(),
          receives: fc.option(fc.nat({ max: 20 }), { freq: 1 }),
        }),
        { minLength: 1, maxLength: most },
      ),
    }),
  )

/** Messages are sent by one event and may be received several times, by any lane, the sender's own too. */
function occurrences({ events }: Plan): Occurrence[] {
  const sent: string[] = []
  return events.map(({ lane, sends, receives }, index) => {
    const received = receives === null || sent.length === 0 ? null : sent[receives % sent.length]!
    const leaving = received === null && sends ? [`m${index}`] : []
    sent.push(...leaving)
    return { id: String(index), lane: `L${lane}`, receives: received, sends: leaving }
  })
}

/** The arrows of the event graph: to the next event of the lane, and from each sending to its receipts. */
function arrows(events: readonly Occurrence[]): number[][] {
  return events.map((from, a) =>
    events.flatMap((to, b) => {
      const next = to.lane === from.lane && b > a && !events.slice(a + 1, b).some(({ lane }) => lane === from.lane)
      return next || (to.receives !== null && from.sends.includes(to.receives)) ? [b] : []
    }),
  )
}

/** How many arrows each event is away from `start`; missing where it cannot be reached. */
function distances(graph: readonly number[][], start: number): Map<number, number> {
  const found = new Map([[start, 0]])
  for (const event of found.keys()) {
    for (const next of graph[event]!) if (!found.has(next)) found.set(next, found.get(event)! + 1)
  }
  return found
}

describe('events of a trace', () => {
  test('a step that receives and sends is a receipt and then one sending; what has no lane is no event', () => {
    const events = causalEvents([
      { step: 0 },
      traced(1, { sends: [sending('m1', 'B'), sending('m2', 'C')] }),
      traced(2, { lane: null, kind: 'lost', message: 'm2' }),
      traced(3, { lane: 'B', kind: 'receive', message: 'm1', sends: [sending('m3', 'A')] }),
      traced(4, { lane: 'B', kind: 'crash' }),
      traced(5, { lane: 'C' }),
      traced(6, { lane: 'C', kind: 'lost', message: 'm2' }),
      traced(7, { kind: 'receive', message: 'm3' }),
    ])
    expect(events.map(({ id, lane, kind, receives, sends }) => [id, lane, kind, receives, sends])).toEqual([
      ['1', 'A', 'send', null, ['m1', 'm2']],
      ['3', 'B', 'receive', 'm1', []],
      ['3s', 'B', 'send', null, ['m3']],
      ['4', 'B', 'crash', null, []],
      ['5', 'C', 'local', null, []],
      ['7', 'A', 'receive', 'm3', []],
    ])
    const order = causality(events, ['C', 'B', 'A'])
    expect(order.lanes).toEqual(['C', 'B', 'A'])
    expect(Array.from(order.vector(order.find('7')))).toEqual([0, 2, 2])
    expect(order.lamport(order.find('7'))).toBe(4)
    expect(order.find('2')).toBe(-1)
  })

  test('a message that arrives twice has the same cause twice; one from outside has none', () => {
    const events = causalEvents([
      traced(1, { sends: [sending('m', 'B')] }),
      traced(2, { lane: 'B', kind: 'receive', message: 'm' }),
      traced(3, { lane: 'B', kind: 'receive', message: 'm' }),
      traced(4, { lane: 'B', kind: 'receive', message: 'elsewhere' }),
    ])
    const order = causality(events)
    expect([1, 2, 3].map((event) => order.cause(event))).toEqual([0, 0, -1])
    expect([1, 2, 3].map((event) => order.lamport(event))).toEqual([2, 3, 4])
  })
})

describe('happened-before', () => {
  test('is reachability in the event graph; vectors and Lamport stamps agree with it', () => {
    fc.assert(
      fc.property(plans(16), (plan) => {
        const events = occurrences(plan)
        const order = causality(events)
        const graph = arrows(events)
        events.forEach((_, a) => {
          const reached = distances(graph, a)
          const after = [...reached.keys()].filter((event) => event !== a).sort((x, y) => x - y)
          expect(order.future(a)).toEqual(after)
          events.forEach((__, b) => {
            const before = a !== b && reached.has(b)
            expect(order.before(a, b)).toBe(before)
            expect(order.past(b).includes(a)).toBe(before)
            if (before) expect(order.lamport(a)).toBeLessThan(order.lamport(b))
            const [va, vb] = [Array.from(order.vector(a)), Array.from(order.vector(b))]
            expect(a !== b && va.every((known, lane) => known <= vb[lane]!)).toBe(before)
            expect(order.concurrent(a, b)).toBe(a !== b && !before && !distances(graph, b).has(a))
          })
        })
      }),
    )
  })

  test('is proved by a shortest chain along lanes and messages', () => {
    fc.assert(
      fc.property(plans(16), (plan) => {
        const events = occurrences(plan)
        const order = causality(events)
        const graph = arrows(events)
        events.forEach((_, a) => {
          const reached = distances(graph, a)
          events.forEach((__, b) => {
            const chain = order.chain(a, b)
            if (a === b || !reached.has(b)) return expect(chain).toBeNull()
            expect(chain).toHaveLength(reached.get(b)! + 1)
            expect(chain![0]).toEqual({ event: a, message: null })
            expect(chain!.at(-1)!.event).toBe(b)
            chain!.slice(1).forEach(({ event, message }, index) => {
              const from = chain![index]!.event
              expect(graph[from]).toContain(event)
              if (message === null) expect(events[event]!.lane).toBe(events[from]!.lane)
              else expect([events[from]!.sends.includes(message), events[event]!.receives]).toEqual([true, message])
            })
          })
        })
      }),
    )
  })
})

describe('stamps', () => {
  test('are what clocks that travel with the messages show', () => {
    fc.assert(
      fc.property(plans(24), (plan) => {
        const events = occurrences(plan)
        const names = Array.from({ length: plan.lanes }, (_, lane) => `L${lane}`)
        const order = causality(events, names)
        const n = names.length
        const lamport = names.map(() => 0)
        const vectors = names.map(() => names.map(() => 0))
        const matrices = names.map(() => names.map(() => names.map(() => 0)))
        const travelling = new Map<string, { lamport: number; vector: number[]; matrix: number[][]; from: number }>()
        const most = (a: number[], b: number[]): number[] => a.map((value, index) => Math.max(value, b[index]!))
        events.forEach(({ lane, receives, sends }, index) => {
          const own = names.indexOf(lane)
          const message = receives === null ? undefined : travelling.get(receives)
          if (message !== undefined) {
            lamport[own] = Math.max(lamport[own]!, message.lamport)
            vectors[own] = most(vectors[own]!, message.vector)
            const mine = matrices[own]!
            for (let row = 0; row < n; row += 1) mine[row] = most(mine[row]!, message.matrix[row]!)
            mine[own] = most(mine[own]!, message.matrix[message.from]!)
          }
          lamport[own]! += 1
          vectors[own]![own]! += 1
          matrices[own]![own]![own]! += 1
          for (const sent of sends) {
            travelling.set(
              sent,
              structuredClone({
                lamport: lamport[own]!,
                vector: vectors[own]!,
                matrix: matrices[own]!,
                from: own,
              }),
            )
          }
          expect(order.lamport(index)).toBe(lamport[own])
          expect(Array.from(order.vector(index))).toEqual(vectors[own])
          expect(order.matrix(index).map((row) => Array.from(row))).toEqual(matrices[own])
          expect(order.position(index)).toBe(vectors[own]![own])
        })
      }),
    )
  })
})

describe('cuts', () => {
  test('are consistent exactly when with each event its whole past lies inside', () => {
    fc.assert(
      fc.property(plans(8), (plan) => {
        const events = occurrences(plan)
        const order = causality(events)
        const graph = arrows(events)
        const all = order.byLane.reduce<number[][]>(
          (cuts, here) => cuts.flatMap((cut) => Array.from({ length: here.length + 1 }, (_, at) => [...cut, at])),
          [[]],
        )
        for (const cut of all) {
          const inside = (event: number): boolean =>
            order.byLane.some((here, lane) => here.indexOf(event) >= 0 && here.indexOf(event) < cut[lane]!)
          const whole = graph.every((next, event) => next.every((later) => !inside(later) || inside(event)))
          expect(order.isConsistent(cut)).toBe(whole)
          const crossing = order.crossing(cut)
          if (crossing === null) continue
          expect([inside(crossing.received), inside(crossing.sent)]).toEqual([true, false])
          expect(events[crossing.sent]!.sends).toContain(crossing.message)
          expect(events[crossing.received]!.receives).toBe(crossing.message)
        }
      }),
    )
  })
})

describe('large traces', () => {
  /** Each event sends, or receives the message sent `reach` events before; no chance in it. */
  const trace = (count: number, lanes: number): Occurrence[] =>
    Array.from({ length: count }, (_, index) => {
      const receives = index % 2 === 1 && index > 8 ? `m${index - 7}` : null
      return {
        id: String(index),
        lane: `L${(index * 7 + (index >> 5)) % lanes}`,
        receives,
        sends: index % 2 === 0 ? [`m${index}`] : [],
      }
    })

  test('10,000 events on 50 lanes are stamped and asked within a second', () => {
    const started = performance.now()
    const order = causality(trace(10_000, 50))
    let pairs = 0
    for (let a = 0; a < 1_000; a += 1) for (let b = 0; b < 1_000; b += 1) if (order.before(a, b + 9_000)) pairs += 1
    const past = order.past(9_999).length
    expect(order.vector(9_999)[order.lane(9_999)]).toBe(order.position(9_999))
    expect([pairs > 0, past > 0]).toEqual([true, true])
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('with too many lanes for a table of vectors the answers are the same', () => {
    const events = trace(20_000, 900)
    const [large, small] = [causality(events), causality(events.slice(0, 15_000))]
    for (const event of [9, 500, 7_001, 14_999]) {
      const known = Array.from(small.vector(event))
      expect(Array.from(large.vector(event)).slice(0, known.length)).toEqual(known)
      expect(large.past(event)).toEqual(small.past(event))
      expect(large.before(17, event)).toBe(small.before(17, event))
    }
  })
})
