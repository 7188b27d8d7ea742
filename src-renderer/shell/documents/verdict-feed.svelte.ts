// Asks the host for the verdict after every edit: at most one call is under way, then the newest drawing is asked for.
// The old verdict stays until the new one is there.
import type { GraphModel } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import type { Verdict } from '@contract/verdict.ts'
import type { Caller } from '../connection/client.ts'

export type VerdictState = 'fresh' | 'pending' | 'failed'

export class VerdictFeed {
  verdict: Verdict | null = $state.raw(null)
  state: VerdictState = $state('pending')
  error: string | null = $state(null)
  /** counts the verdicts that came */
  revision = $state(0)
  #busy = false
  #stale = false
  readonly #host: Caller
  readonly #about: { lab: string; key: string; model: () => GraphModel; onVerdict: (verdict: Verdict) => void }

  constructor(
    host: Caller,
    about: { lab: string; key: string; model: () => GraphModel; onVerdict: (verdict: Verdict) => void },
  ) {
    this.#host = host
    this.#about = about
  }

  /** The drawing changed, or the connection is back. */
  ask(): void {
    this.state = 'pending'
    this.#stale = true
    if (!this.#busy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#stale) {
      this.#stale = false
      const { lab, key, model, onVerdict } = this.#about
      try {
        const verdict = await this.#host.call('verdict.of', { lab, key, model: { ...model() } })
        if (this.#stale) continue
        this.verdict = verdict
        this.error = null
        this.state = 'fresh'
        this.revision += 1
        onVerdict(verdict)
      } catch (error) {
        if (this.#stale) continue
        // A broken connection is told in the status line; the verdict is asked for again when it is back.
        if (error instanceof InterlockError && error.code === 'disconnected') break
        this.error = error instanceof Error ? error.message : String(error)
        this.state = 'failed'
      }
    }
    this.#busy = false
  }
}
