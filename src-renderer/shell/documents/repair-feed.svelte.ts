// Asks the host what would mend a drawing, each time a bad verdict has come: at most one call is under way, then the
// newest drawing is asked for. The old list stays until the new one is there, so that nothing flickers.
import type { GraphModel } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import type { Repair, Verdict } from '@contract/verdict.ts'
import type { Caller } from '../connection/client.ts'

export class RepairFeed {
  /** null: not known yet, or nothing to mend */
  repairs: readonly Repair[] | null = $state.raw(null)
  remark: string | null = $state(null)
  /** the list is that of the drawing as it is */
  fresh = $state(false)
  error: string | null = $state(null)
  #busy = false
  #wanted = false
  readonly #host: Caller
  readonly #about: { lab: string; key: string; model: () => GraphModel }

  constructor(host: Caller, about: { lab: string; key: string; model: () => GraphModel }) {
    this.#host = host
    this.#about = about
  }

  /** The drawing changes; what is listed may not hold any more. */
  outdated(): void {
    this.fresh = false
  }

  /** A verdict came: a good one needs no repair. */
  judged({ mark }: Pick<Verdict, 'mark'>): void {
    this.fresh = false
    this.#wanted = mark !== 'free'
    if (!this.#wanted) {
      this.repairs = null
      this.remark = null
      this.error = null
    } else if (!this.#busy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#wanted) {
      this.#wanted = false
      const { lab, key, model } = this.#about
      const asked = model()
      try {
        const { repairs, remark } = await this.#host.call('repairs.of', { lab, key, model: { ...asked } })
        // Another verdict is on its way, or has come: a good one has emptied the list.
        if (model() !== asked) continue
        this.repairs = repairs
        this.remark = remark
        this.error = null
        this.fresh = true
      } catch (error) {
        if (error instanceof InterlockError && (error.code === 'disconnected' || error.code === 'cancelled')) continue
        this.error = error instanceof Error ? error.message : String(error)
      }
    }
    this.#busy = false
  }
}
