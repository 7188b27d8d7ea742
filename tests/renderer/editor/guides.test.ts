// Snapping to neighbours and to the grid, against trying every neighbour.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Rect, snap } from '@page/editor/geometry.ts'
import { SnapField } from '@page/editor/guides.ts'

const REACH = 6
const box = (x: number, y: number, width = 40, height = 40): Rect => ({ x, y, width, height })
const anchorOf = (rect: Rect): { x: number; y: number } => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
const move = (field: SnapField, rect: Rect): ReturnType<SnapField['snap']> => field.snap(rect, anchorOf(rect), REACH)

const rect = fc.record({
  x: fc.integer({ min: 0, max: 400 }),
  y: fc.integer({ min: 0, max: 400 }),
  width: fc.integer({ min: 10, max: 90 }),
  height: fc.integer({ min: 10, max: 90 }),
})

/** The shortest way to a neighbour's like line along an axis, by trying all; null when none is within reach. */
function nearestLine(rects: readonly Rect[], one: Rect, axis: 'x' | 'y'): number | null {
  const length = axis === 'x' ? 'width' : 'height'
  let best: number | null = null
  for (const other of rects) {
    for (const share of [0, 0.5, 1]) {
      const by = other[axis] + share * other[length] - one[axis] - share * one[length]
      if (Math.abs(by) <= REACH && (best === null || Math.abs(by) < Math.abs(best))) best = by
    }
  }
  return best
}

describe('snapping', () => {
  it('never goes further than a neighbour’s nearest line, and to the grid where nothing is near', () => {
    fc.assert(
      fc.property(fc.array(rect, { maxLength: 12 }), rect, (rects, one) => {
        const { dx, dy } = move(new SnapField(rects), one)
        for (const [axis, by] of [
          ['x', dx],
          ['y', dy],
        ] as const) {
          const nearest = nearestLine(rects, one, axis)
          const grid = snap(anchorOf(one)[axis]) - anchorOf(one)[axis]
          // Without a line it is the grid, or a gap within reach.
          if (nearest !== null) expect(Math.abs(by)).toBeLessThanOrEqual(Math.abs(nearest) + 0.011)
          else if (rects.length < 2) expect(by).toBeCloseTo(grid, 9)
          else expect(Math.abs(by)).toBeLessThanOrEqual(Math.max(REACH, Math.abs(grid)))
        }
      }),
    )
  })

  it('stops at a centre and shows one line through both', () => {
    const { dx, dy, guides } = move(new SnapField([box(100, 103)]), box(300, 100))
    expect([dx, dy]).toEqual([0, 3])
    expect(guides).toEqual([{ kind: 'line', from: { x: 88, y: 123 }, to: { x: 352, y: 123 } }])
  })

  it('stops in the middle between two neighbours and shows both gaps', () => {
    const { dx, guides } = move(new SnapField([box(0, 0), box(301, 10, 40, 30)]), box(146, 2, 40, 30))
    expect(146 + dx).toBe(150.5)
    expect(guides.filter(({ kind }) => kind === 'gap').map(({ from, to }) => [from.x, to.x])).toEqual([
      [40, 150.5],
      [190.5, 301],
    ])
  })

  it('repeats the gap of two neighbours on either side', () => {
    const field = new SnapField([box(0, 0), box(101, 0)])
    expect(205 + move(field, box(205, 0)).dx).toBe(202)
    expect(-105 + move(field, box(-105, 0)).dx).toBe(-101)
  })

  it('is quick among thousands', () => {
    const rects = Array.from({ length: 2_000 }, (_, i) => box((i % 50) * 97, Math.floor(i / 50) * 89))
    const field = new SnapField(rects)
    const start = performance.now()
    for (let i = 0; i < 100; i += 1) move(field, box(i * 13.3, i * 7.7))
    // A frame has 16 ms; a step of this must be a small part of it even on a busy machine.
    expect((performance.now() - start) / 100).toBeLessThan(8)
  })
})
