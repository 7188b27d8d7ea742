// Keeps a drawing in its topology: where nodes stand and which links join them follow from the shape and from where a
// person has put them. A node dropped between two others of a ring stands between them from then on.
import type { Layout } from '../../../contract/document.ts'
import type { Point } from '../../../contract/scene.ts'
import { ringOf } from './rings-and-grids.ts'
import type { DistributedModel, LinkEdge, Topology } from './schema.ts'
import { texts } from './texts.ts'

export const shapes = (Object.entries(texts.shapes) as [Topology, string][]).map(([id, label]) => ({ id, label }))

/** distance between neighbours; a node is 56 wide */
const STEP = 130
const LEAST_RADIUS = 150
const TURN = 2 * Math.PI
/** coordinates are kept whole, so a shape that stands already is not moved */
const NEAR = 1

interface Shape {
  positions: ReadonlyMap<string, Point>
  /** pairs of nodes that are to be joined, in the direction of the link */
  links: readonly (readonly [string, string])[]
}

/** Null when the drawing has no shape, or has it already. */
export function shaped(model: DistributedModel, layout: Layout): { model: DistributedModel; layout: Layout } | null {
  const { topology = 'free' } = model
  if (topology === 'free' || model.nodes.length === 0) return null
  const at = new Map(model.nodes.map(({ id }) => [id, positionIn(layout, id)]))
  const shape = shapeOf(topology, model, at)
  const edges = joined(model.edges, shape.links)
  const moved = [...shape.positions].some(([id, { x, y }]) => {
    const was = at.get(id)
    return was === undefined || Math.abs(was.x - x) > NEAR || Math.abs(was.y - y) > NEAR
  })
  if (edges === null && !moved) return null
  return {
    model: edges === null ? model : { ...model, edges },
    layout: { positions: { ...layout.positions, ...Object.fromEntries(shape.positions) } },
  }
}

const positionIn = ({ positions }: Layout, id: string): Point =>
  (Object.hasOwn(positions, id) ? positions[id] : undefined) ?? { x: 0, y: 0 }

type Places = ReadonlyMap<string, Point>

function shapeOf(topology: Topology, model: DistributedModel, at: Places): Shape {
  const ids = model.nodes.map(({ id }) => id)
  switch (topology) {
    case 'ring': {
      const order = around(ringIfSame(model, at) ?? byAngle(ids, at), at)
      const links = order.map((id, place) => [id, order[(place + 1) % order.length] ?? id] as const)
      return { positions: circle(order, at), links: links.slice(0, order.length < 3 ? order.length - 1 : order.length) }
    }
    case 'mesh': {
      const order = around(byAngle(ids, at), at)
      return {
        positions: circle(order, at),
        links: order.flatMap((id, place) => order.slice(place + 1).map((other) => [id, other] as const)),
      }
    }
    case 'line': {
      const order = [...ids].sort((a, b) => x(at, a) - x(at, b) || y(at, a) - y(at, b))
      const { left, middle } = frame(at, (order.length - 1) * STEP, 0)
      return {
        positions: new Map(order.map((id, place) => [id, { x: left + place * STEP, y: middle }])),
        links: order.slice(1).map((id, place) => [order[place] ?? id, id] as const),
      }
    }
    case 'star':
      return star(ids, at, model.edges)
    case 'tree':
      return tree(ids, at)
    default:
      return grid(ids, at, model.settings?.['columns'])
  }
}

const x = (at: Places, id: string): number => at.get(id)?.x ?? 0
const y = (at: Places, id: string): number => at.get(id)?.y ?? 0

function centreOf(at: Places): Point {
  const points = [...at.values()]
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)]
  return {
    x: Math.round((Math.min(...xs) + Math.max(...xs)) / 2),
    y: Math.round((Math.min(...ys) + Math.max(...ys)) / 2),
  }
}

/** The upper left corner and the middle of a box of this size around where the nodes stand. */
function frame(at: Places, width: number, height: number): { left: number; top: number; middle: number } {
  const centre = centreOf(at)
  return { left: Math.round(centre.x - width / 2), top: Math.round(centre.y - height / 2), middle: centre.y }
}

