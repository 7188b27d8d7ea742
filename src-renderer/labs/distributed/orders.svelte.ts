// What trying every order keeps for an open drawing: what may go wrong, and the newest answer with the drawing it is about.
import { InterlockError } from '@contract/errors.ts'
import type { ExploreOutput } from '@labs/distributed/model/exploring.ts'
import type { OpenDocument } from '../../shell/documents/open-document.svelte.ts'
import { keptFor } from '../../shell/documents/question.svelte.ts'
import { orderTexts as words } from './compare-texts.ts'

const KEY = 'explore'

class OrdersDesk {
  crashes = $state(0)
  losses = $state(0)
  impatient = $state(false)
  most = $state(200_000)
  working = $state(false)
  error: string | null = $state(null)
  answer: ExploreOutput | null = $state.raw(null)
  /** the drawing that the answer is about */
  about: unknown = $state.raw(null)
  readonly #doc: OpenDocument

  constructor(doc: OpenDocument) {
    this.#doc = doc
  }

  async go(): Promise<void> {
    this.working = true
    this.error = null
    const { crashes, losses, impatient, most } = this
    const { model } = this.#doc
    try {
      const input = { model: { ...model }, crashes, losses, impatient, most }
      this.answer = (await this.#doc.compute('explore', KEY, input)) as ExploreOutput
      this.about = model
    } catch (error) {
      const stopped = error instanceof InterlockError && error.code === 'cancelled'
      this.error = stopped ? words.stopped : error instanceof Error ? error.message : String(error)
    } finally {
      this.working = false
    }
  }

  stop(): void {
    void this.#doc.stopComputing(KEY)
  }
}

export const ordersOf = keptFor((doc) => new OrdersDesk(doc))
