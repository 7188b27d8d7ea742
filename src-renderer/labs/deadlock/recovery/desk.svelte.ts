// The recovery of one open drawing: the weights, which the drawing keeps, and the newest answer. Asks the host; draws
// nothing.
import {
  type FactorId,
  factorIds,
  type RecoveryOutput,
  usualWeights,
  type Weights,
  WEIGHTS_FIELD,
  weightsOf,
} from '@labs/deadlock/model/recovery.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '../../../shell/documents/question.svelte.ts'
import { recoveryViewTexts as words } from './recovery-view-texts.ts'

export class RecoveryDesk {
  /** weights tried while the drawing cannot be changed */
  #tried: Weights | null = $state.raw(null)
  readonly #doc: OpenDocument
  readonly #field = $derived.by(() => {
    // Undo and redo change what the drawing keeps.
    void this.#doc.revision
    return this.#doc.editor.whole.field(WEIGHTS_FIELD)
  })
  readonly #kept = $derived(weightsOf(this.#field))
  readonly #question: Question<RecoveryOutput>

  constructor(doc: OpenDocument) {
    this.#doc = doc
    this.#question = new Question(doc, 'recovery')
  }

  get weights(): Weights {
    return this.#tried ?? this.#kept
  }
  get answer(): RecoveryOutput | null {
    return this.#question.answer
  }
  get fresh(): boolean {
    return this.#question.fresh
  }
  get error(): string | null {
    return this.#question.error
  }
  get usual(): boolean {
    return factorIds.every((factor) => this.weights[factor] === usualWeights[factor])
  }

  setWeight(factor: FactorId, weight: number): void {
    this.#keep({ ...this.weights, [factor]: weight }, WEIGHTS_FIELD)
  }

  reset(): void {
    this.#keep(usualWeights)
  }

  /** Only what differs from the usual is kept, and one entry in history stands for what is typed in one go. */
  #keep(weights: Weights, join?: string): void {
    const own = factorIds.filter((factor) => weights[factor] !== usualWeights[factor])
    const value = own.length === 0 ? undefined : Object.fromEntries(own.map((factor) => [factor, weights[factor]]))
    const done = this.#doc.editor.whole.setField(words.weightsEntry, WEIGHTS_FIELD, value, join)
    this.#tried = done ? null : weights
  }

  /** To be called when anything may have changed that the answer depends on. */
  ask(): void {
    if (!this.#doc.concealed) this.#question.ask({ model: { ...this.#doc.model }, weights: this.weights })
  }
}

export const deskOf = keptFor((doc) => new RecoveryDesk(doc))
