// Geometry against its definition: rim points lie on the rim and on the ray, curves pass where the bend says.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point, SceneEdge, SceneNode } from '../../../../src-main/contract/scene.ts'
import {
  arrowCorners,
  boundingBox,
  boxOf,
  CORNER,
  edgePath,
  rimPoint,
} from '../../../../src-main/services/export/geometry.ts'

const node = (id: string, x: number, y: number, outline: 'circle' | 'box', width = 60, height = width): SceneNode => ({
  ...{
    id,
    kind: 'k',
    x,
    y,
    width,
    height,
    outline,
    label: id,
    labelPlace: 'inside',
    sublabel: '',
    dots: [],
    mark: null,
  },
})
const edge = (bend: number, start: Point | null = null): SceneEdge => ({
  ...{ id: 'e', kind: 'k', from: 'a', to: 'b', start, line: 'solid', arrow: 'open', label: '', bend, mark: null },
})

/** Signed distance to the outline of a rounded box around the origin; negative inside (the usual distance field). */
function roundedBoxDistance(point: Point, width: number, height: number, radius: number): number {
  const x = Math.abs(point.x) - width / 2 + radius
  const y = Math.abs(point.y) - height / 2 + radius
  return Math.hypot(Math.max(x, 0), Math.max(y, 0)) + Math.min(Math.max(x, y), 0) - radius
}

const coordinate = fc.double({ min: -500, max: 500, noNaN: true })
const size = fc.double({ min: 20, max: 300, noNaN: true })

describe('rim points', () => {
  it('of a circle lie on it, towards the point', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        fc.pre(Math.hypot(x, y) > 1e-3)
        const rim = rimPoint(node('a', 10, 20, 'circle', 56), { x: 10 + x, y: 20 + y })
        expect(Math.hypot(rim.x - 10, rim.y - 20)).toBeCloseTo(28, 6)
        expect((rim.x - 10) * y - (rim.y - 20) * x).toBeCloseTo(0, 3)
        expect((rim.x - 10) * x + (rim.y - 20) * y).toBeGreaterThan(0)
      }),
    )
  })

  it('of a rounded box lie on its outline, corners included, towards the point', () => {
    fc.assert(
      fc.property(coordinate, coordinate, size, size, (x, y, width, height) => {
        fc.pre(Math.hypot(x, y) > 1e-3)
        const rim = rimPoint(node('a', 0, 0, 'box', width, height), { x, y })
        expect(roundedBoxDistance(rim, width, height, Math.min(CORNER, width / 2, height / 2))).toBeCloseTo(0, 6)
        expect(rim.x * x + rim.y * y).toBeGreaterThan(0)
        expect((rim.x * y - rim.y * x) / Math.hypot(x, y)).toBeCloseTo(0, 6)
      }),
      { numRuns: 500 },
    )
  })

  it('towards the centre itself still lie on the rim', () => {
    expect(rimPoint(node('a', 5, 5, 'circle', 20), { x: 5, y: 5 })).toEqual({ x: 15, y: 5 })
  })
})

describe('edges', () => {
  const a = node('a', 0, 0, 'circle')
  const b = node('b', 200, 0, 'box')

  it('straight ones run from rim to rim', () => {
    expect(edgePath(edge(0), a, b)).toEqual({
      start: { x: 30, y: 0 },
      end: { x: 170, y: 0 },
      control: null,
      direction: { x: 1, y: 0 },
      middle: { x: 100, y: 0 },
      label: { x: 100, y: -11 },
    })
  })

  it('from a dot begin in the shape', () => {
    const path = edgePath(edge(0, { x: 9, y: -9 }), a, b)
    expect(path.start).toEqual({ x: 9, y: -9 })
    expect(path.end.x).toBeCloseTo(170)
  })

  it('bow to the left on the screen, seen from start to end, by the bend', () => {
    const path = edgePath(edge(20), a, b)
    expect(path.control).toEqual({ x: 100, y: -40 })
    // The middle of the curve between the centres stands off by the bend; between the rims it is a little less.
    expect(path.middle.y).toBeLessThan(-19)
    expect(path.middle.y).toBeGreaterThan(-35)
    const back = edgePath(edge(20), b, a)
    expect(back.middle.y).toBeGreaterThan(19)
  })

  it('carry their label above a straight line, and outside a bow', () => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(edgePath(edge(0), from, to).label.y).toBeLessThan(-5)
      const bowed = edgePath(edge(20), from, to)
      expect(Math.abs(bowed.label.y)).toBeGreaterThan(Math.abs(bowed.middle.y) + 5)
    }
  })

  it('end where their direction points to the centre of the target', () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: -60, max: 60, noNaN: true }), (x, y, bend) => {
        fc.pre(Math.hypot(x, y) > 150)
        const target = node('b', x, y, 'circle')
        const path = edgePath(edge(bend), a, target)
        const toCentre = { x: x - path.end.x, y: y - path.end.y }
        expect(path.direction.x * toCentre.y - path.direction.y * toCentre.x).toBeCloseTo(0, 3)
        expect(Math.hypot(path.direction.x, path.direction.y)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('carry an arrow head behind their tip, square to the line', () => {
    const [left, right] = arrowCorners(edgePath(edge(0), a, b), 10, 4)
    expect([left, right]).toEqual([
      { x: 160, y: -4 },
      { x: 160, y: 4 },
    ])
  })
})

it('boxes hold all their points', () => {
  expect(boundingBox([])).toBeNull()
  const boxes = [boxOf([{ x: 1, y: 2 }]), boxOf([{ x: -3, y: 9 }], 2)]
  expect(boundingBox(boxes)).toEqual({ left: -5, top: 2, right: 1, bottom: 11 })
})
