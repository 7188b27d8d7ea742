// Paints a space-time diagram on a canvas: only what is seen, and nothing by colour alone. Lines of one weight for lanes,
// 8 px dots for events, straight arrows for messages, a cross where one is lost, hatching where a lane is crashed.
// Knows the layout and the look, no run. Long, since what covers what is decided by the order of painting here.
import type { PlacedEvent, PlacedMessage, SpaceTime } from '@simulation/space-time.ts'
import type { PlacedLabel } from '@simulation/space-time-labels.ts'
import { type EventWord, LABEL, wordsAround } from './labels.ts'
import { type Place, type Spot, seen, spotOf } from './place.ts'

export interface Look {
  canvas: string
  text: string
  secondary: string
  border: string
  accent: string
  ring: string
  impossible: string
  stroke: number
  /** how much a theme enlarges letters */
  type: number
  font: string
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
  context.font = `500 ${LABEL * look.type}px ${look.font}`
  const measure = (text: string): number => widthOf(context, text)
  const looked = [...(shown.pointed === null ? [] : [shown.pointed]), ...shown.chosen]
  const words = wordsAround(looked, {
    diagram,
    place,
    seen: [first, last],
    stamps: shown.stamps,
    size: LABEL * look.type,
    width: measure,
  })
  // After all lines, so that none runs through a name.
  const byId = new Map(diagram.messages.map((message) => [message.message, message]))
  for (const label of words.messages) {
    const message = byId.get(label.message)
    if (message !== undefined) writeAlong(context, label, place, look, messageAlpha(message, shown, late))
  }
  for (const event of diagram.events) {
    if (event.along < first || event.along > last) continue
    paintEvent(context, event, place, look, shown, late)
  }
  for (const word of words.events) {
    if (word.event.along >= first && word.event.along <= last)
      write(context, word, place, look, alphaOf(word.event, shown, late))
  }
  if (shown.cut !== null) paintCut(context, shown.cut, place, look)
  context.restore()
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
  const { width } = weight(stepsOf(message), shown)
  context.globalAlpha = messageAlpha(message, shown, late)
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
  context.globalAlpha = 1
}

/** Width of a text, measured once for each font. */
const widths = new Map<string, Map<string, number>>()
const MOST_WIDTHS = 20_000

function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const known = widths.get(context.font) ?? new Map<string, number>()
  widths.set(context.font, known)
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= MOST_WIDTHS) known.clear()
  const { width } = context.measureText(text)
  known.set(text, width)
  return width
}

function alphaOf({ step, along }: PlacedEvent, shown: Shown, late: number): number {
  if (along > late) return FAINT
  const related = shown.past === null || step === shown.pointed || shown.past.has(step) || shown.future.has(step)
  return related ? 1 : 0.4
}

const stepsOf = ({ from, to, end }: PlacedMessage): (number | null)[] => [
  from.step,
  end === 'lost' ? from.step : to.step,
]

function messageAlpha(message: PlacedMessage, shown: Shown, late: number): number {
  return message.from.along > late ? FAINT : weight(stepsOf(message), shown).alpha
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

function paintEvent(
  context: CanvasRenderingContext2D,
  event: PlacedEvent,
  place: Place,
  look: Look,
  shown: Shown,
  late: number,
): void {
  const { x, y } = spotOf(place, event.lane, event.along)
  const { step } = event
  context.globalAlpha = alphaOf(event, shown, late)
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
  context.globalAlpha = 1
}

/** A name along its line. */
function writeAlong(
  context: CanvasRenderingContext2D,
  { text, x, y, angle }: PlacedLabel,
  place: Place,
  look: Look,
  alpha: number,
): void {
  context.save()
  context.globalAlpha = alpha
  const [right, down] = scrolled(place)
  context.translate(x - right, y - down)
  context.rotate(angle)
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  context.strokeStyle = look.canvas
  context.lineWidth = 3
  context.strokeText(text, 0, 0)
  context.fillStyle = look.secondary
  context.fillText(text, 0, 0)
  context.restore()
}

const scrolled = ({ across, along, side }: Place): [right: number, down: number] =>
  across ? [along, side] : [side, along]

function write(
  context: CanvasRenderingContext2D,
  { text, x, y }: EventWord,
  place: Place,
  look: Look,
  alpha: number,
): void {
  const [right, down] = scrolled(place)
  context.globalAlpha = alpha
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.strokeStyle = look.canvas
  context.lineWidth = 3
  context.strokeText(text, x - right, y - down)
  context.fillStyle = look.text
  context.fillText(text, x - right, y - down)
  context.globalAlpha = 1
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
