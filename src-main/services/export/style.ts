// How a picture looks on paper: the light theme's colours, and for each state its outline, filling and badge, so that
// the four states are told apart without colour. Knows no format of pictures.
import type { Mark } from '../../contract/verdict.ts'
import type { Segment } from './painting.ts'

export const paper = '#FFFFFF'
export const ink = '#1A1D21'
export const quiet = '#545C66'
/** the paper of a note, and its rim */
export const notePaper = '#FBF8EE'
export const noteRim = '#D5DAE1'
/** around what is talked about, as a selection is on the canvas */
export const spot = '#0B5CAD'
export const spotFill = '#CFE3F8'
/** the lines of what is impossible: half its colour on paper */
export const hatching = '#C79DBA'
/** fonts for readers that do not use the one a picture carries */
export const family = "'Interlock Inter', 'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"

export interface MarkStyle {
  colour: string
  fill: string
  /** width of the outline */
  stroke: number
  dash: readonly number[]
  /** a second outline outside the first */
  double: boolean
  hatched: boolean
  /** strokes of the badge around its centre, in a square from -4 to 4 */
  glyph: readonly Segment[]
  /** strokes of an edge in this state */
  edge: { width: number; dash: readonly number[] }
}

export const plain: Omit<MarkStyle, 'glyph'> = {
  colour: ink,
  fill: paper,
  stroke: 2,
  dash: [],
  double: false,
  hatched: false,
  edge: { width: 2, dash: [] },
}

export const markStyles: Readonly<Record<Mark, MarkStyle>> = {
  free: {
    colour: '#00775A',
    fill: paper,
    stroke: 1.5,
    dash: [],
    double: false,
    hatched: false,
    glyph: [
      ['M', -3.5, 0.2],
      ['L', -1, 2.8],
      ['L', 3.6, -2.6],
    ],
    edge: { width: 1.5, dash: [] },
  },
  ring: {
    colour: '#B84300',
    fill: '#FBE6DA',
    stroke: 2.5,
    dash: [],
    double: true,
    hatched: false,
    glyph: [
      ['M', 3, -1.8],
      ['C', 2.01, -3.19, 0.18, -3.69, -1.38, -3],
      ['C', -2.94, -2.31, -3.81, -0.62, -3.45, 1.05],
      ['C', -3.09, 2.71, -1.61, 3.9, 0.09, 3.89],
      ['C', 1.8, 3.88, 3.26, 2.67, 3.6, 1],
      ['M', 3.4, -4.2],
      ['L', 3.2, -1.5],
      ['L', 0.6, -1.9],
    ],
    edge: { width: 3.5, dash: [] },
  },
  behind: {
    colour: '#8F5A00',
    fill: paper,
    stroke: 2,
    dash: [6, 4],
    double: false,
    hatched: false,
    glyph: [
      ['M', -1.8, -3],
      ['L', -1.8, 3],
      ['M', 1.8, -3],
      ['L', 1.8, 3],
    ],
    edge: { width: 2, dash: [1, 4] },
  },
  unsafe: {
    colour: '#5646B8',
    fill: paper,
    stroke: 2,
    dash: [12, 4],
    double: false,
    hatched: false,
    glyph: [
      ['M', -2.2, -1.9],
      ['C', -2.2, -3.1, -1.2, -4.1, 0, -4.1],
      ['C', 1.2, -4.1, 2.2, -3.1, 2.2, -1.9],
      ['C', 2.2, -0.4, 0, -0.2, 0, 1.5],
      ['M', 0, 3.6],
      ['L', 0, 3.7],
    ],
    edge: { width: 2, dash: [12, 4] },
  },
  impossible: {
    colour: '#8E3B75',
    fill: paper,
    stroke: 2,
    dash: [],
    double: false,
    hatched: true,
    glyph: [
      ['M', 0, -3.8],
      ['L', 0, 1],
      ['M', 0, 3.4],
      ['L', 0, 3.5],
    ],
    edge: { width: 2, dash: [8, 3, 2, 3] },
  },
}

/** The word for a state in the description of a shape, for those who hear the picture. */
export const markWords: Readonly<Record<Mark, string>> = {
  free: 'free',
  ring: 'on a ring',
  behind: 'blocked behind',
  unsafe: 'not sure to finish',
  impossible: 'impossible',
}
