// Keeps unsaved work where a crash cannot reach it: with the host within a second, and in the tab's own storage, which
// survives a reload even while the host is away. Knows nothing of files but their handle.
import type { Caller } from '../connection/client.ts'

/** Milliseconds between an edit and its being kept. */
const DELAY = 600
/** While a verdict is on its way, keeping waits for it: so many times at most, so many milliseconds each. */
const POLITE = { times: 8, pause: 25 }

export interface AutosaveSource {
  key: string
  handle(): string | null
  text(): string
  /** whether there is anything that is not in the file */
  dirty(): boolean
  /** whether the person waits for an answer just now */
  busy(): boolean
}

export class Autosave {
  #timer: ReturnType<typeof setTimeout> | null = null
  #kept = false
  /** when unsaved work was kept last, milliseconds since 1970; null while there is none */
  keptAt: number | null = null
  readonly #host: Caller
  readonly #source: AutosaveSource
  readonly #onKept: () => void

  constructor(host: Caller, source: AutosaveSource, onKept: () => void) {
    this.#host = host
    this.#source = source
    this.#onKept = onKept
  }

  /** After an edit. Many edits in a row are kept once per delay, not once at the end. */
  touch(): void {
    this.#kept = false
    this.#timer ??= setTimeout(() => this.#due(POLITE.times), DELAY)
  }

  #due(patience: number): void {
    if (patience > 0 && this.#source.busy()) this.#timer = setTimeout(() => this.#due(patience - 1), POLITE.pause)
    else void this.flush()
  }

  /** Whether everything that is not saved is at least kept. */
  get kept(): boolean {
    return this.#kept || !this.#source.dirty()
  }

  async flush(): Promise<void> {
    this.#stop()
    const { key: draft, handle, text, dirty } = this.#source
    try {
      const unsaved = dirty()
      if (unsaved) await this.#host.call('autosave.keep', { draft, handle: handle(), text: text() })
      else await this.#host.call('autosave.discard', { draft, handle: handle() })
      this.keptAt = unsaved ? Date.now() : null
      this.#kept = this.#timer === null
    } catch {
      // Without a host the tab's storage holds the work; the next edit or the reconnection keeps it again.
      this.#kept = false
    }
    this.#onKept()
  }

  async discard(): Promise<void> {
    this.#stop()
    const { key: draft, handle } = this.#source
    await this.#host.call('autosave.discard', { draft, handle: handle() }).catch(() => undefined)
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
