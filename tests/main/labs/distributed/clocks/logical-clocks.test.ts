// The operation on logical clocks: counts against trying everything, any order of listing, and what it refuses.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_CLOCK_EVENTS, MAX_COUNTED_CUTS } from '../../../../../src-main/contract/limits.ts'
import { logicalClocks } from '../../../../../src-main/labs/distributed/operations/logical-clocks.ts'

interface Event {
  name: string
  process: string
  kind: 'local' | 'send' | 'recv'
  message?: string
}

const PROCESSES = ['P', 'Q', 'R']

/** Traces that can happen, of at most so many events. */
const traces = (most: number): fc.Arbitrary<Event[]> =>
  fc
    .array(fc.record({ process: fc.constantFrom(...PROCESSES), kind: fc.nat({ max: 2 }), pick: fc.nat() }), {
      minLength: 1,
      maxLength: most,
    })
    .map((plan) => {
      const sent: string[] = []
      return plan.map(({ process, kind, pick }, index): Event => {
        const name = `e${index}`
        if (kind === 1) {
          sent.push(`m${index}`)
          return { name, process, kind: 'send', message: `m${index}` }
        }
        if (kind === 2 && sent.length > 0) return { name, process, kind: 'recv', message: sent[pick % sent.length]! }
        return { name, process, kind: 'local' }
      })
    })

/** The pairs of which the first is a direct reason for the second. */
const reasons = (events: readonly Event[]): [number, number][] =>
  events.flatMap((from, a) =>
    events.flatMap((to, b): [number, number][] => {
      const lane = a < b && from.process === to.process
      const message = from.kind === 'send' && to.kind === 'recv' && from.message === to.message
      return lane || message ? [[a, b]] : []
    }),
  )

function ordersOf(count: number, pairs: readonly [number, number][]): number {
  const place = (placed: readonly number[]): number => {
    if (placed.length === count) return 1
    let orders = 0
    for (let next = 0; next < count; next += 1) {
      if (placed.includes(next) || pairs.some(([a, b]) => b === next && !placed.includes(a))) continue
      orders += place([...placed, next])
    }
    return orders
  }
  return place([])
}

function cutsOf(count: number, pairs: readonly [number, number][]): number {
  let cuts = 0
  for (let inside = 0; inside < 2 ** count; inside += 1) {
    if (pairs.every(([a, b]) => ((inside >> b) & 1) === 0 || ((inside >> a) & 1) === 1)) cuts += 1
  }
  return cuts
}

describe('logical clocks', () => {
  test('count cuts and orders as trying all subsets and all orders does', () => {
    fc.assert(
      fc.property(traces(8), (events) => {
        const pairs = reasons(events)
        const { consistentCuts, linearExtensions } = logicalClocks.run({ processes: PROCESSES, events })
        expect(consistentCuts).toBe(cutsOf(events.length, pairs))
        expect(linearExtensions).toBe(ordersOf(events.length, pairs))
      }),
    )
  })

  test('do not depend on how the events of different processes are listed', () => {
    fc.assert(
      fc.property(traces(9), fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), (events, picks) => {
        const queues = PROCESSES.map((process) => events.filter((event) => event.process === process))
        const shuffled: Event[] = []
        while (queues.some((queue) => queue.length > 0)) {
          const left = queues.filter((queue) => queue.length > 0)
          shuffled.push(left[picks[shuffled.length]! % left.length]!.shift()!)
        }
        const [one, other] = [events, shuffled].map((list) => logicalClocks.run({ processes: PROCESSES, events: list }))
        expect({ ...other!, concurrentPairs: null }).toEqual({ ...one!, concurrentPairs: null })
        const sorted = (pairs: [string, string][]): string[] => pairs.map((pair) => pair.toSorted().join()).sort()
        expect(sorted(other!.concurrentPairs)).toEqual(sorted(one!.concurrentPairs))
        expect(one!.concurrentPairs.length + one!.happensBeforePairs).toBe((events.length * (events.length - 1)) / 2)
      }),
    )
  })

  test('take processes in the order of their first events when none are named, and matrices on request', () => {
    const events = [
      { name: 'r', process: 'B', kind: 'receive', message: 'm' },
      { name: 'x', process: 'C' },
      { name: 's', process: 'A', kind: 'send', message: 'm' },
    ]
    const output = logicalClocks.run({ events, matrix: true })
    expect(output.vector).toEqual({ r: [1, 0, 1], x: [0, 1, 0], s: [0, 0, 1] })
    expect(output.matrix?.['r']).toEqual([
      [1, 0, 1],
      [0, 0, 0],
      [0, 0, 1],
    ])
    expect(output.totalOrder).toEqual(['x', 's', 'r'])
    expect(logicalClocks.run({ events })).not.toHaveProperty('matrix')
  })

  test('one message may be received by several, twice, by its sender, or by nobody', () => {
    const output = logicalClocks.run({
      processes: ['P', 'Q', 'idle'],
      events: [
        { name: 'q', process: 'Q', kind: 'recv', message: 'm' },
        { name: 'again', process: 'Q', kind: 'recv', message: 'm' },
        { name: 's', process: 'P', kind: 'send', message: 'm' },
        { name: 'own', process: 'P', kind: 'recv', message: 'm' },
        { name: 'gone', process: 'P', kind: 'send', message: 'never received' },
      ],
    })
    expect(output.vector).toEqual({ q: [1, 1, 0], again: [1, 2, 0], s: [1, 0, 0], own: [2, 0, 0], gone: [3, 0, 0] })
  })

  test('give counts above 2^53 as digits: events that know nothing of each other', () => {
    const names = Array.from({ length: 60 }, (_, index) => `P${index}`)
    const output = logicalClocks.run({ events: names.map((process) => ({ name: `e${process}`, process })) })
    expect(output.consistentCuts).toBe(String(2n ** 60n))
    const factorial = names.reduce((product, _, index) => product * BigInt(index + 1), 1n)
    expect(output.linearExtensions).toBe(String(factorial))
  })

  test('say that they did not count where there are too many cuts', () => {
    // One hub hears from everybody first, so that no group can be counted apart.
    const events = Array.from({ length: 12 }, (_, index) => [
      { name: `s${index}`, process: `P${index}`, kind: 'send', message: `m${index}` },
      { name: `a${index}`, process: `P${index}` },
      { name: `b${index}`, process: `P${index}` },
      { name: `r${index}`, process: 'hub', kind: 'recv', message: `m${index}` },
    ]).flat()
    const output = logicalClocks.run({ events })
    expect(output.consistentCuts).toBe(`more than ${MAX_COUNTED_CUTS}`)
    expect(output.linearExtensions).toBe(`not counted: there are more than ${MAX_COUNTED_CUTS} consistent cuts`)
    expect(output.lamport['r11']).toBe(13)
  })
})

