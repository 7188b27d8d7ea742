// What ordered broadcasts share: sending to all, holding back, delivering, answering. Which message has to wait is the
// discipline's matter. A message counts as delivered where it was sent, at once, unless the discipline says otherwise.
import type { Algorithm, Body, Input, Look, Output, Reaction, Self, Setting } from '../../network/types.ts'
import { causalTexts as texts } from '../../model/causal-texts.ts'
import { indexIn, nameOf, note, reaction, set } from '../reactions.ts'
import type { Deliverer, Delivery } from './order.ts'

export interface BroadcastState extends Deliverer {
  readonly log: readonly Delivery[]
  /** what has arrived too early, in the order of its arrival */
  readonly held: readonly Body[]
  /** of each node's messages the highest number that was delivered; no gap below it while messages are held back */
  readonly delivered: readonly number[]
  /** how many messages of its own it has made */
  readonly sent: number
  /** how many it still makes by itself */
  readonly left: number
  /** how many were delivered before something that the discipline would have had first */
  readonly early: number
}

export interface Discipline {
  /** whether early messages wait at all */
  holds(self: Self): boolean
  /** What leaves the node for a new message of its own; `here`: it is delivered here at once. */
  emit(
    state: BroadcastState,
    body: Body,
    self: Self,
  ): { readonly outputs: readonly Output[]; readonly here: Body | null }
  /** what has to be delivered before; null when the message can be delivered */
  missing(state: BroadcastState, body: Body): Delivery | number | null
}

export const deliveryIn = (body: Body): Delivery => ({ from: indexIn(body, 'from'), number: indexIn(body, 'number') })

export const messageName = ({ from, number }: Delivery, self: Self): string => texts.message(nameOf(self, from), number)

/** What a message answers; null where it is none. */
export const answeredBy = (body: Body): Delivery | null => (body['answers'] as Delivery | undefined) ?? null

const same = (a: Delivery, b: Delivery): boolean => a.from === b.from && a.number === b.number

/** Whether it was delivered already, or waits: a message that arrives twice counts once. */
export function known({ log, held }: BroadcastState, body: Body): boolean {
  const delivery = deliveryIn(body)
  return log.some((one) => same(one, delivery)) || held.some((one) => same(deliveryIn(one), delivery))
}

export function init(self: Self): Reaction<BroadcastState> {
  const delivered = new Array<number>(self.count).fill(0)
  return reaction({ log: [], held: [], delivered, sent: 0, left: 0, early: 0 })
}

/** A reaction that is put together step by step. */
interface Draft {
  state: BroadcastState
  readonly outputs: Output[]
}

/** Makes a message of its own and sends it on its way. */
function broadcast(draft: Draft, answers: Delivery | null, self: Self, discipline: Discipline): void {
  const number = draft.state.sent + 1
  draft.state = { ...draft.state, sent: number }
  const kind = answers === null ? 'MESSAGE' : 'ANSWER'
  const made: Body = { kind, from: self.index, number, ...(answers !== null && { answers }) }
  const { outputs, here } = discipline.emit(draft.state, made, self)
  draft.outputs.push(...outputs)
  if (here !== null) deliver(draft, here, self, discipline)
}

function deliver(draft: Draft, body: Body, self: Self, discipline: Discipline): void {
  const { state } = draft
  const delivery = deliveryIn(body)
  const { from, number } = delivery
  const mine = from === self.index
  const first = discipline.missing(state, body)
  const early = first !== null && typeof first !== 'number'
  draft.state = {
    ...state,
    log: [...state.log, delivery],
    delivered: state.delivered.with(from, Math.max(state.delivered[from] ?? 0, number)),
    early: state.early + (early ? 1 : 0),
  }
  const name = messageName(delivery, self)
  if (early) draft.outputs.push(note('told', texts.told.early(name, messageName(first, self))))
  else if (!mine) draft.outputs.push(note('told', texts.told.delivers(name)))
  if (!mine && self.settings['answers'] === 1 && answeredBy(body) === null) broadcast(draft, delivery, self, discipline)
}

