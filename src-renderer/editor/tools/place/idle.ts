// Placing a node: a ghost follows the pointer, a click puts a node there. With Shift the tool stays for another one.
import { snap } from '../../geometry.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'

export class PlaceIdle implements ToolState {
  readonly path = 'place.idle'
  readonly #desk: Desk
  readonly #kind: string

  constructor(desk: Desk, kind: string) {
    this.#desk = desk
    this.#kind = kind
  }

  move({ at }: PointerInput): void {
    const p = this.#desk.camera.toCanvas(at)
    this.#desk.show({ ghost: { kind: this.#kind, at: { x: snap(p.x), y: snap(p.y) } } })
  }

  out(): void {
    this.#desk.show({ ghost: null })
  }

  /** Puts a node at a screen point and returns its id. */
  place(input: Pick<PointerInput, 'at' | 'shift'>): string {
    const p = this.#desk.camera.toCanvas(input.at)
    if (!input.shift) this.#desk.choose('select')
    return this.#desk.edits.createNode(this.#kind, { x: snap(p.x), y: snap(p.y) })
  }

  up(input: PointerInput): void {
    if (input.button === 0 && this.#desk.editable()) this.place(input)
  }

  cancel(): boolean {
    this.#desk.choose('select')
    return true
  }

  leave(): void {
    this.#desk.show({ ghost: null })
  }
}
