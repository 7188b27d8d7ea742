// A distributed system as shapes: circles for nodes, lines for links, tags for messages on their way, regions for parts
// of a divided network. Knows neither colours nor how shapes are painted.
import type { Layout } from '../../../contract/document.ts'
import type { Point, Scene, SceneEdge, SceneNode, SceneRegion, SceneTag } from '../../../contract/scene.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { DistributedModel, LinkEdge, NetworkNode } from './schema.ts'
import { texts } from './texts.ts'

const SIZE = 56
/** how far messages keep beside the line between two nodes, so that those in opposite directions pass each other */
const ASIDE = 14
/** distance between tags that would lie on each other */
const FAN = 20
/** room of a region around its nodes; more below, where words stand */
const REGION_ROOM = 24
const WORDS_ROOM = 20

export function picture(model: DistributedModel, layout: Layout, marks: Readonly<Record<string, Mark>>): Scene {
  const { positions } = layout
  const at = (id: string): Point => (Object.hasOwn(positions, id) && positions[id]) || { x: 0, y: 0 }
  const markOf = (id: string): Mark | null => (Object.hasOwn(marks, id) ? (marks[id] ?? null) : null)
  const nodes = model.nodes.map((node) => nodeShape(node, at(node.id), markOf(node.id), model))
  const edges = model.edges.map((edge) => linkShape(edge, model.topology === 'ring', markOf(edge.id)))
  const tags = tagsOf(model, at)
  const regions = regionsOf(model, at)
  return { nodes, edges, ...(tags.length > 0 ? { tags } : {}), ...(regions.length > 0 ? { regions } : {}) }
}

function nodeShape(node: NetworkNode, at: Point, mark: Mark | null, { said }: DistributedModel): SceneNode {
  const { id, kind, name } = node
  const word = said !== undefined && Object.hasOwn(said, id) ? (said[id] ?? '') : ''
  const usual =
    node.down === true ? texts.picture.down : node.starts === true && said === undefined ? texts.picture.starts : ''
  return {
    id,
    kind,
    x: at.x,
    y: at.y,
    width: SIZE,
    height: SIZE,
    outline: 'circle',
    label: name,
    labelPlace: 'inside',
    sublabel: word === '' ? usual : word,
    dots: [],
    mark: mark ?? (node.down === true ? 'impossible' : null),
  }
}

function linkShape(
  { id, kind, from, to, cut, delay, loss }: LinkEdge,
  directed: boolean,
  mark: Mark | null,
): SceneEdge {
  const words = [
    cut === true ? texts.picture.cut : '',
    delay === undefined || delay === 0 ? '' : texts.picture.delay(delay),
    loss === undefined || loss === 0 ? '' : texts.picture.loss(loss),
  ]
  return {
    id,
    kind,
    from,
    to,
    start: null,
    line: cut === true ? 'dashed' : 'solid',
    arrow: directed ? 'open' : 'none',
    label: words.filter((word) => word !== '').join(', '),
    bend: 0,
    mark,
  }
}

function tagsOf({ travelling }: DistributedModel, at: (id: string) => Point): SceneTag[] {
  const taken = new Map<string, number>()
  return (travelling ?? []).map(({ id, from, to, text, done, lost }) => {
    const [a, b] = [at(from), at(to)]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const length = Math.hypot(dx, dy) || 1
    // Between the rims of the two circles.
    const along = Math.min(length, SIZE) / 2 + done * Math.max(0, length - SIZE)
    const place = `${from} ${to} ${Math.round(along / FAN)}`
    const before = taken.get(place) ?? 0
    taken.set(place, before + 1)
    const aside = ASIDE + before * FAN
    return {
      id,
      x: a.x + (dx / length) * along + (dy / length) * aside,
      y: a.y + (dy / length) * along - (dx / length) * aside,
      heading: Math.atan2(dy, dx),
      text,
      lost,
    }
  })
}

/** A region around the nodes of each part, once there are several. */
function regionsOf({ nodes }: DistributedModel, at: (id: string) => Point): SceneRegion[] {
  const parts = new Map<number, Point[]>()
  for (const { id, part } of nodes) parts.set(part ?? 1, [...(parts.get(part ?? 1) ?? []), at(id)])
  if (parts.size < 2) return []
  return [...parts].map(([part, points]) => {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
    const [left, top] = [Math.min(...xs) - SIZE / 2 - REGION_ROOM, Math.min(...ys) - SIZE / 2 - REGION_ROOM]
    return {
      id: `part-${part}`,
      x: left,
      y: top,
      width: Math.max(...xs) + SIZE / 2 + REGION_ROOM - left,
      height: Math.max(...ys) + SIZE / 2 + REGION_ROOM + WORDS_ROOM - top,
      text: texts.picture.part(part),
    }
  })
}
