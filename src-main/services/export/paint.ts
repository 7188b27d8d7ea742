// Paints a scene: shapes, lines, names, badges and notes in canvas units, with a title above and a verdict below when
// they are asked for. Knows scenes, not labs, and no format of pictures. Long, since the order of painting and the look
// of each part are decided together.
import {
  type Point,
  type Scene,
  type SceneEdge,
  type SceneNode,
  type SceneNote,
  STRIP_HEIGHT,
} from '../../contract/scene.ts'
import { stripLines } from '../../contract/strip.ts'
import { NOTE_TYPE, noteLines } from '../../contract/note-text.ts'
import type { Mark } from '../../contract/verdict.ts'
import type { PictureFont } from './font/font.ts'
import { type Box, CORNER, type EdgePath, arrowCorners, boundingBox, boxOf, edgePath } from './geometry.ts'
import type { Group, Item, Line, Painting, Segment, Stroke } from './painting.ts'
import {
  hatching,
  ink,
  markStyles,
  markWords,
  notePaper,
  noteRim,
  paper,
  plain,
  quiet,
  spot,
  spotFill,
} from './style.ts'
import { regionPiece, tagPiece } from './paint-tags.ts'
import { elided } from './xml.ts'

const MARGIN = 24
const LABEL_SIZE = 14
const SMALL_SIZE = 12
const TITLE_SIZE = 18
const DOT_RADIUS = 5
const BADGE_RADIUS = 8
/** How far the second outline of a ring stands off the first. */
const SECOND_OUTLINE = 4
/** How far the rim around what is talked about stands off. */
const SPOT_OFF = 7
/** Distance of the lines of a hatching. */
const HATCH = 7
/** Texts under and over a picture are set at least so wide, however small the drawing is. */
const LEAST_MEASURE = 360

export interface About {
  /** for those who hear the picture */
  title: string
  description: string
  /** written over the picture; empty for none */
  heading: string
  /** written under the picture; empty for none */
  verdict: string
  background: string | null
  /** ids of the nodes and edges that are talked about; each gets a rim of its own, outside of its shape */
  spotlight?: readonly string[]
  /** what marks mean, where that is not what they usually do */
  markWords?: Readonly<Partial<Record<Mark, string>>>
}

export interface Piece {
  items: Item[]
  boxes: Box[]
}

/** @returns the whole picture, with a margin of 24 around what is drawn */
export function paint(scene: Scene, about: About, font: PictureFont): Painting {
  const nodes = new Map(scene.nodes.map((node) => [node.id, node]))
  const lit = new Set(about.spotlight ?? [])
  const edges = scene.edges.flatMap((edge) => {
    const from = nodes.get(edge.from)
    const to = nodes.get(edge.to)
    if (from === undefined || to === undefined) return []
    const path = edgePath(edge, withOutlines(from), withOutlines(to), font.width(edge.label, SMALL_SIZE))
    return [{ ...edgePieces(edge, path, font), spot: lit.has(edge.id) ? edgeSpot(path) : null }]
  })
  const notes = (scene.notes ?? []).map(notePiece)
  const words = { ...markWords, ...about.markWords }
  const nested = scene.nodes.some(({ container }) => container === true)
  const bands = edges.flatMap((edge) => edge.spot ?? [])
  const bodies = scene.nodes.flatMap((node) => [...(lit.has(node.id) ? [nodeSpot(node)] : []), nodeBody(node, words)])
  const names = scene.nodes.map((node) => nodeNames(node, font))
  // Lines lie above the shapes, since assignments start at a dot inside their box; names and badges above the lines.
  const pieces = [
    ...(scene.regions ?? []).map((region) => regionPiece(region, font)),
    ...notes,
    // A band under a line that begins at a dot ends at the box; between boxes in boxes it would vanish behind them.
    ...(nested ? [] : bands),
    ...bodies,
    ...(nested ? bands : []),
    ...edges.map(({ line }) => line),
    ...names,
    ...edges.map(({ label }) => label),
    ...(scene.tags ?? []).map((tag) => tagPiece(tag, font)),
  ]
  const drawn = boundingBox(pieces.flatMap(({ boxes }) => boxes)) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const written = captions(about, drawn, font)
  const all = boundingBox([drawn, ...written.boxes]) ?? drawn
  const left = Math.floor(all.left - MARGIN)
  const top = Math.floor(all.top - MARGIN)
  return {
    left,
    top,
    width: Math.ceil(all.right + MARGIN) - left,
    height: Math.ceil(all.bottom + MARGIN) - top,
    title: about.title,
    description: about.description,
    background: about.background,
    items: [...pieces, written].flatMap(({ items }) => items),
  }
}

