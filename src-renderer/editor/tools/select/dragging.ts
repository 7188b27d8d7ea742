// Moves the selected nodes and notes with the pointer, all by the same way, and puts them into the box they are let go
// over. The store follows at once, history gets one
// entry at the end, and Escape returns everything to where it was.
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../../../ui/texts/editor.ts'
import type { Rect } from '../../geometry.ts'
import { SnapField } from '../../guides.ts'
import { boxAt, homesOf, outermost, parentOf, putInto, withInner } from '../../nesting/nest.ts'
import { moveTo } from '../../records/places.ts'
import { snapping } from '../../snapping.ts'
import { type Desk, type PointerInput, SNAP_REACH, type ToolState } from '../tool.ts'

export class Dragging implements ToolState {
  readonly path = 'select.dragging'
  readonly #desk: Desk
  readonly #held: string
  readonly #start: Point
  readonly #origins: ReadonlyMap<string, Point>
  readonly #rect: Rect | null
  readonly #field: SnapField
  /** what moves by itself, without what only lies in it */
  readonly #moved: readonly string[]
  /** in a nested drawing: boxes in which all of it is at home */
  readonly #into: { homes: ReadonlySet<string> } | null

  /** @param held what is under the pointer: it keeps its place there, and it is the one that snaps */
  constructor(desk: Desk, held: string, start: PointerInput) {
    this.#desk = desk
    this.#held = held
    this.#start = desk.camera.toCanvas(start.at)
    const origins = new Map<string, Point>()
    for (const id of withInner(desk.drawing, desk.selection.ids)) {
      const at = desk.drawing.placeOf(id)
      if (at !== undefined) origins.set(id, at)
    }
    this.#origins = origins
    this.#moved = outermost(
      desk.drawing,
      [...desk.selection.ids].filter((id) => origins.has(id)),
    )
    const kinds = this.#moved.flatMap((id) => desk.drawing.node(id)?.kind ?? [])
    this.#into =
      desk.drawing.lab.nesting === undefined || kinds.length === 0
        ? null
        : { homes: homesOf(desk.drawing, kinds, new Set(origins.keys())) }
    this.#rect = desk.stage.rectOf(held)
    this.#field = new SnapField(desk.stage.neighbours((id) => origins.has(id)))
  }

  enter(): void {
    const { drawing, history, stage } = this.#desk
    history.mark(texts.history.move(texts.what(this.#moved.map((id) => drawing.label(id)))))
    if (this.#into === null) return
    stage.freeze(new Set(this.#origins.keys()))
    stage.highlight({ targets: this.#into.homes })
  }

  move(input: PointerInput): void {
    const { camera, drawing, show } = this.#desk
    const p = camera.toCanvas(input.at)
    const origin = this.#origins.get(this.#held)
    const rect = this.#rect
    let [dx, dy] = [p.x - this.#start.x, p.y - this.#start.y]
    if (input.alt || !snapping.on || origin === undefined || rect === null) {
      ;[dx, dy] = [Math.round(dx), Math.round(dy)]
      show({ guides: [] })
    } else {
      const there = { ...rect, x: rect.x + dx, y: rect.y + dy }
      const anchor = { x: origin.x + dx, y: origin.y + dy }
      const snapped = this.#field.snap(there, anchor, SNAP_REACH / camera.zoom)
      ;[dx, dy] = [dx + snapped.dx, dy + snapped.dy]
      show({ guides: snapped.guides })
    }
    if (this.#into !== null) this.#desk.stage.highlight({ over: this.#boxUnder(input) })
    drawing.store.change('later', (draft) => {
      for (const [id, { x, y }] of this.#origins) moveTo(draft, id, { x: x + dx, y: y + dy })
    })
  }

  up(input: PointerInput): void {
    this.#putDown(input)
    if (this.#desk.history.commit()) this.#desk.edited()
    this.#desk.rest()
  }

  cancel(): boolean {
    this.#desk.history.bail()
    this.#desk.say(texts.say.cancelled)
    this.#desk.rest()
    return true
  }

  leave(): void {
    this.#desk.show({ guides: [] })
    if (this.#into === null) return
    this.#desk.stage.freeze(null)
    this.#desk.stage.highlight({ targets: null, over: null })
  }

  #boxUnder({ at }: PointerInput): string | null {
    const { drawing, stage, camera } = this.#desk
    return boxAt(drawing, stage.scene().nodes, camera.toCanvas(at), new Set(this.#origins.keys()))
  }

  /** What is dropped in another box than the one it came from lies in that one from now on. */
  #putDown(input: PointerInput): void {
    const { drawing, say } = this.#desk
    if (this.#into === null) return
    const box = this.#boxUnder(input)
    if (box === parentOf(drawing.node(this.#held))) return
    const moved = this.#moved.filter((id) => parentOf(drawing.node(id)) !== box && drawing.node(id) !== undefined)
    drawing.store.change('later', (draft) => moved.forEach((id) => putInto(draft, id, box)))
    const what = texts.what(moved.map((id) => drawing.label(id)))
    say(box === null ? texts.say.takenOut(what) : texts.say.putInto(what, drawing.label(box)))
  }
}
