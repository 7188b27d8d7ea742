// A space-time diagram as a painting, black on white: dashes, crosses, open and filled dots and hatching say what colours
// would. Where things lie along the axis is worked out by simulation/space-time.ts; here they get room for their texts.
// Knows no lab and no format of pictures.
import { InterlockError } from '../../contract/errors.ts'
import type { RunExportOptions } from '../../contract/export.ts'
import { MAX_MATRIX_NODES } from '../../contract/limits.ts'
import type { Point } from '../../contract/scene.ts'
import { causality, causalEvents } from '../../simulation/causality.ts'
import { spaceTime } from '../../simulation/space-time.ts'
import type { RunTrace } from '../../simulation/trace/trace.ts'
import type { PictureFont } from './font/font.ts'
import { type Box, boundingBox } from './geometry.ts'
import type { Item, Line, Painting } from './painting.ts'
import { cross, dot, hatchedStretch, laneLine, messageMarks } from './space-time-marks.ts'
import { LABEL_SIZE, Texts } from './space-time-texts.ts'
import { ink, paper } from './style.ts'
import { elided } from './xml.ts'

const MARGIN = 24
const NAME_SIZE = 14
const TITLE_SIZE = 18
const LEAST_LANE = 72
const MOST_LANE = 260
/** Rims around letters are shapes in some formats; around more texts than this they would be most of a very large file. */
const MOST_RIMS = 1_500

/** @returns the whole diagram, with a margin of 24 around what is drawn */
export function paintSpaceTime(run: RunTrace, options: RunExportOptions, font: PictureFont): Painting {
  const { axis, across } = options
  const ids = run.lanes.map(({ id }) => id)
  const diagram = spaceTime(ids, run.events, axis)
  const texts = new Texts(diagram, stampsOf(run, options.stamps), across, (text) => font.width(text, LABEL_SIZE))
  const lane = texts.laneDistance(LEAST_LANE, MOST_LANE)
  const stretch = texts.stretch()
  const spot = (at: number, along: number): Point =>
    across ? { x: along * stretch, y: at * lane } : { x: at * lane, y: along }
  const messages = diagram.messages.map((message) => messageMarks(message, spot, across))
  const written = texts.events(spot)
  const named = texts.messages(spot)
  const rimmed = (lines: readonly Line[]): readonly Line[] =>
    written.length + named.length <= MOST_RIMS ? lines : lines.map((line) => ({ ...line, halo: null }))
  const items: Item[] = [
    ...ids.map((_, index) => laneLine(spot(index, 0), spot(index, diagram.length))),
    ...diagram.stretches.map(({ lane: at, from, to, kind }) => hatchedStretch(spot(at, from), spot(at, to), kind)),
    ...messages.map(({ line }) => line),
    ...rimmed(named),
    ...rimmed(written),
    ...(axis === 'time' ? texts.times(spot) : []),
    ...laneNames(run, spot, across, font),
    ...messages.map(({ end }) => end),
    ...diagram.events.map(({ lane: at, along, kind, sends }) =>
      kind === 'crash' ? cross(spot(at, along)) : dot(spot(at, along), kind === 'receive' && !sends),
    ),
  ]
  const corners = ids.flatMap((_, index) => [spot(index, 0), spot(index, diagram.length)])
  return framed(run, options, items, [...corners.map((at) => around(at, 9)), ...boxesOf(items, font)], font)
}

function laneNames(
  run: RunTrace,
  spot: (lane: number, along: number) => Point,
  across: boolean,
  font: PictureFont,
): Item[] {
  return run.lanes.map(({ name }, index): Item => {
    const content = elided(name)
    const wide = font.width(content, NAME_SIZE)
    const { x, y } = spot(index, 0)
    const at = across ? { x: x - wide - 10, y: y + 5 } : { x: x - wide / 2, y: y - 10 }
    return { do: 'text', content, ...at, size: NAME_SIZE, colour: ink, anchor: 'start', halo: null }
  })
}

const vectorText = (vector: ArrayLike<number>): string => `(${Array.from(vector).join(',')})`

/** Lamport, vector or matrix stamps by step; a step that receives and sends has two. */
function stampsOf(run: RunTrace, stamps: RunExportOptions['stamps']): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  if (stamps === 'none') return found
  if (stamps === 'matrix' && run.lanes.length > MAX_MATRIX_NODES) {
    const sentence = `Matrices can be written for up to ${MAX_MATRIX_NODES} nodes, and there are ${run.lanes.length}. Choose vector stamps.`
    throw new InterlockError('too-large', sentence, { nodes: run.lanes.length, most: MAX_MATRIX_NODES })
  }
  const order = causality(
    causalEvents(run.events),
    run.lanes.map(({ id }) => id),
  )
  for (const [index, { step }] of order.events.entries()) {
    const stamp =
      stamps === 'lamport'
        ? String(order.lamport(index))
        : stamps === 'vector'
          ? vectorText(order.vector(index))
          : order.matrix(index).map(vectorText).join(' ')
    const before = found.get(step)
    found.set(step, before === undefined ? stamp : `${before}, ${stamp}`)
  }
  return found
}

const around = ({ x, y }: Point, by: number): Box => ({ left: x - by, top: y - by, right: x + by, bottom: y + by })

/** Boxes of texts that are level, and of the points of paths. */
function boxesOf(items: readonly Item[], font: PictureFont): Box[] {
  return items.flatMap((item): Box[] => {
    if (item.do === 'path') {
      return item.segments.flatMap(([, ...values]) =>
        values.flatMap((value, index) => (index % 2 === 0 ? [around({ x: value, y: values[index + 1] ?? 0 }, 1)] : [])),
      )
    }
    if (item.do !== 'text' || item.turn !== undefined) return []
    const wide = font.width(item.content, item.size)
    const left = item.anchor === 'middle' ? item.x - wide / 2 : item.x
    return [{ left, top: item.y - item.size, right: left + wide, bottom: item.y + item.size * 0.3 }]
  })
}

function framed(
  run: RunTrace,
  { title, background }: RunExportOptions,
  items: Item[],
  boxes: readonly Box[],
  font: PictureFont,
): Painting {
  const drawn = boundingBox(boxes) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const heading = title ? elided(run.title) : ''
  const headings: Item[] = []
  let [right, top] = [drawn.right, drawn.top]
  if (heading !== '') {
    const at = { x: drawn.left, y: drawn.top - 16, size: TITLE_SIZE }
    headings.push({ do: 'text', content: heading, ...at, colour: ink, anchor: 'start', halo: null })
    right = Math.max(right, drawn.left + font.width(heading, TITLE_SIZE))
    top -= 16 + TITLE_SIZE
  }
  const [left, upper] = [Math.floor(drawn.left - MARGIN), Math.floor(top - MARGIN)]
  const messages = new Set(run.events.flatMap(({ trace }) => trace.sends.map(({ message }) => message)))
  return {
    left,
    top: upper,
    width: Math.ceil(right + MARGIN) - left,
    height: Math.ceil(drawn.bottom + MARGIN) - upper,
    title: run.title === '' ? 'Untitled drawing' : run.title,
    description: `Space-time diagram: ${run.lanes.length} nodes, ${messages.size} messages, ${run.events.length} steps.`,
    background: background === 'white' ? paper : null,
    items: [...headings, ...items],
  }
}
