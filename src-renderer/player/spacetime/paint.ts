// Paints a space-time diagram on a canvas: only what is seen, and nothing by colour alone. Lines of one weight for lanes,
// 8 px dots for events, straight arrows for messages, a cross where one is lost, hatching where a lane is crashed.
// Knows the layout and the look, no run. Long, since what covers what is decided by the order of painting here.
import type { PlacedEvent, PlacedMessage, SpaceTime } from '@simulation/space-time.ts'

export interface Look {
  canvas: string
  text: string
  secondary: string
  border: string
  accent: string
  ring: string
  impossible: string
  stroke: number
  font: string
}

/** Where the diagram lies in the window: one screen pixel is `zoom` units along the axis. */
export interface Place {
  /** time runs to the right, or down */
  across: boolean
  width: number
  height: number
  /** in screen pixels, how far the diagram is scrolled along the axis and across the lanes */
  along: number
  side: number
  zoom: number
  /** screen pixels between two lanes */
  lane: number
  /** room for the names of the lanes, and of the times */
  head: number
}

export interface Shown {
  /** the step that the run shows; what comes later is drawn faintly */
  current: number | null
  /** steps that led to the event under the pointer, and those that it leads to; null while nothing is pointed at */
  past: ReadonlySet<number> | null
  future: ReadonlySet<number>
  pointed: number | null
  chosen: readonly number[]
  /** text at events, by step */
  stamps: ReadonlyMap<number, string>
  /** by lane, where the cut lies on the axis; null: there is none */
  cut: readonly number[] | null
}

const DOT = 4
const FAINT = 0.25
const LABEL = 11

export interface Spot {
  x: number
  y: number
}

/** Where a place of the diagram lies on the screen. */
export function spotOf(place: Place, lane: number, along: number): Spot {
  const a = place.head + along * place.zoom - place.along
  const b = place.head + (lane + 0.5) * place.lane - place.side
  return place.across ? { x: a, y: b } : { x: b, y: a }
}

export function paintDiagram(
  context: CanvasRenderingContext2D,
  diagram: SpaceTime,
  place: Place,
  look: Look,
  shown: Shown,
): void {
  const { width, height } = place
  context.clearRect(0, 0, width, height)
  context.save()
  context.beginPath()
  if (place.across) context.rect(place.head, 0, width - place.head, height)
  else context.rect(0, place.head, width, height - place.head)
  context.clip()
  const [first, last] = seen(place)
  paintLanes(context, diagram, place, look)
  paintStretches(context, diagram, place, look)
  if (shown.current !== null) paintNow(context, diagram, place, look, shown.current)
  const late = diagram.steps.get(shown.current ?? -1) ?? (shown.current === null ? Infinity : 0)
  for (const message of diagram.messages) {
    if (
      Math.max(message.to.along, message.from.along) < first ||
      Math.min(message.from.along, message.to.along) > last
    ) {
      continue
    }
    paintMessage(context, message, place, look, shown, late)
  }
  const rooms = labelRooms(diagram)
  for (const event of diagram.events) {
    if (event.along < first || event.along > last) continue
    paintEvent(context, event, place, look, shown, late, rooms)
  }
  if (shown.cut !== null) paintCut(context, shown.cut, place, look)
  context.restore()
}

/** The part of the axis that is seen, with some room at both ends. */
function seen(place: Place): [number, number] {
  const room = 60
  const length = place.across ? place.width : place.height
  return [(place.along - place.head - room) / place.zoom, (place.along + length + room) / place.zoom]
}

function paintLanes(context: CanvasRenderingContext2D, { lanes, length }: SpaceTime, place: Place, look: Look): void {
  context.strokeStyle = look.secondary
  context.lineWidth = Math.max(1, look.stroke)
  context.beginPath()
  for (const index of lanes.keys()) {
    const [from, to] = [spotOf(place, index, 0), spotOf(place, index, length)]
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
  }
  context.stroke()
}

function paintStretches(context: CanvasRenderingContext2D, { stretches }: SpaceTime, place: Place, look: Look): void {
  for (const { lane, from, to, kind } of stretches) {
    const [a, b] = [spotOf(place, lane, from), spotOf(place, lane, to)]
    const half = 7
    const box = place.across
      ? { x: a.x, y: a.y - half, width: b.x - a.x, height: 2 * half }
      : { x: a.x - half, y: a.y, width: 2 * half, height: b.y - a.y }
    context.save()
    context.beginPath()
    context.rect(box.x, box.y, box.width, box.height)
    context.fillStyle = look.canvas
    context.fill()
    context.clip()
    context.strokeStyle = kind === 'crashed' ? look.impossible : look.secondary
    context.lineWidth = kind === 'crashed' ? 1.5 : 1
    const reach = box.width + box.height
    const step = kind === 'crashed' ? 7 : 12
    const start = Math.max(0, Math.floor((place.across ? -box.x : -box.y) / step) * step)
    const end = Math.min(reach, start + place.width + place.height + 2 * step)
    context.beginPath()
    for (let off = start; off < end; off += step) {
      context.moveTo(box.x + off, box.y)
      context.lineTo(box.x + off - box.height, box.y + box.height)
    }
    context.stroke()
    context.restore()
    context.strokeStyle = look.secondary
    context.lineWidth = 1
    context.strokeRect(box.x, box.y, box.width, box.height)
  }
}

