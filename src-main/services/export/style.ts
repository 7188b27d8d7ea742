// How a picture looks on paper: the light theme's colours, and for each state its outline, filling and badge, so that
// the four states are told apart without colour. Knows no SVG beyond the paths of the glyphs.
import type { Mark } from '../../contract/verdict.ts'

export const paper = '#FFFFFF'
export const ink = '#1A1D21'
export const quiet = '#545C66'
export const font = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"

export interface MarkStyle {
  colour: string
  fill: string
  /** width of the outline */
  stroke: number
  dash: string | null
  /** a second outline outside the first */
  double: boolean
  hatched: boolean
  /** the badge's glyph as strokes around its centre, in a square from -4 to 4 */
  glyph: string
  /** strokes of an edge in this state */
  edge: { width: number; dash: string | null }
}

export const plain: Omit<MarkStyle, 'glyph'> = {
  colour: ink,
  fill: paper,
  stroke: 2,
  dash: null,
  double: false,
  hatched: false,
  edge: { width: 2, dash: null },
}

export const markStyles: Readonly<Record<Mark, MarkStyle>> = {
  free: {
    colour: '#00775A',
    fill: paper,
    stroke: 1.5,
    dash: null,
    double: false,
    hatched: false,
    glyph: 'M-3.5 0.2 L-1 2.8 L3.6 -2.6',
    edge: { width: 1.5, dash: null },
  },
  ring: {
    colour: '#B84300',
    fill: '#FBE6DA',
    stroke: 2.5,
    dash: null,
    double: true,
    hatched: false,
    glyph: 'M3 -1.8 A3.6 3.6 0 1 0 3.6 1 M3.4 -4.2 L3.2 -1.5 L0.6 -1.9',
    edge: { width: 3.5, dash: null },
  },
  behind: {
    colour: '#8F5A00',
    fill: paper,
    stroke: 2,
    dash: '6 4',
    double: false,
    hatched: false,
    glyph: 'M-1.8 -3 L-1.8 3 M1.8 -3 L1.8 3',
    edge: { width: 2, dash: '1 4' },
  },
  impossible: {
    colour: '#8E3B75',
    fill: paper,
    stroke: 2,
    dash: null,
    double: false,
    hatched: true,
    glyph: 'M0 -3.8 L0 1 M0 3.4 L0 3.5',
    edge: { width: 2, dash: '8 3 2 3' },
  },
}

/** The word for a state in the description of a shape, for those who hear the picture. */
export const markWords: Readonly<Record<Mark, string>> = {
  free: 'free',
  ring: 'on a ring',
  behind: 'blocked behind',
  impossible: 'impossible',
}
