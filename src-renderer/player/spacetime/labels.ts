// The words in a space-time diagram on the screen: beside events, and along messages where they cover nothing. They are
// put once for a part of the diagram that is wider than what is seen, so that scrolling moves them and changes none.
// Knows places and widths, no canvas.
import type { PlacedEvent, PlacedMessage, SpaceTime } from '@simulation/space-time.ts'
import {
  type Named,
  type PlacedLabel,
  type Taken,
  cornersOf,
  overlap,
  placeLabels,
} from '@simulation/space-time-labels.ts'
import { type Place, spotOf } from './place.ts'

/** Height of the letters, before a theme enlarges them. */
export const LABEL = 11
/** Messages in a part of the diagram beyond which none is named: nobody could read them. */
const MOST_NAMED = 400
/** How far a text may reach behind the end of the axis. */
const BEYOND = 34
/** least distance of lanes at which events are labelled, and least room for such a label */
const LABELLED_LANE = 34
const LEAST_ROOM = 24
/** distance of the lines of a stamp */
const ROW = 13
/** half of what an event's dot takes from texts */
const DOT_ROOM = 6

export interface EventWord {
  readonly event: PlacedEvent
  readonly text: string
  /** where the text begins, half way up its letters; without the scrolling of the sheet */
  readonly x: number
  readonly y: number
}

export interface Words {
  readonly events: readonly EventWord[]
  readonly messages: readonly PlacedLabel[]
}

export interface Wording {
  readonly diagram: SpaceTime
  /** where the diagram lies; its scrolling decides only which part of it gets words */
  readonly place: Place
  /** the part of the axis that is seen */
  readonly seen: readonly [from: number, to: number]
  readonly stamps: ReadonlyMap<number, string>
  /** height of the letters, and how wide they make a text */
  readonly size: number
  readonly width: (text: string) => number
}

interface Kept extends Words {
  readonly key: string
  readonly stamps: ReadonlyMap<number, string>
  readonly from: number
  readonly to: number
}

const kept = new WeakMap<SpaceTime, Kept>()

/** The words of the part of a diagram that is seen, and of some more on both sides. */
export function wordsOf(wording: Wording): Words {
  const { diagram, place, seen, stamps } = wording
  const key = [place.across, place.zoom, place.lane, place.head, wording.size].join(' ')
  const before = kept.get(diagram)
  if (before?.key === key && before.stamps === stamps && before.from <= seen[0] && before.to >= seen[1]) return before
  const more = seen[1] - seen[0]
  const [from, to] = [seen[0] - more, seen[1] + more]
  const events = eventWords(wording, from, to)
  const named = diagram.messages.filter((message) => reaches(message, from, to))
  const messages = named.length > MOST_NAMED ? [] : placed(named, wording, events, from, to)
  const words = { key, stamps, from, to, events, messages }
  kept.set(diagram, words)
  return words
}

/**
 * The words when some steps are looked at: what these send and receive is named first, also where it was left out, and
 * words in its way step back.
 */
export function wordsAround(steps: readonly number[], wording: Wording): Words {
  const words = wordsOf(wording)
  const looked = (step: number | null): boolean => step !== null && steps.includes(step)
  const [from, to] = wording.seen
  const wanted = wording.diagram.messages.filter(
    (message) => (looked(message.from.step) || looked(message.to.step)) && reaches(message, from, to),
  )
  if (wanted.length === 0 || wanted.length > MOST_NAMED) return words
  const beside = words.events.filter(({ event }) => looked(event.step))
  const first = placed(wanted, wording, beside, from, to)
  const own = new Set(wanted.map(({ message }) => message))
  const boxes = first.map((label) => cornersOf(label, wording.size))
  const others = words.messages.filter(
    (label) => !own.has(label.message) && !boxes.some((box) => overlap(box, cornersOf(label, wording.size))),
  )
  const clear = (word: EventWord): boolean => {
    const { left, right, top, bottom } = boxOf(word, wording)
    const around = [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ]
    return beside.includes(word) || !boxes.some((box) => overlap(box, around))
  }
  return { events: words.events.filter(clear), messages: [...others, ...first] }
}

const reaches = ({ from, to }: PlacedMessage, first: number, last: number): boolean =>
  Math.max(from.along, to.along) >= first && Math.min(from.along, to.along) <= last

const unscrolled = (place: Place): Place => ({ ...place, along: 0, side: 0 })

