// Notes on the canvas, as the page uses them: made, written in place, resized and read. Does nothing while the drawing
// cannot be changed.
import { NOTE_USUAL } from '@contract/note-text.ts'
import type { Point, SceneNote } from '@contract/scene.ts'
import { freePlace } from './geometry.ts'
import type { NoteEdits } from './note-edits.ts'
import { NOTE_TOOL } from './tools/tool.ts'
import type { Toolbox } from './tools/toolbox.ts'
import { Writing } from './tools/select/writing.ts'

export class Notes {
  readonly #toolbox: Toolbox
  readonly #edits: NoteEdits
  readonly #ready: () => boolean

  /** @param ready whether an edit may begin now; ends the gesture that is under way */
  constructor(toolbox: Toolbox, edits: NoteEdits, ready: () => boolean) {
    this.#toolbox = toolbox
    this.#edits = edits
    this.#ready = ready
  }

  /** Notes on the canvas, sorted by id. */
  list(): readonly SceneNote[] {
    return this.#toolbox.desk.drawing.notes()
  }

  get(id: string): SceneNote | undefined {
    return this.#toolbox.desk.drawing.noteAt(id)
  }

  /** The only selected note, or null. */
  chosen(): SceneNote | null {
    const [only, ...others] = this.#toolbox.desk.selection.list()
    return only === undefined || others.length > 0 ? null : (this.get(only) ?? null)
  }

  /** Puts an empty note into the middle of what is seen (or at a point) and begins to write in it. */
  add(at?: Point): void {
    if (!this.#ready()) return
    const { camera, stage } = this.#toolbox.desk
    const { width } = NOTE_USUAL
    const middle = at ?? freePlace(camera.middle(), width, stage.rects())
    this.#toolbox.choose('select')
    this.#toolbox.desk.go(new Writing(this.#toolbox.desk, this.#edits.fresh(middle)))
  }

  startWriting(id: string): void {
    if (!this.#ready() || this.get(id) === undefined) return
    this.#toolbox.choose('select')
    this.#toolbox.desk.go(new Writing(this.#toolbox.desk, id))
  }

  /** Ends writing in place; null gives it up. */
  finishWriting(text: string | null): void {
    const { state } = this.#toolbox
    if (state instanceof Writing) state.finish(text)
  }

  /** Changes the text; an empty one removes the note. */
  setText(id: string, text: string): void {
    if (this.#ready()) this.#edits.setText(id, text)
  }

  /** Makes a note wider and higher by so much; its upper left corner stays. */
  grow(id: string, dx: number, dy: number): void {
    const note = this.get(id)
    if (note === undefined || !this.#ready()) return
    const { x, y, width, height } = note
    this.#edits.resize(id, { x, y, width: width + dx, height: height + dy })
  }

  /** The placing tool for notes, for the palette. */
  get tool(): string {
    return NOTE_TOOL
  }
}
