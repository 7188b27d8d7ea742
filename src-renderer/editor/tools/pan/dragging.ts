// The canvas moves with the pointer, with whichever tool was chosen before. Escape puts it back.
import type { Point } from '@contract/scene.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'

export class PanDragging implements ToolState {
  readonly path = 'pan.dragging'
  readonly #desk: Desk
  readonly #start: Point
  #last: Point

  constructor(desk: Desk, start: PointerInput) {
    this.#desk = desk
    this.#start = start.at
    this.#last = start.at
  }

  move({ at }: PointerInput): void {
    this.#desk.camera.panBy(at.x - this.#last.x, at.y - this.#last.y)
    this.#last = at
  }

  up(): void {
    this.#desk.rest()
  }

  cancel(): boolean {
    this.#desk.camera.panBy(this.#start.x - this.#last.x, this.#start.y - this.#last.y)
    this.#desk.rest()
    return true
  }
}
