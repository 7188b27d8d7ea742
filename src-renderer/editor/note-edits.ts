// Every change a person can make to the notes on the canvas. Knows no tool and no view.
import type { Note } from '@contract/document.ts'
import { MAX_NOTE_LENGTH } from '@contract/limits.ts'
import { NOTE_LEAST, NOTE_USUAL, noteHeight } from '@contract/note-text.ts'
import type { Point } from '@contract/scene.ts'
import { arrange as texts } from '../ui/texts/arrange.ts'
import type { EditParts, Edits } from './edits.ts'
import { GRID, type Rect, snap } from './geometry.ts'
import { freeName } from './records/names.ts'
import type { Draft } from './records/store.ts'

export type PlacedNote = Note & { place: Rect }

export class NoteEdits {
  readonly #parts: Pick<EditParts, 'drawing' | 'say'>
  readonly #edits: Edits

  constructor(parts: Pick<EditParts, 'drawing' | 'say'>, edits: Edits) {
    this.#parts = parts
    this.#edits = edits
  }

  /** A new empty note whose middle is at a point, with a free id; not yet in the drawing. */
  fresh(middle: Point): PlacedNote {
    const { drawing } = this.#parts
    const taken = (id: string): boolean => drawing.has(id) || drawing.store.get('notes', id) !== undefined
    const { width, height } = NOTE_USUAL
    const place = { x: snap(middle.x - width / 2), y: snap(middle.y - height / 2), width, height }
    return { id: freeName('note', taken), text: '', place }
  }

  /** Changes the text of a note; an empty text removes the note. */
  setText(id: string, text: string): void {
    const { drawing, say } = this.#parts
    const note = drawing.noteAt(id)
    const next = cleanNote(text)
    if (note === undefined || note.text === next) return
    if (next === '') return this.#edits.remove([id])
    this.#edits.entry(texts.history.write, (change) => change((draft) => putText(draft, id, next)))
    say(texts.say.noteWritten)
  }

  /** Gives a note another rectangle, never smaller than a line of text. */
  resize(id: string, rect: Rect): void {
    const { say } = this.#parts
    const { width, height } = resizedNote(rect)
    this.#edits.entry(texts.history.resize, (change) => change((draft) => putRect(draft, id, rect)))
    say(texts.say.noteSize(width, height))
  }
}

/** The text as it is kept: one kind of line ends, no blank end, not too long. */
export const cleanNote = (text: string): string =>
  text.replace(/\r\n?/g, '\n').slice(0, MAX_NOTE_LENGTH).replace(/\s+$/, '')

const resizedNote = (rect: Rect): Rect => ({
  ...rect,
  width: Math.max(NOTE_LEAST.width, rect.width),
  height: Math.max(NOTE_LEAST.height, rect.height),
})

/** Writing makes a note no higher than this; a longer text is read after resizing it. */
const MOST_HEIGHT = 480

/**
 * Changes the text of a note inside a change. A note that became too small for its text grows.
 * @param fit also makes a note smaller that is higher than its text
 */
export function putText(draft: Draft, id: string, text: string, fit = false): void {
  const rec = draft.get('notes', id) as Note | undefined
  if (rec?.place === undefined) return
  const needed = Math.min(MOST_HEIGHT, Math.ceil(noteHeight(text, rec.place.width) / GRID) * GRID)
  const height = fit ? needed : Math.max(needed, rec.place.height)
  draft.put('notes', { ...rec, text, place: { ...rec.place, height } })
}

/** Changes place and size of a note inside a change. */
export function putRect(draft: Draft, id: string, rect: Rect): void {
  const rec = draft.get('notes', id)
  if (rec !== undefined) draft.put('notes', { ...rec, place: { ...resizedNote(rect) } })
}
