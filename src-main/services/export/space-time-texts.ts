// The texts of a space-time diagram on paper, put where they cover each other and the lines as little as can be done
// by simple rules. Knows points and widths of texts; no run.
import type { Point } from '../../contract/scene.ts'
import type { PlacedEvent, SpaceTime } from '../../simulation/space-time.ts'
import { type Taken, placeLabels } from '../../simulation/space-time-labels.ts'
import type { Line } from './painting.ts'
import { ink, paper, quiet } from './style.ts'
import { elided } from './xml.ts'

export const LABEL_SIZE = 11
/** Texts beside each other stand at least so far apart. */
const GAP = 8
/** How much an axis is stretched at most, so that what is written at events does not overlap. */
const MOST_STRETCH = 6
/** Rows above a lane for labels that would overlap. */
const ROWS = 3
/** Half of what the dot of an event takes from texts. */
const DOT_ROOM = 6

type Measure = (text: string) => number
type Spot = (lane: number, along: number) => Point
/** Where messages of an event lie beside its lane: on the side of lower lanes (1) or of higher ones (-1). */
type Sides = { comes: ReadonlySet<number>; goes: ReadonlySet<number> }

const line = (content: string, at: Point, more: Partial<Line> = {}): Line => ({
  ...{ do: 'text', content, ...at, size: LABEL_SIZE, colour: ink, anchor: 'start', halo: paper },
  ...more,
})

/** Lays out all texts of a diagram whose axis is stretched by `stretch` and whose lanes stand `lane` apart. */
export class Texts {
  readonly #diagram: SpaceTime
  readonly #stamps: ReadonlyMap<number, string>
  readonly #across: boolean
  readonly #width: Measure
  readonly #sides = new Map<number, { comes: Set<number>; goes: Set<number> }>()
  readonly #written: Taken[] = []

  /** @param stamps what is written at events besides their labels, by step */
  constructor(diagram: SpaceTime, stamps: ReadonlyMap<number, string>, across: boolean, width: Measure) {
    this.#diagram = diagram
    this.#stamps = stamps
    this.#across = across
    this.#width = width
    for (const { from, to, end } of diagram.messages) {
      this.#sidesOf(from.step).goes.add(Math.sign(to.lane - from.lane))
      if (end === 'arrives' && to.step !== null) {
        this.#sidesOf(to.step).comes.add(Math.sign(from.lane - to.lane))
      }
    }
  }

