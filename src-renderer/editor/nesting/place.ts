// Where a node goes that is put into a box without a pointer: to the right of what lies there already, or to its middle.
// Knows rectangles; what comes to lie on something else is pushed apart later.
import type { Point } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import { type Rect, boxOf, freePlace, snap, union } from '../geometry.ts'
import type { Stage } from '../stage.ts'
import { parentOf } from './nest.ts'

const GAP = 24

/** The place for the middle of something of this size in a box, or beside everything (null). */
export function placeIn(
  drawing: Drawing,
  stage: Stage,
  box: string | null,
  size: { width: number; height: number },
): Point {
  const inner =
    box === null ? drawing.nodes().flatMap((n) => (parentOf(n) === null ? [n.id] : [])) : drawing.childrenOf(box)
  const rects = inner.flatMap((id): Rect[] => {
    const node = stage.node(id)
    return node === undefined ? [] : [boxOf(node)]
  })
  const around = union(rects)
  if (around !== null) {
    // The row of the one that stands furthest right.
    const last = rects.reduce((a, b) => (b.x + b.width > a.x + a.width ? b : a))
    return { x: snap(around.x + around.width + GAP + size.width / 2), y: snap(last.y + size.height / 2) }
  }
  const own = box === null ? undefined : stage.node(box)
  return own === undefined ? freePlace({ x: 0, y: 0 }, Math.max(size.width, size.height), []) : { x: own.x, y: own.y }
}

/** How far a node has to go to lie in a box. */
export function wayInto(drawing: Drawing, stage: Stage, id: string, box: string | null): Point {
  const node = stage.node(id)
  if (node === undefined) return { x: 0, y: 0 }
  const place = placeIn(drawing, stage, box, node)
  return { x: place.x - node.x, y: place.y - node.y }
}
