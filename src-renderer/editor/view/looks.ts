// How nodes and edges look in each state, as strokes and fills of the theme. The states are told apart by outline,
// stroke and badge; colour only repeats them. Measures agree with the exported pictures. Knows no canvas.
import type { Mark } from '@contract/verdict.ts'
import type { CanvasTheme } from './view.ts'

export const CORNER = 8
export const DOT_RADIUS = 5
export const BADGE_RADIUS = 8
/** how far the second outline of a ring stands off the first */
export const SECOND_OUTLINE = 4
/** opacity of what is not lit while something is */
export const DIMMED = 0.4

/** Strokes of a badge around its centre, in a square from -4 to 4: check, loop, pause, question mark, exclamation mark. */
export const glyphs: Readonly<Record<Mark, string>> = {
  free: 'M-3.5 .2-1 2.8 3.6-2.6',
  ring: 'M3-1.8A3.6 3.6 0 1 0 3.6 1M3.4-4.2 3.2-1.5 .6-1.9',
  behind: 'M-1.8-3V3M1.8-3V3',
  unsafe: 'M-2.2-1.9C-2.2-3.1-1.2-4.1 0-4.1C1.2-4.1 2.2-3.1 2.2-1.9C2.2-.4 0-.2 0 1.5M0 3.6V3.7',
  impossible: 'M0-3.8V1M0 3.4V3.5',
}

/**
 * The width of a stroke in a theme. Heavier themes add to every stroke rather than multiply it: the thinnest gains most,
 * and a double outline stays two lines.
 */
export const heavier = (width: number, stroke: number): number => width + Math.max(0, stroke - 1) * 1.75

/** How far the second outline of a ring stands off the first in a theme. */
export const secondOutline = (stroke: number): number => SECOND_OUTLINE + Math.max(0, stroke - 1) * 3

export interface NodeLook {
  fill: string
  stroke: string
  width: number
  dash: readonly number[]
  label: string
}

export function nodeLook(mark: Mark | null, theme: CanvasTheme): NodeLook {
  const { canvas, text, stroke } = theme
  switch (mark) {
    case null:
      return { fill: canvas, stroke: text, width: heavier(2, stroke), dash: [], label: text }
    case 'free':
      return { fill: canvas, stroke: theme.free, width: heavier(1.5, stroke), dash: [], label: theme.free }
    case 'ring': {
      const fill = theme.contrast ? canvas : mix(theme.ring, canvas, 0.12)
      return { fill, stroke: theme.ring, width: heavier(2.5, stroke), dash: [], label: text }
    }
    case 'behind':
      return { fill: canvas, stroke: theme.behind, width: heavier(2, stroke), dash: [6, 4], label: theme.behind }
    case 'unsafe':
      return { fill: canvas, stroke: theme.unsafe, width: heavier(2, stroke), dash: [12, 4], label: theme.unsafe }
    case 'impossible':
      return { fill: canvas, stroke: theme.impossible, width: heavier(2, stroke), dash: [], label: theme.impossible }
  }
}

export interface EdgeLook {
  colour: string
  width: number
  dash: readonly number[]
  filled: boolean
  /** whether it has an arrow head at all */
  headed: boolean
  opacity: number
  /** width of a band of the accent colour below the line; 0 for none */
  band: number
}

/** What decides the look of an edge besides the theme. */
export interface EdgeState {
  mark: Mark | null
  line: 'solid' | 'dashed'
  arrow: 'open' | 'filled' | 'none'
  selected: boolean
  lit: boolean
  dim: boolean
}

const edgeWidths: Readonly<Record<Mark, number>> = { free: 1.5, ring: 3.5, behind: 2, unsafe: 2, impossible: 2 }
const edgeDashes: Readonly<Record<Mark, readonly number[]>> = {
  free: [],
  ring: [],
  behind: [1, 4],
  unsafe: [12, 4],
  impossible: [8, 3, 2, 3],
}

export function edgeLook({ mark, line, arrow, selected, lit, dim }: EdgeState, theme: CanvasTheme): EdgeLook {
  const width = heavier(mark === null ? 2 : edgeWidths[mark], theme.stroke)
  const over = lit ? 12 : selected ? 8 : 0
  return {
    colour: mark === null ? theme.text : theme[mark],
    width,
    dash: line === 'dashed' ? [7, 5] : mark === null ? [] : edgeDashes[mark],
    filled: arrow === 'filled',
    headed: arrow !== 'none',
    opacity: dim ? DIMMED : 1,
    band: over === 0 ? 0 : width + over,
  }
}

/** Mixes two colours given as `rgb(r, g, b)` or `#rrggbb`; the first one when either is written otherwise. */
export function mix(colour: string, into: string, part: number): string {
  const [a, b] = [channels(colour), channels(into)]
  if (a === null || b === null) return colour
  return `rgb(${a.map((value, i) => Math.round(value * part + (b[i] ?? 0) * (1 - part))).join(', ')})`
}

function channels(colour: string): number[] | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex !== null) return hex.slice(1, 4).map((pair) => Number.parseInt(pair, 16))
  const rgb = /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)/.exec(colour)
  return rgb === null ? null : rgb.slice(1, 4).map(Number)
}
