// Keeps a drawing in its topology: where nodes stand and which links join them follow from the shape and from where a
// person has put them. A node dropped between two others of a ring stands between them from then on. As few nodes as
// possible move: the shape as a whole is put where most of its nodes stand already.
import type { Layout } from '../../../contract/document.ts'
import { MAX_DOCUMENT_RECORDS } from '../../../contract/limits.ts'
import type { Point } from '../../../contract/scene.ts'
import { type DistributedModel, type LinkEdge, type Topology, networkOf, turned } from './schema.ts'
import { texts } from './texts.ts'

export const shapes = (Object.entries(texts.shapes) as [Topology, string][]).map(([id, label]) => ({ id, label }))

/** distance between neighbours; a node is 56 wide */
const STEP = 130
const LEAST_RADIUS = 150
const TURN = 2 * Math.PI
/** a node that stands so many times as far from the middle as half of them do was dragged away, and moves it no more */
const FAR = 2.5
/** a node so near to its place stands there */
const NEAR = 3
/** how much closer, and how much wider than usual a person may draw a shape */
const CLOSEST = 0.8
const WIDEST = 4
/** above so many nodes on a circle the quickest turn is taken, since trying all takes the square of the time */
const MOST_TURNS = 1_000

interface Shape {
  /** where each node stands beside the others, in whole units */
  offsets: ReadonlyMap<string, Point>
  /** the node that stays where it is; without one the shape is put where most of its nodes stand */
  anchor?: string
  /** pairs of nodes that are to be joined */
  links: readonly (readonly [string, string])[]
}

/**
 * Null when the drawing has no shape, has it already, or would not fit into a document with all its links.
 * Links that stay keep their ids and properties. In a ring each link leads from a node to its next.
 */
export function shaped(model: DistributedModel, layout: Layout): { model: DistributedModel; layout: Layout } | null {
  const { topology = 'free' } = model
  const count = model.nodes.length
  if (topology === 'free' || count === 0) return null
  if (topology === 'mesh' && (count * (count + 1)) / 2 > MAX_DOCUMENT_RECORDS) return null
  const at = new Map(model.nodes.map(({ id }) => [id, positionIn(layout, id)]))
  const shape = shapeOf(topology, model, at)
  const edges = joined(model, shape.links, topology === 'ring' && count > 2)
  const positions = placed(shape, at)
  const moved = [...positions].some(([id, { x, y }]) => at.get(id)?.x !== x || at.get(id)?.y !== y)
  if (edges === null && !moved) return null
  return {
    model: edges === null ? model : { ...model, edges },
    layout: { positions: { ...layout.positions, ...Object.fromEntries(positions) } },
  }
}

const positionIn = ({ positions }: Layout, id: string): Point =>
  (Object.hasOwn(positions, id) ? positions[id] : undefined) ?? { x: 0, y: 0 }

type Places = ReadonlyMap<string, Point>