/** A line across all lanes at the step that the run shows. */
function paintNow(
  context: CanvasRenderingContext2D,
  diagram: SpaceTime,
  place: Place,
  look: Look,
  current: number,
): void {
  const along = diagram.steps.get(current) ?? 0
  const [a, b] = [spotOf(place, -0.5, along), spotOf(place, diagram.lanes.length - 0.5, along)]
  context.strokeStyle = look.accent
  context.lineWidth = 2 * look.stroke
  context.setLineDash([2, 4])
  context.beginPath()
  context.moveTo(a.x, a.y)
  context.lineTo(b.x, b.y)
  context.stroke()
  context.setLineDash([])
}

/** Line weight tells the causal past and future from the rest. */
function weight(steps: readonly (number | null)[], shown: Shown): { width: number; alpha: number } {
  if (shown.past === null) return { width: 1.5, alpha: 1 }
  const all = (set: ReadonlySet<number>): boolean =>
    steps.every((step) => step !== null && (set.has(step) || step === shown.pointed))
  if (all(shown.past)) return { width: 3.5, alpha: 1 }
  return all(shown.future) ? { width: 2.25, alpha: 1 } : { width: 1, alpha: 0.35 }
}

function paintMessage(
  context: CanvasRenderingContext2D,
  message: PlacedMessage,
  place: Place,
  look: Look,
  shown: Shown,
  late: number,
): void {
  const [a, b] = [
    spotOf(place, message.from.lane, message.from.along),
    spotOf(place, message.to.lane, message.to.along),
  ]
  const lost = message.end === 'lost'
  const { width, alpha } = weight([message.from.step, lost ? message.from.step : message.to.step], shown)
  context.globalAlpha = message.from.along > late ? FAINT : alpha
  const colour = lost ? look.impossible : look.text
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = width * look.stroke
  context.setLineDash(message.end === 'arrives' ? [] : [6, 4])
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const stop = message.end === 'arrives' ? DOT + 1 : 0
  const [x, y] = [b.x - ux * stop, b.y - uy * stop]
  context.beginPath()
  context.moveTo(a.x, a.y)
  context.lineTo(x, y)
  context.stroke()
  context.setLineDash([])
  if (lost) cross(context, b, look)
  else head(context, x, y, ux, uy, message.end === 'arrives')
  if (length > 54) writeAlong(context, message, a, b, look)
  context.globalAlpha = 1
}

function head(context: CanvasRenderingContext2D, x: number, y: number, ux: number, uy: number, filled: boolean): void {
  context.beginPath()
  context.moveTo(x - ux * 8 - uy * 3.5, y - uy * 8 + ux * 3.5)
  context.lineTo(x, y)
  context.lineTo(x - ux * 8 + uy * 3.5, y - uy * 8 - ux * 3.5)
  if (filled) context.fill()
  else context.stroke()
}

function cross(context: CanvasRenderingContext2D, { x, y }: Spot, look: Look): void {
  context.lineWidth = 2.5 * look.stroke
  context.beginPath()
  context.moveTo(x - 5, y - 5)
  context.lineTo(x + 5, y + 5)
  context.moveTo(x + 5, y - 5)
  context.lineTo(x - 5, y + 5)
  context.stroke()
}

