// A scene as a standalone SVG text: shapes, paths and text only, no foreign objects, no images, no scripts.
// Knows scenes, not labs.
import type { Point, Scene, SceneEdge, SceneNode } from '../../contract/scene.ts'
import type { Mark } from '../../contract/verdict.ts'
import { type Box, CORNER, type EdgePath, arrowCorners, boundingBox, boxOf, edgePath } from './geometry.ts'
import { font, ink, markStyles, markWords, paper, plain, quiet } from './style.ts'
import { elided, escapeXml, number } from './xml.ts'

const MARGIN = 24
const LABEL_SIZE = 14
const SMALL_SIZE = 12
/** Mean width of a character of the interface's type, in parts of its size; only sizes of pictures depend on it. */
const CHAR_WIDTH = 0.6
const DOT_RADIUS = 5
const BADGE_RADIUS = 8
/** How far the second outline of a ring stands off the first. */
const SECOND_OUTLINE = 4

interface Piece {
  svg: string
  boxes: Box[]
}

/**
 * Writes a scene as SVG.
 * @param about title and description for those who hear the picture
 * @returns a whole SVG document in UTF-8; its size is that of the drawing with a margin of 24
 */
export function sceneToSvg(scene: Scene, about: { title: string; description: string }): string {
  const nodes = new Map(scene.nodes.map((node) => [node.id, node]))
  const edges = scene.edges.flatMap((edge) => {
    const from = nodes.get(edge.from)
    const to = nodes.get(edge.to)
    return from && to ? [edgePieces(edge, edgePath(edge, withOutlines(from), withOutlines(to)))] : []
  })
  const shapes = scene.nodes.map((node) => ({ body: nodeBody(node), names: nodeNames(node) }))
  const pieces = [
    ...shapes.flatMap(({ body, names }) => [body, names]),
    ...edges.flatMap(({ line, label }) => [line, label]),
  ]
  const boxes = pieces.flatMap((piece) => piece.boxes)
  const all = boundingBox(boxes) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const left = Math.floor(all.left - MARGIN)
  const top = Math.floor(all.top - MARGIN)
  const width = Math.ceil(all.right + MARGIN) - left
  const height = Math.ceil(all.bottom + MARGIN) - top
  const hatched = [...scene.nodes, ...scene.edges].some(
    (shape) => shape.mark !== null && markStyles[shape.mark].hatched,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="img" aria-labelledby="interlock-title interlock-description" font-family="${escapeXml(font)}" font-size="${LABEL_SIZE}">`,
    `<title id="interlock-title">${escapeXml(about.title)}</title>`,
    `<desc id="interlock-description">${escapeXml(about.description)}</desc>`,
    ...(hatched ? [hatchPattern()] : []),
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${paper}"/>`,
    // Lines lie above the shapes, since assignments start at a dot inside their box; names and badges above the lines.
    ...shapes.map(({ body }) => body.svg),
    ...edges.map(({ line }) => line.svg),
    ...[...shapes.map(({ names }) => names.svg), ...edges.map(({ label }) => label.svg)].filter((svg) => svg !== ''),
    '</svg>',
    '',
  ].join('\n')
}

function hatchPattern(): string {
  const { colour } = markStyles.impossible
  return `<defs><pattern id="interlock-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="${paper}"/><path d="M0 0 L0 7" stroke="${colour}" stroke-opacity="0.5" stroke-width="2"/></pattern></defs>`
}

const styleOf = (mark: Mark | null): typeof plain => (mark === null ? plain : markStyles[mark])

/** Lines end at the outer one of two outlines. */
function withOutlines(node: SceneNode): SceneNode {
  if (!styleOf(node.mark).double) return node
  return { ...node, width: node.width + 2 * SECOND_OUTLINE, height: node.height + 2 * SECOND_OUTLINE }
}

function nodeBody(node: SceneNode): Piece {
  const style = styleOf(node.mark)
  const fill = style.hatched ? 'url(#interlock-hatch)' : style.fill
  const dash = style.dash === null ? '' : ` stroke-dasharray="${style.dash}"`
  const parts = [outline(node, 0, `fill="${fill}" stroke="${style.colour}" stroke-width="${style.stroke}"${dash}`)]
  if (style.double) parts.push(outline(node, SECOND_OUTLINE, `fill="none" stroke="${style.colour}" stroke-width="1.5"`))
  for (const dot of node.dots) {
    const at = `cx="${number(node.x + dot.x)}" cy="${number(node.y + dot.y)}" r="${DOT_RADIUS}"`
    parts.push(`<circle ${at} fill="${dot.taken ? ink : paper}" stroke="${ink}" stroke-width="1.5"/>`)
  }
  const spoken = node.mark === null ? node.label : `${node.label}: ${markWords[node.mark]}`
  return {
    svg: `<g><title>${escapeXml(spoken)}</title>${parts.join('')}</g>`,
    boxes: [boxAround(node, node.width + 10, node.height + 10)],
  }
}