const styleOf = (mark: Mark | null): typeof plain => (mark === null ? plain : markStyles[mark])

const stroke = (colour: string, width: number, dash: readonly number[] = [], round = false): Stroke => ({
  colour,
  width,
  dash,
  round,
})

/** Lines end at the outer one of two outlines. */
function withOutlines(node: SceneNode): SceneNode {
  if (!styleOf(node.mark).double) return node
  return { ...node, width: node.width + 2 * SECOND_OUTLINE, height: node.height + 2 * SECOND_OUTLINE }
}

function outline(node: SceneNode, grow: number, fill: string | null, line: Stroke | null): Item {
  if (node.outline === 'circle') {
    return { do: 'circle', x: node.x, y: node.y, radius: node.width / 2 + grow, fill, stroke: line }
  }
  return {
    do: 'box',
    x: node.x - node.width / 2 - grow,
    y: node.y - node.height / 2 - grow,
    width: node.width + 2 * grow,
    height: node.height + 2 * grow,
    corner: CORNER + grow,
    fill,
    stroke: line,
  }
}

function nodeBody(node: SceneNode, words: Readonly<Record<Mark, string>>): Piece {
  const style = styleOf(node.mark)
  const dash = node.mark === null && node.rim === 'dashed' ? [5, 4] : style.dash
  const line = stroke(style.colour, style.stroke + (node.rim === 'heavy' ? 2 : 0), dash)
  const items: Item[] = style.hatched
    ? [outline(node, 0, paper, null), hatchOf(node), outline(node, 0, null, line)]
    : [outline(node, 0, style.fill, line)]
  if (style.double) items.push(outline(node, SECOND_OUTLINE, null, stroke(style.colour, 1.5)))
  if (node.rim === 'double') items.push(outline(node, -SECOND_OUTLINE, null, stroke(style.colour, 1)))
  if (node.container === true) items.push(stripRule(node))
  for (const { x, y, taken } of node.dots) {
    items.push({
      do: 'circle',
      x: node.x + x,
      y: node.y + y,
      radius: DOT_RADIUS,
      fill: taken ? ink : paper,
      stroke: stroke(ink, 1.5),
    })
  }
  const title = node.mark === null ? node.label : `${node.label}: ${words[node.mark]}`
  const group: Group = { do: 'group', title, items }
  return { items: [group], boxes: [boxAround(node, node.width + 10, node.height + 10)] }
}

/** A rim outside of the outlines, filled, so that it is seen without colour too. */
function nodeSpot(node: SceneNode): Piece {
  const off = SPOT_OFF + (styleOf(node.mark).double ? SECOND_OUTLINE : 0)
  const size = 2 * (off + 2)
  return {
    items: [outline(node, off, spotFill, stroke(spot, 2))],
    boxes: [boxAround(node, node.width + size, node.height + size)],
  }
}

/** A broad band with a rim, below the line. */
function edgeSpot({ start, end, control }: EdgePath): Piece {
  const segments: Segment[] = [
    ['M', start.x, start.y],
    control === null ? ['L', end.x, end.y] : ['Q', control.x, control.y, end.x, end.y],
  ]
  const band = (colour: string, width: number): Item => ({
    do: 'path',
    segments,
    fill: null,
    stroke: stroke(colour, width, [], true),
  })
  const points = control === null ? [start, end] : [start, control, end]
  return { items: [band(spot, 16), band(spotFill, 12)], boxes: [boxOf(points, 8)] }
}

/** The line below the strip of a box. */
function stripRule(node: SceneNode): Item {
  const [left, y] = [node.x - node.width / 2, node.y - node.height / 2 + STRIP_HEIGHT]
  const segments: Segment[] = [
    ['M', left, y],
    ['L', left + node.width, y],
  ]
  return { do: 'path', segments, fill: null, stroke: stroke(quiet, 1) }
}

/** Slanting lines inside a shape, each cut where it meets the rim. */
function hatchOf(node: SceneNode): Item {
  const segments: Segment[] = []
  const [halfWidth, halfHeight] = [node.width / 2 - 1, node.height / 2 - 1]
  const reach = node.outline === 'circle' ? halfWidth : (halfWidth + halfHeight) * Math.SQRT1_2
  for (let off = Math.ceil(-reach / HATCH) * HATCH; off <= reach; off += HATCH) {
    // Points of the line are c + t (1, -1) / √2 with c = off (1, 1) / √2.
    const c = off * Math.SQRT1_2
    let [from, to] = [-reach, reach]
    if (node.outline === 'circle') {
      to = Math.sqrt(Math.max(0, reach * reach - off * off))
      from = -to
    } else {
      // A little is taken off at the rounded corners.
      const inset = Math.max(0, 2.4 - (reach - Math.abs(off)))
      from = Math.max((-halfWidth - c) / Math.SQRT1_2, (c - halfHeight) / Math.SQRT1_2) + inset
      to = Math.min((halfWidth - c) / Math.SQRT1_2, (c + halfHeight) / Math.SQRT1_2) - inset
    }
    if (to - from < 1) continue
    segments.push(['M', node.x + c + from * Math.SQRT1_2, node.y + c - from * Math.SQRT1_2])
    segments.push(['L', node.x + c + to * Math.SQRT1_2, node.y + c - to * Math.SQRT1_2])
  }
  return { do: 'path', segments, fill: null, stroke: stroke(hatching, 2) }
}

