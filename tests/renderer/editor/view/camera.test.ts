// The camera: conversion both ways, zooming around a point, fitting.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Camera, MAX_ZOOM, MIN_ZOOM } from '@page/editor/view/camera.ts'

const length = fc.integer({ min: -2000, max: 2000 })
const point = fc.record({ x: length, y: length })

function camera(): Camera {
  const made = new Camera(() => undefined)
  made.setSize(800, 600)
  return made
}

describe('the camera', () => {
  it('converts to the screen and back', () => {
    fc.assert(
      fc.property(point, length, length, fc.double({ min: 0.1, max: 3, noNaN: true }), (p, dx, dy, zoom) => {
        const view = camera()
        view.panBy(dx, dy)
        view.setZoom(zoom)
        const back = view.toCanvas(view.toScreen(p))
        expect(back.x).toBeCloseTo(p.x, 6)
        expect(back.y).toBeCloseTo(p.y, 6)
      }),
    )
  })

  it('keeps what is under the pointer there while zooming, to the pixel', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 0.1, max: 3, noNaN: true }), (around, level) => {
        const view = camera()
        const under = view.toCanvas(around)
        view.setZoom(level, around)
        const after = view.toScreen(under)
        expect(Math.abs(after.x - around.x)).toBeLessThanOrEqual(0.5001)
        expect(Math.abs(after.y - around.y)).toBeLessThanOrEqual(0.5001)
      }),
    )
  })

  it('shows the whole of what it fits, in the middle, never enlarged beyond the limit', () => {
    const size = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(point, size, size, ({ x, y }, width, height) => {
        const view = camera()
        view.fit({ x, y, width, height }, 1.25)
        const box = view.rectToScreen({ x, y, width, height })
        expect(view.zoom).toBeLessThanOrEqual(1.25)
        expect(box.x).toBeGreaterThanOrEqual(-1)
        expect(box.y).toBeGreaterThanOrEqual(-1)
        expect(box.x + box.width).toBeLessThanOrEqual(801)
        expect(box.y + box.height).toBeLessThanOrEqual(601)
      }),
    )
  })

  it('stays between its smallest and largest zoom', () => {
    const view = camera()
    view.setZoom(1e9)
    expect(view.zoom).toBe(MAX_ZOOM)
    view.setZoom(0)
    expect(view.zoom).toBe(MIN_ZOOM)
  })
})
