// Where events lie: causes before effects on every axis, events of a lane apart, messages that leave together apart too.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Axis, spaceTime } from '../../../src-main/simulation/space-time.ts'
import { runTraces, sampleTrace } from './trace/traces.ts'

const axes: readonly Axis[] = ['order', 'time']

describe('a space-time diagram', () => {
  it.each(axes)('puts causes before effects, and events of a lane apart (%s)', (axis) => {
    fc.assert(
      fc.property(runTraces, ({ lanes, events }) => {
        const ids = lanes.map(({ id }) => id)
        const diagram = spaceTime(ids, events, axis)
        const last = new Map<number, number>()
        for (const { lane, along } of diagram.events) {
          expect(along - (last.get(lane) ?? -Infinity)).toBeGreaterThanOrEqual(26)
          last.set(lane, along)
        }
        for (const { from, to, end } of diagram.messages) {
          if (end === 'arrives') expect(to.along).toBeGreaterThan(from.along)
          expect(Math.max(from.along, to.along)).toBeLessThanOrEqual(diagram.length)
        }
        const acting = events.filter(({ trace }) => trace.lane !== null)
        expect(diagram.events.map(({ step }) => step)).toEqual(acting.map(({ step }) => step))
      }),
    )
  })

  it('keeps the lines of messages that leave together from lying on each other where only the order counts', () => {
    const { lanes, events } = sampleTrace('distributed', 'bully-crash')
    const { messages } = spaceTime(
      lanes.map(({ id }) => id),
      events,
      'order',
    )
    const arrived = messages.filter(({ end }) => end === 'arrives')
    const slope = ({ from, to }: (typeof arrived)[number]): number => (to.along - from.along) / (to.lane - from.lane)
    const pairs = arrived.flatMap((a, index) =>
      arrived.slice(index + 1).flatMap((b) => (a.from.step === b.from.step ? [[slope(a), slope(b)] as const] : [])),
    )
    expect(pairs.length).toBeGreaterThan(5)
    for (const [a, b] of pairs) expect(Math.abs(a / b - 1)).toBeGreaterThan(0.05)
  })

  // In Ricart-Agrawala an answer from P3 to P1 would run through the event in which P2 answers.
  it.each(['ricart-agrawala', 'bully-crash', 'berkeley'])(
    'keeps messages off events that they only pass (%s)',
    (id) => {
      const { lanes, events } = sampleTrace('distributed', id)
      const diagram = spaceTime(
        lanes.map(({ id: lane }) => lane),
        events,
        'order',
      )
      const distances = diagram.messages
        .filter(({ end }) => end === 'arrives')
        .flatMap(({ from, to }) =>
          diagram.events
            .filter(({ lane }) => (lane - from.lane) * (lane - to.lane) < 0)
            .map(({ lane, along }) => {
              const crossing = from.along + ((to.along - from.along) * (lane - from.lane)) / (to.lane - from.lane)
              return Math.abs(along - crossing)
            }),
        )
      expect(distances.length).toBeGreaterThan(5)
      expect(Math.min(...distances)).toBeGreaterThanOrEqual(12)
    },
  )
})
