// A name is being written in place. The field itself belongs to the page; this state says where it stands and what
// ends it. Cancelling leaves no trace.
import type { Desk, ToolState } from '../tool.ts'

export class Naming implements ToolState {
  readonly path = 'select.naming'
  readonly #desk: Desk
  readonly id: string

  constructor(desk: Desk, id: string) {
    this.#desk = desk
    this.id = id
  }

  enter(): void {
    this.#desk.selection.set([this.id])
    this.#desk.show({ naming: this.id, hover: null })
  }

  /** @param name what was written; null when it is given up */
  finish(name: string | null): void {
    this.#desk.rest()
    if (name !== null) this.#desk.edits.rename(this.id, name)
  }

  cancel(): boolean {
    this.finish(null)
    return true
  }

  leave(): void {
    this.#desk.show({ naming: null })
  }
}
