// The chosen tool, its current state, and what that state shows. Input comes in here and goes to the state.
import { NOTE_USUAL } from '@contract/note-text.ts'
import type { Point, SceneNode } from '@contract/scene.ts'
import { type Rect, boxOf, rim } from '../geometry.ts'
import type { Guide } from '../guides.ts'
import type { Handle } from '../resize.ts'
import { PanDragging } from './pan/dragging.ts'
import { PanIdle } from './pan/idle.ts'
import { PlaceIdle } from './place/idle.ts'
import { SelectIdle } from './select/idle.ts'
import { handleNode, handlePlace, resizable } from './targets.ts'
import {
  type Desk,
  type KeyInput,
  NOTE_TOOL,
  type PointerInput,
  type Shown,
  type ToolName,
  type ToolState,
} from './tool.ts'

const LABEL_HEIGHT = 28
/** states in which the handles of a record are shown */
const RESIZED: readonly string[] = ['select.idle', 'select.pointing', 'select.resizing']

/** What the overlay draws now; everything in screen pixels of the canvas. */
export interface Feedback {
  marquee: Rect | null
  link: { from: Point; to: Point; ok: boolean; reason: string | null; target: string | null } | null
  ghost: { box: Rect; round: boolean } | null
  /** the connect handle of the hovered or the only selected node */
  handle: { node: string; at: Point } | null
  naming: { id: string; box: Rect; name: string } | null
  /** the note whose text is written in place */
  writing: { id: string; box: Rect; text: string } | null
  guides: readonly Guide[]
  /** the selected record whose size can be changed */
  resize: { id: string; box: Rect } | null
  /** the handle of it that is under the pointer or pulled */
  pull: Handle | null
  hover: string | null
}

export type DeskParts = Omit<Desk, 'shown' | 'show' | 'go' | 'state' | 'rest' | 'choose'>

export class Toolbox {
  readonly desk: Desk
  readonly #changed: (what: 'tool' | 'feedback') => void
  #tool: ToolName = 'select'
  #state: ToolState
  #shown: Shown = {
    marquee: null,
    link: null,
    ghost: null,
    naming: null,
    writing: null,
    guides: [],
    hover: null,
    pull: null,
  }
  /** while true, a press pans whatever the tool is (the space bar is held) */
  panning = false

  constructor(parts: DeskParts, changed: (what: 'tool' | 'feedback') => void) {
    this.#changed = changed
    this.desk = {
      ...parts,
      shown: () => this.#shown,
      show: (part) => this.#show(part),
      go: (state) => this.#go(state),
      state: () => this.#state,
      rest: () => this.#go(this.#resting()),
      choose: (tool) => this.choose(tool),
    }
    this.#state = this.#resting()
  }

  get state(): ToolState {
    return this.#state
  }

  get tool(): ToolName {
    return this.#tool
  }

  choose(tool: ToolName): void {
    this.#tool = tool
    this.#go(this.#resting())
  }

  /** Leaves a gesture that is under way, as Escape would. Chosen tool and selection stay. */
  settle(): void {
    if (!this.#atRest()) this.#state.cancel?.()
  }

  down(input: PointerInput): void {
    if (this.#atRest() && this.panning) this.#go(new PanDragging(this.desk, input))
    else this.#state.down?.(input)
  }

  move(input: PointerInput): void {
    this.#state.move?.(input)
  }

  up(input: PointerInput): void {
    this.#state.up?.(input)
  }

  double(input: PointerInput): void {
    this.#state.double?.(input)
  }

  out(): void {
    this.#state.out?.()
  }

  key(input: KeyInput): boolean {
    return this.#state.key?.(input) ?? false
  }

  cancel(): boolean {
    return this.#state.cancel?.() ?? false
  }

  /** Nothing that was hovered or named may outlive its record. */
  forget(exists: (id: string) => boolean): void {
    const { hover, naming, writing } = this.#shown
    if (hover !== null && !exists(hover)) this.#show({ hover: null })
    for (const open of [naming, writing]) if (open !== null && !exists(open)) this.settle()
  }

  feedback(): Feedback {
    const { camera, stage, drawing } = this.desk
    const { marquee, link, ghost, naming, writing, guides, hover, pull } = this.#shown
    const holder = this.#state.path === 'select.idle' ? handleNode(this.desk) : null
    const named = naming === null ? undefined : stage.node(naming)
    const written = writing === null ? undefined : drawing.noteAt(writing)
    const from = link === null ? undefined : stage.node(link.from)
    const target = link === null || link.target === null ? undefined : stage.node(link.target)
    return {
      marquee: marquee === null ? null : camera.rectToScreen(marquee),
      link:
        link === null || from === undefined
          ? null
          : {
              ...link,
              from: camera.toScreen(rim(from, link.to)),
              to: camera.toScreen(target === undefined ? link.to : rim(target, from)),
            },
      ghost: ghost === null ? null : this.#ghost(ghost.kind, ghost.at),
      handle: holder === null ? null : { node: holder.id, at: handlePlace(this.desk, holder) },
      naming:
        naming === null || named === undefined
          ? null
          : { id: naming, box: camera.rectToScreen(labelBox(named)), name: drawing.node(naming)?.name ?? '' },
      writing: written === undefined ? null : { id: written.id, box: camera.rectToScreen(written), text: written.text },
      guides: guides.map(({ kind, from, to }) => ({ kind, from: camera.toScreen(from), to: camera.toScreen(to) })),
      resize: RESIZED.includes(this.#state.path) ? resizable(this.desk) : null,
      pull,
      hover,
    }
  }

  /** The outline of what is being placed. */
  #ghost(kind: string, at: Point): NonNullable<Feedback['ghost']> {
    const shape = kind === NOTE_TOOL ? null : this.desk.drawing.shapeOf(kind)
    const { width, height } = shape ?? NOTE_USUAL
    const rect = { x: at.x - width / 2, y: at.y - height / 2, width, height }
    return { box: this.desk.camera.rectToScreen(rect), round: shape?.outline === 'circle' }
  }

  #atRest(): boolean {
    return ['select.idle', 'place.idle', 'pan.idle'].includes(this.#state.path)
  }

  #resting(): ToolState {
    if (this.#tool === 'select') return new SelectIdle(this.desk)
    if (this.#tool === 'pan') return new PanIdle(this.desk)
    return new PlaceIdle(this.desk, this.#tool.place)
  }

  #go(state: ToolState): void {
    this.#state.leave?.()
    this.#state = state
    state.enter?.()
    this.#changed('tool')
  }

  #show(part: Partial<Shown>): void {
    const before = this.#shown
    this.#shown = { ...before, ...part }
    const keys = Object.keys(part) as (keyof Shown)[]
    if (keys.some((key) => before[key] !== this.#shown[key])) this.#changed('feedback')
  }
}

/** Where a node's name stands. */
function labelBox(node: SceneNode): Rect {
  const box = boxOf(node)
  if (node.labelPlace === 'inside') return box
  const places = {
    above: { y: box.y - LABEL_HEIGHT },
    below: { y: box.y + box.height },
    right: { x: box.x + box.width, y: node.y - LABEL_HEIGHT / 2 },
    left: { x: box.x - box.width, y: node.y - LABEL_HEIGHT / 2 },
  }
  return { ...box, ...places[node.labelPlace], height: LABEL_HEIGHT }
}
