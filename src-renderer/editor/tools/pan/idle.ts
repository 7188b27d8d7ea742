// The pan tool at rest: the next press grabs the canvas.
import type { Desk, PointerInput, ToolState } from '../tool.ts'
import { PanDragging } from './dragging.ts'

export class PanIdle implements ToolState {
  readonly path = 'pan.idle'
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  down(input: PointerInput): void {
    this.#desk.go(new PanDragging(this.#desk, input))
  }

  cancel(): boolean {
    this.#desk.choose('select')
    return true
  }
}
