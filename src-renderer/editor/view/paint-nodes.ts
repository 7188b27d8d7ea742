// Paints nodes: outline, filling, dots and what highlights them; names and badges apart, since those stand above lines.
// Knows shapes and looks, no records and no tools.
import { type SceneNode, STRIP_HEIGHT } from '@contract/scene.ts'
import { stripLines } from '@contract/strip.ts'
import type { Mark } from '@contract/verdict.ts'
import { type Lettering, fittingSize } from './lettering.ts'
import { BADGE_RADIUS, CORNER, DOT_RADIUS, glyphs, heavier, nodeLook, secondOutline } from './looks.ts'
import type { CanvasTheme } from './view.ts'

type Context = CanvasRenderingContext2D

const LABEL_SIZE = 14
const SUBLABEL_SIZE = 12
const SMALLEST = 9
const OUTSIDE_ROOM = 220
const TURN = 2 * Math.PI
const RIM_DASH = [5, 4]
/** what a heavy rim adds to the usual stroke */
const HEAVY_RIM = 2

/** How a node is highlighted. */
export interface NodeHighlight {
  selected: boolean
  lit: boolean
  /** a connection under way may end here, or is about to */
  target: 'possible' | 'over' | null
}

function trace(context: Context, node: SceneNode, grow: number): void {
  context.beginPath()
  if (node.outline === 'circle') {
    context.arc(node.x, node.y, node.width / 2 + grow, 0, TURN)
    return
  }
  const [width, height] = [node.width + 2 * grow, node.height + 2 * grow]
  context.roundRect(node.x - width / 2, node.y - height / 2, width, height, Math.max(0, CORNER + grow))
}

/** The shape of a node with its dots. Leaves the context's alpha as it was. */
export function paintBody(context: Context, node: SceneNode, theme: CanvasTheme, over: NodeHighlight): void {
  if (over.lit) {
    trace(context, node, 10)
    const alpha = context.globalAlpha
    context.globalAlpha = alpha * 0.28
    context.fillStyle = theme.accent
    context.fill()
    context.globalAlpha = alpha
  }
  const look = nodeLook(node.mark, theme)
  const dash = node.mark === null && node.rim === 'dashed' ? RIM_DASH : look.dash
  trace(context, node, 0)
  context.fillStyle = look.fill
  context.fill()
  if (node.container === true) paintGround(context, node, theme)
  if (node.mark === 'impossible') hatch(context, node, theme)
  context.strokeStyle = look.stroke
  context.lineWidth = look.width + (node.rim === 'heavy' ? HEAVY_RIM : 0)
  if (dash.length > 0) context.setLineDash([...dash])
  trace(context, node, 0)
  context.stroke()
  if (dash.length > 0) context.setLineDash([])
  if (node.rim === 'double') {
    trace(context, node, -4)
    context.lineWidth = 1
    context.stroke()
  }
  if (node.mark === 'ring') {
    trace(context, node, secondOutline(theme.stroke))
    context.lineWidth = heavier(1.5, theme.stroke)
    context.stroke()
  }
  paintDots(context, node, theme)
  paintFrame(context, node, theme, over)
}

/** The ground of a box a little off the sheet, so that depth is seen, and the line below its strip. */
function paintGround(context: Context, node: SceneNode, theme: CanvasTheme): void {
  const alpha = context.globalAlpha
  context.globalAlpha = alpha * (theme.contrast ? 0 : 0.16)
  context.fillStyle = theme.border
  context.fill()
  context.globalAlpha = alpha
  const [left, below] = [node.x - node.width / 2, node.y - node.height / 2 + STRIP_HEIGHT]
  context.beginPath()
  context.moveTo(left, below)
  context.lineTo(left + node.width, below)
  context.strokeStyle = theme.border
  context.lineWidth = 1
  context.stroke()
}

function paintFrame(context: Context, node: SceneNode, theme: CanvasTheme, { selected, target }: NodeHighlight): void {
  if (!selected && target === null) return
  trace(context, node, target === null ? 9 : 7)
  context.strokeStyle = theme.accent
  context.lineWidth = target === 'over' ? 4 : 2 * theme.stroke
  if (target === 'possible') context.setLineDash([5, 4])
  context.stroke()
  context.setLineDash([])
}

function paintDots(context: Context, node: SceneNode, theme: CanvasTheme): void {
  if (node.dots.length === 0) return
  context.strokeStyle = theme.text
  context.lineWidth = 1.5
  for (const taken of [false, true]) {
    context.beginPath()
    for (const dot of node.dots) {
      if (dot.taken !== taken) continue
      context.moveTo(node.x + dot.x + DOT_RADIUS, node.y + dot.y)
      context.arc(node.x + dot.x, node.y + dot.y, DOT_RADIUS, 0, TURN)
    }
    context.fillStyle = taken ? theme.text : theme.canvas
    context.fill()
    context.stroke()
  }
}

