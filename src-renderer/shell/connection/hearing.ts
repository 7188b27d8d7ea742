// Listeners for what the host says, that outlive a broken connection: each new one is given to all of them.
// Knows no event by name.
import type { EventPayload, PageEventName } from '@contract/api.ts'

/** Whoever says events; a client of the host is one. */
export interface EventSource {
  on<E extends PageEventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void
}

/** One listener: gives itself to a source and returns what ends that. */
type Listen = (source: EventSource) => () => void

export class Hearing {
  readonly #listeners = new Map<Listen, () => void>()
  #source: EventSource | null = null

  /** @returns what ends it */
  on<E extends PageEventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listen: Listen = (source) => source.on(name, listener)
    this.#listeners.set(listen, this.#source === null ? () => undefined : listen(this.#source))
    return () => {
      this.#listeners.get(listen)?.()
      this.#listeners.delete(listen)
    }
  }

  /** There is a new connection; the one before it says nothing any more. */
  connected(source: EventSource): void {
    this.#source = source
    for (const listen of this.#listeners.keys()) this.#listeners.set(listen, listen(source))
  }
}
