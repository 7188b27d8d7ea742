// Drawings made from a seed: the labs' generators, the values chosen last, and the drawing in a tab of its own.
// Knows no lab by name.
import type { GeneratorInfo } from '@contract/api.ts'
import { labPages } from '../../labs/index.ts'
import type { Workbench } from '../workbench.svelte.ts'

export interface Offer extends GeneratorInfo {
  lab: string
}
export type Values = Record<string, string | number>

const MOST_SEED = 0x1_0000_0000

export class Generating {
  /** what labs can make; null until it was asked for */
  offers: readonly Offer[] | null = $state.raw(null)
  #last: { offer: Offer; values: Values; seed: number } | null = $state.raw(null)
  readonly #bench: Workbench

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  /** the values of the last drawing, for the next one */
  get last(): { offer: Offer; values: Values; seed: number } | null {
    return this.#last
  }

  async open(): Promise<void> {
    const { connection } = this.#bench
    this.offers ??= (
      await Promise.all(
        labPages.map(async ({ id }) =>
          (await connection.call('generators.list', { lab: id })).map((offer) => ({ ...offer, lab: id })),
        ),
      )
    ).flat()
    this.#bench.dialog = { kind: 'generate' }
  }

  /** @throws InterlockError `bad-input` when no drawing can be as the values say */
  async make(offer: Offer, values: Values, seed: number): Promise<void> {
    const { lab, id } = offer
    const document = await this.#bench.connection.call('generators.make', { lab, id, values, seed })
    this.#last = { offer, values, seed }
    await this.#bench.show({ file: null, document, readOnly: null, remarks: [] })
  }

  /** A drawing like the last one, with another seed. */
  async another(): Promise<void> {
    const last = this.#last
    if (last !== null) await this.make(last.offer, last.values, (last.seed + 1) % MOST_SEED)
  }
}