function placed(
  messages: readonly PlacedMessage[],
  { diagram, place, size, width }: Wording,
  words: readonly EventWord[],
  first: number,
  last: number,
): PlacedLabel[] {
  const sheet = unscrolled(place)
  const named: Named[] = messages.map(({ message, label, detail, from, to }) => ({
    ...{ message, label, detail },
    a: spotOf(sheet, from.lane, from.along),
    b: spotOf(sheet, to.lane, to.along),
  }))
  const lines = diagram.lanes.map((_, lane) => ({ a: spotOf(sheet, lane, first), b: spotOf(sheet, lane, last) }))
  // A cross on the way tells what became of a message, as a dot tells of an event.
  const ends = messages.filter(({ end }) => end !== 'arrives').map(({ to }) => to)
  const dots = [...diagram.events, ...ends].flatMap(({ lane, along }): Taken[] => {
    if (along < first || along > last) return []
    const { x, y } = spotOf(sheet, lane, along)
    return [{ left: x - DOT_ROOM, right: x + DOT_ROOM, top: y - DOT_ROOM, bottom: y + DOT_ROOM }]
  })
  const taken = [...dots, ...words.map((word) => boxOf(word, { size, width }))]
  return placeLabels(named, { size, width, lines, taken })
}

export const boxOf = ({ x, y, text }: EventWord, { size, width }: Pick<Wording, 'size' | 'width'>): Taken => ({
  left: x - 1,
  right: x + width(text) + 1,
  top: y - size / 2,
  bottom: y + size / 2,
})

/** What is written at events: their labels, shortened to the room up to the next event of the lane, and their stamps. */
function eventWords({ diagram, place, stamps, size, width }: Wording, from: number, to: number): EventWord[] {
  const rooms = labelRooms(diagram)
  const sheet = unscrolled(place)
  return diagram.events.flatMap((event) => {
    if (event.along < from || event.along > to) return []
    const { x, y } = spotOf(sheet, event.lane, event.along)
    const words: EventWord[] = []
    const stamp = stamps.get(event.step) ?? ''
    if (stamp !== '') {
      const at = place.across ? { x: x - 4, y: y + 9 + size / 2 } : { x: x + 9, y: y + 3.5 + size / 2 }
      // A matrix has a line for each of its rows.
      for (const [row, text] of stamp.split('\n').entries()) words.push({ event, text, x: at.x, y: at.y + row * ROW })
    }
    if (event.label === '' || place.lane < LABELLED_LANE) return words
    if (!place.across) {
      words.push({
        event,
        text: fitting(event.label, Math.max(place.lane - 14, LEAST_ROOM), width),
        x: x + 9,
        y: y - 5,
      })
      return words
    }
    const { room, before } = rooms.get(event.step) ?? { room: null, before: null }
    if (room !== null) {
      const text = fitting(event.label, Math.max(room * place.zoom - 6, LEAST_ROOM), width)
      words.push({ event, text, x: x - 4, y: y - 5 - size / 2 })
      return words
    }
    // The last one of its lane may stand further left rather than run out of the sheet.
    const end = spotOf(sheet, event.lane, diagram.length).x + BEYOND
    const least = before === null ? sheet.head : x - before * place.zoom + 8
    const start = Math.max(Math.min(x - 4, end - width(event.label)), Math.min(least, x - 4))
    words.push({
      event,
      text: fitting(event.label, Math.max(end - start, LEAST_ROOM), width),
      x: start,
      y: y - 5 - size / 2,
    })
    return words
  })
}

/** The text, or its longest beginning that fits with an ellipsis behind it. */
function fitting(text: string, room: number, width: (text: string) => number): string {
  if (width(text) <= room) return text
  let shown = text.slice(0, -1)
  while (shown.length > 1 && width(`${shown}…`) > room) shown = shown.slice(0, -1)
  return `${shown.trimEnd()}…`
}

interface Room {
  /** up to the next event of its lane; null for the last one */
  readonly room: number | null
  /** back to the event before it; null for the first one */
  readonly before: number | null
}

/** Room for the texts at events. By step, in the unit of the axis. */
const roomsOf = new WeakMap<SpaceTime, ReadonlyMap<number, Room>>()

function labelRooms(diagram: SpaceTime): ReadonlyMap<number, Room> {
  const known = roomsOf.get(diagram)
  if (known !== undefined) return known
  const rooms = new Map<number, Room>()
  const last = new Map<number, { step: number; along: number }>()
  for (const { lane, along, step } of diagram.events) {
    const before = last.get(lane)
    const apart = before === undefined ? null : along - before.along
    if (before !== undefined) rooms.set(before.step, { room: apart, before: rooms.get(before.step)?.before ?? null })
    rooms.set(step, { room: null, before: apart })
    last.set(lane, { step, along })
  }
  roomsOf.set(diagram, rooms)
  return rooms
}
