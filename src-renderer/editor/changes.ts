// Tells listeners what a change touched: one call for what belongs together, never two calls interleaved.
// Knows nothing of what changes.

/** What a change touched. `edit` is a finished document change, not a transient drag. */
export interface Change {
  records: boolean
  selection: boolean
  tool: boolean
  view: boolean
  history: boolean
  feedback: boolean
  edit: boolean
}

const silence: Change = {
  records: false,
  selection: false,
  tool: false,
  view: false,
  history: false,
  feedback: false,
  edit: false,
}

export class Changes {
  readonly #listeners = new Set<(change: Change) => void>()
  readonly #hearers = new Set<(text: string) => void>()
  #held = 0
  #due: Partial<Change> | null = null

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onSay(hearer: (text: string) => void): () => void {
    this.#hearers.add(hearer)
    return () => this.#hearers.delete(hearer)
  }

  say(text: string): void {
    for (const hearer of this.#hearers) hearer(text)
  }

  /** What is told meanwhile is told once, at the end. */
  together<T>(body: () => T): T {
    this.#held += 1
    try {
      return body()
    } finally {
      this.#held -= 1
      this.#flush()
    }
  }

  tell(part: Partial<Change>): void {
    this.#due = { ...this.#due, ...part }
    this.#flush()
  }

  // While listeners run, the changes they make wait for the next round.
  #flush(): void {
    while (this.#held === 0 && this.#due !== null) {
      const change = { ...silence, ...this.#due }
      this.#due = null
      this.#held += 1
      try {
        for (const listener of this.#listeners) listener(change)
      } finally {
        this.#held -= 1
      }
    }
  }
}
