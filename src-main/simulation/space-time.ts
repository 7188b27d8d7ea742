// Where events and messages of a run lie in a space-time diagram. Pure: knows no lab, no page and no picture; places
// along the axis of time are in the unit of a picture, lanes are counted from 0.
import type { RunStep, TraceEvent } from '../contract/run.ts'

export type Axis = 'time' | 'order'

/** Least distance between two events of one lane. */
const GAP = 26
/** Distance between two events in the order. */
const SLOT = 44
/** What the shorter stretches of time between events become. */
const USUAL_STRETCH = 60
/** Least distance between a message's line and an event that it passes, along the axis. */
const CLEAR = 12
const LARGEST_STRETCH = 260
/** how far a message that never arrives, or is still under way, is drawn towards its receiver; the first that ends between lanes */
const PARTS_OF_THE_WAY = [0.6, 0.5, 0.7, 0.4]

export interface PlacedEvent {
  /** the step's number in the run */
  readonly step: number
  readonly lane: number
  readonly along: number
  readonly at: number
  readonly kind: TraceEvent['kind']
  readonly label: string
  /** whether messages leave with it */
  readonly sends: boolean
  /** what it receives, or null */
  readonly receives: string | null
}

export interface PlacedMessage {
  readonly message: string
  readonly label: string
  readonly detail: string
  readonly from: { readonly lane: number; readonly along: number; readonly step: number }
  /** where it ends; for one that does not arrive, on the way to its receiver */
  readonly to: { readonly lane: number; readonly along: number; readonly step: number | null }
  readonly end: 'arrives' | 'lost' | 'under way'
}

/** A stretch in which a lane is crashed or paused. */
export interface PlacedStretch {
  readonly lane: number
  readonly from: number
  readonly to: number
  readonly kind: 'crashed' | 'paused'
}

/** A moment on the axis, for a scale of times. */
export interface Tick {
  readonly along: number
  readonly at: number
}

export interface SpaceTime {
  readonly lanes: readonly string[]
  readonly events: readonly PlacedEvent[]
  readonly messages: readonly PlacedMessage[]
  readonly stretches: readonly PlacedStretch[]
  /** by step number, where on the axis it lies; of all steps, also of those without a lane */
  readonly steps: ReadonlyMap<number, number>
  readonly ticks: readonly Tick[]
  readonly length: number
}

type Step = Pick<RunStep, 'step' | 'trace'>

interface Leaving {
  lane: number
  along: number
  step: number
  to: number
  label: string
  detail: string
  /** how far along the axis the messages that left with this one go for each lane; shared by them all */
  slopes: number[]
}

/**
 * @param lanes ids of records, in the order in which the lanes stand
 * @param steps one branch, from the initial state on
 */
export function spaceTime(lanes: readonly string[], steps: readonly Step[], axis: Axis): SpaceTime {
  const laneOf = new Map(lanes.map((id, index) => [id, index]))
  const scale = axis === 'time' ? scaleOf(steps) : 0
  const events: PlacedEvent[] = []
  const messages: PlacedMessage[] = []
  const places = new Map<number, number>()
  const ticks: Tick[] = []
  const lastOf = new Array<number>(lanes.length).fill(-Infinity)
  /** by lane, where its events lie, in their order */
  const placesOf = lanes.map((): number[] => [])
  const since = new Map<number, { along: number; kind: PlacedStretch['kind'] }>()
  const stretches: PlacedStretch[] = []
  /** messages by id, as often as they left */
  const leaving = new Map<string, Leaving>()
  const unsettled = new Set<string>()
  let [now, base, furthest] = [0, GAP, GAP]

  const endStretch = (lane: number, along: number): void => {
    const begun = since.get(lane)
    since.delete(lane)
    if (begun !== undefined) stretches.push({ lane, from: begun.along, to: along, kind: begun.kind })
  }

  for (const { step, trace } of steps) {
    if (trace === undefined) continue
    if (trace.down !== undefined) {
      for (const id of trace.down) since.set(laneOf.get(id) ?? -1, { along: 0, kind: 'crashed' })
      places.set(step, 0)
      continue
    }
    if (trace.at > now) {
      base = axis === 'time' ? furthest + Math.min(LARGEST_STRETCH, (trace.at - now) * scale) : base
      now = trace.at
    }
    const lane = trace.lane === null ? undefined : laneOf.get(trace.lane)
    const sent = trace.message === undefined ? undefined : leaving.get(trace.message)
    let along = axis === 'order' ? furthest + (places.size < 2 ? 0 : SLOT) : base
    if (lane !== undefined) along = Math.max(along, (lastOf[lane] ?? -Infinity) + GAP)
    if (sent !== undefined) along = Math.max(along, sent.along + GAP / 2)
    // Where only the order counts, places are free to keep lines from lying on each other.
    if (sent !== undefined && axis === 'order') along = apart(sent, along, placesOf)
    furthest = Math.max(furthest, along)
    places.set(step, along)
    if (ticks.at(-1)?.at !== trace.at) ticks.push({ along, at: trace.at })
    if (lane !== undefined) {
      lastOf[lane] = along
      placesOf[lane]?.push(along)
      events.push({
        step,
        lane,
        along,
        at: trace.at,
        kind: trace.kind,
        label: trace.label,
        sends: trace.sends.length > 0,
        receives: trace.kind === 'receive' ? (trace.message ?? null) : null,
      })
      if (trace.kind === 'crash') since.set(lane, { along, kind: 'crashed' })
      else if (trace.kind === 'pause') since.set(lane, { along, kind: 'paused' })
      else if (trace.kind === 'recover' || trace.kind === 'resume') endStretch(lane, along)
      const slopes: number[] = []
      for (const { message, to, label, detail } of trace.sends) {
        leaving.set(message, { lane, along, step, to: laneOf.get(to) ?? lane, label, detail, slopes })
        unsettled.add(message)
      }
    }
    if (sent === undefined || trace.message === undefined) continue
    if (trace.kind !== 'receive' && trace.kind !== 'lost') continue
    unsettled.delete(trace.message)
    messages.push(arrived(trace.message, sent, trace.kind, along, step))
  }
  const length = furthest + GAP
  for (const message of unsettled) {
    const sent = leaving.get(message)
    if (sent !== undefined) messages.push(underWay(message, sent, length))
  }
  for (const lane of [...since.keys()]) endStretch(lane, length)
  return { lanes, events, messages, stretches, steps: places, ticks, length }
}

