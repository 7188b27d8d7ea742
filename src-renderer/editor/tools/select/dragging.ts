// Moves the selected nodes and notes with the pointer, all by the same way. The store follows at once, history gets one
// entry at the end, and Escape returns everything to where it was.
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../../../ui/texts/editor.ts'
import type { Rect } from '../../geometry.ts'
import { SnapField } from '../../guides.ts'
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

  /** @param held what is under the pointer: it keeps its place there, and it is the one that snaps */
  constructor(desk: Desk, held: string, start: PointerInput) {
    this.#desk = desk
    this.#held = held
    this.#start = desk.camera.toCanvas(start.at)
    const origins = new Map<string, Point>()
    for (const id of desk.selection.ids) {
      const at = desk.drawing.placeOf(id)
      if (at !== undefined) origins.set(id, at)
    }
    this.#origins = origins
    this.#rect = desk.stage.rectOf(held)
    this.#field = new SnapField(desk.stage.neighbours((id) => origins.has(id)))
  }

  enter(): void {
    const { drawing, history } = this.#desk
    history.mark(texts.history.move(texts.what([...this.#origins.keys()].map((id) => drawing.label(id)))))
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
    drawing.store.change('later', (draft) => {
      for (const [id, { x, y }] of this.#origins) moveTo(draft, id, { x: x + dx, y: y + dy })
    })
  }

  up(): void {
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
  }
}
