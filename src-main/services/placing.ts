// A first layout for a drawing that comes without one: in layers where things follow each other, on a circle where they
// go round, whichever lets fewer lines run over nodes and each other. Knows no lab.
import type { Point } from '../contract/scene.ts'
import { layered, type LayoutBox, type LayoutLink } from '../layout/layered.ts'

/** Above so many nodes nobody sees a circle any more. */
const MOST_ON_CIRCLE = 40
/** Above so many links counting crossings takes longer than it is worth. */
const MOST_COUNTED = 200
/** Room between neighbours on the circle, for a line and its label. */
const GAP = 88

type Places = Readonly<Record<string, Point>>

/** @returns a centre for each box by its id; equal input gives equal output */
export function placeAll(boxes: readonly LayoutBox[], links: readonly LayoutLink[]): Places {
  const layers = layered(boxes, links)
  if (boxes.length < 3 || boxes.length > MOST_ON_CIRCLE || links.length > MOST_COUNTED) return layers
  const choices = [layers, circular(boxes, links), layered(boxes, links, { direction: 'down' })]
  const costs = choices.map((places) => disorder(places, boxes, links))
  return choices[costs.indexOf(Math.min(...costs))] ?? layers
}

/** All on a circle, in the order of a walk that follows arrows as long as it can. */
function circular(boxes: readonly LayoutBox[], links: readonly LayoutLink[]): Places {
  const order = walk(boxes, links)
  const reach = Math.max(...boxes.map(({ width, height }) => Math.max(width, height)))
  const radius = ((reach + GAP) * order.length) / (2 * Math.PI)
  return Object.fromEntries(
    order.map((id, index) => {
      // The first at the top, then clockwise.
      const angle = (index / order.length) * 2 * Math.PI - Math.PI / 2
      return [id, { x: Math.round(radius * (1 + Math.cos(angle))), y: Math.round(radius * (1 + Math.sin(angle))) }]
    }),
  )
}

function walk(boxes: readonly LayoutBox[], links: readonly LayoutLink[]): string[] {
  const next = new Map<string, string[]>(boxes.map(({ id }) => [id, []]))
  for (const { from, to } of links) next.get(from)?.push(to)
  const order = new Set<string>()
  const follow = (id: string): void => {
    if (order.has(id) || !next.has(id)) return
    order.add(id)
    for (const to of next.get(id) ?? []) follow(to)
  }
  for (const { id } of boxes) follow(id)
  return [...order]
}

/** Lines over foreign nodes, which hide what belongs to what, and crossings, which only slow reading. */
function disorder(places: Places, boxes: readonly LayoutBox[], links: readonly LayoutLink[]): number {
  const lines = links.flatMap((link) => {
    const [a, b] = [places[link.from], places[link.to]]
    return a === undefined || b === undefined ? [] : [{ ...link, a, b }]
  })
  let over = 0
  for (const { from, to, a, b } of lines) {
    for (const { id, width, height } of boxes) {
      const at = places[id]
      if (id === from || id === to || at === undefined) continue
      if (distance(at, a, b) < Math.max(width, height) / 2 + 4) over += 1
    }
  }
  let crossings = 0
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      const shared = [other.from, other.to].some((id) => id === one.from || id === one.to)
      if (!shared && cross(one.a, one.b, other.a, other.b)) crossings += 1
    }
  })
  return over + crossings / 4
}

/** From a point to a line between two points. */
function distance(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)
  const t = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy)
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
}
