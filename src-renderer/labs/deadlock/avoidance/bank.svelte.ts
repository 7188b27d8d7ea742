// What a person works out with the Banker in one open drawing: the order typed, the units asked for, and what the host
// answers. Lives as long as the drawing is open, so that closing the view loses nothing. Draws nothing.
import { typedOrder } from '@contract/typed-order.ts'
import {
  type Bank,
  type BankerOutput,
  type DetectOutput,
  type OrderOutput,
  type RequestOutput,
} from '@labs/deadlock/model/bank.ts'
import type { Place } from '@labs/deadlock/model/trajectory.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '../../../shell/documents/question.svelte.ts'

export type Mode = 'avoidance' | 'detection' | 'paths'
/** Who counts as finished before detection begins: nobody, or whoever holds nothing. */
export type Rule = 'plain' | 'book'

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
  /** for each of two processes whether it asks for the second type before the first; null: not chosen */
  opposite: readonly [boolean | null, boolean | null] = $state.raw([null, null])
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

export const bankerOf = keptFor((doc) => new Banker(doc))
