// Snapping while something is moved: to lines through neighbours, to equal gaps between them, else to the grid; and the
// guides that show why it stopped there. Pure geometry in canvas units; knows no record and no tool.
import type { Point } from '@contract/scene.ts'
import { type Rect, snap } from './geometry.ts'

/** A thin line over the drawing: along an edge or centre that is shared, or across a gap that is repeated. */
export interface Guide {
  kind: 'line' | 'gap'
  from: Point
  to: Point
}

export interface Snapped {
  dx: number
  dy: number
  guides: readonly Guide[]
}

type Axis = 'x' | 'y'
/** A rectangle seen along one axis: `start` to `end` on it, `low` to `high` across it. */
interface Span {
  start: number
  end: number
  low: number
  high: number
}
/**
 * A line that something may stop at, and whose it is. `part` 0 is a start, 1 a centre, 2 an end; each stops at its like,
 * or everything would stop everywhere.
 */
interface Line {
  at: number
  part: 0 | 1 | 2
  span: Span
}

const other: Readonly<Record<Axis, Axis>> = { x: 'y', y: 'x' }
/** Guides reach beyond the shapes they join. */
const BEYOND = 12
const SAME = 0.01

const spanOf = (rect: Rect, axis: Axis): Span => {
  const [along, across] = axis === 'x' ? [rect.width, rect.height] : [rect.height, rect.width]
  const [start, low] = [rect[axis], rect[other[axis]]]
  return { start, end: start + along, low, high: low + across }
}
const lineAt = ({ start, end }: Span, part: 0 | 1 | 2): number => start + ((end - start) * part) / 2
const parts = [1, 0, 2] as const

/** What can be snapped to: made once for a gesture, asked for each of its steps. */
export class SnapField {
  readonly #lines: Readonly<Record<Axis, readonly Line[]>>
  readonly #spans: Readonly<Record<Axis, readonly Span[]>>

  /** @param rects the neighbours, without what is moved */
  constructor(rects: readonly Rect[]) {
    const spans = (axis: Axis): Span[] => rects.map((rect) => spanOf(rect, axis)).sort((a, b) => a.start - b.start)
    this.#spans = { x: spans('x'), y: spans('y') }
    const lines = (axis: Axis): Line[] =>
      this.#spans[axis]
        .flatMap((span) => parts.map((part): Line => ({ at: lineAt(span, part), part, span })))
        .sort((a, b) => a.at - b.at)
    this.#lines = { x: lines('x'), y: lines('y') }
  }

  /**
   * How far a rectangle that was brought to a place should still go.
   * @param anchor the point of it that stands on the grid where no neighbour is met
   * @param reach farthest that a neighbour attracts
   */
  snap(rect: Rect, anchor: Point, reach: number): Snapped {
    const guides: Guide[] = []
    let moved = rect
    // Down first: which neighbours stand in the same row decides the gaps across, and the other way round.
    for (const axis of ['y', 'x'] as const) {
      const by = this.#along(moved, axis, reach) ?? snap(anchor[axis]) - anchor[axis]
      moved = { ...moved, [axis]: moved[axis] + by }
    }
    for (const axis of ['x', 'y'] as const) guides.push(...this.#guides(moved, axis))
    return { dx: moved.x - rect.x, dy: moved.y - rect.y, guides }
  }

  /** How far to go along an axis to the best neighbour; null when none is near. Lines win over gaps that are no nearer. */
  #along(rect: Rect, axis: Axis, reach: number): number | null {
    const span = spanOf(rect, axis)
    let best: number | null = null
    const offer = (by: number): void => {
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best) - SAME)) best = by
    }
    for (const part of parts) {
      const at = lineAt(span, part)
      for (const line of this.#near(axis, at, reach)) if (line.part === part) offer(line.at - at)
    }
    for (const { start } of this.#gaps(span, axis, reach)) offer(start - span.start)
    return best
  }

  /** Lines within reach of a coordinate, found by halving. */
  #near(axis: Axis, at: number, reach: number): Line[] {
    const lines = this.#lines[axis]
    let [low, high] = [0, lines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((lines[middle]?.at ?? Infinity) < at - reach) low = middle + 1
      else high = middle
    }
    const found: Line[] = []
    for (let line = lines[low]; line !== undefined && line.at <= at + reach; line = lines[(low += 1)]) found.push(line)
    return found
  }

  /** Places with equal gaps: between two neighbours of the same row, or beyond two of them by the gap between these. */
  #gaps(span: Span, axis: Axis, reach: number): { start: number; between: [Span, Span][] }[] {
    const row = this.#spans[axis].filter(({ low, high }) => low < span.high && high > span.low)
    const length = span.end - span.start
    const before = row.filter(({ end }) => end <= span.start + reach).sort((a, b) => b.end - a.end)
    const after = row.filter(({ start }) => start >= span.end - reach)
    const found: { start: number; between: [Span, Span][] }[] = []
    const [left, right] = [before[0], after[0]]
    const itself = (start: number): Span => ({ ...span, start, end: start + length })
    if (left !== undefined && right !== undefined && right.start - left.end > length) {
      const start = (left.end + right.start - length) / 2
      found.push({
        start,
        between: [
          [left, itself(start)],
          [itself(start), right],
        ],
      })
    }
    const second = left && before.find(({ end }) => end <= left.start)
    if (left !== undefined && second !== undefined) {
      const start = left.end + left.start - second.end
      found.push({
        start,
        between: [
          [second, left],
          [left, itself(start)],
        ],
      })
    }
    const third = right && after.find(({ start }) => start >= right.end)
    if (right !== undefined && third !== undefined) {
      const start = right.start - (third.start - right.end) - length
      found.push({
        start,
        between: [
          [itself(start), right],
          [right, third],
        ],
      })
    }
    return found
  }

  /** What holds a rectangle where it is now: at most one line along each axis, and gaps only where no line is. */
  #guides(rect: Rect, axis: Axis): Guide[] {
    const span = spanOf(rect, axis)
    const distance = (one: Span): number => Math.max(one.low - span.high, span.low - one.high, 0)
    for (const part of parts) {
      const at = lineAt(span, part)
      const lines = this.#near(axis, at, SAME).filter((line) => line.part === part)
      const nearest = lines.sort((a, b) => distance(a.span) - distance(b.span))[0]?.span
      if (nearest === undefined) continue
      const [low, high] = [Math.min(span.low, nearest.low) - BEYOND, Math.max(span.high, nearest.high) + BEYOND]
      return [{ kind: 'line', ...ends(axis, at, low, at, high) }]
    }
    const gap = this.#gaps(span, axis, SAME).find(({ start }) => Math.abs(start - span.start) < SAME)
    return (gap?.between ?? []).map(([a, b]): Guide => {
      // In the middle of what both have in common across the axis.
      const across = (Math.max(a.low, b.low) + Math.min(a.high, b.high)) / 2
      return { kind: 'gap', ...ends(axis, a.end, across, b.start, across) }
    })
  }
}

/** Two points by their places along and across an axis. */
const ends = (
  axis: Axis,
  along: number,
  across: number,
  toAlong: number,
  toAcross: number,
): Pick<Guide, 'from' | 'to'> =>
  axis === 'x'
    ? { from: { x: along, y: across }, to: { x: toAlong, y: toAcross } }
    : { from: { x: across, y: along }, to: { x: toAcross, y: toAlong } }
