// What the comparison of one open drawing keeps: which subject, and the numbers that were changed.
import { type Comparison, type Subject, parameters } from '@labs/topology/model/comparison.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '../../../shell/documents/question.svelte.ts'

class Desk {
  subject: Subject = $state('techniques')
  #changed: Readonly<Record<string, number>> = $state.raw({})
  readonly question: Question<Comparison>

  constructor(doc: OpenDocument) {
    this.question = new Question<Comparison>(doc, 'compare', 150)
  }

  /** The key of a number: subjects may share its name. */
  #key(key: string): string {
    return `${this.subject} ${key}`
  }

  valueOf(key: string): number {
    const usual = parameters[this.subject].find((one) => one.key === key)?.usual ?? 0
    return this.#changed[this.#key(key)] ?? usual
  }

  /** What is not within its bounds changes nothing. */
  set(key: string, value: number): void {
    const known = parameters[this.subject].find((one) => one.key === key)
    if (known === undefined || !(value >= known.min && value <= known.max)) return
    this.#changed = { ...this.#changed, [this.#key(key)]: value }
  }

  get changed(): boolean {
    return parameters[this.subject].some(({ key, usual }) => this.valueOf(key) !== usual)
  }

  reset(): void {
    const own = new Set(parameters[this.subject].map(({ key }) => this.#key(key)))
    this.#changed = Object.fromEntries(Object.entries(this.#changed).filter(([key]) => !own.has(key)))
  }

  get input(): object {
    return {
      subject: this.subject,
      ...Object.fromEntries(parameters[this.subject].map(({ key }) => [key, this.valueOf(key)])),
    }
  }
}

export const deskOf = keptFor((doc) => new Desk(doc))
