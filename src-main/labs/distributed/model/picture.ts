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
/** about how large a tag is painted, with the room that keeps it from its neighbours */
const TAG_HEIGHT = 22
const TAG_WIDEST = 170
const TAG_ROOM = 24
const LETTER = 6.5
/** the word below a node: how far below its middle, and how high with some room */
const WORD_BELOW = SIZE / 2 + 13
const WORD_HEIGHT = 22
/** more tags than this are not kept apart: nobody could read them, and it takes the square of the time */
const MOST_APART = 300
/** how far a tag may give way: along its line, and further aside; the nearest first */
const ways: readonly (readonly [number, number])[] = [0, 22, -52, 44]
  .flatMap((aside) => [0, 24, -24, 48, -48, 72, -72].map((along) => [along, aside] as const))
  .sort(([a, b], [c, d]) => Math.abs(a) + Math.abs(b) - Math.abs(c) - Math.abs(d))
/** room of a region around its nodes; more below, where words stand */
const REGION_ROOM = 24
const WORDS_ROOM = 20

export function picture(model: DistributedModel, layout: Layout, marks: Readonly<Record<string, Mark>>): Scene {
  const { positions } = layout
  const at = (id: string): Point => (Object.hasOwn(positions, id) && positions[id]) || { x: 0, y: 0 }
  const markOf = (id: string): Mark | null => (Object.hasOwn(marks, id) ? (marks[id] ?? null) : null)
  const nodes = model.nodes.map((node) => nodeShape(node, at(node.id), markOf(node.id), model))
  const names = new Map(model.nodes.map(({ id, name }) => [id, name]))
  const edges = model.edges.map((edge) => linkShape(edge, names, model.topology === 'ring', markOf(edge.id)))
  const tags = tagsOf(model, at, nodes)
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
  { id, kind, from, to, cut, delay = 0, back = 0, loss = 0 }: LinkEdge,
  names: ReadonlyMap<string, string>,
  directed: boolean,
  mark: Mark | null,
): SceneEdge {
  const words = [
    cut === true ? texts.picture.cut : '',
    back !== 0 && back !== delay
      ? texts.picture.delays(
          names.get(from) ?? from,
          names.get(to) ?? to,
          delay === 0 ? texts.picture.usualDelay : texts.picture.delay(delay),
          back,
        )
      : delay === 0
        ? ''
        : texts.picture.delay(delay),
    loss === 0 ? '' : texts.picture.loss(loss),
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

/** How wide a tag is painted about: what matters is that tags do not lie on each other. */
const widthOf = (text: string): number => Math.min(TAG_WIDEST, text.length * LETTER + TAG_ROOM)

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A node, and the word below it. */
function nodeBoxes({ x, y, sublabel }: SceneNode): Box[] {
  const circle = { x, y, width: SIZE, height: SIZE + 4 }
  if (sublabel === '') return [circle]
  return [circle, { x, y: y + WORD_BELOW, width: sublabel.length * LETTER, height: WORD_HEIGHT }]
}

/** How much of two boxes, given by their middles, lies on each other. */
function shared(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width / 2, b.x + b.width / 2) - Math.max(a.x - a.width / 2, b.x - b.width / 2)
  const down = Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2)
  return across > 0 && down > 0 ? across * down : 0
}

/**
 * What is on its way, each beside the line between its two nodes. One that would lie on another, or on a node, gives
 * way a little: first along its line, then further aside. Where there is no room it stands where it hides least.
 */
function tagsOf(
  { travelling = [] }: DistributedModel,
  at: (id: string) => Point,
  nodes: readonly SceneNode[],
): SceneTag[] {
  const boxes: Box[] = travelling.length > MOST_APART ? [] : nodes.flatMap(nodeBoxes)
  return travelling.map(({ id, from, to, text, done, lost }) => {
    const [a, b] = [at(from), at(to)]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const length = Math.hypot(dx, dy) || 1
    const [ux, uy] = [dx / length, dy / length]
    // Between the rims of the two circles.
    const [near, far] = [Math.min(length, SIZE) / 2, Math.max(length - SIZE / 2, Math.min(length, SIZE) / 2)]
    const along = near + done * (far - near)
    let best: { box: Box; hidden: number } | null = null
    for (const [step, more] of ways) {
      const reach = Math.min(far, Math.max(near, along + step))
      const aside = ASIDE + more
      const x = a.x + ux * reach + uy * aside
      const y = a.y + uy * reach - ux * aside
      const box = { x, y, width: widthOf(text), height: TAG_HEIGHT }
      const hidden = boxes.reduce((sum, other) => sum + shared(box, other), 0)
      if (best === null || hidden < best.hidden) best = { box, hidden }
      if (hidden === 0) break
    }
    const { x, y } = best?.box ?? a
    if (best !== null && travelling.length <= MOST_APART) boxes.push(best.box)
    return { id, x, y, heading: Math.atan2(dy, dx), text, lost }
  })
}

interface Area {
  left: number
  top: number
  right: number
  bottom: number
}

const around = ({ x, y }: Point): Area => ({
  left: x - SIZE / 2 - REGION_ROOM,
  top: y - SIZE / 2 - REGION_ROOM,
  right: x + SIZE / 2 + REGION_ROOM,
  bottom: y + SIZE / 2 + REGION_ROOM + WORDS_ROOM,
})

const both = (a: Area, b: Area): Area => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

/**
 * Regions around the nodes of each part, once there are several. A part is as many boxes as it takes for none to hold
 * a node of another part.
 */
function regionsOf({ nodes }: DistributedModel, at: (id: string) => Point): SceneRegion[] {
  const parts = new Map<number, Point[]>()
  for (const { id, part = 1 } of nodes) {
    const points = parts.get(part)
    if (points === undefined) parts.set(part, [at(id)])
    else points.push(at(id))
  }
  if (parts.size < 2) return []
  return [...parts].flatMap(([part, points]) => {
    const others = [...parts].flatMap(([other, theirs]) => (other === part ? [] : theirs))
    const areas = points.length > MOST_APART ? [points.map(around).reduce(both)] : joinedAreas(points, others)
    return areas.map(({ left, top, right, bottom }, index) => ({
      id: `part-${part}-${index}`,
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      text: texts.picture.part(part),
    }))
  })
}

/** Boxes around points, joined while no point of the others comes in. */
function joinedAreas(points: readonly Point[], others: readonly Point[]): Area[] {
  const holds = ({ left, top, right, bottom }: Area): boolean =>
    others.some(
      ({ x, y }) => x + SIZE / 2 > left && x - SIZE / 2 < right && y + SIZE / 2 > top && y - SIZE / 2 < bottom,
    )
  const areas: Area[] = []
  for (const point of points) {
    let area = around(point)
    for (let k = 0; k < areas.length;) {
      const joint = both(area, areas[k] ?? area)
      if (holds(joint)) k += 1
      else {
        area = joint
        areas.splice(k, 1)
        // A larger box may take in what the smaller one could not.
        k = 0
      }
    }
    areas.push(area)
  }
  return areas
}
