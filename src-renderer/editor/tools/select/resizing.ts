// A record that has a size is resized by one of its handles. The store follows at once, history gets one entry at the
// end, and Escape returns the size it had.
import { NOTE_LEAST } from '@contract/note-text.ts'
import type { Point } from '@contract/scene.ts'
import { arrange as texts } from '../../../ui/texts/arrange.ts'
import { editor } from '../../../ui/texts/editor.ts'
import type { Rect } from '../../geometry.ts'
import { putRect } from '../../note-edits.ts'
import { type Handle, pulled } from '../../resize.ts'
import { snapping } from '../../snapping.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'

export class Resizing implements ToolState {
  readonly path = 'select.resizing'
  readonly #desk: Desk
  readonly #id: string
  readonly #handle: Handle
  readonly #start: Point
  readonly #rect: Rect | null

  constructor(desk: Desk, id: string, handle: Handle, start: PointerInput) {
    this.#desk = desk
    this.#id = id
    this.#handle = handle
    this.#start = desk.camera.toCanvas(start.at)
    this.#rect = desk.stage.rectOf(id)
  }

  enter(): void {
    this.#desk.history.mark(texts.history.resize)
    this.#desk.show({ pull: this.#handle })
  }

  move({ at, alt }: PointerInput): void {
    const rect = this.#rect
    if (rect === null) return
    const { camera, drawing } = this.#desk
    const p = camera.toCanvas(at)
    const by = { x: p.x - this.#start.x, y: p.y - this.#start.y }
    const next = pulled(rect, this.#handle, by, NOTE_LEAST, alt || !snapping.on)
    drawing.store.change('later', (draft) => putRect(draft, this.#id, next))
  }

  up(): void {
    const { drawing, history, edited, rest, say } = this.#desk
    const note = drawing.noteAt(this.#id)
    if (history.commit()) {
      edited()
      if (note !== undefined) say(texts.say.noteSize(note.width, note.height))
    }
    rest()
  }

  cancel(): boolean {
    this.#desk.history.bail()
    this.#desk.say(editor.say.cancelled)
    this.#desk.rest()
    return true
  }

  leave(): void {
    this.#desk.show({ pull: null })
  }
}