/** Clockwise as seen from the middle, from the top on. */
function byAngle(ids: readonly string[], at: Places): string[] {
  const centre = centreOf(at)
  const angle = (id: string): number => (Math.atan2(x(at, id) - centre.x, centre.y - y(at, id)) + TURN) % TURN
  const far = (id: string): number => Math.hypot(x(at, id) - centre.x, y(at, id) - centre.y)
  return [...ids].sort((a, b) => angle(a) - angle(b) || far(a) - far(b) || (a < b ? -1 : 1))
}

/**
 * The order of the links where the nodes still stand in it: going round the other way is a ring as well, and a person
 * who has drawn it so meant it.
 */
function ringIfSame(model: DistributedModel, at: Places): string[] | null {
  const ring = ringOf(model)
  if (ring === null || ring.length < 3) return ring
  const angles = byAngle(ring, at)
  const start = angles.indexOf(ring[0] ?? '')
  const turned = [...angles.slice(start), ...angles.slice(0, start)]
  const backward = [turned[0] ?? '', ...turned.slice(1).reverse()]
  return [turned, backward].some((order) => order.every((id, place) => id === ring[place])) ? ring : null
}

/** The same order, beginning with the node that stands highest, so that the circle turns as little as can be. */
function around(order: readonly string[], at: Places): string[] {
  const top = order.reduce((best, id) => (y(at, id) < y(at, best) - NEAR ? id : best), order[0] ?? '')
  const start = order.indexOf(top)
  return [...order.slice(start), ...order.slice(0, start)]
}

/** On a circle from the top on; clockwise, unless they stand the other way round already. */
function circle(order: readonly string[], at: Places): Map<string, Point> {
  const count = order.length
  if (count === 1) return new Map([[order[0] ?? '', at.get(order[0] ?? '') ?? { x: 0, y: 0 }]])
  const radius = Math.max(LEAST_RADIUS, Math.ceil(STEP / (2 * Math.sin(Math.PI / count))))
  const centre = centreOfCircle(at, radius)
  const angles = byAngle(order, at)
  const start = angles.indexOf(order[0] ?? '')
  const clockwise = count < 3 || order[1] === angles[(start + 1) % count]
  const sense = clockwise ? 1 : -1
  return new Map(
    order.map((id, place) => {
      const angle = (sense * TURN * place) / count
      return [
        id,
        { x: Math.round(centre.x + radius * Math.sin(angle)), y: Math.round(centre.y - radius * Math.cos(angle)) },
      ]
    }),
  )
}

/** The middle of a circle whose highest point is one of the nodes: half of its height below the highest. */
function centreOfCircle(at: Places, radius: number): Point {
  const points = [...at.values()]
  const top = Math.min(...points.map((point) => point.y))
  const bottom = Math.max(...points.map((point) => point.y))
  const centre = centreOf(at)
  // A circle with an odd number of nodes has nobody at its lowest point; going by the top keeps it where it is.
  return { x: onCircle(points, top, radius) ?? centre.x, y: bottom - top > radius ? top + radius : centre.y }
}

/** The x of the single node at the top, when it stands about above the middle of a circle of this radius. */
function onCircle(points: readonly Point[], top: number, radius: number): number | null {
  const highest = points.filter((point) => point.y <= top + NEAR)
  const [only] = highest
  if (only === undefined || highest.length !== 1) return null
  const [xs] = [points.map((point) => point.x)]
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2
  return Math.abs(only.x - middle) < radius / 4 ? only.x : null
}