  /** So that the kind of a message fits on its line, and where time runs down, what is written beside an event. */
  laneDistance(least: number, most: number): number {
    const { messages, events } = this.#diagram
    const kinds = messages.map(({ label, end }) => (this.#width(label) + 24) / (end === 'arrives' ? 1 : 0.7))
    const beside = this.#across
      ? []
      : events.map(({ step, label }) => 33 + Math.max(this.#width(this.#stamp(step)), this.#width(elided(label))))
    return Math.ceil(
      Math.min(
        most,
        [...kinds, ...beside].reduce((widest, one) => Math.max(widest, one), least),
      ),
    )
  }

  /** How much longer the axis becomes, so that the stamps of one lane do not overlap. Labels have rows to go to. */
  stretch(): number {
    if (!this.#across) return 1
    const ends = new Map<number, { along: number; to: number }>()
    let stretch = 1
    for (const { lane, along, step } of this.#diagram.events) {
      const wide = this.#width(this.#stamp(step))
      if (wide === 0) continue
      const from = this.#shift(step, wide, 1)
      const before = ends.get(lane)
      ends.set(lane, { along, to: from + wide })
      if (before !== undefined && along > before.along) {
        stretch = Math.max(stretch, (before.to - from + GAP) / (along - before.along))
      }
    }
    return Math.min(MOST_STRETCH, stretch)
  }

  events(spot: Spot): Line[] {
    /** by lane and row, where the last label ends */
    const ends = new Map<string, number>()
    return this.#diagram.events.flatMap((event) => {
      const { x, y } = spot(event.lane, event.along)
      const [label, stamp] = [elided(event.label), this.#stamp(event.step)]
      if (!this.#across) {
        const [first, second] = label === '' || stamp === '' ? [y + 4, y + 4] : [y - 2, y + 11]
        return this.#taken([
          line(label, { x: this.#beside(event, x, label), y: first }),
          line(stamp, { x: this.#beside(event, x, stamp), y: second }, { colour: quiet }),
        ])
      }
      const [above, below] = [this.#width(label), this.#width(stamp)]
      const from = x + this.#shift(event.step, above, -1)
      const row = label === '' ? 0 : this.#row(ends, event, from, from + above)
      return this.#taken([
        line(label, { x: from, y: y - 9 - 13 * row }),
        line(stamp, { x: x + this.#shift(event.step, below, 1), y: y + 18 }, { colour: quiet }),
      ])
    })
  }

  /** The messages' kinds along their lines, with what they carry where there is room; to be asked for after `events`. */
  messages(spot: Spot): Line[] {
    const { lanes, length, events } = this.#diagram
    const named = this.#diagram.messages.flatMap(({ message, label, detail, from, to }) =>
      from.lane === to.lane
        ? []
        : [{ message, label, detail, a: spot(from.lane, from.along), b: spot(to.lane, to.along) }],
    )
    // A cross on the way tells what became of a message, as a dot tells of an event.
    const ends = this.#diagram.messages.filter(({ end }) => end !== 'arrives').map(({ to }) => to)
    const dots = [...events, ...ends].map(({ lane, along }): Taken => {
      const { x, y } = spot(lane, along)
      return { left: x - DOT_ROOM, right: x + DOT_ROOM, top: y - DOT_ROOM, bottom: y + DOT_ROOM }
    })
    const placed = placeLabels(named, {
      size: LABEL_SIZE,
      width: this.#width,
      lines: lanes.map((_, lane) => ({ a: spot(lane, 0), b: spot(lane, length) })),
      taken: [...dots, ...this.#written],
    })
    return placed.map(({ text, x, y, angle }) =>
      line(text, { x, y }, { colour: quiet, anchor: 'middle', turn: (angle * 180) / Math.PI }),
    )
  }

  /** Times beside the last lane, or left of the first where time runs down; as many as there is room for. */
  times(spot: Spot): Line[] {
    let free = -Infinity
    return this.#diagram.ticks.flatMap(({ along, at }) => {
      const content = String(Math.round(at * 1000) / 1000)
      const { x, y } = spot(this.#across ? Math.max(0, this.#diagram.lanes.length - 1) : 0, along)
      const wide = this.#width(content)
      const [from, to] = this.#across ? [x - wide / 2, x + wide / 2] : [y - LABEL_SIZE, y]
      if (from < free) return []
      free = to + GAP
      return [
        line(content, this.#across ? { x: x - wide / 2, y: y + 44 } : { x: x - 16 - wide, y: y + 4 }, {
          colour: quiet,
        }),
      ]
    })
  }

  #stamp(step: number): string {
    return this.#stamps.get(step) ?? ''
  }

  #sidesOf(step: number): { comes: Set<number>; goes: Set<number> } {
    const known = this.#sides.get(step) ?? { comes: new Set<number>(), goes: new Set<number>() }
    this.#sides.set(step, known)
    return known
  }

  /** Messages come from the left and go to the right; on a side where only one of both happens the other is free. */
  #shift(step: number, wide: number, side: 1 | -1): number {
    const { comes, goes }: Sides = this.#sidesOf(step)
    if (comes.has(side) === goes.has(side)) return -wide / 2
    return comes.has(side) ? 2 : -2 - wide
  }

  /** Right of the lane, behind an arrow head that is there; left of it where messages are on the right only. */
  #beside({ step, lane }: PlacedEvent, x: number, content: string): number {
    const { comes, goes }: Sides = this.#sidesOf(step)
    const used = (side: number): boolean => comes.has(side) || goes.has(side)
    // Left of the first lane stand the times.
    if (lane > 0 && used(1) && !used(-1)) return x - 9 - this.#width(content)
    return x + (comes.has(1) ? 18 : 9)
  }

  #row(ends: Map<string, number>, { lane }: PlacedEvent, from: number, to: number): number {
    const rows = [...Array(ROWS).keys()]
    const free = rows.find((at) => (ends.get(`${lane} ${at}`) ?? -Infinity) + GAP / 2 <= from) ?? 0
    ends.set(`${lane} ${free}`, to)
    return free
  }

  #taken(lines: readonly Line[]): Line[] {
    const written = lines.filter(({ content }) => content !== '')
    for (const { content, x, y } of written) {
      this.#written.push({ left: x, right: x + this.#width(content), top: y - 0.8 * LABEL_SIZE, bottom: y + 2 })
    }
    return written
  }
}