function shapeOf(topology: Topology, model: DistributedModel, at: Places): Shape {
  const ids = model.nodes.map(({ id }) => id)
  switch (topology) {
    case 'ring':
      return ring(ids, at, model.edges)
    case 'mesh': {
      const order = byAngle(ids, at, middleOf(linked(ids, model.edges), at))
      const links = order.flatMap((id, place) => order.slice(place + 1).map((other) => [id, other] as const))
      return { offsets: order.length < 3 ? asPut(order, at) : circle(order, at, 1), links }
    }
    case 'line': {
      const order = [...ids].sort((a, b) => x(at, a) - x(at, b) || y(at, a) - y(at, b) || (a < b ? -1 : 1))
      return {
        offsets: new Map(order.map((id, place) => [id, { x: place * STEP, y: 0 }])),
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

/**
 * The shape moved as a whole to where most of its nodes stand: the ones that fit already stay exactly where they are.
 * A shape that a person has drawn larger or smaller stays as large while most of its nodes fit it.
 */
function placed(shape: Shape, at: Places): Map<string, Point> {
  const scale = scaleOf(shape.offsets, at)
  const drawn = put(shape, scale, at)
  const misfits = [...drawn].filter(([id, spot]) => Math.hypot(x(at, id) - spot.x, y(at, id) - spot.y) > NEAR).length
  if (misfits === 0) return new Map([...drawn].map(([id, spot]) => [id, at.get(id) ?? spot]))
  return misfits * 2 < drawn.size ? drawn : put(shape, 1, at)
}

function put({ offsets, anchor }: Shape, scale: number, at: Places): Map<string, Point> {
  const scaled = [...offsets].map(([id, { x, y }]) => ({ id, x: Math.round(scale * x), y: Math.round(scale * y) }))
  const counted = scaled.filter(({ id }) => anchor === undefined || id === anchor)
  const by = {
    x: Math.round(median(counted.map((offset) => x(at, offset.id) - offset.x))),
    y: Math.round(median(counted.map((offset) => y(at, offset.id) - offset.y))),
  }
  return new Map(scaled.map((offset) => [offset.id, { x: by.x + offset.x, y: by.y + offset.y }]))
}

/** How many times as far from each other as usual most neighbours of a shape stand. */
function scaleOf(offsets: ReadonlyMap<string, Point>, at: Places): number {
  const all = [...offsets]
  const ratios = all.slice(1).map(([id, offset], place) => {
    const [other, beside] = all[place] ?? [id, offset]
    const usual = Math.hypot(offset.x - beside.x, offset.y - beside.y)
    return Math.hypot(x(at, id) - x(at, other), y(at, id) - y(at, other)) / usual
  })
  return ratios.length === 0 ? 1 : Math.min(WIDEST, Math.max(CLOSEST, median(ratios)))
}

/** Those that have a link: a node that was just put there does not say where the middle is. All, where hardly one has. */
function linked(ids: readonly string[], edges: readonly LinkEdge[]): readonly string[] {
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const found = ids.filter((id) => ends.has(id))
  return found.length < 3 ? ids : found
}

/** The mean of where the nodes stand, without those that stand far from most. */
function middleOf(ids: readonly string[], at: Places): Point {
  const [mx, my] = [median(ids.map((id) => x(at, id))), median(ids.map((id) => y(at, id)))]
  const far = (id: string): number => Math.hypot(x(at, id) - mx, y(at, id) - my)
  const usual = median(ids.map(far))
  const near = ids.filter((id) => far(id) <= FAR * usual)
  const mean = (of: (at: Places, id: string) => number): number =>
    near.reduce((sum, id) => sum + of(at, id), 0) / Math.max(1, near.length)
  return { x: mean(x), y: mean(y) }
}

/** Clockwise as seen from a point, from the top on. */
function byAngle(ids: readonly string[], at: Places, centre: Point): string[] {
  const angle = (id: string): number => (Math.atan2(x(at, id) - centre.x, centre.y - y(at, id)) + TURN) % TURN
  const far = (id: string): number => Math.hypot(x(at, id) - centre.x, y(at, id) - centre.y)
  return [...ids].sort((a, b) => angle(a) - angle(b) || far(a) - far(b) || (a < b ? -1 : 1))
}

/** In the order in which the nodes stand around their middle, and in the sense in which most links went already. */
function ring(ids: readonly string[], at: Places, edges: readonly LinkEdge[]): Shape {
  const clockwise = byAngle(ids, at, middleOf(linked(ids, edges), at))
  const count = clockwise.length
  const next = new Map(clockwise.map((id, place) => [id, clockwise[(place + 1) % count] ?? id]))
  const along = edges.filter(({ from, to }) => next.get(from) === to).length
  const against = edges.filter(({ from, to }) => next.get(to) === from).length
  // A single link says nothing of a direction: it was the first that anybody drew.
  const backward = against > along && against > 1
  const order = backward ? clockwise.toReversed() : clockwise
  const links = order.map((id, place) => [id, order[(place + 1) % count] ?? id] as const)
  return {
    offsets: count < 3 ? asPut(order, at) : circle(order, at, backward ? -1 : 1),
    links: links.slice(0, count < 3 ? count - 1 : count),
  }
}

/**
 * On a circle with one node at the top, turned so that the nodes go as short a way as can be.
 * @param sense 1 clockwise, -1 the other way round
 */
function circle(order: readonly string[], at: Places, sense: 1 | -1): Map<string, Point> {
  const count = order.length
  const radius = Math.max(LEAST_RADIUS, Math.ceil(STEP / (2 * Math.sin(Math.PI / count))))
  const slots = order.map((_, place): Point => {
    const angle = (sense * TURN * place) / count
    return { x: Math.round(radius * Math.sin(angle)), y: Math.round(-radius * Math.cos(angle)) }
  })
  const centre = middleOf(order, at)
  const start = turnOf(order, slots, at, centre)
  return new Map(slots.map((slot, place) => [order[(start + place) % count] ?? '', slot]))
}

/** One or two nodes form no circle yet and stay where a person put them, unless they lie on each other. */
function asPut([first = '', second]: readonly string[], at: Places): Map<string, Point> {
  const offsets = new Map([[first, { x: 0, y: 0 }]])
  if (second === undefined) return offsets
  const [dx, dy] = [Math.round(x(at, second) - x(at, first)), Math.round(y(at, second) - y(at, first))]
  const apart = Math.hypot(dx, dy) >= LEAST_RADIUS / 2
  return offsets.set(second, apart ? { x: dx, y: dy } : { x: STEP, y: 0 })
}

/** Which node takes the first slot so that all together go the shortest way. */
function turnOf(order: readonly string[], slots: readonly Point[], at: Places, centre: Point): number {
  const count = order.length
  const way = (start: number, place: number): number => {
    const id = order[(start + place) % count] ?? ''
    return Math.hypot(x(at, id) - centre.x - (slots[place]?.x ?? 0), y(at, id) - centre.y - (slots[place]?.y ?? 0))
  }
  const total = (start: number): number =>
    count > MOST_TURNS ? way(start, 0) : slots.reduce((sum, _, place) => sum + way(start, place), 0)
  let best = { start: 0, total: Infinity }
  for (let start = 0; start < count; start += 1) {
    const found = total(start)
    // A hair shorter is no reason to turn a circle that stands.
    if (found < best.total - 1e-6) best = { start, total: found }
  }
  return best.start
}

/** As a text is read: row by row from the top, each from left to right. Nodes about as high stand in one row. */
function asRead(ids: readonly string[], at: Places): string[] {
  const rows: string[][] = []
  for (const id of [...ids].sort((a, b) => y(at, a) - y(at, b) || (a < b ? -1 : 1))) {
    const row = rows.at(-1)
    if (row !== undefined && y(at, id) - y(at, row[0] ?? id) <= STEP / 2) row.push(id)
    else rows.push([id])
  }
  return rows.flatMap((row) => row.sort((a, b) => x(at, a) - x(at, b) || (a < b ? -1 : 1)))
}

function grid(ids: readonly string[], at: Places, said: number | undefined): Shape {
  const count = ids.length
  const columns = Math.max(1, Math.min(count, said ?? Math.round(Math.sqrt(count))))
  const order = asRead(ids, at)
  const links = order.flatMap((id, index) => {
    const right = (index + 1) % columns === 0 ? undefined : order[index + 1]
    const below = order[index + columns]
    return [right, below].flatMap((other) => (other === undefined ? [] : [[id, other] as const]))
  })
  const place = (index: number): Point => ({ x: (index % columns) * STEP, y: Math.floor(index / columns) * STEP })
  return { offsets: new Map(order.map((id, index) => [id, place(index)])), links }
}

/** The node nearest to the middle is the centre; the centre that there is stays it unless another is clearly nearer. */
function star(ids: readonly string[], at: Places, edges: readonly LinkEdge[]): Shape {
  const middle = middleOf(linked(ids, edges), at)
  const inAll = (id: string): boolean => edges.length > 1 && edges.every(({ from, to }) => from === id || to === id)
  const far = new Map(
    ids.map((id) => [id, Math.hypot(x(at, id) - middle.x, y(at, id) - middle.y) - (inAll(id) ? STEP / 3 : 0)]),
  )
  const [hub = ''] = [...ids].sort((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0) || (a < b ? -1 : 1))
  const rim = ids.filter((id) => id !== hub)
  const offsets = new Map([[hub, { x: 0, y: 0 }]])
  const around = rim.length < 2 ? asPut([hub, ...rim], at) : circle(byAngle(rim, at, middle), at, 1)
  for (const [id, slot] of around) offsets.set(id, slot)
  return { offsets, links: rim.map((id) => [hub, id] as const), ...(inAll(hub) ? { anchor: hub } : {}) }
}

/** A binary tree, level by level from the top, each level from left to right. */
function tree(ids: readonly string[], at: Places): Shape {
  const order = asRead(ids, at)
  const levels: string[][] = []
  for (let start = 0, size = 1; start < order.length; start += size, size *= 2) {
    levels.push(order.slice(start, start + size))
  }
  const widest = 2 ** (levels.length - 1)
  const offsets = new Map<string, Point>()
  for (const [level, members] of levels.entries()) {
    const span = (widest / 2 ** level) * STEP
    for (const [place, id] of members.entries()) {
      offsets.set(id, { x: Math.round(span * (place + 0.5)), y: level * STEP })
    }
  }
  const links = levels
    .slice(1)
    .flatMap((members, level) =>
      members.map((id, place) => [levels[level]?.[Math.floor(place / 2)] ?? id, id] as const),
    )
  return { offsets, links }
}

/**
 * The links of a shape: those that are there keep their ids and properties. Null when nothing changes.
 * @param directed whether a link has to lead from the first of its pair to the second
 */
function joined(
  model: DistributedModel,
  wanted: readonly (readonly [string, string])[],
  directed: boolean,
): LinkEdge[] | null {
  const key = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  const known = new Map(model.edges.map((edge) => [key(edge.from, edge.to), edge]))
  const taken = new Set(model.edges.map(({ id }) => id))
  let changed = model.edges.length !== wanted.length
  let number = 1
  const edges = wanted.map(([from, to]): LinkEdge => {
    const old = known.get(key(from, to))
    if (old !== undefined && (!directed || (old.from === from && old.to === to))) return old
    changed = true
    if (old !== undefined) return turned(old, networkOf(model))
    while (taken.has(`e${number}`)) number += 1
    taken.add(`e${number}`)
    return { id: `e${number}`, kind: 'link', from, to }
  })
  return changed ? edges : null
}