/** What is written at a node, and its badge. */
function nodeNames(node: SceneNode, font: PictureFont): Piece {
  const style = styleOf(node.mark)
  const pieces: Piece[] = []
  if (node.strip !== undefined) {
    for (const { what, text: content, x, y, size, align } of stripLines(node)) {
      const width = font.width(content, size)
      const middle = align === 'left' ? x + width / 2 : align === 'right' ? x - width / 2 : x
      pieces.push(text(elided(content), { x: middle, y }, size, what === 'label' ? style.colour : quiet, font))
    }
    if (node.mark !== null) pieces.push(badge(node.mark, badgePlace(node)))
    return joined(pieces)
  }
  const label = elided(node.label)
  if (label !== '') {
    const inside = node.labelPlace === 'inside'
    const size = inside ? fittingSize(label, node.width - 10, font) : LABEL_SIZE
    const piece = text(label, labelAt(node, label, font), size, style.double ? ink : style.colour, font)
    pieces.push(inside ? haloed(piece, style.fill) : piece)
  }
  if (node.sublabel !== '') {
    const at = { x: node.x, y: node.y + node.height / 2 + 14 }
    pieces.push(text(elided(node.sublabel), at, SMALL_SIZE, quiet, font))
  }
  if (node.mark !== null) pieces.push(badge(node.mark, badgePlace(node)))
  return joined(pieces)
}

const haloed = ({ items, boxes }: Piece, halo: string | null): Piece => ({
  items: items.map((item) => (item.do === 'text' ? { ...item, halo } : item)),
  boxes,
})

const joined = (pieces: readonly Piece[]): Piece => ({
  items: pieces.flatMap(({ items }) => items),
  boxes: pieces.flatMap(({ boxes }) => boxes),
})

function labelAt(node: SceneNode, label: string, font: PictureFont): Point {
  const down = node.height / 2 + 14
  const aside = node.width / 2 + 10 + font.width(label, LABEL_SIZE) / 2
  const offs = { inside: [0, 0], above: [0, -down], below: [0, down], right: [aside, 0], left: [-aside, 0] } as const
  const [x, y] = offs[node.labelPlace]
  return { x: node.x + x, y: node.y + y }
}

function edgePieces(edge: SceneEdge, path: EdgePath, font: PictureFont): { line: Piece; label: Piece } {
  const style = styleOf(edge.mark)
  const { width } = style.edge
  const dash = edge.line === 'dashed' ? [7, 5] : style.edge.dash
  const length = 8 + width
  const corners = arrowCorners(path, length, 3 + width / 2 + 1)
  const filled = edge.arrow === 'filled'
  // The line ends inside a filled head, so that it never shows beside the tip.
  const stop = filled
    ? { x: path.end.x - path.direction.x * length * 0.6, y: path.end.y - path.direction.y * length * 0.6 }
    : path.end
  const { start, control } = path
  const curve: Segment[] = [
    ['M', start.x, start.y],
    control === null ? ['L', stop.x, stop.y] : ['Q', control.x, control.y, stop.x, stop.y],
  ]
  const head: Segment[] = [
    ['M', corners[0].x, corners[0].y],
    ['L', path.end.x, path.end.y],
    ['L', corners[1].x, corners[1].y],
  ]
  const colour = style.colour
  const line: Item = { do: 'path', segments: curve, fill: null, stroke: stroke(colour, width, dash, true) }
  const tip: Item = filled
    ? { do: 'path', segments: [...head, ['Z']], fill: colour, stroke: null }
    : { do: 'path', segments: head, fill: null, stroke: stroke(colour, width, [], true) }
  const items = edge.arrow === 'none' ? [line] : [line, tip]
  const points = control === null ? [start, path.end] : [start, control, path.end]
  const label = edge.mark === 'impossible' ? `${edge.label} !`.trim() : edge.label
  return {
    line: { items: [{ do: 'group', title: null, items }], boxes: [boxOf([...points, ...corners], width)] },
    label: label === '' ? { items: [], boxes: [] } : text(elided(label), path.label, SMALL_SIZE, colour, font),
  }
}