/** Lines at 45 degrees, as far as the shape goes, with room for a name inside. */
function hatch(context: Context, node: SceneNode, theme: CanvasTheme): void {
  context.save()
  trace(context, node, -1)
  context.clip()
  if (node.container === true) {
    // What lies in a box has its own marks.
    context.beginPath()
    context.rect(node.x - node.width / 2, node.y - node.height / 2, node.width, STRIP_HEIGHT)
    context.clip()
  }
  context.beginPath()
  const reach = node.width + node.height
  for (let off = -reach; off <= reach; off += 7 * Math.SQRT2) {
    context.moveTo(node.x + off - reach / 2, node.y + reach / 2)
    context.lineTo(node.x + off + reach / 2, node.y - reach / 2)
  }
  context.globalAlpha *= 0.5
  context.strokeStyle = theme.impossible
  context.lineWidth = 2
  context.stroke()
  context.restore()
  if (node.labelPlace !== 'inside' || node.strip !== undefined) return
  context.beginPath()
  context.ellipse(node.x, node.y, Math.max(1, node.width / 2 - 8), 9, 0, 0, TURN)
  context.fillStyle = theme.canvas
  context.fill()
}

/** What is written at a node, and its badge. */
export function paintNames(
  context: Context,
  node: SceneNode,
  theme: CanvasTheme,
  lettering: Lettering,
  zoom: number,
): void {
  const colour = nodeLook(node.mark, theme).label
  const { type } = theme
  const aside = 5 + secondOutline(theme.stroke)
  const size = LABEL_SIZE * type
  const plain = { colour, weight: 500, align: 'center' as CanvasTextAlign, room: OUTSIDE_ROOM * type, size }
  const halo = { colour: theme.canvas, width: 4 }
  if (node.strip !== undefined) {
    for (const line of stripLines(node)) {
      const tone = line.what === 'label' ? colour : theme.secondary
      lettering.write(context, { ...line, colour: tone, weight: line.what === 'label' ? 500 : 400, halo }, zoom)
    }
    if (node.mark !== null) paintBadge(context, node, node.mark, theme)
    return
  }
  const { x, y, width, height, label: text } = node
  switch (node.labelPlace) {
    case 'inside': {
      const fitting = fittingSize(text, width - 10, SMALLEST, size)
      lettering.write(context, { ...plain, text, x, y, size: fitting, room: width - 6, halo: null }, zoom)
      break
    }
    case 'above':
      lettering.write(context, { ...plain, text, x, y: y - height / 2 - 4 - aside - 13 * (type - 1), halo }, zoom)
      break
    case 'below':
      lettering.write(context, { ...plain, text, x, y: y + height / 2 + 5 + aside + 14 * (type - 1), halo }, zoom)
      break
    case 'right':
      lettering.write(context, { ...plain, text, x: x + width / 2 + aside, y, align: 'left', halo }, zoom)
      break
    case 'left':
      lettering.write(context, { ...plain, text, x: x - width / 2 - aside, y, align: 'right', halo }, zoom)
  }
  const below = y + height / 2 + 14 * type
  const small = { colour: theme.secondary, weight: 400, size: SUBLABEL_SIZE * type }
  lettering.write(context, { ...plain, ...small, text: node.sublabel, x, y: below, halo }, zoom)
  if (node.mark !== null) paintBadge(context, node, node.mark, theme)
}

const signs = new Map<Mark, Path2D>()

/** Upper right, on the rim. */
function paintBadge(context: Context, node: SceneNode, mark: Mark, theme: CanvasTheme): void {
  const reach = node.outline === 'circle' ? Math.SQRT1_2 : 1
  const [x, y] = [node.x + (node.width / 2) * reach, node.y - (node.height / 2) * reach]
  let sign = signs.get(mark)
  if (sign === undefined) signs.set(mark, (sign = new Path2D(glyphs[mark])))
  // In a small circle a badge as large as the name would cover it.
  const size = Math.min(theme.type, 1.4)
  context.translate(x, y)
  context.scale(size, size)
  context.beginPath()
  context.arc(0, 0, BADGE_RADIUS, 0, TURN)
  context.fillStyle = theme[mark]
  context.fill()
  context.strokeStyle = theme.canvas
  context.lineWidth = 1.5
  context.stroke()
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = 1.6
  context.stroke(sign)
  context.lineCap = 'butt'
  context.scale(1 / size, 1 / size)
  context.translate(-x, -y)
}
