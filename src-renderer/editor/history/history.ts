// Undo and redo as squashed diffs. A gesture opens a mark, its changes join into one entry, and bailing out returns to
// the mark. Entries that change nothing are never made; a mere change of selection does not come here and clears nothing.
// Knows nothing of what an entry means beyond its label.
import { type RecordDiff, emptyDiff, invert, isEmpty, squash } from '../records/diff.ts'
import type { RecordStore } from '../records/store.ts'

export interface Entry {
  label: string
  diff: RecordDiff
  /** what was selected before and after, so that undo and redo put the eye back where the change was */
  before: readonly string[]
  after: readonly string[]
}

interface Gesture {
  label: string
  diff: RecordDiff
  before: readonly string[]
}

export class History {
  readonly #store: RecordStore
  readonly #selection: () => readonly string[]
  /** what is done at the end of a gesture, as a part of it */
  readonly #finish: readonly ((diff: RecordDiff) => void)[]
  #undo: Entry[] = []
  #redo: Entry[] = []
  #gesture: Gesture | null = null

  constructor(
    store: RecordStore,
    selection: () => readonly string[],
    finish: readonly ((diff: RecordDiff) => void)[] = [],
  ) {
    this.#store = store
    this.#selection = selection
    this.#finish = finish
    store.listen((diff, capture) => {
      if (capture === 'never') return
      const alone = this.#gesture === null
      if (alone) this.mark('')
      if (this.#gesture !== null) squash(this.#gesture.diff, diff)
      if (alone && capture === 'now') this.commit()
    })
  }

  /** Begins a gesture; one that was still open becomes an entry. */
  mark(label: string): void {
    this.commit()
    this.#gesture = { label, diff: emptyDiff(), before: this.#selection() }
  }

  /** The entry that undo would take back; null when there is none. */
  newest(): Entry | null {
    return this.#undo.at(-1) ?? null
  }

  /** Opens the newest entry again, so that what follows joins it. */
  reopen(): void {
    this.commit()
    const entry = this.#undo.pop()
    if (entry !== undefined) this.#gesture = { label: entry.label, diff: entry.diff, before: entry.before }
  }

  /** Ends the gesture. Returns whether it made an entry. */
  commit(): boolean {
    const gesture = this.#gesture
    if (gesture !== null && !isEmpty(gesture.diff)) for (const last of this.#finish) last(gesture.diff)
    this.#gesture = null
    if (gesture === null || isEmpty(gesture.diff)) return false
    this.#undo.push({ ...gesture, after: this.#selection() })
    this.#redo = []
    return true
  }

  /** Returns to the mark: what the gesture did is taken back and leaves no entry. Returns the selection at the mark. */
  bail(): readonly string[] | null {
    const gesture = this.#gesture
    this.#gesture = null
    if (gesture === null) return null
    this.#store.apply(invert(gesture.diff), 'never')
    return gesture.before
  }

  get open(): boolean {
    return this.#gesture !== null
  }

  /** What the next undo or redo would replay; null when there is none. */
  next(way: 'undo' | 'redo'): RecordDiff | null {
    return (way === 'undo' ? this.#undo : this.#redo).at(-1)?.diff ?? null
  }

  canUndo(): boolean {
    return this.#undo.length > 0
  }

  canRedo(): boolean {
    return this.#redo.length > 0
  }

  undo(): Entry | null {
    this.commit()
    const entry = this.#undo.pop()
    if (entry === undefined) return null
    this.#redo.push(entry)
    this.#store.apply(invert(entry.diff), 'never')
    return entry
  }

  redo(): Entry | null {
    this.commit()
    const entry = this.#redo.pop()
    if (entry === undefined) return null
    this.#undo.push(entry)
    this.#store.apply(entry.diff, 'never')
    return entry
  }

  /** Labels of all that was done and of what was taken back, in order, and how many of them hold now. */
  steps(): { labels: readonly string[]; done: number } {
    const labels = [...this.#undo, ...this.#redo.toReversed()].map(({ label }) => label)
    return { labels, done: this.#undo.length }
  }

  /** Labels of what can be undone, newest last. */
  entries(): readonly { label: string; current: boolean }[] {
    return this.#undo.map(({ label }, index) => ({ label, current: index === this.#undo.length - 1 }))
  }
}
