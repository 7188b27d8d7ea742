// The algorithms that the host offers, asked for once for all drawings, and which of them a drawing runs.
import type { AlgorithmInfo } from '@labs/distributed/model/algorithm-info.ts'
import type { OpenDocument } from '../../shell/documents/open-document.svelte.ts'

/** What a drawing runs that names no algorithm; the first of the list. */
class Catalogue {
  list: readonly AlgorithmInfo[] = $state.raw([])
  #asked: Promise<void> | null = null

  /** Asks when nobody has yet. A failure leaves the list empty; the next who needs it asks again. */
  load(doc: OpenDocument): void {
    this.#asked ??= doc.compute('algorithms', 'algorithms', {}).then(
      (answer) => {
        this.list = (answer as { algorithms: AlgorithmInfo[] }).algorithms
      },
      () => {
        this.#asked = null
      },
    )
  }

  find(id: string): AlgorithmInfo | undefined {
    return this.list.find((one) => one.id === id)
  }
}

export const catalogue = new Catalogue()

/** The id of the algorithm that a drawing runs. */
export function chosenIn(doc: OpenDocument): string {
  const said = (doc.model as { algorithm?: unknown }).algorithm
  return typeof said === 'string' ? said : (catalogue.list[0]?.id ?? '')
}
