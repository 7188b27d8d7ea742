// Paints the elements of a frame. Nodes go through cytoscape's own drawing with its textures; edges of the same look are
// painted as one path. cytoscape paints edge by edge, which costs several times as much where there are many (measured
// with 1,500 edges), and falls back on whole-canvas bitmaps that have to be made anew after each edit.
// This is the one place that reads cytoscape's computed edge geometry.
import type { EdgeSingular, NodeSingular } from 'cytoscape'
import type { CanvasTheme } from './view.ts'

/** The strokes of edges of one look, in canvas units. */
export interface EdgeLook {
  colour: string
  width: number
  dash: readonly number[]
  filled: boolean
  opacity: number
  /** colour and width of a band below the line; null for none */
  band: { colour: string; width: number } | null
}

interface Extent {
  x1: number
  y1: number
  x2: number
  y2: number
}

/** The parts of cytoscape's canvas renderer used here; not declared by its types. */
export interface CanvasRenderer {
  imageCache?: Record<string, { image: HTMLImageElement }>
  drawLayeredElements: (context: CanvasRenderingContext2D, elements: Element[], ratio: number, extent: Extent) => void
  drawCachedElement(context: CanvasRenderingContext2D, element: NodeSingular, ratio: number, extent: Extent): void
  drawElementText(context: CanvasRenderingContext2D, edge: EdgeSingular): void
}
type Element = (NodeSingular | EdgeSingular) & {
  _private: { rscratch: { badLine?: boolean; allpts?: number[] } }
}

const BAND_OPACITY = 0.32

/**
 * Makes a renderer paint as described above.
 * @param lookOf the look of an edge by its id
 * @param isDim whether a node stands back; no style of cytoscape's, because one for every node would cost far more
 */
export function paintInBatches(
  renderer: CanvasRenderer,
  lookOf: (id: string) => EdgeLook | undefined,
  isDim: (id: string) => boolean,
): void {
  renderer.drawLayeredElements = (context, elements, ratio, extent) => {
    const batches = new Map<EdgeLook, number[][]>()
    const labelled: EdgeSingular[] = []
    for (const element of elements) {
      if (element.isNode()) {
        context.globalAlpha = isDim(element.id()) ? DIMMED : 1
        renderer.drawCachedElement(context, element, ratio, extent)
        continue
      }
      const { badLine, allpts: points } = element._private.rscratch
      const look = lookOf(element.id())
      if (look === undefined || badLine === true || points === undefined || outside(points, extent)) continue
      const batch = batches.get(look)
      if (batch === undefined) batches.set(look, [points])
      else batch.push(points)
      if (element.data('label') !== '') labelled.push(element)
    }
    context.globalAlpha = 1
    context.save()
    for (const [look, paths] of batches) strokeEdges(context, look, paths)
    context.restore()
    for (const edge of labelled) renderer.drawElementText(context, edge)
  }
}

function outside(points: readonly number[], { x1, y1, x2, y2 }: Extent): boolean {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0]
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return right < x1 - 12 || left > x2 + 12 || bottom < y1 - 12 || top > y2 + 12
}

function strokeEdges(context: CanvasRenderingContext2D, look: EdgeLook, paths: readonly number[][]): void {
  const [lines, heads] = [new Path2D(), new Path2D()]
  const length = 8 + look.width
  const half = 4 + look.width / 2
  for (const points of paths) {
    const [sx = 0, sy = 0] = points
    const [bx = 0, by = 0, ex = 0, ey = 0] = points.slice(-4)
    const distance = Math.hypot(ex - bx, ey - by) || 1
    const [ux, uy] = [(ex - bx) / distance, (ey - by) / distance]
    // The line ends inside a filled head, so that it never shows beside the tip.
    const stop = look.filled ? length * 0.6 : 0
    lines.moveTo(sx, sy)
    if (points.length > 4) lines.quadraticCurveTo(points[2] ?? 0, points[3] ?? 0, ex - ux * stop, ey - uy * stop)
    else lines.lineTo(ex - ux * stop, ey - uy * stop)
    const [cx, cy] = [ex - ux * length, ey - uy * length]
    heads.moveTo(cx + uy * half, cy - ux * half)
    heads.lineTo(ex, ey)
    heads.lineTo(cx - uy * half, cy + ux * half)
    if (look.filled) heads.closePath()
  }
  // Round ends cost a good part of the stroke; only short dashes show them.
  context.lineCap = look.dash.length > 0 ? 'round' : 'butt'
  context.lineJoin = 'miter'
  if (look.band !== null) {
    context.globalAlpha = BAND_OPACITY
    context.strokeStyle = look.band.colour
    context.lineWidth = look.band.width
    context.stroke(lines)
  }
  context.globalAlpha = look.opacity
  context.strokeStyle = look.colour
  context.fillStyle = look.colour
  context.lineWidth = look.width
  context.setLineDash([...look.dash])
  context.stroke(lines)
  context.setLineDash([])
  if (look.filled) context.fill(heads)
  else context.stroke(heads)
}

/** Looks by the classes of an edge, made once for each combination that occurs. */
export class EdgeLooks {
  readonly #theme: CanvasTheme
  readonly #looks = new Map<string, EdgeLook>()

  constructor(theme: CanvasTheme) {
    this.#theme = theme
  }

  of(classes: string): EdgeLook {
    const known = this.#looks.get(classes)
    if (known !== undefined) return known
    const look = this.#make(new Set(classes.split(' ')))
    this.#looks.set(classes, look)
    return look
  }

  #make(classes: ReadonlySet<string>): EdgeLook {
    const theme = this.#theme
    const mark = (['free', 'ring', 'behind', 'impossible'] as const).find((candidate) => classes.has(candidate))
    const width = (mark === undefined ? 2 : { free: 1.5, ring: 3.5, behind: 2, impossible: 2 }[mark]) * theme.stroke
    const dashes = { free: [], ring: [], behind: [1, 4], impossible: [8, 3, 2, 3] }
    const over = classes.has('lit') ? 12 : classes.has('selected') ? 8 : 0
    return {
      colour: mark === undefined ? theme.text : theme[mark],
      width,
      dash: classes.has('dashed') ? [7, 5] : mark === undefined ? [] : dashes[mark],
      filled: classes.has('filled'),
      opacity: classes.has('dim') ? DIMMED : 1,
      band: over === 0 ? null : { colour: theme.accent, width: width + over },
    }
  }
}

/** Opacity of what is not lit while something is. */
const DIMMED = 0.4
