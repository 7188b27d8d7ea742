// What a person works out with the Banker in one open drawing: the order typed, the units asked for, and what the host
// answers. Lives as long as the drawing is open, so that closing the view loses nothing. Draws nothing.
import { InterlockError } from '@contract/errors.ts'
import {
  type Bank,
  type BankerOutput,
  type DetectOutput,
  type OrderOutput,
  type RequestOutput,
  typedOrder,
} from '@labs/deadlock/model/bank.ts'
import type { Place } from '@labs/deadlock/model/trajectory.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'

export type Mode = 'avoidance' | 'detection' | 'paths'
/** Who counts as finished before detection begins: nobody, or whoever holds nothing. */
export type Rule = 'plain' | 'book'

/** One question to the host and its newest answer. */
export class Question<Output> {
  answer: Output | null = $state.raw(null)
  error: string | null = $state(null)
  /** the answer is that to the newest input */
  fresh = $state(false)
  /** the computation was stopped by a person */
  stopped = $state(false)
  readonly #doc: OpenDocument
  readonly #operation: string
  #asked: string | null = null

  constructor(doc: OpenDocument, operation: string) {
    this.#doc = doc
    this.#operation = operation
  }

  /** Asks unless it has been asked just this; null takes the question back. */
  ask(input: object | null): void {
    const text = input === null ? null : JSON.stringify(input)
    if (text === this.#asked) return
    this.#asked = text
    this.fresh = false
    this.stopped = false
    if (input === null || text === null) {
      this.answer = null
      this.error = null
    } else void this.#compute(input, text)
  }

  again(): void {
    this.#asked = null
    this.stopped = false
  }

  stop(): void {
    this.stopped = true
    void this.#doc.stopComputing(this.#operation)
  }

  async #compute(input: object, text: string): Promise<void> {
    try {
      const answer = (await this.#doc.compute(this.#operation, this.#operation, input)) as Output
      if (text !== this.#asked) return
      this.answer = answer
      this.error = null
      this.fresh = true
    } catch (error) {
      if (text !== this.#asked) return
      // Asked again as soon as the view is drawn anew.
      const lost = error instanceof InterlockError && (error.code === 'disconnected' || error.code === 'cancelled')
      if (lost && !this.stopped) this.#asked = null
      else if (!lost) {
        this.answer = null
        this.error = error instanceof Error ? error.message : String(error)
      }
    }
  }
}

export class Banker {
  mode: Mode = $state('avoidance')
  rule: Rule = $state('plain')
  /** the order as it stands in the field, in each mode */
  typed: Readonly<Record<'avoidance' | 'detection', string>> = $state.raw({ avoidance: '', detection: '' })
  /** id of the process that asks; null before one is chosen */
  by: string | null = $state(null)
  /** units asked for by id of the type; a type that is left out is not asked for */
  units: Readonly<Record<string, number>> = $state.raw({})
  /** the path drawn in the plane of states, and the programs it was drawn for; null before one is drawn */
  path: { of: string; places: readonly Place[] } | null = $state.raw(null)
  /** for each of two processes whether it asks for the second type before the first */
  opposite: readonly [boolean, boolean] = $state.raw([false, false])
  readonly banker: Question<BankerOutput>
  readonly detect: Question<DetectOutput>
  readonly order: Question<OrderOutput>
  readonly request: Question<RequestOutput>

  constructor(doc: OpenDocument) {
    this.banker = new Question(doc, 'banker')
    this.detect = new Question(doc, 'detect')
    this.order = new Question(doc, 'order')
    this.request = new Question(doc, 'request')
  }

  /** To be called when anything may have changed that the answers depend on. */
  follow(bank: Bank, usable: boolean): void {
    const { mode, by, units } = this
    const { names, types, available, allocation } = bank
    const shared = { names, types, available, allocation }
    const avoiding = usable && bank.declared && mode === 'avoidance'
    const detecting = usable && mode === 'detection'
    this.banker.ask(avoiding ? { ...shared, max: bank.max } : null)
    this.detect.ask(detecting ? { ...shared, request: bank.request } : null)

    const order = mode === 'paths' ? [] : typedOrder(this.typed[mode], names)
    const wanted = mode === 'detection' ? { request: bank.request } : { max: bank.max }
    this.order.ask((avoiding || detecting) && order.length > 0 ? { ...shared, ...wanted, order } : null)

    const asker = bank.processIds.indexOf(by ?? '')
    const asks = bank.typeIds.map((id) => units[id] ?? 0)
    const asking = avoiding && asker !== -1 && asks.some((count) => count > 0)
    this.request.ask(asking ? { ...shared, max: bank.max, by: names[asker], request: asks } : null)
  }
}

const bankers = new WeakMap<OpenDocument, Banker>()

export function bankerOf(doc: OpenDocument): Banker {
  const known = bankers.get(doc)
  if (known !== undefined) return known
  const banker = new Banker(doc)
  bankers.set(doc, banker)
  return banker
}
