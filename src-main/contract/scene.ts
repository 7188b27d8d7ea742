// A scene: a drawing as plain shapes, made by a lab from its model and painted by the canvas and by picture export
// alike, so that what is exported is what is seen. Coordinates are in canvas units, y grows downward.
import type { Mark } from './verdict.ts'

export interface Point {
  x: number
  y: number
}

export interface SceneDot {
  /** offset from the centre of the node */
  x: number
  y: number
  /** a unit that is held; a free unit is drawn hollow */
  taken: boolean
}

export interface SceneNode {
  id: string
  kind: string
  /** centre */
  x: number
  y: number
  width: number
  height: number
  outline: 'circle' | 'box'
  label: string
  /** where the label stands: in the shape, or just outside on the side where the fewest lines cross it */
  labelPlace: 'inside' | 'above' | 'below' | 'right' | 'left'
  /** small text below the label, such as "3 of 5 free"; empty for none */
  sublabel: string
  dots: SceneDot[]
  mark: Mark | null
  /** a box that others lie in: all that is written stands in a strip along its top; listed before what lies in it */
  container?: true
  /** of a nested drawing: what kind of thing it is, in a word or two; everything is then written inside the shape */
  strip?: string
  /** a rim that tells kinds of boxes apart; a plain one when left out */
  rim?: 'double' | 'dashed' | 'heavy'
}

/** Height of the strip along the top of a box that others lie in. */
export const STRIP_HEIGHT = 26

export interface SceneEdge {
  id: string
  kind: string
  from: string
  to: string
  /** where the line starts, as an offset from the centre of `from`; null: at its rim */
  start: Point | null
  line: 'solid' | 'dashed'
  arrow: 'open' | 'filled' | 'none'
  label: string
  /** sideways bow of the line in canvas units, 0 for straight; positive is to the left when looking from start to end, on screen */
  bend: number
  mark: Mark | null
}

/** A note on the canvas, below nodes and edges. Its lines are set by noteLines in note-text.ts, for all painters alike. */
export interface SceneNote {
  id: string
  /** upper left corner */
  x: number
  y: number
  width: number
  height: number
  text: string
}

/** Something on its way between two nodes, such as a message: a small tag with an arrow in the direction it goes. */
export interface SceneTag {
  /** what a press on it selects; unique among all tags of a scene */
  id: string
  /** centre */
  x: number
  y: number
  /** the direction it moves in, in radians, 0 to the right and growing clockwise on screen */
  heading: number
  /** such as "ELECTION 3" */
  text: string
  /** it will never arrive; drawn with a cross */
  lost: boolean
}

/** A part of the drawing set apart, below everything else: a rounded box with a title at its upper left. */
export interface SceneRegion {
  id: string
  x: number
  y: number
  width: number
  height: number
  text: string
}

export interface Scene {
  nodes: SceneNode[]
  edges: SceneEdge[]
  /** above nodes and edges */
  tags?: SceneTag[]
  /** below nodes and edges */
  regions?: SceneRegion[]
  /** put in by whoever shows a whole document; a lab's picture has none */
  notes?: SceneNote[]
}
