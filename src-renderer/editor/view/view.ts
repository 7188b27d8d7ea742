// What the editor asks of a view, and what a view is told. The one implementation paints on canvas elements
// (canvas-view.ts); without a view the editor works all the same, which is how it is tested.
import type { Point, Scene } from '@contract/scene.ts'

/** Colours and measures of the drawing, read from the style sheet of the page. Colours are CSS colours. */
export interface CanvasTheme {
  canvas: string
  /** of the notes on the canvas */
  paper: string
  text: string
  secondary: string
  border: string
  accent: string
  free: string
  ring: string
  behind: string
  unsafe: string
  impossible: string
  /** high contrast: patterns instead of tints, heavier strokes */
  contrast: boolean
  /** factor on strokes, 1 normally */
  stroke: number
  /** factor on names and badges, 1 normally; more for a projector */
  type: number
  font: string
}

/** What lies over the records: selection, lights of evidence, the targets of a connection under way. */
export interface Highlights {
  selected: ReadonlySet<string>
  lit: ReadonlySet<string>
  /** nodes a connection under way may end at; null when none is under way */
  targets: ReadonlySet<string> | null
  over: string | null
}

export interface GraphView {
  show(scene: Scene): void
  highlight(highlights: Highlights): void
  look(zoom: number, pan: Point): void
  setTheme(theme: CanvasTheme): void
  resize(): void
  destroy(): void
}

export const lightTheme: CanvasTheme = {
  canvas: '#ffffff',
  paper: '#fbf8ee',
  text: '#1a1d21',
  secondary: '#545c66',
  border: '#d5dae1',
  accent: '#0b5cad',
  free: '#00775a',
  ring: '#b84300',
  behind: '#8f5a00',
  unsafe: '#5646b8',
  impossible: '#8e3b75',
  contrast: false,
  stroke: 1,
  type: 1,
  font: 'Inter Variable, sans-serif',
}
