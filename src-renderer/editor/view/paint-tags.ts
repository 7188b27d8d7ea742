// Paints what is on its way between nodes, above everything, and the regions below everything. What each is, is told by
// shape and words: a tag has an arrow head in its direction, a lost one a cross and a dashed rim. Knows no records.
import type { SceneRegion, SceneTag } from '@contract/scene.ts'
import { type Rect, overlap } from '../geometry.ts'
import { cutToFit, type Lettering } from './lettering.ts'
import { heavier } from './looks.ts'
import type { CanvasTheme } from './view.ts'

type Context = CanvasRenderingContext2D

const SIZE = 11
const HEIGHT = 18
/** widest that a text of a tag is set; longer ones are cut */
const WIDEST = 150
const PADDING = 6
const HEAD = 7
const CORNER = 12

interface Parts {
  theme: CanvasTheme
  lettering: Lettering
  zoom: number
}

export function paintTags(
  context: Context,
  tags: readonly SceneTag[],
  visible: Rect,
  { theme, lettering, zoom }: Parts,
  lit: ReadonlySet<string>,
): void {
  for (const tag of tags) {
    const size = SIZE * theme.type
    context.font = `600 ${size}px ${theme.font}`
    const text = cutToFit(tag.text, WIDEST * theme.type, (part) => context.measureText(part).width)
    const width = context.measureText(text).width + 2 * PADDING
    const height = HEIGHT * theme.type
    const around = { x: tag.x - width, y: tag.y - 2 * height, width: 2 * width, height: 4 * height }
    if (!overlap(around, visible)) continue
    const colour = tag.lost ? theme.impossible : theme.accent
    context.lineWidth = heavier(lit.has(tag.id) ? 3 : 1.5, theme.stroke)
    context.strokeStyle = colour
    context.fillStyle = theme.canvas
    context.setLineDash(tag.lost ? [4, 3] : [])
    head(context, tag, width, height, colour)
    context.fillStyle = theme.canvas
    context.beginPath()
    context.roundRect(tag.x - width / 2, tag.y - height / 2, width, height, height / 2)
    context.fill()
    context.stroke()
    context.setLineDash([])
    const line = { x: tag.x, y: tag.y, size, weight: 600, colour, align: 'center' as const, room: width, halo: null }
    lettering.write(context, { ...line, text }, zoom)
    if (tag.lost) cross(context, tag, width, colour)
  }
}

/** A filled arrow head just outside the tag, where it goes to. */
function head(context: Context, { x, y, heading }: SceneTag, width: number, height: number, colour: string): void {
  const [ux, uy] = [Math.cos(heading), Math.sin(heading)]
  const reach = Math.min(width / 2 / Math.max(Math.abs(ux), 0.001), height / 2 / Math.max(Math.abs(uy), 0.001))
  const [tipX, tipY] = [x + ux * (reach + HEAD), y + uy * (reach + HEAD)]
  const [baseX, baseY] = [x + ux * (reach - 2), y + uy * (reach - 2)]
  context.beginPath()
  context.moveTo(tipX, tipY)
  context.lineTo(baseX - uy * 6, baseY + ux * 6)
  context.lineTo(baseX + uy * 6, baseY - ux * 6)
  context.closePath()
  context.fillStyle = colour
  context.fill()
}

function cross(context: Context, { x, y }: SceneTag, width: number, colour: string): void {
  const [cx, cy, arm] = [x + width / 2 + 2, y - 9, 5]
  context.strokeStyle = colour
  context.lineWidth = 2.5
  context.beginPath()
  context.moveTo(cx - arm, cy - arm)
  context.lineTo(cx + arm, cy + arm)
  context.moveTo(cx + arm, cy - arm)
  context.lineTo(cx - arm, cy + arm)
  context.stroke()
}

export function paintRegions(
  context: Context,
  regions: readonly SceneRegion[],
  visible: Rect,
  { theme, lettering, zoom }: Parts,
): void {
  for (const { x, y, width, height, text } of regions) {
    if (!overlap({ x, y, width, height }, visible)) continue
    context.setLineDash([10, 6])
    context.strokeStyle = theme.secondary
    context.lineWidth = heavier(1.5, theme.stroke)
    context.beginPath()
    context.roundRect(x, y, width, height, CORNER)
    context.globalAlpha = theme.contrast ? 0 : 0.06
    context.fillStyle = theme.accent
    context.fill()
    context.globalAlpha = 1
    context.stroke()
    context.setLineDash([])
    const size = 12 * theme.type
    const halo = { colour: theme.canvas, width: 4 }
    const line = {
      x: x + 10,
      y: y + 13,
      size,
      weight: 500,
      colour: theme.secondary,
      align: 'left' as const,
      room: width - 20,
    }
    lettering.write(context, { ...line, text, halo }, zoom)
  }
}
