// A resource allocation graph as shapes: circles, boxes with one dot for each unit, assignments that start at a dot.
// Knows neither colours nor how shapes are painted.
import type { Layout } from '../../../contract/document.ts'
import type { Point, Scene, SceneDot, SceneEdge, SceneNode } from '../../../contract/scene.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { DeadlockModel, ProcessNode, ResourceNode } from './schema.ts'
import { siteOf, sitesOf } from './sites.ts'
import { texts } from './texts.ts'

const PROCESS_SIZE = 56
const MIN_BOX = 64
/** distance between the centres of two dots; a dot is 10 wide */
const DOT_PITCH = 18
/** from the centre of an outer dot to the rim */
const DOT_MARGIN = 19
/** above this many instances the box keeps its size and a number says the rest */
const MOST_DOTS = 36
/** bow of two edges that join the same pair */
const BEND = 20

export function picture(model: DeadlockModel, layout: Layout, marks: Readonly<Record<string, Mark>>): Scene {
  const markOf = (id: string): Mark | null => (Object.hasOwn(marks, id) ? (marks[id] ?? null) : null)
  const centre = (id: string): Point => (Object.hasOwn(layout.positions, id) && layout.positions[id]) || { x: 0, y: 0 }

  const { assigned, bends, met, edgesAt, placed } = structureOf(model)
  const starts = new Map<string, Point>()
  const nodes = model.nodes.map((node): SceneNode => {
    if (node.kind === 'process') return processShape(node, centre(node.id), markOf(node.id), placed)
    const held = assigned.get(node.id) ?? 0
    const dots = dotGrid(node.instances, held)
    const ends = edgesAt.get(node.id) ?? []
    deal(node, dots, ends, centre, starts)
    const others = ends.map((edge) => centre(edge.from === node.id ? edge.to : edge.from))
    return resourceShape(node, held, dots, centre(node.id), markOf(node.id), others)
  })

  const drawn = model.edges.filter(({ id }) => !met.has(id))
  const edges = drawn.map((edge): SceneEdge => ({
    id: edge.id,
    kind: edge.kind,
    from: edge.from,
    to: edge.to,
    start: starts.get(edge.id) ?? null,
    line: edge.kind === 'claim' ? 'dashed' : 'solid',
    arrow: edge.kind === 'assignment' ? 'filled' : 'open',
    label: edge.count > 1 ? texts.picture[edge.kind === 'claim' ? 'most' : 'count'](edge.count) : '',
    bend: bends.get(edge.id) ?? 0,
    mark: markOf(edge.id),
  }))
  return { nodes, edges }
}

interface Structure {
  /** units assigned, by type */
  assigned: ReadonlyMap<string, number>
  edgesAt: ReadonlyMap<string, DeadlockModel['edges']>
  /** bows of edges whose pair is joined by others as well */
  bends: ReadonlyMap<string, number>
  /** claims of which nothing is open: all that was declared is held or asked for, so nothing of them is drawn */
  met: ReadonlySet<string>
  /** whether processes run on several sites, so that each says on which */
  placed: boolean
}

// A drag makes a picture for every frame from one and the same model; only positions differ.
const structures = new WeakMap<DeadlockModel, Structure>()

function structureOf(model: DeadlockModel): Structure {
  const known = structures.get(model)
  if (known !== undefined) return known
  const assigned = new Map<string, number>()
  const edgesAt = new Map<string, DeadlockModel['edges']>(model.nodes.map(({ id }) => [id, []]))
  const { kinds, met } = claimsOf(model)
  const bends = new Map<string, number>()
  for (const edge of model.edges) {
    edgesAt.get(edge.from)?.push(edge)
    edgesAt.get(edge.to)?.push(edge)
    if (edge.kind === 'assignment') assigned.set(edge.from, (assigned.get(edge.from) ?? 0) + edge.count)
    const pair = edge.kind === 'assignment' ? `${edge.to} ${edge.from}` : `${edge.from} ${edge.to}`
    const has = (kind: string): boolean => kinds.has(`${kind} ${pair}`)
    // Opposite directions, so that a bow to the left of both keeps them apart; a claim bows around its request.
    const opposite = edge.kind === 'assignment' ? has('request') || has('claim') : has('assignment')
    const outer = edge.kind === 'claim' && has('request')
    if (opposite || outer) bends.set(edge.id, (opposite ? BEND : 0) + (outer ? BEND : 0))
  }
  const structure = { assigned, edgesAt, bends, met, placed: sitesOf(model).length > 1 }
  structures.set(model, structure)
  return structure
}

/** Which kinds of edges join each pair, and which claims are met. */
function claimsOf({ edges }: DeadlockModel): { kinds: Set<string>; met: Set<string> } {
  const busy = new Map<string, number>()
  const kinds = new Set<string>()
  for (const { kind, from, to, count } of edges) {
    if (kind === 'claim') continue
    const pair = kind === 'request' ? `${from} ${to}` : `${to} ${from}`
    busy.set(pair, (busy.get(pair) ?? 0) + count)
    kinds.add(`${kind} ${pair}`)
  }
  const met = new Set<string>()
  for (const { kind, id, from, to, count } of edges) {
    if (kind !== 'claim') continue
    if ((busy.get(`${from} ${to}`) ?? 0) >= count) met.add(id)
    else kinds.add(`claim ${from} ${to}`)
  }
  return { kinds, met }
}

