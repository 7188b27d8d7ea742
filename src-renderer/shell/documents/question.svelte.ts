// A question that a view asks the host again and again while the drawing changes: an operation of the lab, the newest
// input, the newest answer. Knows no operation.
import { InterlockError } from '@contract/errors.ts'
import type { OpenDocument } from './open-document.svelte.ts'

/** Milliseconds before it is asked again when the connection broke. */
const AGAIN = 1000

export class Question<Output> {
  /** stays while a newer one is worked out */
  answer: Output | null = $state.raw(null)
  error: string | null = $state(null)
  /** the answer is that to the newest input */
  fresh = $state(false)
  /** the computation was stopped by a person */
  stopped = $state(false)
  readonly #doc: OpenDocument
  readonly #operation: string
  readonly #after: number
  #timer: ReturnType<typeof setTimeout> | null = null
  #asked: string | null = null

  /** @param after milliseconds to wait for further changes before the host is asked; the first time it is asked at once */
  constructor(doc: OpenDocument, operation: string, after = 0) {
    this.#doc = doc
    this.#operation = operation
    this.#after = after
  }

  /** Asks unless it has been asked just this; null takes the question back. */
  ask(input: object | null): void {
    const text = input === null ? null : JSON.stringify(input)
    if (text === this.#asked) return
    this.#asked = text
    this.fresh = false
    this.stopped = false
    if (input === null || text === null) {
      this.answer = null
      this.error = null
    } else if (this.#after === 0 || this.answer === null) void this.#compute(input, text)
    else this.#later(input, text, this.#after)
  }

  again(): void {
    this.#asked = null
    this.stopped = false
  }

  stop(): void {
    this.stopped = true
    void this.#doc.stopComputing(this.#operation)
  }

  #later(input: object, text: string, delay: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#compute(input, text), delay)
  }

  async #compute(input: object, text: string): Promise<void> {
    if (text !== this.#asked) return
    try {
      const answer = (await this.#doc.compute(this.#operation, this.#operation, input)) as Output
      if (text !== this.#asked) return
      this.answer = answer
      this.error = null
      this.fresh = true
    } catch (error) {
      if (text !== this.#asked || this.stopped) return
      if (error instanceof InterlockError && (error.code === 'disconnected' || error.code === 'cancelled')) {
        this.#later(input, text, AGAIN)
      } else this.error = error instanceof Error ? error.message : String(error)
    }
  }
}

/**
 * What a view keeps for as long as a drawing is open, so that closing the view loses nothing.
 * @returns gives the same object for the same drawing, made when it is first asked for
 */
export function keptFor<Kept>(make: (doc: OpenDocument) => Kept): (doc: OpenDocument) => Kept {
  const all = new WeakMap<OpenDocument, Kept>()
  return (doc) => {
    const known = all.get(doc)
    if (known !== undefined) return known
    const made = make(doc)
    all.set(doc, made)
    return made
  }
}
