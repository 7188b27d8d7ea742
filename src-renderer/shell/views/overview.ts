// Where things lie in the overview of a drawing. Pure geometry; knows no page.
import type { Point, Scene } from '@contract/scene.ts'
import type { Mark } from '@contract/verdict.ts'
import { type Rect, boxOf, union } from '../../editor/geometry.ts'

export interface Overview {
  /** pixels of the overview for one canvas unit */
  scale: number
  /** canvas point at its upper left corner */
  origin: Point
  /** nodes by their centres, in pixels of the overview, at least 2 wide so that they can be seen */
  boxes: (Rect & { mark: Mark | null })[]
  /** what is in sight, in pixels of the overview */
  sight: Rect
}

/** The overview of a scene, or null when all of it is in sight and there is nothing to look for. */
export function overviewOf(scene: Scene, sight: Rect, size: { width: number; height: number }): Overview | null {
  const all = union(scene.nodes.map(boxOf))
  if (all === null || sight.width <= 0 || contains(sight, all)) return null
  const whole = union([all, sight]) ?? all
  const scale = Math.min((size.width - 8) / whole.width, (size.height - 8) / whole.height)
  const origin = {
    x: whole.x - (size.width / scale - whole.width) / 2,
    y: whole.y - (size.height / scale - whole.height) / 2,
  }
  return {
    scale,
    origin,
    boxes: scene.nodes.map(({ x, y, width, height, mark }) => ({
      x: (x - origin.x) * scale,
      y: (y - origin.y) * scale,
      width: Math.max(2, width * scale),
      height: Math.max(2, height * scale),
      mark,
    })),
    sight: {
      x: (sight.x - origin.x) * scale,
      y: (sight.y - origin.y) * scale,
      width: sight.width * scale,
      height: sight.height * scale,
    },
  }
}

export type Corner = 'lower right' | 'lower left' | 'upper left'

/** The best first. The upper right one belongs to finding by name. */
const corners: readonly Corner[] = ['lower right', 'lower left', 'upper left']

/** How far the overview stands from the edges of the canvas, and at least from what is drawn. */
const MARGIN = 8

/**
 * A corner of the canvas in which nothing that is drawn would be covered, or null when there is none. A corner that is
 * still free is kept, so that the overview stays where it is looked for.
 * @param drawn boxes of what could be clicked, by their upper left corners, in pixels of the canvas
 */
export function freeCorner(
  drawn: readonly Rect[],
  canvas: { width: number; height: number },
  size: { width: number; height: number },
  before: Corner | null,
): Corner | null {
  const free = (corner: Corner): boolean => {
    const left = corner === 'lower right' ? canvas.width - size.width - 2 * MARGIN : 0
    const top = corner === 'upper left' ? 0 : canvas.height - size.height - 2 * MARGIN
    return !drawn.some(
      ({ x, y, width, height }) =>
        x < left + size.width + 2 * MARGIN &&
        x + width > left &&
        y < top + size.height + 2 * MARGIN &&
        y + height > top,
    )
  }
  if (before !== null && free(before)) return before
  return corners.find(free) ?? null
}

const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
