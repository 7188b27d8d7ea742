// Places for nodes that came without one: a few go near what they are connected to, many are laid out together.
// Pure: knows no store. Nothing that has a place is moved, and nothing overlaps.
import type { GraphModel } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import type { Point } from '@contract/scene.ts'
import { layered } from '@layout/layered.ts'
import { NODE_ROOM, type Rect, boxOf, freePlace, snap, union } from './geometry.ts'

/** Above so many new nodes a layout of their own is clearer, and quicker, than a search for each. */
const FEW = 24
const MARGIN = 96

/** @returns a place for each node of `model` that `places` does not know */
export function placesForNew(
  lab: LabModel,
  model: GraphModel,
  places: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const fresh = model.nodes.filter(({ id }) => !places.has(id))
  if (fresh.length === 0) return new Map()
  const all = Object.fromEntries(model.nodes.map(({ id }) => [id, places.get(id) ?? { x: 0, y: 0 }]))
  const boxes = new Map(lab.picture(model, { positions: all }, {}).nodes.map((node) => [node.id, boxOf(node)]))
  const taken = model.nodes.filter(({ id }) => places.has(id)).flatMap(({ id }) => boxes.get(id) ?? [])
  const together = fresh.length > FEW || (fresh.length > 2 && fresh.length >= taken.length)
  return together ? inLayers(model, fresh, boxes, taken) : oneByOne(model, fresh, boxes, taken, places)
}

function inLayers(
  model: GraphModel,
  fresh: GraphModel['nodes'],
  boxes: ReadonlyMap<string, Rect>,
  taken: readonly Rect[],
): ReadonlyMap<string, Point> {
  const sized = fresh.map(({ id }) => {
    const { width = NODE_ROOM, height = NODE_ROOM } = boxes.get(id) ?? {}
    return { id, width, height }
  })
  const found = layered(sized, model.edges)
  const bounds = union(taken)
  const [left, top] = bounds === null ? [MARGIN, MARGIN] : [bounds.x, bounds.y + bounds.height + MARGIN]
  return new Map(Object.entries(found).map(([id, { x, y }]) => [id, { x: snap(left + x), y: snap(top + y) }]))
}

function oneByOne(
  model: GraphModel,
  fresh: GraphModel['nodes'],
  boxes: ReadonlyMap<string, Rect>,
  before: readonly Rect[],
  places: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const found = new Map<string, Point>()
  const taken = [...before]
  const ids = new Set(fresh.map(({ id }) => id))
  const around = new Map<string, string[]>([...ids].map((id) => [id, []]))
  for (const { from, to } of model.edges) {
    around.get(from)?.push(to)
    around.get(to)?.push(from)
  }
  const placed = (id: string): Point[] =>
    (around.get(id) ?? []).flatMap((other) => places.get(other) ?? found.get(other) ?? [])
  const waiting = new Set(ids)
  while (waiting.size > 0) {
    // Those with a neighbour in place go first; the others then have more to stand by.
    const [first = ''] = waiting
    const id = [...waiting].find((candidate) => placed(candidate).length > 0) ?? first
    waiting.delete(id)
    const { width, height } = boxes.get(id) ?? { width: NODE_ROOM, height: NODE_ROOM }
    const at = freePlace(middleOf(placed(id)) ?? corner(taken), Math.max(width, height), taken)
    found.set(id, at)
    taken.push({ x: at.x - width / 2, y: at.y - height / 2, width, height })
  }
  return found
}

function middleOf(points: readonly Point[]): Point | null {
  if (points.length === 0) return null
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }))
  return { x: sum.x / points.length, y: sum.y / points.length }
}

/** Below the left end of what is there. */
function corner(taken: readonly Rect[]): Point {
  const bounds = union(taken)
  return bounds === null
    ? { x: MARGIN, y: MARGIN }
    : { x: bounds.x + NODE_ROOM / 2, y: bounds.y + bounds.height + MARGIN }
}
