// Keeps a connection to the host: says hello, notices the end, tries again with growing pauses.
// Knows nothing of what is called; documents and runs go on by themselves after a reconnection.
import { type CallName, type Input, type Output, PROTOCOL_VERSION } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import type { Wire } from '@contract/wire.ts'
import { texts } from '../../ui/texts/index.ts'
import { type Caller, HostClient } from './client.ts'
import { type PageWire, Refused } from './wires.ts'

export type { PageWire }

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'connected' }
  | { kind: 'reconnecting'; attempt: number }
  /** the host does not want this page: another version, wrong token, too many pages. Trying again does not help. */
  | { kind: 'refused'; sentence: string }

export type HostFacts = Output<'hello'>

const pauses = [200, 400, 800, 1500, 3000]

export interface ConnectionOptions {
  build: string
  open(): Promise<PageWire>
  /** waits; a test passes its own clock */
  wait?(milliseconds: number): Promise<void>
  /** after every successful hello, the first one included */
  onConnected(facts: HostFacts, client: HostClient): void
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

export class Connection implements Caller {
  state: ConnectionState = $state.raw({ kind: 'connecting' })
  facts: HostFacts | null = $state.raw(null)
  #client: HostClient | null = null
  #closed = false
  readonly #options: ConnectionOptions

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /** Connects, and stays connected until `close` or a refusal. */
  async run(): Promise<void> {
    const { open, wait = sleep, build, onConnected } = this.#options
    for (let attempt = 0; !this.#closed; attempt += 1) {
      let wire: PageWire | null = null
      try {
        wire = await open()
        const { wire: shared, ended } = watch(wire)
        const client = new HostClient(shared)
        const facts = await client.call('hello', { protocol: PROTOCOL_VERSION, build })
        this.#client = client
        this.facts = facts
        this.state = { kind: 'connected' }
        attempt = 0
        onConnected(facts, client)
        await ended
      } catch (error) {
        const refusal = wire?.refusal?.() ?? refusalOf(error)
        if (refusal !== null) {
          this.state = { kind: 'refused', sentence: refusal }
          return
        }
      }
      this.#client = null
      if (this.#closed) return
      this.state = { kind: 'reconnecting', attempt: attempt + 1 }
      await wait(pauses[Math.min(attempt, pauses.length - 1)] ?? 3000)
    }
  }

  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
    if (this.#client === null) {
      return Promise.reject(new InterlockError('disconnected', texts.frame.connection.lostCall))
    }
    return this.#client.call(name, input)
  }

  close(): void {
    this.#closed = true
    this.#client?.close()
  }
}

/** A wire whose one `onClose` listener may be set although somebody else waits for the end already. */
function watch(wire: Wire): { wire: Wire; ended: Promise<void> } {
  const ended = new Promise<void>((done) => wire.onClose(done))
  const shared: Wire = {
    send: (text) => wire.send(text),
    onMessage: (listener) => wire.onMessage(listener),
    onClose: (listener) => void ended.then(listener),
    close: () => wire.close(),
  }
  return { wire: shared, ended }
}

function refusalOf(error: unknown): string | null {
  if (error instanceof Refused) return error.message
  if (error instanceof InterlockError && error.code === 'protocol-mismatch') return error.message
  return null
}
