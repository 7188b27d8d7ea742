// Geometry of a picture: where an edge leaves and meets its shapes, how it bows, where its label stands.
// Pure functions on the shapes of a scene; knows no colours and no SVG.
import type { Point, SceneEdge, SceneNode } from '../../contract/scene.ts'

/** Radius of the corners of a box. */
export const CORNER = 8

/** How far a label stands off its line. */
const LABEL_OFF = 11
/** half as wide as a label may be before it has to stand further off a line that runs beside it */
const LABEL_NARROW = 8

export interface EdgePath {
  start: Point
  end: Point
  /** control point of the quadratic curve; null for a straight line */
  control: Point | null
  /** unit vector in which the line arrives at its end */
  direction: Point
  middle: Point
  /** where a label stands: beside the middle, on the outer side of a bow, above a straight line */
  label: Point
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const along = (from: Point, direction: Point, by: number): Point => ({
  x: from.x + direction.x * by,
  y: from.y + direction.y * by,
})

/** Unit vector from one point to another; to the right when they are the same. */
export function unit(from: Point, to: Point): Point {
  const x = to.x - from.x
  const y = to.y - from.y
  const length = Math.hypot(x, y)
  return length === 0 ? { x: 1, y: 0 } : { x: x / length, y: y / length }
}

/** The point on the rim of a shape that lies from its centre towards a point. */
export function rimPoint(node: SceneNode, towards: Point): Point {
  const direction = unit(node, towards)
  return node.outline === 'circle' ? along(node, direction, node.width / 2) : boxRim(node, direction)
}

function boxRim(node: SceneNode, direction: Point): Point {
  const halfWidth = node.width / 2
  const halfHeight = node.height / 2
  const corner = Math.min(CORNER, halfWidth, halfHeight)
  const x = Math.abs(direction.x)
  const y = Math.abs(direction.y)
  const reach = Math.min(x === 0 ? Infinity : halfWidth / x, y === 0 ? Infinity : halfHeight / y)
  const overX = x * reach - (halfWidth - corner)
  const overY = y * reach - (halfHeight - corner)
  if (overX <= 0 || overY <= 0) return along(node, direction, reach)
  // Through a corner: the far intersection of the ray with the circle of that corner, |t·d - c| = corner.
  const centre = { x: halfWidth - corner, y: halfHeight - corner }
  const dot = x * centre.x + y * centre.y
  const t = dot + Math.sqrt(dot * dot - (centre.x ** 2 + centre.y ** 2 - corner ** 2))
  return along(node, direction, t)
}

/**
 * The line of an edge.
 * `bend` is how far the middle of the curve stands off the chord, to the left on the screen when positive; the control
 * point of a quadratic curve stands off twice as far.
 */
export function edgePath(edge: SceneEdge, from: SceneNode, to: SceneNode, labelWidth = 0): EdgePath {
  const dot = edge.start === null ? null : { x: from.x + edge.start.x, y: from.y + edge.start.y }
  const origin = dot ?? { x: from.x, y: from.y }
  const chord = unit(origin, to)
  const centre = { x: (origin.x + to.x) / 2, y: (origin.y + to.y) / 2 }
  const control = edge.bend === 0 ? null : along(centre, { x: chord.y, y: -chord.x }, 2 * edge.bend)
  const start = dot ?? rimPoint(from, control ?? to)
  const end = rimPoint(to, control ?? origin)
  const direction = unit(control ?? start, end)
  const middle = control
    ? { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 }
    : { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  const up = chord.x < 0 || (chord.x === 0 && chord.y < 0) ? -1 : 1
  const side = edge.bend === 0 ? up : Math.sign(edge.bend)
  const off = LABEL_OFF + Math.abs(chord.y) * Math.max(0, labelWidth / 2 - LABEL_NARROW)
  const label = along(middle, { x: chord.y, y: -chord.x }, side * off)
  return { start, end, control, direction, middle, label }
}

/** The two back corners of an arrow head whose tip is the end of the line. */
export function arrowCorners(path: EdgePath, length: number, halfWidth: number): [Point, Point] {
  const back = along(path.end, path.direction, -length)
  const side = { x: path.direction.y, y: -path.direction.x }
  return [along(back, side, halfWidth), along(back, side, -halfWidth)]
}

/** The smallest box around points and boxes; null when there are none. */
export function boundingBox(boxes: readonly Box[]): Box | null {
  const first = boxes[0]
  if (first === undefined) return null
  const all = { ...first }
  for (const box of boxes) {
    all.left = Math.min(all.left, box.left)
    all.top = Math.min(all.top, box.top)
    all.right = Math.max(all.right, box.right)
    all.bottom = Math.max(all.bottom, box.bottom)
  }
  return all
}

/** A box around points; a quadratic curve never leaves the box of its three points. */
export function boxOf(points: readonly Point[], margin = 0): Box {
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  return {
    left: Math.min(...xs) - margin,
    top: Math.min(...ys) - margin,
    right: Math.max(...xs) + margin,
    bottom: Math.max(...ys) + margin,
  }
}
