// What the comparison of one open drawing keeps: which algorithms, and the costs by size once they were worked out.
import { InterlockError } from '@contract/errors.ts'
import type { BySize, CompareOutput } from '@labs/distributed/model/comparison.ts'
import type { OpenDocument } from '../../shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '../../shell/documents/question.svelte.ts'
import { compareTexts as words } from './compare-texts.ts'

const SIZES = [2, 4, 6, 8, 12, 16, 24, 32]
const KEY = 'compare-sizes'

class CompareDesk {
  /** algorithms that were taken out; all others of the family are compared */
  without: readonly string[] = $state.raw([])
  sizes: readonly BySize[] = $state.raw([])
  working = $state(false)
  percent = $state(0)
  error: string | null = $state(null)
  logarithmic = $state(false)
  readonly #doc: OpenDocument

  constructor(doc: OpenDocument) {
    this.#doc = doc
  }

  chosen(offered: readonly string[]): readonly string[] {
    return offered.filter((id) => !this.without.includes(id))
  }

  choose(id: string, on: boolean): void {
    this.without = on ? this.without.filter((other) => other !== id) : [...this.without, id]
  }

  /** One algorithm after the other, so that lines appear as they are known. */
  async work(algorithms: readonly string[]): Promise<void> {
    this.working = true
    this.error = null
    this.sizes = []
    try {
      for (const [index, id] of algorithms.entries()) {
        this.percent = Math.round((100 * index) / algorithms.length)
        const answer = await this.#doc.compute('compare', KEY, { algorithms: [id], sizes: SIZES })
        this.sizes = [...this.sizes, ...(answer as CompareOutput).sizes]
        if (!this.working) break
      }
    } catch (error) {
      const stopped = error instanceof InterlockError && error.code === 'cancelled'
      this.error = stopped ? words.stopped : error instanceof Error ? error.message : String(error)
    } finally {
      this.working = false
    }
  }

  stop(): void {
    this.working = false
    void this.#doc.stopComputing(KEY)
  }
}

export const desks = keptFor((doc) => new CompareDesk(doc))

/** The comparison on the drawing as it is. */
export const questionOf = keptFor((doc) => new Question<CompareOutput>(doc, 'compare', 150))
