// Typed calls to the host over one wire. birpc is wrapped here and nowhere else in the page.
import { createBirpc } from 'birpc'
import {
  type CallName,
  type EventPayload,
  type Input,
  type Output,
  type PageEventName,
  pageEvents,
} from '@contract/api.ts'
import { InterlockError, type WireError } from '@contract/errors.ts'
import type { Wire } from '@contract/wire.ts'
import { texts } from '../../ui/texts/index.ts'

type Reply = { ok: unknown } | { error: WireError }
export type EventListener<E extends PageEventName> = (payload: EventPayload<E>) => void

/** What the rest of the page needs of the host; a test gives its own. */
export interface Caller {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
}

export class HostClient implements Caller {
  readonly #wire: Wire
  readonly #rpc
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>()
  #open = true

  constructor(wire: Wire) {
    this.#wire = wire
    const event = (name: string, payload: unknown): void => this.#receive(name, payload)
    this.#rpc = createBirpc<{ call(name: string, input: unknown): Reply }, { event: typeof event }, false>(
      { event },
      {
        proxify: false,
        timeout: -1,
        post: (text: string) => wire.send(text),
        on: (listener) => wire.onMessage(listener),
        serialize: JSON.stringify,
        deserialize: (text: string) => JSON.parse(text) as unknown,
        resolver: (name) => (name === 'event' ? event : undefined),
      },
    )
    wire.onClose(() => {
      this.#open = false
      this.#rpc.$rejectPendingCalls(({ reject }) => reject(disconnected()))
      this.#rpc.$close()
    })
  }

  /** @throws InterlockError as the host answered it, or `disconnected` when the connection ended first */
  async call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
    if (!this.#open) throw disconnected()
    const reply = await this.#rpc.$call('call', name, input)
    if ('error' in reply) throw new InterlockError(reply.error.code, reply.error.message, reply.error.details)
    return reply.ok as Output<K>
  }

  on<E extends PageEventName>(name: E, listener: EventListener<E>): () => void {
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    const heard = (payload: unknown): void => {
      const valid = pageEvents[name].safeParse(payload)
      if (valid.success) listener(valid.data as EventPayload<E>)
    }
    set.add(heard)
    return () => set.delete(heard)
  }

  close(): void {
    this.#wire.close()
  }

  #receive(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload)
  }
}

function disconnected(): InterlockError {
  return new InterlockError('disconnected', texts.frame.connection.lostCall)
}