function processShape(node: ProcessNode, at: Point, mark: Mark | null, placed: boolean): SceneNode {
  return {
    id: node.id,
    kind: node.kind,
    x: at.x,
    y: at.y,
    width: PROCESS_SIZE,
    height: PROCESS_SIZE,
    outline: 'circle',
    label: node.name,
    labelPlace: 'inside',
    sublabel: placed ? texts.picture.site(siteOf(node)) : '',
    dots: [],
    mark,
  }
}

function resourceShape(
  node: ResourceNode,
  held: number,
  dots: SceneDot[],
  at: Point,
  mark: Mark | null,
  others: readonly Point[],
): SceneNode {
  const columns = gridColumns(dots.length)
  const rows = Math.ceil(dots.length / columns)
  const below = sublabel(node.instances, held)
  return {
    id: node.id,
    kind: node.kind,
    x: at.x,
    y: at.y,
    width: Math.max(MIN_BOX, (columns - 1) * DOT_PITCH + 2 * DOT_MARGIN),
    height: Math.max(MIN_BOX, (rows - 1) * DOT_PITCH + 2 * DOT_MARGIN),
    outline: 'box',
    label: node.name,
    labelPlace: labelPlace(at, others, below === '' ? sides : ['above', 'right', 'left']),
    sublabel: below,
    dots,
    mark,
  }
}

function sublabel(instances: number, held: number): string {
  if (held > instances) return texts.picture.overAllocated(held, instances)
  return instances > MOST_DOTS ? texts.picture.free(instances - held, instances) : ''
}

function gridColumns(dots: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(dots)))
}

/** Taken dots come first. In the compact form they stand for the share of units taken, and never hide that some are left. */
function dotGrid(instances: number, held: number): SceneDot[] {
  const count = Math.min(instances, MOST_DOTS)
  const taken = takenDots(instances, held, count)
  const columns = gridColumns(count)
  const rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = row === rows - 1 ? count - row * columns : columns
    return {
      x: ((index % columns) - (inRow - 1) / 2) * DOT_PITCH,
      y: (row - (rows - 1) / 2) * DOT_PITCH,
      taken: index < taken,
    }
  })
}

function takenDots(instances: number, held: number, dots: number): number {
  if (held >= instances) return dots
  if (held === 0 || dots === instances) return held
  return Math.min(dots - 1, Math.max(1, Math.round((held / instances) * dots)))
}

type Side = 'above' | 'below' | 'right' | 'left'
const sides: readonly Side[] = ['above', 'below', 'right', 'left']

/** The first side that no line leaves through; the first one of all where each is crossed. */
function labelPlace(at: Point, others: readonly Point[], places: readonly Side[]): Side {
  const ways: Record<Side, Point> = {
    above: { x: 0, y: -1 },
    below: { x: 0, y: 1 },
    right: { x: 1, y: 0 },
    left: { x: -1, y: 0 },
  }
  const crossed = (side: Side): boolean =>
    others.some((other) => {
      const [dx, dy] = [other.x - at.x, other.y - at.y]
      const along = dx * ways[side].x + dy * ways[side].y
      const across = Math.abs(dx * ways[side].y) + Math.abs(dy * ways[side].x)
      // Labels are wide and low, so slanting lines meet one above or below sooner than one beside.
      return along > 0 && across < (side === 'above' || side === 'below' ? 0.8 : 0.4) * along
    })
  return places.find((side) => !crossed(side)) ?? 'above'
}

/**
 * Gives each assignment the taken dot it starts at, nearest pairs first, so that lines seldom run over other dots.
 * An assignment of several units starts at one of its dots. Where more units are assigned than exist, one may go
 * without: it then starts at the rim.
 */
function deal(
  node: ResourceNode,
  dots: readonly SceneDot[],
  edges: DeadlockModel['edges'],
  centre: (id: string) => Point,
  starts: Map<string, Point>,
): void {
  const at = centre(node.id)
  const free = dots.filter((dot) => dot.taken)
  const pairs = edges.flatMap((edge) => {
    if (edge.kind !== 'assignment') return []
    const to = centre(edge.to)
    return free.map((dot) => ({ edge, dot, distance: Math.hypot(at.x + dot.x - to.x, at.y + dot.y - to.y) }))
  })
  const used = new Set<SceneDot>()
  // Where dots stand for many units, lines may share one.
  const shared = dots.length < node.instances
  pairs.sort((a, b) => a.distance - b.distance)
  for (const sharing of shared ? [false, true] : [false]) {
    for (const { edge, dot } of pairs) {
      if (starts.has(edge.id) || (used.has(dot) && !sharing)) continue
      used.add(dot)
      starts.set(edge.id, { x: dot.x, y: dot.y })
    }
  }
}
