// The texts of a space-time diagram on paper, put where they cover each other and the lines as little as can be done
// by simple rules. Knows points and widths of texts; no run.
import type { Point } from '../../contract/scene.ts'
import type { PlacedEvent, PlacedMessage, SpaceTime } from '../../simulation/space-time.ts'
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
/** Parts of the way from the sender at which a message's name may stand, the best first. */
const PLACES = [0.42, 0.5, 0.34, 0.58, 0.66, 0.26, 0.74, 0.82]

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
  readonly #crowd = new Set<string>()

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
    return this.#diagram.messages.flatMap((message) => {
      const { from, to } = message
      return from.lane === to.lane ? [] : this.#along(message, spot(from.lane, from.along), spot(to.lane, to.along))
    })
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

  #along({ label, detail }: PlacedMessage, a: Point, b: Point): Line[] {
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    const long = `${label} ${detail}`.trim()
    const content = [long, label].find((text) => text !== '' && this.#width(text) <= length - 14)
    if (content === undefined) return []
    const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI
    // Upside down reads badly.
    const turn = angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle
    const [ux, uy] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
    const half = this.#width(content) / 2
    // From end to end with some room, just above the line.
    const fitting = PLACES.filter((part) => Math.min(part, 1 - part) * length >= half + 7)
    const candidates = (fitting.length === 0 ? [0.5] : fitting).map((part) => ({
      x: a.x + (b.x - a.x) * part + 4 * uy,
      y: a.y + (b.y - a.y) * part - 4 * ux,
    }))
    const pointsOf = ({ x, y }: Point): Point[] => {
      const count = Math.max(1, Math.ceil(half / 4))
      return Array.from({ length: count + 1 }, (_, index) => {
        const off = -half + (2 * half * index) / count
        return { x: x + ux * off + 4 * uy, y: y + uy * off - 4 * ux }
      })
    }
    const hits = candidates.map((at) => pointsOf(at).filter((point) => this.#crowded(point)).length)
    const best = candidates[hits.indexOf(Math.min(...hits))] ?? a
    for (const point of pointsOf(best)) this.#fill(point)
    return [line(content, best, { colour: quiet, anchor: 'middle', turn })]
  }

  #taken(lines: readonly Line[]): Line[] {
    const written = lines.filter(({ content }) => content !== '')
    for (const { content, x, y } of written) {
      for (let off = 0; off <= this.#width(content); off += 6) this.#fill({ x: x + off, y: y - 4 })
    }
    return written
  }

  #fill({ x, y }: Point): void {
    this.#crowd.add(`${Math.round(x / 8)} ${Math.round(y / 8)}`)
  }

  #crowded({ x, y }: Point): boolean {
    const [column, row] = [Math.round(x / 8), Math.round(y / 8)]
    return [-1, 0, 1].some((right) => [-1, 0, 1].some((down) => this.#crowd.has(`${column + right} ${row + down}`)))
  }
}
