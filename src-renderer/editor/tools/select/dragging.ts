// Moves the selected nodes with the pointer. The store follows at once, history gets one entry at the end,
// and Escape returns everything to where it was.
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../../../ui/texts/editor.ts'
import { snap } from '../../geometry.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'

export class Dragging implements ToolState {
  readonly path = 'select.dragging'
  readonly #desk: Desk
  readonly #held: string
  readonly #start: Point
  readonly #origins: ReadonlyMap<string, Point>

  /** @param held the node under the pointer: it keeps its place there, and it is the one that snaps to the grid */
  constructor(desk: Desk, held: string, start: PointerInput) {
    this.#desk = desk
    this.#held = held
    this.#start = desk.camera.toCanvas(start.at)
    const origins = new Map<string, Point>()
    for (const id of desk.selection.ids) {
      const at = desk.drawing.node(id) === undefined ? undefined : desk.drawing.position(id)
      if (at !== undefined) origins.set(id, at)
    }
    this.#origins = origins
  }

  enter(): void {
    const { drawing, history } = this.#desk
    history.mark(texts.history.move(texts.what([...this.#origins.keys()].map((id) => drawing.label(id)))))
  }

  move(input: PointerInput): void {
    const { camera, drawing } = this.#desk
    const p = camera.toCanvas(input.at)
    const origin = this.#origins.get(this.#held) ?? p
    let [dx, dy] = [p.x - this.#start.x, p.y - this.#start.y]
    if (input.alt) [dx, dy] = [Math.round(dx), Math.round(dy)]
    else [dx, dy] = [snap(origin.x + dx) - origin.x, snap(origin.y + dy) - origin.y]
    drawing.store.change('later', (draft) => {
      for (const [id, { x, y }] of this.#origins) draft.put('positions', { id, x: x + dx, y: y + dy })
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
}
