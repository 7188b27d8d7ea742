// What a presenter draws on top: regions from any corner, how they fill the window, and ink as a path.
import { describe, expect, it } from 'vitest'
import { filling, regionOf, strokePath } from '@page/shell/present/stage-tools.ts'

describe('a region', () => {
  it('is the same from whichever corner it is drawn', () => {
    const region = { x: 10, y: 20, width: 90, height: 40 }
    expect(regionOf({ x: 10, y: 20 }, { x: 100, y: 60 })).toEqual(region)
    expect(regionOf({ x: 100, y: 20 }, { x: 10, y: 60 })).toEqual(region)
  })

  it('is none when the pointer hardly moved', () => {
    expect(regionOf({ x: 10, y: 20 }, { x: 100, y: 25 })).toBeNull()
  })

  it('fills the window in the direction in which there is less room', () => {
    expect(filling({ x: 100, y: 100, width: 200, height: 50 }, { width: 800, height: 600 })).toEqual({
      factor: 4,
      middle: { x: 200, y: 125 },
    })
  })
})

describe('ink', () => {
  it('is a dot for one point and a line for two', () => {
    expect(strokePath([])).toBe('')
    expect(strokePath([{ x: 1, y: 2 }])).toBe('M 1 2 l 0.01 0')
    expect(
      strokePath([
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ]),
    ).toBe('M 1 2 L 3 4')
  })

  it('begins and ends where it was drawn, and bends through the points between', () => {
    const path = strokePath([0, 10, 20, 30].map((x) => ({ x, y: x / 10 })))
    expect(path).toBe('M 0 0 Q 10 1 15 1.5 Q 20 2 25 2.5 L 30 3')
  })
})
