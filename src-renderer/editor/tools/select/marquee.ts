// Draws a rectangle and selects what it touches; with Shift it adds to what was selected.
import type { Point } from '@contract/scene.ts'
import { rectOf } from '../../geometry.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'

export class Marquee implements ToolState {
  readonly path = 'select.marquee'
  readonly #desk: Desk
  readonly #start: Point
  readonly #before: readonly string[]
  readonly #kept: readonly string[]

  constructor(desk: Desk, start: PointerInput) {
    this.#desk = desk
    this.#start = desk.camera.toCanvas(start.at)
    this.#before = desk.selection.list()
    this.#kept = start.shift ? this.#before : []
  }

  move(input: PointerInput): void {
    const { camera, stage, selection, show } = this.#desk
    const marquee = rectOf(this.#start, camera.toCanvas(input.at))
    show({ marquee, hover: null })
    selection.set([...this.#kept, ...stage.within(marquee)])
  }

  up(): void {
    this.#desk.rest()
  }

  cancel(): boolean {
    this.#desk.selection.set(this.#before)
    this.#desk.rest()
    return true
  }

  leave(): void {
    this.#desk.show({ marquee: null })
  }
}
