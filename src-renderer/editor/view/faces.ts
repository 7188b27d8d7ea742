// What is drawn inside and around a node beyond its outline: dots, hatching, the second outline, the badge of its mark.
// One SVG image for each different face, as a data address, so that equal nodes share it. Knows no cytoscape.
import type { SceneNode } from '@contract/scene.ts'
import type { Mark } from '@contract/verdict.ts'
import type { CanvasTheme } from './view.ts'

/** Room around the shape for what stands on or outside its rim. */
export const FACE_MARGIN = 12
export const CORNER = 8
const DOT_RADIUS = 5
const BADGE_RADIUS = 8

/** Strokes of a badge around its centre, in a square from -4 to 4: check, loop, pause, exclamation mark. */
const glyphs: Readonly<Record<Mark, string>> = {
  free: 'M-3.5 .2-1 2.8 3.6-2.6',
  ring: 'M3-1.8A3.6 3.6 0 1 0 3.6 1M3.4-4.2 3.2-1.5 .6-1.9',
  behind: 'M-1.8-3V3M1.8-3V3',
  impossible: 'M0-3.8V1M0 3.4V3.5',
}

/** The face as a data address; null for a node whose outline says everything. */
export function faceOf(node: SceneNode, theme: CanvasTheme): string | null {
  if (node.mark === null && node.dots.length === 0) return null
  const [width, height] = [node.width + 2 * FACE_MARGIN, node.height + 2 * FACE_MARGIN]
  const parts = [
    ...(node.mark === 'impossible' ? [hatching(node, theme)] : []),
    ...(node.mark === 'ring' ? [secondOutline(node, theme)] : []),
    ...node.dots.map(({ x, y, taken }) => dot(x, y, taken, theme)),
    ...(node.mark === null ? [] : [badge(node, node.mark, theme)]),
  ]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-width / 2} ${-height / 2} ${width} ${height}">${parts.join('')}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

function dot(x: number, y: number, taken: boolean, theme: CanvasTheme): string {
  const fill = taken ? theme.text : theme.canvas
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${DOT_RADIUS}" fill="${fill}" stroke="${theme.text}" stroke-width="1.5"/>`
}

function outline(node: SceneNode, grow: number, paint: string): string {
  if (node.outline === 'circle') return `<circle r="${node.width / 2 + grow}" ${paint}/>`
  const [width, height] = [node.width + 2 * grow, node.height + 2 * grow]
  return `<rect x="${-width / 2}" y="${-height / 2}" width="${width}" height="${height}" rx="${CORNER + grow}" ${paint}/>`
}

function secondOutline(node: SceneNode, theme: CanvasTheme): string {
  return outline(node, 4, `fill="none" stroke="${theme.ring}" stroke-width="${1.5 * theme.stroke}"`)
}

function hatching(node: SceneNode, theme: CanvasTheme): string {
  const line = `<path d="M0 0V7" stroke="${theme.impossible}" stroke-opacity=".5" stroke-width="2"/>`
  const pattern = `<pattern id="h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${line}</pattern>`
  const label =
    node.labelPlace === 'inside'
      ? `<ellipse rx="${node.width / 2 - 8}" ry="9" fill="${theme.canvas}" fill-opacity=".85"/>`
      : ''
  return `<defs>${pattern}</defs>${outline(node, -1, 'fill="url(#h)"')}${label}`
}

function badge(node: SceneNode, mark: Mark, theme: CanvasTheme): string {
  const reach = node.outline === 'circle' ? Math.SQRT1_2 : 1
  const at = `${round((node.width / 2) * reach)} ${round((-node.height / 2) * reach)}`
  const disc = `<circle r="${BADGE_RADIUS}" fill="${theme[mark]}" stroke="${theme.canvas}" stroke-width="1.5"/>`
  const sign = `<path d="${glyphs[mark]}" fill="none" stroke="${theme.canvas}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`
  return `<g transform="translate(${at})">${disc}${sign}</g>`
}

const round = (value: number): number => Math.round(value * 10) / 10
