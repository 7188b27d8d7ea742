// Layouts: deterministic, without overlaps, with arrows that point one way and cycles that look like rings.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LayoutBox, type LayoutLink, layered } from '../../../src-main/layout/layered.ts'
import { organic } from '../../../src-main/layout/organic.ts'
import { ranksOf } from '../../../src-main/layout/ranks.ts'

type Layout = (boxes: readonly LayoutBox[], links: readonly LayoutLink[]) => Record<string, { x: number; y: number }>
const layouts: [string, Layout][] = [
  ['layered, to the right', (boxes, links) => layered(boxes, links)],
  ['layered, down', (boxes, links) => layered(boxes, links, { direction: 'down' })],
  ['as rings', (boxes, links) => organic(boxes, links)],
]

const drawing = fc.integer({ min: 1, max: 24 }).chain((count) =>
  fc.record({
    boxes: fc.tuple(
      ...Array.from({ length: count }, (_, i) =>
        fc.record({
          id: fc.constant(`n${i}`),
          width: fc.integer({ min: 20, max: 160 }),
          height: fc.integer({ min: 20, max: 160 }),
        }),
      ),
    ),
    links: fc.array(
      fc.record({ from: fc.integer({ min: 0, max: count }), to: fc.integer({ min: 0, max: count - 1 }) }).map(
        // One id more than there are nodes: a link to nothing.
        ({ from, to }): LayoutLink => ({ from: `n${from}`, to: `n${to}` }),
      ),
      { maxLength: 40 },
    ),
  }),
)

function overlapping(boxes: readonly LayoutBox[], at: ReturnType<Layout>): string[] {
  const found: string[] = []
  for (const a of boxes) {
    for (const b of boxes) {
      const [p, q] = [at[a.id], at[b.id]]
      if (a.id >= b.id || p === undefined || q === undefined) continue
      const apart = Math.abs(p.x - q.x) >= (a.width + b.width) / 2 || Math.abs(p.y - q.y) >= (a.height + b.height) / 2
      if (!apart) found.push(`${a.id} ${b.id}`)
    }
  }
  return found
}

const plain = (count: number): LayoutBox[] =>
  Array.from({ length: count }, (_, i) => ({ id: `n${i}`, width: 56, height: 56 }))
const chain = (count: number): LayoutLink[] =>
  Array.from({ length: count - 1 }, (_, i) => ({ from: `n${i}`, to: `n${i + 1}` }))

describe.each(layouts)('a layout %s', (_name, layout) => {
  it('places every box once, at finite points from the origin on, without overlaps', () => {
    fc.assert(
      fc.property(drawing, ({ boxes, links }) => {
        const at = layout(boxes, links)
        expect(Object.keys(at).sort()).toEqual(boxes.map(({ id }) => id).sort())
        for (const { id, width, height } of boxes) {
          expect(Number.isInteger(at[id]?.x) && Number.isInteger(at[id]?.y)).toBe(true)
          expect((at[id]?.x ?? -1) - width / 2).toBeGreaterThanOrEqual(-1)
          expect((at[id]?.y ?? -1) - height / 2).toBeGreaterThanOrEqual(-1)
        }
        expect(overlapping(boxes, at)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same whatever the order of its input', () => {
    fc.assert(
      fc.property(drawing, ({ boxes, links }) => {
        expect(layout([...boxes].reverse(), [...links].reverse())).toEqual(layout(boxes, links))
      }),
      { numRuns: 30 },
    )
  })

  it('has nothing to do with an empty drawing', () => {
    expect(layout([], [])).toEqual({})
  })

  it('places 2,000 nodes with 5,000 links without overlaps', { timeout: 60_000 }, () => {
    let seed = 7
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)
    const boxes = plain(2_000)
    const links = Array.from({ length: 5_000 }, () => ({ from: `n${next() % 2_000}`, to: `n${next() % 2_000}` }))
    expect(overlapping(boxes, layout(boxes, links))).toEqual([])
  })
})

describe('layered', () => {
  it('points every arrow of a drawing without cycles the same way', () => {
    const forest = fc
      .array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 })
      .map((pairs) =>
        pairs.filter(([a, b]) => a !== b).map(([a, b]) => ({ from: `n${Math.min(a, b)}`, to: `n${Math.max(a, b)}` })),
      )
    fc.assert(
      fc.property(forest, (links) => {
        const right = layered(plain(20), links)
        const down = layered(plain(20), links, { direction: 'down' })
        for (const { from, to } of links) {
          expect((right[to]?.x ?? 0) - (right[from]?.x ?? 0)).toBeGreaterThan(56)
          expect((down[to]?.y ?? 0) - (down[from]?.y ?? 0)).toBeGreaterThan(56)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('keeps that for drawings that are too large for the careful way', () => {
    const links = [...chain(400), ...Array.from({ length: 200 }, (_, i) => ({ from: `n${i}`, to: `n${399 - i}` }))]
    const at = layered(plain(400), links)
    for (const { from, to } of links) expect((at[to]?.x ?? 0) - (at[from]?.x ?? 0)).toBeGreaterThan(56)
  })

  it('turns as few links of a cycle around as can be', () => {
    const pairs = [0, 1, 2, 3, 4].map((i) => [i, (i + 1) % 5] as const)
    const { rank, forward } = ranksOf(5, pairs)
    expect(forward.filter(([a, b], i) => a !== pairs[i]?.[0] || b !== pairs[i]?.[1])).toHaveLength(1)
    expect([...rank].sort()).toEqual([0, 1, 2, 3, 4])
  })
})

describe('as rings', () => {
  it.each([3, 6, 10, 30])('makes a ring of a cycle of %i', (count) => {
    const at = organic(plain(count), [...chain(count), { from: `n${count - 1}`, to: 'n0' }])
    const points = Array.from({ length: count }, (_, i) => at[`n${i}`] ?? { x: NaN, y: NaN })
    const middle = (axis: 'x' | 'y'): number => points.reduce((sum, p) => sum + p[axis], 0) / count
    const [x, y] = [middle('x'), middle('y')]
    const radii = points.map((p) => Math.hypot(p.x - x, p.y - y))
    expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(3)
    const sides = points.map((p, i) => {
      const next = points[(i + 1) % count] ?? p
      return Math.hypot(next.x - p.x, next.y - p.y)
    })
    expect(Math.max(...sides) - Math.min(...sides)).toBeLessThan(3)
  })

  it('keeps parts that are not connected apart', () => {
    const ring = (from: number): LayoutLink[] =>
      [0, 1, 2, 3].map((i) => ({ from: `n${from + i}`, to: `n${from + ((i + 1) % 4)}` }))
    const at = organic(plain(8), [...ring(0), ...ring(4)])
    const xs = (from: number): number[] => [0, 1, 2, 3].map((i) => at[`n${from + i}`]?.x ?? NaN)
    expect(Math.max(...xs(0)) + 56).toBeLessThan(Math.min(...xs(4)))
  })

  it('does not ask for random numbers', () => {
    const dice = Math.random
    Math.random = () => {
      throw new Error('asked')
    }
    try {
      expect(Object.keys(organic(plain(9), chain(9)))).toHaveLength(9)
    } finally {
      Math.random = dice
    }
  })
})
