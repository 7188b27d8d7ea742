// The wait-for graph as shapes: processes where they stand in the drawing, an arrow for each wait. Knows no colours.
import type { Layout } from '@contract/document.ts'
import type { Mark } from '@contract/verdict.ts'
import type { WaitForGraph } from '@labs/deadlock/model/wait-for.ts'

export const RADIUS = 26
/** the picture is given up above these */
export const MOST_PROCESSES = 300
export const MOST_WAITS = 2_000
/** arrows carry the names of types up to this number of waits */
const MOST_LABELS = 60
const MARGIN = 34
/** smallest distance of two processes in the picture, where the drawing has room between for its types */
const CLOSE = 92

export interface WaitNode {
  id: string
  name: string
  x: number
  y: number
  mark: Mark | null
}

export interface WaitArrow {
  key: string
  /** index among the waits */
  wait: number
  /** an SVG path from rim to rim */
  path: string
  /** corners of the head, the tip in the middle */
  head: string
  label: { text: string; x: number; y: number } | null
  ring: boolean
}

export interface WaitPicture {
  viewBox: { x: number; y: number; width: number; height: number }
  nodes: WaitNode[]
  arrows: WaitArrow[]
}

/** @param marks state of each process; an arrow between two that are on a ring is drawn as part of it */
export function waitPicture(
  { processes, waits }: WaitForGraph,
  layout: Layout,
  marks: Readonly<Record<string, Mark>>,
): WaitPicture {
  const places = processes.map(({ id }) => layout.positions[id] ?? { x: 0, y: 0 })
  const factor = Math.min(1, CLOSE / nearest(places))
  const nodes = processes.map(({ id, name }, index): WaitNode => {
    const { x, y } = places[index] ?? { x: 0, y: 0 }
    return { id, name, x: x * factor, y: y * factor, mark: marks[id] ?? null }
  })
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const joined = new Set(waits.map(({ from, to }) => `${from} ${to}`))
  const arrows = waits.flatMap(({ from, to, through }, wait): WaitArrow[] => {
    const [a, b] = [byId.get(from), byId.get(to)]
    if (a === undefined || b === undefined) return []
    const text = waits.length <= MOST_LABELS ? through.join(', ') : ''
    const ring = a.mark === 'ring' && b.mark === 'ring'
    const both = joined.has(`${to} ${from}`)
    return [{ key: `${from} ${to}`, wait, ring, ...(from === to ? loop(a, text) : arrow(a, b, both ? 34 : 10, text)) }]
  })
  return { viewBox: boxAround(nodes), nodes, arrows }
}

/** Distance of the two points that lie nearest to each other; at least 1. */
function nearest(points: readonly { x: number; y: number }[]): number {
  let least = Infinity
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y))
  }
  return Math.max(1, Number.isFinite(least) ? least : CLOSE)
}

function boxAround(nodes: readonly WaitNode[]): WaitPicture['viewBox'] {
  if (nodes.length === 0) return { x: 0, y: 0, width: 1, height: 1 }
  const [left, right] = ends(nodes.map(({ x }) => x))
  const [top, bottom] = ends(nodes.map(({ y }) => y))
  const grow = RADIUS + MARGIN
  return { x: left - grow, y: top - grow, width: right - left + 2 * grow, height: bottom - top + 2 * grow }
}

const ends = (values: readonly number[]): [number, number] => [
  values.reduce((a, b) => Math.min(a, b), Infinity),
  values.reduce((a, b) => Math.max(a, b), -Infinity),
]

type Drawn = Pick<WaitArrow, 'path' | 'head' | 'label'>

/** @param bow how far the middle stands off the straight line, to the left when looking from `a` to `b` */
function arrow(a: WaitNode, b: WaitNode, bow: number, text: string): Drawn {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const control = { x: (a.x + b.x) / 2 + uy * 2 * bow, y: (a.y + b.y) / 2 - ux * 2 * bow }
  const start = towards(a, control, RADIUS)
  const end = towards(b, control, RADIUS + 3)
  const middle = { x: (a.x + b.x) / 2 + uy * (bow + 12), y: (a.y + b.y) / 2 - ux * (bow + 12) }
  return {
    path: `M${pair(start)} Q${pair(control)} ${pair(end)}`,
    head: headAt(end, control),
    label: text === '' ? null : { text, ...middle },
  }
}

function loop(a: WaitNode, text: string): Drawn {
  const start = { x: a.x - RADIUS * 0.6, y: a.y - RADIUS * 0.8 }
  const end = { x: a.x + RADIUS * 0.6, y: a.y - RADIUS * 0.8 - 2 }
  const high = a.y - RADIUS * 2.6
  return {
    path: `M${pair(start)} C${pair({ x: a.x - 30, y: high })} ${pair({ x: a.x + 30, y: high })} ${pair(end)}`,
    head: headAt(end, { x: a.x + 30, y: high }),
    label: text === '' ? null : { text, x: a.x, y: high - 4 },
  }
}

function towards(from: { x: number; y: number }, to: { x: number; y: number }, by: number): { x: number; y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by }
}

function headAt(tip: { x: number; y: number }, from: { x: number; y: number }): string {
  const back = towards(tip, from, 11)
  const [dx, dy] = [(tip.y - back.y) * 0.45, (back.x - tip.x) * 0.45]
  return [{ x: back.x + dx, y: back.y + dy }, tip, { x: back.x - dx, y: back.y - dy }].map(pair).join(' ')
}

const round = (value: number): number => Math.round(value * 10) / 10
const pair = ({ x, y }: { x: number; y: number }): string => `${round(x)},${round(y)}`