/** A line of text around a point. */
function text(content: string, at: Point, size: number, colour: string, font: PictureFont): Piece {
  const line: Line = {
    do: 'text',
    content,
    x: at.x,
    y: at.y + size * 0.35,
    size,
    colour,
    anchor: 'middle',
    halo: paper,
  }
  return { items: [line], boxes: [boxAround(at, font.width(content, size) + 4, size + 4)] }
}

/** A name inside a shape gets smaller down to 9 before it goes over the rim. */
function fittingSize(label: string, width: number, font: PictureFont): number {
  return Math.max(9, Math.min(LABEL_SIZE, width / Math.max(0.01, font.width(label, 1))))
}

/** Upper right, on the rim. */
function badgePlace(node: SceneNode): Point {
  const reach = node.outline === 'circle' ? Math.SQRT1_2 : 1
  return { x: node.x + (node.width / 2) * reach, y: node.y - (node.height / 2) * reach }
}

function badge(mark: Mark, at: Point): Piece {
  const { colour, glyph } = markStyles[mark]
  return {
    items: [
      { do: 'circle', x: at.x, y: at.y, radius: BADGE_RADIUS, fill: colour, stroke: stroke(paper, 1.5) },
      { do: 'path', segments: moved(glyph, at), fill: null, stroke: stroke(paper, 1.6, [], true) },
    ],
    boxes: [boxOf([at], BADGE_RADIUS + 1)],
  }
}

function moved(segments: readonly Segment[], by: Point): Segment[] {
  const [x, y] = [by.x, by.y]
  return segments.map((segment): Segment => {
    switch (segment[0]) {
      case 'M':
      case 'L':
        return [segment[0], segment[1] + x, segment[2] + y]
      case 'Q':
        return ['Q', segment[1] + x, segment[2] + y, segment[3] + x, segment[4] + y]
      case 'C':
        return ['C', segment[1] + x, segment[2] + y, segment[3] + x, segment[4] + y, segment[5] + x, segment[6] + y]
      case 'Z':
        return segment
    }
  })
}

function notePiece(note: SceneNote): Piece {
  const { size, line, padding } = NOTE_TYPE
  const sheet: Item = {
    do: 'box',
    x: note.x,
    y: note.y,
    width: note.width,
    height: note.height,
    corner: 4,
    fill: notePaper,
    stroke: stroke(noteRim, 1),
  }
  const lines = noteLines(note.text, note).map((content, index): Line => ({
    do: 'text',
    content,
    x: note.x + padding,
    y: note.y + padding + index * line + line / 2 + size * 0.35,
    size,
    colour: ink,
    anchor: 'start',
    halo: null,
  }))
  return {
    items: [sheet, ...lines.filter(({ content }) => content !== '')],
    boxes: [{ left: note.x, top: note.y, right: note.x + note.width, bottom: note.y + note.height }],
  }
}

/** Title and verdict, set in lines as wide as the drawing. */
function captions(about: About, drawn: Box, font: PictureFont): Piece {
  const measure = Math.max(LEAST_MEASURE, drawn.right - drawn.left)
  const middle = (drawn.left + drawn.right) / 2
  const set = (content: string, size: number, colour: string): { lines: string[]; make: (y: number) => Piece } => {
    const lines = wrapped(content, size, measure, font)
    return {
      lines,
      make: (y) =>
        joined(
          lines.map((line, index) =>
            haloed(text(line, { x: middle, y: y + index * size * 1.45 }, size, colour, font), null),
          ),
        ),
    }
  }
  const heading = set(about.heading, TITLE_SIZE, ink)
  const verdict = set(about.verdict, LABEL_SIZE, ink)
  return joined([
    ...(about.heading === '' ? [] : [heading.make(drawn.top - 24 - (heading.lines.length - 1) * TITLE_SIZE * 1.45)]),
    ...(about.verdict === '' ? [] : [verdict.make(drawn.bottom + 24)]),
  ])
}

/** Broken between words; a word that is longer than a line stands alone and is cut. */
function wrapped(content: string, size: number, measure: number, font: PictureFont): string[] {
  const lines: string[] = []
  for (const word of content.split(/\s+/).filter((part) => part !== '')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && font.width(longer, size) <= measure) lines[lines.length - 1] = longer
    else lines.push(elided(word))
  }
  return lines
}

function boxAround(centre: Point, width: number, height: number): Box {
  return boxOf([
    { x: centre.x - width / 2, y: centre.y - height / 2 },
    { x: centre.x + width / 2, y: centre.y + height / 2 },
  ])
}
