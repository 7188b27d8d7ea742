// Follows the samples of one terminal: told how many there are, reads those it does not have, in order, once each.
// Knows the host as calls, and no experiment.
import type { CallName, EventPayload, Input, Output, PageEventName } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import type { KernelSample } from '@contract/kernel.ts'
import { patched } from '@contract/merge-patch.ts'

export interface KernelHost {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
  on<E extends PageEventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void
}

export interface Watched {
  terminal: string
  experiment: string | null
  files: readonly string[]
}

export class Watch {
  readonly terminal: string
  /** the host looks at it; false when it could not be asked, or the terminal is gone */
  live = $state(false)
  /** why no more is recorded; null while it goes on */
  full: string | null = $state.raw(null)
  readonly #host: KernelHost
  readonly #what: Watched
  readonly #take: (samples: readonly KernelSample[], anew: boolean) => void
  readonly #failed: (error: unknown) => void
  readonly #unheard: () => void
  #have = 0
  /** the newest that was taken, from which the next one is told */
  #last: KernelSample | null = null
  #told = 0
  #reading = false
  #ended = false

  /**
   * @param take is given each sample once; `anew`: they are the first of a recording that began anew
   * @param failed is told what goes wrong while it follows
   */
  constructor(
    host: KernelHost,
    what: Watched,
    take: (samples: readonly KernelSample[], anew: boolean) => void,
    failed: (error: unknown) => void,
  ) {
    this.#host = host
    this.#what = what
    this.terminal = what.terminal
    this.#take = take
    this.#failed = failed
    this.#unheard = host.on('kernel-sampled', ({ terminal, count, ended }) => {
      if (terminal !== this.terminal) return
      this.full = ended
      void this.#hear(count)
    })
  }

  /** @param anew what was recorded before is forgotten */
  async begin(anew: boolean): Promise<void> {
    const { terminal, experiment, files } = this.#what
    const { count } = await this.#host.call('kernel.watch', { terminal, experiment, files: [...files], anew })
    if (this.#ended) return
    this.live = true
    await this.#hear(count)
  }

  /** The connection was lost and is back. A terminal that is gone is watched no more. */
  async again(): Promise<void> {
    try {
      await this.begin(false)
    } catch (error) {
      this.live = false
      if (!(error instanceof InterlockError)) throw error
    }
  }

  /** Looks once more now, at parents and owners of namespaces too. */
  async look(): Promise<void> {
    const { count } = await this.#host.call('kernel.look', { terminal: this.terminal })
    await this.#hear(count)
  }

  /** Follows no more. The host goes on looking until the terminal is closed. */
  end(): void {
    this.#ended = true
    this.live = false
    this.#unheard()
  }

  async #hear(count: number): Promise<void> {
    this.#told = count
    if (this.#reading) return
    this.#reading = true
    try {
      // Fewer than there were: it began anew.
      while (!this.#ended && this.#have !== this.#told) {
        const { first, changes, next, ended } = await this.#host.call('kernel.read', {
          terminal: this.terminal,
          from: this.#have,
        })
        let last = first ?? this.#last
        if (this.#ended || last === null || (first === null && next <= this.#have)) return
        this.full = ended
        const samples = first === null ? [] : [first]
        for (const change of changes) {
          last = patched(last, change) as KernelSample
          samples.push(last)
        }
        this.#have = next
        this.#last = last
        this.#told = Math.max(this.#told, next)
        this.#take(samples, first !== null)
      }
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#reading = false
    }
  }
}
