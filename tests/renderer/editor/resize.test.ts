// Handles of a rectangle: which one is under a point, and what pulling it does.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { handleAt, handleUnder, handles, pulled } from '@page/editor/resize.ts'

const rect = { x: 80, y: 40, width: 160, height: 80 }
const least = { width: 64, height: 40 }

describe('handles', () => {
  it('are eight, each under its own place', () => {
    expect(handles).toHaveLength(8)
    for (const handle of handles) expect(handleUnder(rect, handleAt(rect, handle), 6)).toEqual(handle)
  })

  it('reach along a whole side, and not into the middle', () => {
    expect(handleUnder(rect, { x: 110, y: 43 }, 6)).toEqual({ x: 0, y: -1 })
    expect(handleUnder(rect, { x: 160, y: 80 }, 6)).toBe(null)
    expect(handleUnder(rect, { x: 300, y: 80 }, 6)).toBe(null)
  })
})

describe('pulling a handle', () => {
  it('leaves the opposite side where it is and keeps the least size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...handles),
        fc.integer({ min: -400, max: 400 }),
        fc.integer({ min: -400, max: 400 }),
        fc.boolean(),
        (handle, x, y, free) => {
          const next = pulled(rect, handle, { x, y }, least, free)
          expect(next.width).toBeGreaterThanOrEqual(least.width)
          expect(next.height).toBeGreaterThanOrEqual(least.height)
          if (handle.x !== -1) expect(next.x).toBe(rect.x)
          if (handle.x !== 1) expect(next.x + next.width).toBe(240)
          if (handle.y !== -1) expect(next.y).toBe(rect.y)
          if (handle.y !== 1) expect(next.y + next.height).toBe(120)
        },
      ),
    )
  })

  it('ends on the grid unless it is free', () => {
    expect(pulled(rect, { x: 1, y: 0 }, { x: 21, y: 9 }, least, false)).toEqual({ ...rect, width: 184 })
    expect(pulled(rect, { x: 1, y: 0 }, { x: 21, y: 9 }, least, true)).toEqual({ ...rect, width: 181 })
  })
})
