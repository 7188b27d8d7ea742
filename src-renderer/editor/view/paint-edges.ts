// Paints edges: all that look the same as one path, which costs a fraction of painting them one by one; then what is
// written at them. Knows paths and looks, no records and no tools.
import type { SceneEdge } from '@contract/scene.ts'
import { type EdgePath, pointOn } from '../geometry.ts'
import type { Lettering } from './lettering.ts'
import type { EdgeLook } from './looks.ts'
import type { CanvasTheme } from './view.ts'

type Context = CanvasRenderingContext2D

const BAND_OPACITY = 0.32

/** Lines and arrow heads of edges that look the same. */
export function paintEdges(context: Context, look: EdgeLook, paths: readonly EdgePath[], theme: CanvasTheme): void {
  const lines = new Path2D()
  const heads = new Path2D()
  const heavier = Math.max(0, theme.stroke - 1)
  const length = 8 + look.width + 4 * heavier
  const half = 4 + look.width / 2 + 2 * heavier
  for (const { start, end, control } of paths) {
    const from = control ?? start
    const distance = Math.hypot(end.x - from.x, end.y - from.y) || 1
    const [ux, uy] = [(end.x - from.x) / distance, (end.y - from.y) / distance]
    // The line ends inside a filled head, so that it never shows beside the tip.
    const stop = look.filled ? length * 0.6 : 0
    lines.moveTo(start.x, start.y)
    if (control === null) lines.lineTo(end.x - ux * stop, end.y - uy * stop)
    else lines.quadraticCurveTo(control.x, control.y, end.x - ux * stop, end.y - uy * stop)
    if (!look.headed) continue
    const [x, y] = [end.x - ux * length, end.y - uy * length]
    heads.moveTo(x + uy * half, y - ux * half)
    heads.lineTo(end.x, end.y)
    heads.lineTo(x - uy * half, y + ux * half)
    if (look.filled) heads.closePath()
  }
  // Round ends cost a good part of the stroke; only short dashes show them.
  context.lineCap = look.dash.length > 0 ? 'round' : 'butt'
  // The mitre of a heavy line would stand far beyond the tip.
  context.lineJoin = heavier > 0 ? 'round' : 'miter'
  if (look.band > 0) {
    context.globalAlpha = BAND_OPACITY
    context.strokeStyle = theme.accent
    context.lineWidth = look.band
    context.stroke(lines)
  }
  context.globalAlpha = look.opacity
  context.strokeStyle = look.colour
  context.lineWidth = look.width
  context.setLineDash([...look.dash])
  context.stroke(lines)
  context.setLineDash([])
  if (look.filled) {
    context.fillStyle = look.colour
    context.fill(heads)
  } else if (look.headed) context.stroke(heads)
  context.globalAlpha = 1
  context.lineCap = 'butt'
}

/** What is written at an edge, on the middle of its line. */
export function paintEdgeLabel(
  context: Context,
  edge: SceneEdge,
  path: EdgePath,
  theme: CanvasTheme,
  lettering: Lettering,
  zoom: number,
): void {
  const text = edge.mark === 'impossible' ? `${edge.label} !`.trim() : edge.label
  if (text === '') return
  const { x, y } = pointOn(path, 0.5)
  const colour = edge.mark === null ? theme.text : theme[edge.mark]
  const halo = { colour: theme.canvas, width: 5 }
  const ground = text.includes(' ') ? { ground: theme.canvas } : {}
  lettering.write(
    context,
    { text, x, y, size: 12 * theme.type, weight: 500, colour, align: 'center', room: 220, halo, ...ground },
    zoom,
  )
}
