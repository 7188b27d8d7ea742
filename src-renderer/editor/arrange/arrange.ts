// Arranging what is selected, or the whole drawing: align, distribute, tidy up. Each is one entry of history.
// Knows rectangles and links; no kind and no lab.
import { type LayoutBox, type LayoutLink, layered } from '@layout/layered.ts'
import { organic } from '@layout/organic.ts'
import type { Point } from '@contract/scene.ts'
import { arrange as texts } from '../../ui/texts/arrange.ts'
import type { Drawing } from '../drawing.ts'
import type { Edits } from '../edits.ts'
import { type Rect, boxOf, union } from '../geometry.ts'
import { outermost, withInner } from '../nesting/nest.ts'
import { moveTo, shift } from '../records/places.ts'
import type { Selection } from '../selection.ts'
import { snapping } from '../snapping.ts'
import type { Stage } from '../stage.ts'
import { type Alignment, type Spread, aligned, spread } from './align.ts'
import { followers } from './followers.ts'

export type Tidy = 'right' | 'down' | 'rings'

/** More nodes than this take longer as rings than anyone would wait. */
export const MOST_IN_RINGS = 2_000
/** Room for a name above or below a shape, which a layout must leave free. */
const NAME_ROOM = 28

export interface ArrangeParts {
  drawing: Drawing
  stage: Stage
  selection: Selection
  edits: Edits
  say: (text: string) => void
  /** whether an edit may begin now; ends the gesture that is under way */
  ready: () => boolean
  fit: () => void
}

export class Arrange {
  readonly #parts: ArrangeParts

  constructor(parts: ArrangeParts) {
    this.#parts = parts
  }

  /** How many of the selected records have a place: nodes and notes. */
  count(): number {
    let count = 0
    for (const id of this.#parts.selection.ids) if (this.#parts.drawing.placeOf(id) !== undefined) count += 1
    return count
  }

  get snapping(): boolean {
    return snapping.on
  }

  set snapping(on: boolean) {
    snapping.on = on
    this.#parts.say(on ? texts.say.snapOn : texts.say.snapOff)
  }

  align(how: Alignment): void {
    const rects = this.#selected()
    if (rects.size < 2 || !this.#parts.ready()) return
    this.#move(aligned(rects, how), texts.history.align(rects.size), texts.say.aligned[how](rects.size))
  }

  distribute(how: Spread): void {
    const rects = this.#selected()
    if (rects.size < 3 || !this.#parts.ready()) return
    this.#move(spread(rects, how), texts.history.spread(rects.size), texts.say.spread[how](rects.size))
  }

  /**
   * Lays out the selected nodes when there are two or more, else all of them, around the place where they were.
   * @returns a sentence why it was not done, or null
   */
  tidy(how: Tidy): string | null {
    const { drawing, say, ready } = this.#parts
    const nodes = this.#toTidy()
    if (nodes.length === 0 || !ready()) return null
    const { nesting } = drawing.lab
    if (nesting !== undefined) {
      this.#place(new Map(Object.entries(nesting.tidied(drawing.model()).positions)))
      return null
    }
    if (how === 'rings' && nodes.length > MOST_IN_RINGS) {
      const why = texts.say.tooManyForRings(nodes.length, MOST_IN_RINGS)
      say(why)
      return why
    }
    const boxes = nodes.map(({ id, width, height }): LayoutBox => ({ id, width, height: height + NAME_ROOM }))
    const links = drawing.edges().map(({ from, to }): LayoutLink => ({ from, to }))
    const points = how === 'rings' ? organic(boxes, links) : layered(boxes, links, { direction: how })
    this.#place(new Map(Object.entries(points)))
    return null
  }

  #toTidy(): { id: string; width: number; height: number }[] {
    const { stage, selection } = this.#parts
    const nodes = stage.scene().nodes
    const chosen = nodes.filter(({ id }) => selection.ids.has(id))
    return chosen.length >= 2 ? chosen : nodes
  }

  /** Puts nodes at points, moved so that their middle stays; notes that stood beside a node go with it. */
  #place(points: ReadonlyMap<string, Point>): void {
    const { drawing, stage, edits, say, fit } = this.#parts
    const before = new Map<string, Rect>()
    const after = new Map<string, Rect>()
    for (const [id, { x, y }] of points) {
      const node = stage.node(id)
      if (node === undefined) continue
      before.set(id, boxOf(node))
      after.set(id, boxOf({ ...node, x, y }))
    }
    const middle = (rects: ReadonlyMap<string, Rect>): Point => {
      const around = union(rects.values()) ?? { x: 0, y: 0, width: 0, height: 0 }
      return { x: around.x + around.width / 2, y: around.y + around.height / 2 }
    }
    const [from, to] = [middle(before), middle(after)]
    const [dx, dy] = [Math.round(from.x - to.x), Math.round(from.y - to.y)]
    for (const [id, rect] of after) after.set(id, { ...rect, x: rect.x + dx, y: rect.y + dy })
    const notes = followers(drawing.notes(), before, after)
    edits.entry(texts.history.tidy, (change) =>
      change((draft) => {
        for (const [id, { x, y }] of points) moveTo(draft, id, { x: x + dx, y: y + dy })
        for (const [id, by] of notes) shift(draft, id, by.x, by.y)
      }),
    )
    say(texts.say.tidied(points.size))
    fit()
  }

  #selected(): Map<string, Rect> {
    const { drawing, stage, selection } = this.#parts
    const rects = new Map<string, Rect>()
    for (const id of outermost(drawing, selection.ids)) {
      const rect = drawing.placeOf(id) === undefined ? null : stage.rectOf(id)
      if (rect !== null) rects.set(id, rect)
    }
    return rects
  }

  #move(by: ReadonlyMap<string, Point>, label: string, said: string): void {
    const { drawing, edits, say } = this.#parts
    // Hundredths: gaps stay equal to the eye, and files readable.
    const round = (value: number): number => Math.round(value * 100) / 100
    const moves = [...by]
      .map(([id, { x, y }]) => ({ id, x: round(x), y: round(y) }))
      .filter(({ x, y }) => x !== 0 || y !== 0)
    if (moves.length === 0) return say(texts.say.already)
    edits.entry(label, (change) =>
      change((draft) => {
        for (const { id, x, y } of moves) for (const each of withInner(drawing, [id])) shift(draft, each, x, y)
      }),
    )
    say(said)
  }
}