function grid(ids: readonly string[], at: Places, said: number | undefined): Shape {
  const count = ids.length
  const columns = Math.max(1, Math.min(count, said ?? Math.round(Math.sqrt(count))))
  const rows = Math.ceil(count / columns)
  const byRow = [...ids].sort((a, b) => y(at, a) - y(at, b) || x(at, a) - x(at, b))
  const order = Array.from({ length: rows }, (_, row) =>
    byRow.slice(row * columns, (row + 1) * columns).sort((a, b) => x(at, a) - x(at, b)),
  ).flat()
  const { left, top } = frame(at, (columns - 1) * STEP, (rows - 1) * STEP)
  const place = (index: number): Point => ({
    x: left + (index % columns) * STEP,
    y: top + Math.floor(index / columns) * STEP,
  })
  const links = order.flatMap((id, index) => {
    const right = (index + 1) % columns === 0 ? undefined : order[index + 1]
    const below = order[index + columns]
    return [right, below].flatMap((other) => (other === undefined ? [] : [[id, other] as const]))
  })
  return { positions: new Map(order.map((id, index) => [id, place(index)])), links }
}

/** The node nearest to the middle is the centre; the centre that there is stays it unless another is clearly nearer. */
function star(ids: readonly string[], at: Places, edges: readonly LinkEdge[]): Shape {
  const centre = centreOf(at)
  const hubs = new Set(edges.map(({ from }) => from))
  const far = (id: string): number =>
    Math.hypot(x(at, id) - centre.x, y(at, id) - centre.y) - (hubs.has(id) && hubs.size === 1 ? STEP / 3 : 0)
  const [hub = ''] = [...ids].sort((a, b) => far(a) - far(b) || (a < b ? -1 : 1))
  const rim = byAngle(
    ids.filter((id) => id !== hub),
    at,
  )
  const order = rim.length === 0 ? [] : around(rim, at)
  const radius = Math.max(LEAST_RADIUS, Math.ceil(STEP / (2 * Math.sin(Math.PI / Math.max(2, order.length)))))
  const middle = order.length === 0 ? centre : { x: x(at, hub), y: y(at, hub) }
  const positions = new Map<string, Point>([[hub, middle]])
  for (const [place, id] of order.entries()) {
    const angle = (TURN * place) / order.length
    positions.set(id, {
      x: Math.round(middle.x + radius * Math.sin(angle)),
      y: Math.round(middle.y - radius * Math.cos(angle)),
    })
  }
  return { positions, links: order.map((id) => [hub, id] as const) }
}

/** A binary tree, level by level from the top, each level from left to right. */
function tree(ids: readonly string[], at: Places): Shape {
  const byLevel = [...ids].sort((a, b) => y(at, a) - y(at, b) || x(at, a) - x(at, b))
  const levels: string[][] = []
  for (let start = 0, size = 1; start < byLevel.length; start += size, size *= 2) {
    levels.push(byLevel.slice(start, start + size).sort((a, b) => x(at, a) - x(at, b)))
  }
  const widest = 2 ** (levels.length - 1)
  // The root stays where it is: the middle of an uneven tree would wander.
  const root = levels[0]?.[0] ?? ''
  const [left, top] = [Math.round(x(at, root) - ((widest - 1) * STEP) / 2), y(at, root)]
  const positions = new Map<string, Point>()
  for (const [level, members] of levels.entries()) {
    const span = (widest / 2 ** level) * STEP
    for (const [place, id] of members.entries()) {
      positions.set(id, { x: Math.round(left + span * (place + 0.5) - STEP / 2), y: top + level * STEP })
    }
  }
  const links = levels
    .slice(1)
    .flatMap((members, level) =>
      members.map((id, place) => [levels[level]?.[Math.floor(place / 2)] ?? id, id] as const),
    )
  return { positions, links }
}

/** The links of a shape: those that are there keep their ids and properties. Null when nothing changes. */
function joined(before: readonly LinkEdge[], wanted: readonly (readonly [string, string])[]): LinkEdge[] | null {
  const key = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  const known = new Map(before.map((edge) => [key(edge.from, edge.to), edge]))
  const taken = new Set(before.map(({ id }) => id))
  let changed = before.length !== wanted.length
  let number = 1
  const edges = wanted.map(([from, to]): LinkEdge => {
    const old = known.get(key(from, to))
    if (old !== undefined && old.from === from && old.to === to) return old
    changed = true
    if (old !== undefined) return { ...old, from, to }
    while (taken.has(`e${number}`)) number += 1
    taken.add(`e${number}`)
    return { id: `e${number}`, kind: 'link', from, to }
  })
  return changed ? edges : null
}
