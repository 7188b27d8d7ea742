// The marks of a space-time diagram on paper: lanes, dots, crosses, hatched stretches, messages.
// Knows points, not where they come from.
import type { Point } from '../../contract/scene.ts'
import type { PlacedMessage } from '../../simulation/space-time.ts'
import type { Item, Segment } from './painting.ts'
import { ink, paper, quiet } from './style.ts'

const DOT = 4
/** Half the width of a stretch. */
const HALF = 7
const path = (segments: readonly Segment[], colour: string, width: number, dash: readonly number[] = []): Item => ({
  do: 'path',
  segments,
  fill: null,
  stroke: { colour, width, dash, round: false },
})

const line = (from: Point, to: Point): Segment[] => [
  ['M', from.x, from.y],
  ['L', to.x, to.y],
]

export const laneLine = (from: Point, to: Point): Item => path(line(from, to), quiet, 1)

export const cross = ({ x, y }: Point): Item =>
  path(
    [...line({ x: x - 5, y: y - 5 }, { x: x + 5, y: y + 5 }), ...line({ x: x + 5, y: y - 5 }, { x: x - 5, y: y + 5 })],
    ink,
    2.5,
  )

/** An open dot only receives; a filled one acts by itself or sends. */
export const dot = ({ x, y }: Point, open: boolean): Item => ({
  ...{ do: 'circle', x, y, radius: DOT, fill: open ? paper : ink },
  stroke: { colour: ink, width: 1.5, dash: [], round: false },
})

/** Crashed: close lines; paused: lines that stand far apart. */
export function hatchedStretch(from: Point, to: Point, kind: 'crashed' | 'paused'): Item {
  const [x, y] = from.y === to.y ? [from.x, from.y - HALF] : [from.x - HALF, from.y]
  const [width, height] = from.y === to.y ? [to.x - from.x, 2 * HALF] : [2 * HALF, to.y - from.y]
  const distance = kind === 'crashed' ? 5 : 12
  const lines: Segment[] = []
  for (let off = distance / 2; off < width + height; off += distance) {
    const [right, down] = [Math.min(off, width), Math.min(off, height)]
    lines.push(...line({ x: x + right, y: y + off - right }, { x: x + off - down, y: y + down }))
  }
  const rim = { colour: quiet, width: 1, dash: [], round: false }
  return {
    ...{ do: 'group', title: kind },
    items: [
      { do: 'box', x, y, width, height, corner: 0, fill: paper, stroke: null },
      path(lines, kind === 'crashed' ? ink : quiet, kind === 'crashed' ? 1.25 : 0.75),
      { do: 'box', x, y, width, height, corner: 0, fill: null, stroke: rim },
    ],
  }
}

export interface MessageMarks {
  line: Item
  /** arrow head or cross; above all texts, since it tells what became of the message */
  end: Item
}

/** A line from sender to receiver, dashed unless the message arrives, with a cross where it is lost. */
export function messageMarks(
  { from, to, end }: PlacedMessage,
  spot: (lane: number, along: number) => Point,
  across: boolean,
): MessageMarks {
  const [a, b] = [spot(from.lane, from.along), spot(to.lane, to.along)]
  const arrives = end === 'arrives'
  // What a node sends to itself leaves its lane, or nobody would see it.
  const bow = from.lane === to.lane ? 36 : 0
  const middle = { x: (a.x + b.x) / 2 + (across ? 0 : bow), y: (a.y + b.y) / 2 - (across ? bow : 0) }
  const towards = bow === 0 ? a : middle
  const length = Math.hypot(b.x - towards.x, b.y - towards.y) || 1
  const [ux, uy] = [(b.x - towards.x) / length, (b.y - towards.y) / length]
  const tip = arrives ? { x: b.x - ux * (DOT + 1), y: b.y - uy * (DOT + 1) } : b
  const way: Segment[] =
    bow === 0
      ? line(a, tip)
      : [
          ['M', a.x, a.y],
          ['Q', middle.x, middle.y, tip.x, tip.y],
        ]
  const back = (side: number): Point => ({ x: tip.x - ux * 8 - side * uy * 3.5, y: tip.y - uy * 8 + side * ux * 3.5 })
  const [left, right] = [back(1), back(-1)]
  const head: Segment[] = [
    ['M', left.x, left.y],
    ['L', tip.x, tip.y],
    ['L', right.x, right.y],
  ]
  const open = end === 'lost' ? cross(b) : path(head, ink, 1.5)
  return {
    line: path(way, ink, 1.5, arrives ? [] : [6, 4]),
    end: arrives ? { do: 'path', segments: [...head, ['Z']], fill: ink, stroke: null } : open,
  }
}