/** The message's kind beside its line, at a third of the way, where fewer lines meet. */
function writeAlong(context: CanvasRenderingContext2D, message: PlacedMessage, a: Spot, b: Spot, look: Look): void {
  const { label, detail } = message
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  context.font = `500 ${LABEL}px ${look.font}`
  const long = detail === '' ? label : `${label} ${detail}`
  const room = length - 30
  const text = context.measureText(long).width <= room ? long : context.measureText(label).width <= room ? label : ''
  if (text === '') return
  let angle = Math.atan2(b.y - a.y, b.x - a.x)
  // Upside down reads badly.
  if (angle > Math.PI / 2) angle -= Math.PI
  if (angle < -Math.PI / 2) angle += Math.PI
  context.save()
  // Messages that leave together would carry their words in one place.
  const part = [0.42, 0.6, 0.26][Number(message.message.slice(1)) % 3] ?? 0.42
  context.translate(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
  context.rotate(angle)
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  context.strokeStyle = look.canvas
  context.lineWidth = 3
  context.strokeText(text, 0, -4)
  context.fillStyle = look.secondary
  context.fillText(text, 0, -4)
  context.restore()
}

function paintEvent(
  context: CanvasRenderingContext2D,
  event: PlacedEvent,
  place: Place,
  look: Look,
  shown: Shown,
  late: number,
  rooms: ReadonlyMap<number, number>,
): void {
  const { x, y } = spotOf(place, event.lane, event.along)
  const { step } = event
  const related = shown.past === null || step === shown.pointed || shown.past.has(step) || shown.future.has(step)
  context.globalAlpha = event.along > late ? FAINT : related ? 1 : 0.4
  const lane = place.lane
  if (event.kind === 'crash') {
    context.strokeStyle = look.impossible
    cross(context, { x, y }, look)
  } else {
    // An open dot only receives; a filled one acts by itself or sends.
    context.beginPath()
    context.arc(x, y, DOT, 0, 2 * Math.PI)
    context.fillStyle = event.kind === 'receive' && !event.sends ? look.canvas : look.text
    context.strokeStyle = look.text
    context.lineWidth = 1.5
    context.fill()
    context.stroke()
  }
  if (step === shown.pointed || shown.chosen.includes(step) || step === shown.current) {
    context.beginPath()
    context.arc(x, y, DOT + (step === shown.pointed ? 6 : 4), 0, 2 * Math.PI)
    context.strokeStyle = look.accent
    context.lineWidth = shown.chosen.includes(step) ? 3 : 2
    context.stroke()
  }
  const stamp = shown.stamps.get(step) ?? ''
  if (stamp !== '') write(context, stamp, place.across ? { x: x - 4, y: y + 15 } : { x: x + 9, y: y + 9 }, look)
  if (event.label !== '' && lane >= 34) {
    const at = place.across ? { x: x - 4, y: y - 10 } : { x: x + 9, y: y - 5 }
    const room = place.across ? (rooms.get(step) ?? 0) * place.zoom - 6 : lane - 14
    const text = fitting(context, event.label, Math.max(room, 24), look)
    write(context, text, at, look)
  }
  context.globalAlpha = 1
}

/** The text, or its longest beginning that fits with an ellipsis behind it. */
function fitting(context: CanvasRenderingContext2D, text: string, room: number, look: Look): string {
  context.font = `500 ${LABEL}px ${look.font}`
  let shown = text
  while (shown.length > 1 && context.measureText(shown === text ? text : `${shown}…`).width > room) {
    shown = shown.slice(0, -1)
  }
  return shown === text ? text : `${shown.trimEnd()}…`
}

/** Room for a text that begins at an event: up to the next event of its lane. By step, in the unit of the axis. */
const roomsOf = new WeakMap<SpaceTime, ReadonlyMap<number, number>>()
const LAST_ROOM = 240

function labelRooms(diagram: SpaceTime): ReadonlyMap<number, number> {
  const known = roomsOf.get(diagram)
  if (known !== undefined) return known
  const rooms = new Map<number, number>()
  const next = new Map<number, number>()
  for (const { lane, along, step } of [...diagram.events].reverse()) {
    rooms.set(step, (next.get(lane) ?? along + LAST_ROOM) - along)
    next.set(lane, along)
  }
  roomsOf.set(diagram, rooms)
  return rooms
}

function write(context: CanvasRenderingContext2D, text: string, { x, y }: Spot, look: Look): void {
  context.font = `500 ${LABEL}px ${look.font}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.strokeStyle = look.canvas
  context.lineWidth = 3
  context.strokeText(text, x, y)
  context.fillStyle = look.text
  context.fillText(text, x, y)
}

/** A line from lane to lane, just behind the last event inside each. */
function paintCut(context: CanvasRenderingContext2D, cut: readonly number[], place: Place, look: Look): void {
  const spots = cut.map((along, lane) => spotOf(place, lane, along))
  context.strokeStyle = look.accent
  context.lineWidth = 3 * look.stroke
  context.setLineDash([10, 4])
  context.beginPath()
  for (const [lane, { x, y }] of spots.entries()) {
    if (lane === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  context.stroke()
  context.setLineDash([])
  for (const { x, y } of spots) {
    context.fillStyle = look.canvas
    context.beginPath()
    context.rect(x - 5, y - 5, 10, 10)
    context.fill()
    context.stroke()
  }
}
