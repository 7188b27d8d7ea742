// Resizing by handles: where the eight handles of a rectangle are, and what pulling one does to it.
// Knows rectangles only; which records have handles is decided where they are shown.
import type { Point } from '@contract/scene.ts'
import { type Rect, snap } from './geometry.ts'

/** Which sides a handle pulls: -1 the left (upper) one, 1 the right (lower) one, 0 neither. */
export interface Handle {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

const sides = [-1, 0, 1] as const
/** Corners first: where they meet a side, the corner is meant. */
export const handles: readonly Handle[] = sides
  .flatMap((y) => sides.map((x): Handle => ({ x, y })))
  .filter(({ x, y }) => x !== 0 || y !== 0)
  .sort((a, b) => Math.abs(b.x * b.y) - Math.abs(a.x * a.y))

/** Where a handle stands on the rim of a rectangle. */
export const handleAt = ({ x, y, width, height }: Rect, handle: Handle): Point => ({
  x: x + (width * (handle.x + 1)) / 2,
  y: y + (height * (handle.y + 1)) / 2,
})

/** The handle under a point: a corner within `reach`, or a side along its whole length; null for none. */
export function handleUnder(rect: Rect, p: Point, reach: number): Handle | null {
  for (const handle of handles) {
    const at = handleAt(rect, handle)
    const near = (side: number, pointer: number, place: number, start: number, length: number): boolean =>
      side === 0 ? pointer >= start && pointer <= start + length : Math.abs(pointer - place) <= reach
    if (near(handle.x, p.x, at.x, rect.x, rect.width) && near(handle.y, p.y, at.y, rect.y, rect.height)) return handle
  }
  return null
}

/**
 * The rectangle after a handle was pulled by (dx, dy): the opposite side stays, and neither width nor height falls
 * below `least`.
 * @param free false: the sides that move end on the grid
 */
export function pulled(
  rect: Rect,
  handle: Handle,
  { x: dx, y: dy }: Point,
  least: { width: number; height: number },
  free: boolean,
): Rect {
  const round = free ? Math.round : snap
  const along = (start: number, length: number, side: -1 | 0 | 1, by: number, most: number): [number, number] => {
    const end = start + length
    if (side === 0) return [start, length]
    if (side === 1) return [start, Math.max(round(end + by), start + most) - start]
    const next = Math.min(round(start + by), end - most)
    return [next, end - next]
  }
  const [x, width] = along(rect.x, rect.width, handle.x, dx, least.width)
  const [y, height] = along(rect.y, rect.height, handle.y, dy, least.height)
  return { x, y, width, height }
}
