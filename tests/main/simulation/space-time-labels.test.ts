// Names along messages: no two that are shown cover each other or a text that stands already, each lies beside its own
// line between its ends, and what cannot be read is left out. Covering is told by points inside, not by the rule's axes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Named,
  type Place,
  type PlacedLabel,
  type Taken,
  cornersOf,
  overlap,
  placeLabels,
} from '../../../src-main/simulation/space-time-labels.ts'

const SIZE = 11
const width = (text: string): number => text.length * 6

const point = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 300 }) })
const named = fc
  .array(
    fc.record({
      a: point,
      b: point,
      label: fc.constantFrom('OK', 'ELECTION', 'REQUEST'),
      detail: fc.constantFrom('', 'timestamp 12'),
    }),
    {
      maxLength: 14,
    },
  )
  .map((all) => all.map((one, index): Named => ({ ...one, message: `m${index}` })))
const boxes = fc.array(
  fc
    .record({ left: fc.integer({ min: 0, max: 480 }), top: fc.integer({ min: 0, max: 280 }) })
    .map(({ left, top }): Taken => ({ left, top, right: left + 60, bottom: top + 12 })),
  { maxLength: 6 },
)

/** Points on a grid inside the letters of a name. */
function inside({ x, y, angle, width: wide }: PlacedLabel): Place[] {
  const found: Place[] = []
  for (let along = -wide / 2; along <= wide / 2; along += 2) {
    for (let up = 0; up <= SIZE * 0.75; up += 2) {
      found.push({
        x: x + Math.cos(angle) * along + Math.sin(angle) * up,
        y: y + Math.sin(angle) * along - Math.cos(angle) * up,
      })
    }
  }
  return found
}

function covers({ x, y, angle, width: wide }: PlacedLabel, at: Place): boolean {
  const [dx, dy] = [at.x - x, at.y - y]
  const along = dx * Math.cos(angle) + dy * Math.sin(angle)
  const up = dx * Math.sin(angle) - dy * Math.cos(angle)
  return Math.abs(along) <= wide / 2 && up >= 0 && up <= SIZE * 0.75
}

describe('names along messages', () => {
  it('never cover each other or what stands already', () => {
    fc.assert(
      fc.property(named, boxes, (messages, taken) => {
        const placed = placeLabels(messages, { size: SIZE, width, lines: [], taken })
        for (const [index, one] of placed.entries()) {
          const points = inside(one)
          for (const other of placed.slice(index + 1)) expect(points.some((at) => covers(other, at))).toBe(false)
          for (const { left, top, right, bottom } of taken) {
            expect(points.some(({ x, y }) => x > left && x < right && y > top && y < bottom)).toBe(false)
          }
        }
      }),
    )
  })

  it('stand beside their own line, between its ends, and never upside down', () => {
    fc.assert(
      fc.property(named, (messages) => {
        for (const { message, x, y, angle, width: wide } of placeLabels(messages, {
          size: SIZE,
          width,
          lines: [],
          taken: [],
        })) {
          const { a, b } = messages.find((one) => one.message === message) ?? { a: { x: 0, y: 0 }, b: { x: 0, y: 0 } }
          const length = Math.hypot(b.x - a.x, b.y - a.y)
          const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
          const along = (x - a.x) * ux + (y - a.y) * uy
          expect(Math.abs((x - a.x) * uy - (y - a.y) * ux)).toBeLessThan(SIZE + 4)
          expect(along - wide / 2).toBeGreaterThanOrEqual(0)
          expect(along + wide / 2).toBeLessThanOrEqual(length)
          expect(Math.cos(angle)).toBeGreaterThanOrEqual(-1e-9)
        }
      }),
    )
  })

  it('are all shown for a fan of messages whose names would meet near the sender', () => {
    const fan = [100, 160, 220, 280].map((y, index): Named => {
      return { message: `m${index}`, label: 'COORDINATOR', detail: '', a: { x: 0, y: 0 }, b: { x: 300, y } }
    })
    expect(placeLabels(fan, { size: SIZE, width, lines: [], taken: [] })).toHaveLength(4)
  })

  it('say what a message carries where there is room, else its kind alone, else nothing', () => {
    const texts = [250, 90, 20].map((x) => {
      const one: Named = { message: 'm1', label: 'REQUEST', detail: 'timestamp 8', a: { x: 0, y: 0 }, b: { x, y: 0 } }
      return placeLabels([one], { size: SIZE, width, lines: [], taken: [] })[0]?.text
    })
    expect(texts).toEqual(['REQUEST timestamp 8', 'REQUEST', undefined])
  })

  it('avoid other lines where there is a free part of their own', () => {
    const one: Named = { message: 'm1', label: 'ELECTION', detail: '', a: { x: 0, y: 100 }, b: { x: 400, y: 100 } }
    const bundle = [140, 150, 160, 170, 180, 190].map((x) => ({ a: { x, y: 0 }, b: { x, y: 200 } }))
    const [label] = placeLabels([one], { size: SIZE, width, lines: bundle, taken: [] })
    expect((label?.x ?? 0) - (label?.width ?? 0) / 2).toBeGreaterThan(190)
  })
})

it('turned boxes overlap exactly when one has a point of the other', () => {
  const label = fc.record({
    ...{ message: fc.constant('m'), text: fc.constant('x') },
    x: fc.integer({ min: 0, max: 80 }),
    y: fc.integer({ min: 0, max: 80 }),
    angle: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
    width: fc.integer({ min: 20, max: 60 }),
  })
  fc.assert(
    fc.property(label, label, (a, b) => {
      const touching = [...inside(a)].some((at) => covers(b, at))
      if (touching) expect(overlap(cornersOf(a, SIZE), cornersOf(b, SIZE))).toBe(true)
    }),
  )
  expect(
    overlap(
      cornersOf({ message: 'a', text: 'x', x: 0, y: 0, angle: 0.7, width: 40 }, SIZE),
      cornersOf({ message: 'b', text: 'x', x: 60, y: 0, angle: 0.7, width: 40 }, SIZE),
    ),
  ).toBe(false)
})
