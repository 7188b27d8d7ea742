// The text of a note is being written in place. The field belongs to the page; this state says where it stands and what
// ends it. A new note comes into being with its text, as one entry: given up or left empty, it never was.
import { arrange as texts } from '../../../ui/texts/arrange.ts'
import { type PlacedNote, cleanNote, putText } from '../../note-edits.ts'
import type { Desk, ToolState } from '../tool.ts'

export class Writing implements ToolState {
  readonly path = 'select.writing'
  readonly #desk: Desk
  readonly #fresh: PlacedNote | null
  readonly #before: readonly string[]
  readonly id: string

  /** @param note the id of a note, or a new one that is not yet in the drawing */
  constructor(desk: Desk, note: string | PlacedNote) {
    this.#desk = desk
    this.#fresh = typeof note === 'string' ? null : note
    this.#before = desk.selection.list()
    this.id = typeof note === 'string' ? note : note.id
  }

  enter(): void {
    const { drawing, history, selection, say, show } = this.#desk
    const fresh = this.#fresh
    if (fresh !== null) {
      history.mark(texts.history.note)
      drawing.store.change('later', (draft) => draft.put('notes', { ...fresh }))
      say(texts.say.noteAdded)
    }
    selection.set([this.id])
    show({ writing: this.id, hover: null })
  }

  /** @param text what was written; null when it is given up */
  finish(text: string | null): void {
    const { drawing, history, notes, edited, rest, selection, say, show } = this.#desk
    // From here on nothing is being written any more, whatever becomes of the note.
    show({ writing: null })
    const kept = text === null ? '' : cleanNote(text)
    if (this.#fresh === null) {
      rest()
      if (text !== null) notes.setText(this.id, text)
      return
    }
    if (kept === '') {
      history.bail()
      selection.set(this.#before)
    } else {
      drawing.store.change('later', (draft) => putText(draft, this.id, kept, true))
      if (history.commit()) edited()
      say(texts.say.noteWritten)
    }
    rest()
  }

  cancel(): boolean {
    this.finish(null)
    return true
  }

  leave(): void {
    this.#desk.show({ writing: null })
  }
}
