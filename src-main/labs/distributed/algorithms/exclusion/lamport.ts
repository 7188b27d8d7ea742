// Lamport's mutual exclusion: all nodes keep the same queue of requests in the order of timestamps. REQUEST, REPLY and
// RELEASE, 3(N - 1) messages an entry. It needs channels that keep the order of messages.
// Source: L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed System, CACM 21(7), 1978.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Reaction, Self } from '../../network/types.ts'
import { others, reaction, send, sendAll } from '../reactions.ts'
import { pairCost } from './costs.ts'
import {
  type Request,
  type Turn,
  earlier,
  enter,
  lookOf,
  namesIn,
  outside,
  queued,
  reactBy,
  requestsIn,
  sectionSettings,
  without,
} from './section.ts'

interface LamportState extends Turn {
  readonly clock: number
  /** the timestamp of its own request; null when it has none */
  readonly stamp: number | null
  readonly queue: readonly Request[]
  /** from whom nothing later than its own request has come yet */
  readonly missing: readonly number[]
}

function ask(state: LamportState, self: Self): Reaction<LamportState> {
  const stamp = state.clock + 1
  const all = others(self)
  const queue = queued(state.queue, { stamp, node: self.index })
  const asking = { ...state, clock: stamp, stamp, queue, missing: all }
  return enterIfFirst(reaction(asking, sendAll(all, { kind: 'REQUEST', stamp })), self)
}

function leave(state: LamportState, self: Self): Reaction<LamportState> {
  const clock = state.clock + 1
  const left = { ...state, clock, stamp: null, queue: withoutNode(state.queue, self.index) }
  return reaction(left, sendAll(others(self), { kind: 'RELEASE', stamp: clock }))
}

function message(state: LamportState, from: number, body: Body, self: Self): Reaction<LamportState> {
  const stamp = body['stamp'] as number
  const clock = Math.max(state.clock, stamp) + 1
  const own = state.stamp
  const later = own !== null && earlier({ stamp: own, node: self.index }, { stamp, node: from })
  const heard: LamportState = { ...state, clock, missing: later ? without(state.missing, from) : state.missing }
  switch (body.kind) {
    case 'REQUEST': {
      // To be asked and to answer is one event, so the clock ticks once.
      const answered = { ...heard, queue: queued(state.queue, { stamp, node: from }) }
      return enterIfFirst(reaction(answered, [send(from, { kind: 'REPLY', stamp: clock })]), self)
    }
    case 'RELEASE':
      return enterIfFirst(reaction({ ...heard, queue: withoutNode(state.queue, from) }), self)
    default:
      return enterIfFirst(reaction(heard), self)
  }
}

function enterIfFirst({ state, outputs }: Reaction<LamportState>, self: Self): Reaction<LamportState> {
  const may = state.section === 'waiting' && state.missing.length === 0 && state.queue[0]?.node === self.index
  return may ? enter(state, self, outputs) : reaction(state, outputs)
}

const withoutNode = (queue: readonly Request[], node: number): Request[] => queue.filter((one) => one.node !== node)

export const lamport: Algorithm<LamportState> = {
  id: 'lamport-exclusion',
  label: texts.labels.lamport,
  family: 'exclusion',
  needs: 'any',
  source: texts.sources.lamport,
  explanation: texts.explanations.lamport,
  columns: [texts.columns.section, texts.columns.clock, texts.columns.waitsFor, texts.columns.queue],
  settings: sectionSettings,
  init: () => reaction({ ...outside, clock: 0, stamp: null, queue: [], missing: [] }),
  react: reactBy({ ask, leave, message }),
  look(state, self) {
    const waitsFor = state.section === 'waiting' ? namesIn(state.missing, self) : texts.none
    return lookOf(state, [String(state.clock), waitsFor, requestsIn(state.queue, self)])
  },
  tell: (body) => texts.timestamp(body['stamp'] as number),
  cost: pairCost(3),
}