describe('logical clocks refuse', () => {
  const a = { name: 'a', process: 'P', kind: 'send', message: 'm' }
  const refused: [string, unknown, string, RegExp][] = [
    ['what is no object', [], 'input', /--help/],
    ['no list of events', { events: 'a' }, 'events', /expected a list, found "a"/],
    [
      'too many events',
      { events: Array.from({ length: MAX_CLOCK_EVENTS + 1 }, () => a) },
      'events',
      /1,001 events, and 1,000/,
    ],
    ['an event that is none', { events: [7] }, 'events[0]', /found 7/],
    ['an event without a name', { events: [{ process: 'P' }] }, 'events[0].name', /found nothing/],
    ['a name twice', { events: [a, { name: 'a', process: 'P' }] }, 'events[1].name', /"a" is there twice/],
    ['an event nowhere', { events: [{ name: 'a' }] }, 'events[0].process', /found nothing/],
    [
      'a process that is not named',
      { processes: ['Q'], events: [a] },
      'events[0].process',
      /no process "P". There is Q/,
    ],
    ['a process twice', { processes: ['Q', 'Q'], events: [] }, 'processes[1]', /"Q" is there twice/],
    ['an unknown kind', { events: [{ ...a, kind: 'sned' }] }, 'events[0].kind', /"send" or "recv", found "sned"/],
    ['a message without a kind', { events: [{ ...a, kind: undefined }] }, 'events[0].kind', /found nothing/],
    ['a sending of nothing', { events: [{ ...a, message: null }] }, 'events[0].message', /"send" needs/],
    ['a local event with a message', { events: [{ ...a, kind: 'local' }] }, 'events[0].message', /leave out "m"/],
    ['a message sent twice', { events: [a, { ...a, name: 'b' }] }, 'events[1].message', /sent by "a" already/],
    ['a receipt of nothing', { events: [{ ...a, kind: 'recv' }] }, 'events[0].message', /no event sends m/],
    [
      'a receipt before its sending',
      { events: [{ name: 'r', process: 'P', kind: 'recv', message: 'm' }, a] },
      'events[0]',
      /"r" receives what "a" sends/,
    ],
    [
      'a circle',
      {
        events: [
          { name: 'r1', process: 'P', kind: 'recv', message: 'y' },
          { name: 's1', process: 'P', kind: 'send', message: 'x' },
          { name: 'r2', process: 'Q', kind: 'recv', message: 'x' },
          { name: 's2', process: 'Q', kind: 'send', message: 'y' },
        ],
      },
      'events[0]',
      /"r1" receives what "s2" sends, "r2" receives what "s1" sends/,
    ],
  ]

  test.each(refused)('%s', (_what, input, at, message) => {
    const run = (): unknown => logicalClocks.run(input as Record<string, unknown>)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'bad-input', details: { at } }))
  })
})
