// The arithmetic of what a presenter does on top of a drawing: ink as paths, a region that fills the window. Pure; knows
// no page.
import type { Point } from '@contract/scene.ts'

export interface Region {
  x: number
  y: number
  width: number
  height: number
}

/** A region smaller than this, in pixels, was a click. */
const LEAST = 12

/** The rectangle between two corners, whichever they are; null for a click. */
export function regionOf(a: Point, b: Point): Region | null {
  const [width, height] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)]
  return width < LEAST || height < LEAST ? null : { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width, height }
}

/**
 * How a part of what is shown comes to fill the window.
 * @param region in pixels of the window, larger than nothing
 * @returns the factor on the zoom, and the place in the window that comes to its middle
 */
export function filling(region: Region, window: { width: number; height: number }): { factor: number; middle: Point } {
  return {
    factor: Math.min(window.width / region.width, window.height / region.height),
    middle: { x: region.x + region.width / 2, y: region.y + region.height / 2 },
  }
}

/** A stroke as the `d` of an SVG path that runs smoothly through the middles between its points. */
export function strokePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`
  if (rest.length === 0) return `M ${at(first)} l 0.01 0`
  const curves = rest
    .slice(0, -1)
    .map((point, index) => `Q ${at(point)} ${at(middle(point, rest[index + 1] ?? point))}`)
  return [`M ${at(first)}`, ...curves, `L ${at(rest.at(-1) ?? first)}`].join(' ')
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const round = (value: number): number => Math.round(value * 10) / 10
