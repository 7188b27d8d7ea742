// Plane geometry of a scene: rims, edge paths, distances. Everything in canvas units, y downward.
// Hit tests and the painted picture use the same paths, so what is clicked is what is seen. Knows no view and no tool.
import type { Point, SceneEdge, SceneNode } from '@contract/scene.ts'

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

export const GRID = 8
export const snap = (value: number): number => Math.round(value / GRID) * GRID

export const boxOf = (node: SceneNode): Rect => ({
  x: node.x - node.width / 2,
  y: node.y - node.height / 2,
  width: node.width,
  height: node.height,
})

export function rectOf(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** Whether `a` lies in `b` whole. */
export function inside(a: Rect, b: Rect): boolean {
  return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height
}

export function union(rects: Iterable<Rect>): Rect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rect of rects) {
    left = Math.min(left, rect.x)
    top = Math.min(top, rect.y)
    right = Math.max(right, rect.x + rect.width)
    bottom = Math.max(bottom, rect.y + rect.height)
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Whether a point lies on the node, or within `margin` of it. */
export function covers(node: SceneNode, p: Point, margin = 0): boolean {
  const [dx, dy] = [Math.abs(p.x - node.x), Math.abs(p.y - node.y)]
  if (node.outline === 'circle') return Math.hypot(dx, dy) <= node.width / 2 + margin
  return dx <= node.width / 2 + margin && dy <= node.height / 2 + margin
}

/** Where the line from the node's centre towards `p` leaves the node; the centre itself when `p` is there. */
export function rim(node: SceneNode, p: Point): Point {
  const [dx, dy] = [p.x - node.x, p.y - node.y]
  const length = Math.hypot(dx, dy)
  if (length === 0) return { x: node.x, y: node.y }
  if (node.outline === 'circle') {
    const t = node.width / 2 / length
    return { x: node.x + dx * t, y: node.y + dy * t }
  }
  const t = Math.min(
    dx === 0 ? Infinity : node.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : node.height / 2 / Math.abs(dy),
  )
  return { x: node.x + dx * t, y: node.y + dy * t }
}

/** An edge as it is drawn: straight, or a quadratic curve through `control`. */
export interface EdgePath {
  start: Point
  end: Point
  control: Point | null
}

/**
 * The path from the start (a dot, or the rim) to the rim of the target.
 * A bend moves the middle of the line sideways by that many units, to the left as seen on screen from the start.
 */
export function edgePath(edge: SceneEdge, from: SceneNode, to: SceneNode): EdgePath {
  const a = edge.start === null ? { x: from.x, y: from.y } : { x: from.x + edge.start.x, y: from.y + edge.start.y }
  const b = { x: to.x, y: to.y }
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (edge.bend === 0 || length === 0) {
    return { start: edge.start === null ? rim(from, b) : a, end: rim(to, a), control: null }
  }
  // A quadratic curve passes its middle at half the distance of its control point.
  const reach = (2 * edge.bend) / length
  const control = { x: (a.x + b.x) / 2 + (b.y - a.y) * reach, y: (a.y + b.y) / 2 - (b.x - a.x) * reach }
  return { start: edge.start === null ? rim(from, control) : a, end: rim(to, control), control }
}

/** Distance from a point to an edge's path. A curve is measured along twelve chords. */
export function distanceToPath(path: EdgePath, p: Point): number {
  if (path.control === null) return distanceToSegment(path.start, path.end, p)
  let [nearest, last] = [Infinity, path.start]
  for (let i = 1; i <= 12; i += 1) {
    const next = pointOn(path, i / 12)
    nearest = Math.min(nearest, distanceToSegment(last, next, p))
    last = next
  }
  return nearest
}

/** The point at `t` between 0 (start) and 1 (end). */
export function pointOn({ start, end, control }: EdgePath, t: number): Point {
  const c = control ?? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  const at = (a: number, b: number, d: number): number => (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * d
  return { x: at(start.x, c.x, end.x), y: at(start.y, c.y, end.y) }
}

function distanceToSegment(a: Point, b: Point, p: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
}

/** Usual size of a node of which nothing else is known. */
export const NODE_ROOM = 64
/** Room around a new node: a line with its label must fit between two. */
const ROOM_BETWEEN = 40

/** The free place nearest to `at` for a node of this size: tried on rings around it, on the grid. */
export function freePlace(at: Point, size: number, taken: readonly Rect[]): Point {
  const step = size + 80
  const origin = { x: snap(at.x), y: snap(at.y) }
  const free = (p: Point): boolean => {
    const reach = size / 2 + ROOM_BETWEEN
    const room = { x: p.x - reach, y: p.y - reach, width: 2 * reach, height: 2 * reach }
    return !taken.some((rect) => overlap(rect, room))
  }
  for (let ring = 0; ring <= 40; ring += 1) {
    for (let i = 0; i < Math.max(1, ring * 8); i += 1) {
      const angle = (i / Math.max(1, ring * 8)) * 2 * Math.PI
      const p = { x: snap(origin.x + Math.cos(angle) * ring * step), y: snap(origin.y + Math.sin(angle) * ring * step) }
      if (free(p)) return p
    }
  }
  return origin
}
