// Geometry against what follows from its meaning, not from its formulas.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SceneEdge, SceneNode } from '@contract/scene.ts'
import { covers, distanceToPath, edgePath, pointOn, rim } from '@page/editor/geometry.ts'

const coordinate = fc.integer({ min: -500, max: 500 })
const node = fc
  .record({ x: coordinate, y: coordinate, outline: fc.constantFrom('circle' as const, 'box' as const) })
  .map(({ x, y, outline }): SceneNode => ({
    id: 'n',
    kind: 'k',
    x,
    y,
    width: 56,
    height: outline === 'circle' ? 56 : 90,
    outline,
    label: '',
    labelPlace: 'inside',
    sublabel: '',
    dots: [],
    mark: null,
  }))
const edge = (bend: number, start: SceneEdge['start'] = null): SceneEdge => ({
  id: 'e',
  kind: 'k',
  from: 'a',
  to: 'b',
  start,
  line: 'solid',
  arrow: 'open',
  label: '',
  bend,
  mark: null,
})
const apart = fc.tuple(node, node).filter(([a, b]) => Math.hypot(a.x - b.x, a.y - b.y) > 160)

describe('a rim', () => {
  it('is where a node ends: a little inside is covered, a little outside is not', () => {
    fc.assert(
      fc.property(node, coordinate, coordinate, (shape, x, y) => {
        const length = Math.hypot(x - shape.x, y - shape.y)
        fc.pre(length > 1)
        const p = rim(shape, { x, y })
        const step = (by: number) => ({
          x: p.x + ((x - shape.x) / length) * by,
          y: p.y + ((y - shape.y) / length) * by,
        })
        expect(covers(shape, step(-0.01))).toBe(true)
        expect(covers(shape, step(0.01))).toBe(false)
      }),
    )
  })
})

describe('an edge', () => {
  it('runs from rim to rim, and every point of it is at no distance from it', () => {
    fc.assert(
      fc.property(
        apart,
        fc.integer({ min: -30, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([a, b], bend, t) => {
          const path = edgePath(edge(bend), a, b)
          expect(covers(a, path.start, 0.01) && !covers(a, path.start, -0.01)).toBe(true)
          expect(covers(b, path.end, 0.01) && !covers(b, path.end, -0.01)).toBe(true)
          expect(distanceToPath(path, pointOn(path, t))).toBeLessThan(1)
        },
      ),
    )
  })

  it('begins at its dot when it has one', () => {
    fc.assert(
      fc.property(apart, ([a, b]) => {
        expect(edgePath(edge(0, { x: 9, y: -9 }), a, b).start).toEqual({ x: a.x + 9, y: a.y - 9 })
      }),
    )
  })

  it('bows to the left as seen on the screen: upward when it goes to the right, by that much', () => {
    const shape = (x: number): SceneNode => ({
      ...fc.sample(node, { numRuns: 1, seed: 1 })[0]!,
      x,
      y: 0,
      width: 0,
      height: 0,
    })
    const path = edgePath(edge(20), shape(0), shape(200))
    expect(pointOn(path, 0.5)).toEqual({ x: 100, y: -20 })
  })
})
