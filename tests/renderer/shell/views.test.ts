// Views of a drawing: which are shown, finding by name, the overview's geometry.
import { describe, expect, it } from 'vitest'
import type { SceneNode } from '@contract/scene.ts'
import { findRecords } from '@page/shell/views/find.ts'
import { type Corner, freeCorner, overviewOf } from '@page/shell/views/overview.ts'

const node = (id: string, name: string, x = 0, y = 0): SceneNode => ({
  id,
  kind: 'process',
  x,
  y,
  width: 40,
  height: 40,
  outline: 'circle',
  label: name,
  labelPlace: 'inside',
  sublabel: '',
  dots: [],
  mark: null,
})

describe('finding', () => {
  const model = {
    nodes: [
      { id: 'a', kind: 'process', name: 'Spooler' },
      { id: 'b', kind: 'resource', name: 'Print spooler' },
      { id: 'c', kind: 'process', name: 'Élan' },
      { id: 'd', kind: 'process', name: 'Spool' },
    ],
    edges: [
      { id: 'e1', kind: 'request', from: 'a', to: 'b' },
      { id: 'e2', kind: 'request', from: 'c', to: 'b' },
    ],
  }

  it('goes by whole names first, then by beginnings, then by what is inside', () => {
    expect(findRecords(model, 'spool')).toEqual(['d', 'a', 'b'])
  })

  it('looks neither at case nor at accents', () => {
    expect(findRecords(model, 'ELAN')).toEqual(['c'])
  })

  it('finds edges by the names of both ends, in either direction', () => {
    expect(findRecords(model, 'élan print')).toEqual(['e2'])
    expect(findRecords(model, 'print -> elan')).toEqual(['e2'])
  })

  it('finds nothing for nothing', () => {
    expect(findRecords(model, '  ')).toEqual([])
    expect(findRecords(model, 'scanner')).toEqual([])
  })
})

describe('the overview', () => {
  const size = { width: 160, height: 100 }
  const scene = { nodes: [node('a', 'A', 0, 0), node('b', 'B', 2000, 500)], edges: [] }

  it('is not there while everything is in sight', () => {
    expect(overviewOf(scene, { x: -100, y: -100, width: 3000, height: 1000 }, size)).toBeNull()
    expect(overviewOf({ nodes: [], edges: [] }, { x: 0, y: 0, width: 10, height: 10 }, size)).toBeNull()
  })

  it('holds the drawing and what is in sight, in proportion', () => {
    const sight = { x: 3000, y: -400, width: 600, height: 300 }
    const overview = overviewOf(scene, sight, size)
    expect(overview).not.toBeNull()
    const { scale, boxes, sight: frame } = overview ?? { scale: 0, boxes: [], sight }
    for (const { x, y } of [...boxes, frame, { x: frame.x + frame.width, y: frame.y + frame.height }]) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(size.width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(size.height)
    }
    const [a, b] = boxes
    expect(((b?.x ?? 0) - (a?.x ?? 0)) / scale).toBeCloseTo(2000)
    expect(frame.width / scale).toBeCloseTo(600)
  })

  it('stands where it covers nothing, stays there while it can, and has no place where there is none', () => {
    const sheet = { width: 800, height: 500 }
    const at = (x: number, y: number) => ({ x, y, width: 60, height: 60 })
    const corner = (drawn: ReturnType<typeof at>[], before: Corner | null = null): Corner | null =>
      freeCorner(drawn, sheet, size, before)
    const [lowerRight, lowerLeft, upperLeft] = [at(700, 420), at(20, 420), at(20, 20)]
    expect(corner([])).toBe('lower right')
    expect(corner([at(400, 200)])).toBe('lower right')
    expect(corner([lowerRight])).toBe('lower left')
    expect(corner([lowerRight, lowerLeft])).toBe('upper left')
    expect(corner([lowerRight, lowerLeft, upperLeft])).toBeNull()
    expect(corner([lowerRight], 'upper left')).toBe('upper left')
    expect(corner([upperLeft], 'upper left')).toBe('lower right')
    // A node that only reaches into a corner counts, one that is out of sight does not.
    expect(corner([at(600, 350)])).toBe('lower left')
    expect(corner([at(900, 420)])).toBe('lower right')
  })
})
