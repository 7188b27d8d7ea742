// The button is down and the pointer has not moved far: this may become a click, a move or a marquee.
import { type Desk, type PointerInput, type ToolState, far } from '../tool.ts'
import { Dragging } from './dragging.ts'
import { Marquee } from './marquee.ts'

export class Pointing implements ToolState {
  readonly path = 'select.pointing'
  readonly #desk: Desk
  readonly #id: string | null
  readonly #start: PointerInput
  readonly #before: readonly string[]

  /** @param id what was pressed; null for the empty canvas */
  constructor(desk: Desk, id: string | null, start: PointerInput) {
    this.#desk = desk
    this.#id = id
    this.#start = start
    this.#before = desk.selection.list()
  }

  enter(): void {
    const { selection } = this.#desk
    if (this.#id !== null && !this.#start.shift && !selection.ids.has(this.#id)) selection.set([this.#id])
  }

  move(input: PointerInput): void {
    const desk = this.#desk
    if (!far(input.at, this.#start.at)) return
    if (this.#id === null) desk.go(new Marquee(desk, this.#start))
    else if (desk.editable() && desk.drawing.placeOf(this.#id) !== undefined) {
      if (!desk.selection.ids.has(this.#id)) desk.selection.set([this.#id], 'add')
      desk.go(new Dragging(desk, this.#id, this.#start))
    } else return
    // The movement that began the gesture is its first.
    desk.state().move?.(input)
  }

  up(): void {
    const { selection } = this.#desk
    if (this.#id !== null) selection.set([this.#id], this.#start.shift ? 'toggle' : 'replace')
    else if (!this.#start.shift) selection.set([])
    this.#desk.rest()
  }

  cancel(): boolean {
    this.#desk.selection.set(this.#before)
    this.#desk.rest()
    return true
  }
}
