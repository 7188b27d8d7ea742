// Going back and forth in history as a person does it: what may be taken back now, what is selected then, what is said.
// Knows no tool; what is under way is left before.
import { editor as texts } from '../../ui/texts/editor.ts'
import { touched } from '../records/diff.ts'
import type { Entry, History } from './history.ts'

export interface TravelParts {
  history: History
  /** whether the drawing can be changed; while a state of a run is shown, only what leaves it alone can be */
  may(): 'all' | 'beside the drawing' | 'nothing'
  /** leaves a gesture that is under way */
  settle(): void
  select(ids: readonly string[]): void
  say(text: string): void
  edited(): void
  together<T>(body: () => T): T
}

export class Travel {
  readonly #parts: TravelParts

  constructor(parts: TravelParts) {
    this.#parts = parts
  }

  can(way: 'undo' | 'redo'): boolean {
    const { history, may } = this.#parts
    const next = history.next(way)
    if (next === null || may() === 'nothing') return false
    return may() === 'all' || !touched(next, ['nodes', 'edges', 'positions', 'notes'])
  }

  undo(): void {
    this.#go('undo', () => this.#parts.history.undo(), 'before', texts.say.undone)
  }

  redo(): void {
    this.#go('redo', () => this.#parts.history.redo(), 'after', texts.say.redone)
  }

  /** Everything that was done and taken back, in order, and how many of the steps hold now. */
  steps(): { labels: readonly string[]; done: number } {
    return this.#parts.history.steps()
  }

  /** Goes to where so many steps hold, many at once; stops where the next one may not be taken now. */
  to(done: number): void {
    const { history, settle, may, select, say, edited, together } = this.#parts
    if (may() !== 'nothing') settle()
    const from = history.steps().done
    together(() => {
      let last: Entry | null = null
      while (history.steps().done > done && this.can('undo')) last = history.undo()
      while (history.steps().done < done && this.can('redo')) last = history.redo()
      if (last === null) return
      const now = history.steps()
      select(now.done < from ? last.before : last.after)
      say(texts.say.travelled(now.done === 0 ? null : (now.labels[now.done - 1] ?? '')))
      edited()
    })
  }

  #go(
    way: 'undo' | 'redo',
    take: () => Entry | null,
    side: 'before' | 'after',
    sentence: (label: string) => string,
  ): void {
    const { settle, select, say, edited, together, may } = this.#parts
    if (may() !== 'nothing') settle()
    if (!this.can(way)) return
    together(() => {
      const entry = take()
      if (entry === null) return
      select(entry[side])
      say(sentence(entry.label))
      edited()
    })
  }
}