function arrived(
  message: string,
  { lane, along: left, step: from, to, label, detail }: Leaving,
  kind: 'receive' | 'lost',
  along: number,
  step: number,
): PlacedMessage {
  const start = { lane, along: left, step: from }
  if (kind === 'receive') {
    return { message, label, detail, from: start, to: { lane: to, along, step }, end: 'arrives' }
  }
  const part = partOfTheWay(lane, to)
  const end = { lane: lane + (to - lane) * part, along: left + (Math.max(along, left + GAP) - left) * part, step }
  return { message, label, detail, from: start, to: end, end: 'lost' }
}

function underWay(message: string, { lane, along, step, to, label, detail }: Leaving, length: number): PlacedMessage {
  const reach = Math.min(length, along + 2 * GAP)
  const end = { lane: lane + (to - lane) * partOfTheWay(lane, to), along: reach, step: null }
  return { message, label, detail, from: { lane, along, step }, to: end, end: 'under way' }
}

/**
 * The place, or one a little later where a message would lie on another one that left with it, or seem to end at an
 * event that it only passes.
 */
function apart({ lane, along: left, to, slopes }: Leaving, along: number, places: readonly number[][]): number {
  if (lane === to) return along
  let place = along
  const slope = (): number => (place - left) / (to - lane)
  const near = (other: number): boolean => Math.sign(other) === Math.sign(slope()) && ratio(other, slope()) < 1.15
  const meets = (): boolean => slopes.some(near) || passes(places, lane, to, left, slope())
  for (let tries = 0; tries < 3 && meets(); tries += 1) place += SLOT / 2
  slopes.push(slope())
  return place
}

/** Whether a line from a lane to another one runs through an event of a lane between them. */
function passes(places: readonly number[][], lane: number, to: number, left: number, slope: number): boolean {
  const by = Math.sign(to - lane)
  for (let between = lane + by; between !== to; between += by) {
    const crossing = left + slope * (between - lane)
    const events = places[between] ?? []
    // Backwards: a message crosses a lane near its latest events.
    for (let index = events.length - 1; index >= 0; index -= 1) {
      const off = (events[index] ?? 0) - crossing
      if (Math.abs(off) < CLEAR) return true
      if (off < 0) break
    }
  }
  return false
}

const ratio = (a: number, b: number): number => Math.max(Math.abs(a), Math.abs(b)) / Math.min(Math.abs(a), Math.abs(b))

/** So that an end does not lie on a lane that has nothing to do with it. */
function partOfTheWay(from: number, to: number): number {
  const offLane = (part: number): number => {
    const at = from + (to - from) * part
    return Math.abs(at - Math.round(at))
  }
  return PARTS_OF_THE_WAY.find((part) => offLane(part) >= 0.2) ?? PARTS_OF_THE_WAY[0] ?? 0.6
}

/** So that the shorter of the stretches between events are comfortable to read. */
function scaleOf(steps: readonly Step[]): number {
  const stretches: number[] = []
  let before = 0
  for (const { trace } of steps) {
    if (trace === undefined || trace.at <= before) continue
    stretches.push(trace.at - before)
    before = trace.at
  }
  if (stretches.length === 0) return 1
  stretches.sort((a, b) => a - b)
  return USUAL_STRETCH / (stretches[Math.floor(stretches.length / 4)] ?? 1)
}