/** Takes a message that has arrived: delivers it with all that waited for it alone, or holds it back. */
export function receive(
  state: BroadcastState,
  body: Body,
  self: Self,
  discipline: Discipline,
): Reaction<BroadcastState> {
  if (known(state, body)) return reaction(state)
  const draft: Draft = { state, outputs: [] }
  const first = discipline.missing(state, body)
  if (first !== null && discipline.holds(self)) {
    const name = messageName(deliveryIn(body), self)
    const why =
      typeof first === 'number' ? texts.told.holdsNumber(name, first) : texts.told.holds(name, messageName(first, self))
    draft.outputs.push(note('told', why))
    draft.state = { ...state, held: [...state.held, body] }
    return finished(draft)
  }
  deliver(draft, body, self, discipline)
  for (;;) {
    const ready = draft.state.held.find((one) => discipline.missing(draft.state, one) === null)
    if (ready === undefined) return finished(draft)
    draft.state = { ...draft.state, held: draft.state.held.filter((one) => one !== ready) }
    deliver(draft, ready, self, discipline)
  }
}

/** All of the state goes to stable storage: a node that comes back knows what it delivered and how it numbered. */
function finished({ state, outputs }: Draft): Reaction<BroadcastState> {
  return reaction(state, [...outputs, { do: 'store', value: state }])
}

export function react(
  state: BroadcastState,
  input: Input,
  self: Self,
  discipline: Discipline,
): Reaction<BroadcastState> {
  switch (input.do) {
    case 'start':
      return next({ ...state, left: state.left + (self.settings['count'] ?? 1) }, self, discipline)
    case 'timer':
      return next(state, self, discipline)
    case 'message':
      return receive(state, input.body, self, discipline)
    case 'recover':
      return reaction(input.stored === undefined ? state : { ...(input.stored as BroadcastState), left: 0 })
    default:
      return reaction(state)
  }
}

/** The next of its own messages, and the pause before the one after it. */
function next(state: BroadcastState, self: Self, discipline: Discipline): Reaction<BroadcastState> {
  if (state.left === 0) return reaction(state)
  const draft: Draft = { state: { ...state, left: state.left - 1 }, outputs: [] }
  broadcast(draft, null, self, discipline)
  if (draft.state.left > 0) draft.outputs.push(set('next', self.settings['pause'] ?? 0))
  return finished(draft)
}

/** Of many deliveries the last few, so that a cell stays a cell. */
const SHOWN = 6

export function orderCell({ log }: BroadcastState, self: Self): string {
  if (log.length === 0) return texts.none
  const last = log.slice(-SHOWN).map((delivery) => messageName(delivery, self))
  return (log.length > SHOWN ? ['…', ...last] : last).join(' ')
}

export function waitingCell({ held }: BroadcastState, self: Self): string {
  return held.length === 0 ? texts.none : held.map((body) => messageName(deliveryIn(body), self)).join(' ')
}

/** A vector as numbers in brackets; of many nodes only those that are not 0, by name. */
export function vectorText(vector: readonly number[], self: Self): string {
  if (vector.length <= 8) return `[${vector.join(', ')}]`
  const parts = vector.flatMap((number, node) => (number === 0 ? [] : [`${nameOf(self, node)} ${number}`]))
  return `[${parts.join(', ')}]`
}

/** @param said what stands below the node when nothing else is to be said */
export function lookOf({ early, held }: BroadcastState, said: string, cells: readonly string[]): Look {
  if (early > 0) return { said: texts.early(early), mark: 'ring', cells }
  if (held.length > 0) return { said: texts.holds(held.length), mark: 'behind', cells }
  return { said, mark: null, cells }
}

export const tellAnswer = (body: Body, self: Self): string[] => {
  const answers = answeredBy(body)
  return answers === null ? [] : [texts.answers(messageName(answers, self))]
}

export const broadcastSettings = (own: { key: string; label: string; hint: string }): Algorithm['settings'] => [
  { key: 'count', ...texts.settings.count, min: 1, max: 1000, usual: 1 },
  { key: 'pause', ...texts.settings.pause, min: 1, max: 100_000, usual: 20, unit: 'ms' },
  { key: 'answers', ...texts.settings.answers, min: 0, max: 1, usual: 1 },
  { ...own, min: 0, max: 1, usual: 1 } satisfies Setting,
]

/** How many broadcasts the nodes make in all: those that begin `count` each, and every other live node an answer to each. */
export function broadcastsOf(self: Self, up: readonly boolean[], begun: number): number {
  const live = up.filter((lives) => lives).length
  const asked = begun * (self.settings['count'] ?? 1)
  return asked * (self.settings['answers'] === 1 ? live : 1)
}
