// What a tool is: a small machine of named states. A state hears input in screen pixels and acts through the desk.
// The path of the current state ('select.dragging') can be read, and is what tests assert.
import type { Point } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import type { Edits } from '../edits.ts'
import type { Guide } from '../guides.ts'
import type { NoteEdits } from '../note-edits.ts'
import type { Rect } from '../geometry.ts'
import type { History } from '../history/history.ts'
import type { Handle } from '../resize.ts'
import type { Selection } from '../selection.ts'
import type { Stage } from '../stage.ts'
import type { Camera } from '../view/camera.ts'

export interface PointerInput {
  /** CSS pixels from the top left corner of the canvas */
  at: Point
  button: number
  shift: boolean
  alt: boolean
}

export interface KeyInput {
  key: string
  shift: boolean
}

/** What a state wants drawn over the picture, in canvas units; null parts show nothing. */
export interface Shown {
  marquee: Rect | null
  link: { from: string; to: Point; ok: boolean; reason: string | null; target: string | null } | null
  ghost: { kind: string; at: Point } | null
  naming: string | null
  /** the note whose text is being written */
  writing: string | null
  guides: readonly Guide[]
  hover: string | null
  /** the handle of a resizable record that is under the pointer or pulled */
  pull: Handle | null
}

export type ToolName = 'select' | 'pan' | { place: string }

/** Everything a state may reach. */
export interface Desk {
  readonly drawing: Drawing
  readonly stage: Stage
  readonly camera: Camera
  readonly selection: Selection
  readonly history: History
  readonly edits: Edits
  readonly notes: NoteEdits
  /** false while the drawing is open to look only, or shows a state of a run */
  editable(): boolean
  /** whether edges can be drawn and removed: also while a run is recorded */
  linkable(): boolean
  shown(): Shown
  show(part: Partial<Shown>): void
  go(state: ToolState): void
  state(): ToolState
  /** back to the resting state of the chosen tool */
  rest(): void
  choose(tool: ToolName): void
  /** an entry was made or taken back outside of an edit: tell whoever listens */
  edited(): void
  say(text: string): void
}

export interface ToolState {
  readonly path: string
  enter?(): void
  leave?(): void
  down?(input: PointerInput): void
  move?(input: PointerInput): void
  up?(input: PointerInput): void
  double?(input: PointerInput): void
  /** the pointer left the canvas */
  out?(): void
  /** Returns whether the key was used. */
  key?(input: KeyInput): boolean
  /** Escape: back to how it was before. Returns whether there was something to leave. */
  cancel?(): boolean
}

/** What the placing tool is given instead of a kind to place a note; no kind of a lab begins with a colon. */
export const NOTE_TOOL = ':note'

/** How near, in screen pixels, a neighbour's line attracts what is moved. */
export const SNAP_REACH = 6

/** Movement in screen pixels that makes a press a drag. */
export const DRAG_START = 4

export const far = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) >= DRAG_START
