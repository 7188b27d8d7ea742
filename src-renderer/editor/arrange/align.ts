// Align and distribute as plane geometry: how far each rectangle has to go. Knows no records.
import { type Rect, union } from '../geometry.ts'
import type { Point } from '@contract/scene.ts'

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'
export type Spread = 'across' | 'down'

const sides: Readonly<Record<Alignment, { axis: 'x' | 'y'; share: number }>> = {
  left: { axis: 'x', share: 0 },
  centre: { axis: 'x', share: 0.5 },
  right: { axis: 'x', share: 1 },
  top: { axis: 'y', share: 0 },
  middle: { axis: 'y', share: 0.5 },
  bottom: { axis: 'y', share: 1 },
}
const lengthOf = (rect: Rect, axis: 'x' | 'y'): number => (axis === 'x' ? rect.width : rect.height)

/** Brings edges or centres onto that of the rectangle around them all. Returns how far each goes. */
export function aligned(rects: ReadonlyMap<string, Rect>, how: Alignment): Map<string, Point> {
  const { axis, share } = sides[how]
  const around = union(rects.values())
  const line = around === null ? 0 : around[axis] + share * lengthOf(around, axis)
  return new Map(
    [...rects].map(([id, rect]) => {
      const by = line - rect[axis] - share * lengthOf(rect, axis)
      return [id, axis === 'x' ? { x: by, y: 0 } : { x: 0, y: by }]
    }),
  )
}

/**
 * Makes the gaps between neighbours equal; the first and the last stay. Where there is no room the gaps are negative
 * and equal all the same. Returns how far each goes.
 */
export function spread(rects: ReadonlyMap<string, Rect>, how: Spread): Map<string, Point> {
  const axis = how === 'across' ? 'x' : 'y'
  const middle = (rect: Rect): number => rect[axis] + lengthOf(rect, axis) / 2
  const order = [...rects].sort(([a, one], [b, two]) => middle(one) - middle(two) || (a < b ? -1 : 1))
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]]
  const moves = new Map<string, Point>()
  if (first === undefined || last === undefined) return moves
  const taken = order.reduce((sum, [, rect]) => sum + lengthOf(rect, axis), 0)
  const room = last[axis] + lengthOf(last, axis) - first[axis]
  const gap = order.length < 2 ? 0 : (room - taken) / (order.length - 1)
  let next = first[axis]
  for (const [id, rect] of order) {
    const by = next - rect[axis]
    moves.set(id, axis === 'x' ? { x: by, y: 0 } : { x: 0, y: by })
    next += lengthOf(rect, axis) + gap
  }
  return moves
}
