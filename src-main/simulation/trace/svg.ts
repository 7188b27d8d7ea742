// A space-time diagram as SVG, black on white, readable in black-and-white print: crosses, dashes and hatching say what
// colours would. Coordinates come from space-time.ts; here they only become marks.
import { type Axis, type PlacedMessage, type SpaceTime, spaceTime } from '../space-time.ts'
import { type RunTrace, namesOf } from './trace.ts'

export interface DiagramOptions {
  readonly axis: Axis
  /** time runs to the right, or down */
  readonly across: boolean
  /** text at events, by step */
  readonly stamps: ReadonlyMap<number, string>
}

const LANE = 72
const MARGIN = 28
const HEAD = 72
const FONT = "Inter, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const INK = '#1a1d21'
const QUIET = '#545c66'

export function traceToSvg(run: RunTrace, { axis, across, stamps }: DiagramOptions): string {
  const names = namesOf(run)
  const diagram = spaceTime(
    run.lanes.map(({ id }) => id),
    run.events,
    axis,
  )
  const spot = (lane: number, along: number): readonly [number, number] => {
    const [a, b] = [HEAD + along, MARGIN + (lane + 0.5) * LANE]
    return across ? [a, b] : [b, a - HEAD + 2 * MARGIN]
  }
  const [long, wide] = [HEAD + diagram.length + MARGIN, 2 * MARGIN + Math.max(1, diagram.lanes.length) * LANE]
  const [width, height] = across ? [long, wide] : [wide, long - HEAD + 2 * MARGIN]
  const parts = [
    ...diagram.lanes.flatMap((id, lane) =>
      laneMarks(names.get(id) ?? id, spot(lane, 0), spot(lane, diagram.length), across),
    ),
    ...diagram.stretches.map(({ lane, from, to, kind }) => stretch(spot(lane, from), spot(lane, to), kind)),
    ...diagram.messages.flatMap((message) => messageMarks(message, spot)),
    ...diagram.events.flatMap((event) => eventMarks(event, spot(event.lane, event.along), stamps, across)),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" font-family="${FONT}" font-size="11">`,
    `<title>${xml(run.title)}</title>`,
    '<defs>',
    `<pattern id="crashed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${INK}" stroke-width="2"/></pattern>`,
    `<pattern id="paused" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V12" stroke="${QUIET}" stroke-width="1"/></pattern>`,
    '</defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

type Spot = readonly [number, number]

const round = (value: number): number => Math.round(value * 10) / 10

function xml(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
    .replace(/[\u0000-\u001f]/g, ' ')
}

function text(content: string, [x, y]: Spot, style: string): string {
  const halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-linejoin="round"'
  return `<text x="${round(x)}" y="${round(y)}" ${halo} ${style}>${xml(content)}</text>`
}

function laneMarks(name: string, from: Spot, to: Spot, across: boolean): string[] {
  const label = across
    ? text(name, [from[0] - 8, from[1] + 4], `text-anchor="end" font-size="13" font-weight="600" fill="${INK}"`)
    : text(name, [from[0], from[1] - 10], `text-anchor="middle" font-size="13" font-weight="600" fill="${INK}"`)
  return [line(from, to, QUIET, 1, ''), label]
}

function line(from: Spot, to: Spot, colour: string, width: number, dash: string): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
  return `<path d="M${round(from[0])} ${round(from[1])}L${round(to[0])} ${round(to[1])}" stroke="${colour}" stroke-width="${width}" fill="none"${dashes}/>`
}

function stretch([x1, y1]: Spot, [x2, y2]: Spot, kind: 'crashed' | 'paused'): string {
  const half = 7
  const across = y1 === y2
  const box = across ? [x1, y1 - half, x2 - x1, 2 * half] : [x1 - half, y1, 2 * half, y2 - y1]
  const [x = 0, y = 0, width = 0, height = 0] = box.map(round)
  const place = `x="${x}" y="${y}" width="${width}" height="${height}"`
  return `<rect ${place} fill="#ffffff"/><rect ${place} fill="url(#${kind})" stroke="${QUIET}"/>`
}

const cross = ([x, y]: Spot): string =>
  `<path d="M${round(x - 5)} ${round(y - 5)}l10 10m0 -10l-10 10" stroke="${INK}" stroke-width="2.5" fill="none"/>`

function messageMarks(message: PlacedMessage, spot: (lane: number, along: number) => Spot): string[] {
  const [a, b] = [spot(message.from.lane, message.from.along), spot(message.to.lane, message.to.along)]
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
  const arrives = message.end === 'arrives'
  const tip: Spot = arrives ? [b[0] - ux * 5, b[1] - uy * 5] : b
  const head = `M${round(tip[0] - ux * 8 - uy * 3.5)} ${round(tip[1] - uy * 8 + ux * 3.5)}L${round(tip[0])} ${round(tip[1])}L${round(tip[0] - ux * 8 + uy * 3.5)} ${round(tip[1] - uy * 8 - ux * 3.5)}`
  const end =
    message.end === 'lost'
      ? cross(b)
      : arrives
        ? `<path d="${head}Z" fill="${INK}"/>`
        : `<path d="${head}" fill="none" stroke="${INK}" stroke-width="1.5"/>`
  return [line(a, tip, INK, 1.5, arrives ? '' : '6 4'), end, ...messageText(message, a, b, length)]
}

function messageText({ label, detail }: PlacedMessage, a: Spot, b: Spot, length: number): string[] {
  const long = detail === '' ? label : `${label} ${detail}`
  // Letters of this size are about 6 wide.
  const content = [long, label].find((candidate) => candidate.length * 6 <= length - 24) ?? ''
  if (content === '') return []
  let angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  if (angle > 90) angle -= 180
  if (angle < -90) angle += 180
  const [x, y] = [a[0] + (b[0] - a[0]) * 0.42, a[1] + (b[1] - a[1]) * 0.42]
  return [
    `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(angle)})">${text(content, [0, -4], `text-anchor="middle" fill="${QUIET}"`)}</g>`,
  ]
}

function eventMarks(
  event: SpaceTime['events'][number],
  [x, y]: Spot,
  stamps: ReadonlyMap<number, string>,
  across: boolean,
): string[] {
  const open = event.kind === 'receive' && !event.sends
  const dot =
    event.kind === 'crash'
      ? cross([x, y])
      : `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${open ? '#ffffff' : INK}" stroke="${INK}" stroke-width="1.5"/>`
  const anchor = across ? 'text-anchor="middle"' : ''
  const stamp = stamps.get(event.step) ?? ''
  return [
    dot,
    ...(stamp === '' ? [] : [text(stamp, across ? [x, y + 18] : [x + 9, y + 13], `${anchor} fill="${INK}"`)]),
    ...(event.label === '' ? [] : [text(event.label, across ? [x, y - 8] : [x + 9, y - 2], `${anchor} fill="${INK}"`)]),
  ]
}