/** What is written at a node, and its badge. */
function nodeNames(node: SceneNode): Piece {
  const style = styleOf(node.mark)
  const pieces: Piece[] = []
  const label = elided(node.label)
  if (label !== '') {
    const inside = node.labelPlace === 'inside'
    const size = inside ? fittingSize(label, node.width - 10) : LABEL_SIZE
    const at = labelAt(node, label)
    pieces.push(text(label, at, size, style.double ? ink : style.colour))
  }
  if (node.sublabel !== '') {
    pieces.push(text(elided(node.sublabel), { x: node.x, y: node.y + node.height / 2 + 14 }, SMALL_SIZE, quiet))
  }
  if (node.mark !== null) pieces.push(badgePiece(node.mark, badgePlace(node)))
  return { svg: pieces.map((piece) => piece.svg).join(''), boxes: pieces.flatMap((piece) => piece.boxes) }
}

function labelAt(node: SceneNode, label: string): Point {
  const down = node.height / 2 + 14
  const aside = node.width / 2 + 10 + ([...label].length * LABEL_SIZE * CHAR_WIDTH) / 2
  const offs = { inside: [0, 0], above: [0, -down], below: [0, down], right: [aside, 0], left: [-aside, 0] } as const
  const [dx, dy] = offs[node.labelPlace]
  return { x: node.x + dx, y: node.y + dy }
}

function outline(node: SceneNode, grow: number, paint: string): string {
  if (node.outline === 'circle') {
    return `<circle cx="${number(node.x)}" cy="${number(node.y)}" r="${number(node.width / 2 + grow)}" ${paint}/>`
  }
  const x = number(node.x - node.width / 2 - grow)
  const y = number(node.y - node.height / 2 - grow)
  const size = `width="${number(node.width + 2 * grow)}" height="${number(node.height + 2 * grow)}"`
  return `<rect x="${x}" y="${y}" ${size} rx="${CORNER + grow}" ${paint}/>`
}

function edgePieces(edge: SceneEdge, path: EdgePath): { line: Piece; label: Piece } {
  const style = styleOf(edge.mark)
  const { width } = style.edge
  const dash = edge.line === 'dashed' ? '7 5' : style.edge.dash
  const length = 8 + width
  const corners = arrowCorners(path, length, 3 + width / 2 + 1)
  const filled = edge.arrow === 'filled'
  // The line ends inside a filled head, so that it never shows beside the tip.
  const stop = filled
    ? { x: path.end.x - path.direction.x * length * 0.6, y: path.end.y - path.direction.y * length * 0.6 }
    : path.end
  const curve = path.control === null ? `L${pair(stop)}` : `Q${pair(path.control)} ${pair(stop)}`
  const dashing = dash === null ? '' : ` stroke-dasharray="${dash}"`
  const stroke = `stroke="${style.colour}" stroke-width="${width}"`
  const head = filled
    ? `<path d="M${pair(corners[0])} L${pair(path.end)} L${pair(corners[1])} Z" fill="${style.colour}"/>`
    : `<path d="M${pair(corners[0])} L${pair(path.end)} L${pair(corners[1])}" fill="none" ${stroke} stroke-linecap="round" stroke-linejoin="round"/>`
  const svg = `<g><path d="M${pair(path.start)} ${curve}" fill="none" ${stroke} stroke-linecap="round"${dashing}/>${head}</g>`
  const points = path.control === null ? [path.start, path.end] : [path.start, path.control, path.end]
  const label = edge.mark === 'impossible' ? `${edge.label} !`.trim() : edge.label
  return {
    line: { svg, boxes: [boxOf([...points, ...corners], width)] },
    label: label === '' ? { svg: '', boxes: [] } : text(elided(label), path.label, SMALL_SIZE, style.colour),
  }
}

/** A line of text around a point, with a halo of paper so that it can be read above lines. */
function text(content: string, at: Point, size: number, colour: string): Piece {
  const paint = `fill="${colour}" stroke="${paper}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`
  const place = `x="${number(at.x)}" y="${number(at.y + size * 0.35)}" text-anchor="middle"`
  const halfWidth = ([...content].length * size * CHAR_WIDTH) / 2
  return {
    svg: `<text ${place} font-size="${number(size)}" font-weight="500" ${paint}>${escapeXml(content)}</text>`,
    boxes: [
      boxOf(
        [
          { x: at.x - halfWidth, y: at.y - size / 2 },
          { x: at.x + halfWidth, y: at.y + size / 2 },
        ],
        2,
      ),
    ],
  }
}

/** A name inside a shape gets smaller down to 9 before it goes over the rim. */
function fittingSize(label: string, width: number): number {
  return Math.max(9, Math.min(LABEL_SIZE, width / ([...label].length * CHAR_WIDTH)))
}

/** Upper right, on the rim. */
function badgePlace(node: SceneNode): Point {
  const reach = node.outline === 'circle' ? Math.SQRT1_2 : 1
  return { x: node.x + (node.width / 2) * reach, y: node.y - (node.height / 2) * reach }
}

function badgePiece(mark: Mark, at: Point): Piece {
  const { colour, glyph } = markStyles[mark]
  const place = `translate(${number(at.x)} ${number(at.y)})`
  return {
    svg: `<g transform="${place}"><circle r="${BADGE_RADIUS}" fill="${colour}" stroke="${paper}" stroke-width="1.5"/><path d="${glyph}" fill="none" stroke="${paper}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></g>`,
    boxes: [boxOf([at], BADGE_RADIUS + 1)],
  }
}

function boxAround(centre: Point, width: number, height: number): Box {
  return boxOf([
    { x: centre.x - width / 2, y: centre.y - height / 2 },
    { x: centre.x + width / 2, y: centre.y + height / 2 },
  ])
}

const pair = (point: Point): string => `${number(point.x)} ${number(point.y)}`
