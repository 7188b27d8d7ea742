// Ricart and Agrawala's mutual exclusion: OK from everybody, kept back by who is inside or asked earlier. 2(N - 1)
// messages an entry.
// Source: G. Ricart and A. K. Agrawala, An Optimal Algorithm for Mutual Exclusion in Computer Networks, CACM 24(1), 1981.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Reaction, Self } from '../../network/types.ts'
import { others, reaction, send, sendAll } from '../reactions.ts'
import { pairCost } from './costs.ts'
import {
  type Turn,
  earlier,
  enter,
  lookOf,
  namesIn,
  outside,
  reactBy,
  requestsIn,
  sectionSettings,
  without,
} from './section.ts'

export interface RicartAgrawalaState extends Turn {
  /** the highest timestamp it has used or seen; its next request gets the one after it */
  readonly highest: number
  /** the timestamp of its own request; null when it has none */
  readonly stamp: number | null
  /** who has not sent OK yet */
  readonly missing: readonly number[]
  /** who gets OK when it leaves */
  readonly deferred: readonly number[]
}

function ask(state: RicartAgrawalaState, self: Self): Reaction<RicartAgrawalaState> {
  const stamp = state.highest + 1
  const missing = others(self)
  const asking = { ...state, highest: stamp, stamp, missing }
  const outputs = sendAll(missing, { kind: 'REQUEST', stamp })
  return missing.length === 0 ? enter(asking, self, outputs) : reaction(asking, outputs)
}

function leave(state: RicartAgrawalaState): Reaction<RicartAgrawalaState> {
  return reaction({ ...state, stamp: null, deferred: [] }, sendAll(state.deferred, { kind: 'OK' }))
}

function message(state: RicartAgrawalaState, from: number, body: Body, self: Self): Reaction<RicartAgrawalaState> {
  if (body.kind === 'OK') {
    const missing = without(state.missing, from)
    const heard = { ...state, missing }
    return state.section === 'waiting' && missing.length === 0 ? enter(heard, self) : reaction(heard)
  }
  const stamp = body['stamp'] as number
  const seen = { ...state, highest: Math.max(state.highest, stamp) }
  const first =
    state.section === 'inside' ||
    (state.stamp !== null && earlier({ stamp: state.stamp, node: self.index }, { stamp, node: from }))
  return first
    ? reaction({ ...seen, deferred: [...state.deferred, from] })
    : reaction(seen, [send(from, { kind: 'OK' })])
}

export const ricartAgrawala: Algorithm<RicartAgrawalaState> = {
  id: 'ricart-agrawala',
  label: texts.labels.ricartAgrawala,
  family: 'exclusion',
  needs: 'any',
  source: texts.sources.ricartAgrawala,
  explanation: texts.explanations.ricartAgrawala,
  columns: [texts.columns.section, texts.columns.stamp, texts.columns.waitsFor, texts.columns.deferred],
  settings: sectionSettings,
  init: () => reaction({ ...outside, highest: 0, stamp: null, missing: [], deferred: [] }),
  react: reactBy({ ask, leave, message }),
  look(state, self) {
    const own = state.stamp === null ? [] : [{ stamp: state.stamp, node: self.index }]
    return lookOf(state, [requestsIn(own, self), namesIn(state.missing, self), namesIn(state.deferred, self)])
  },
  tell: (body) => (body.kind === 'REQUEST' ? texts.timestamp(body['stamp'] as number) : ''),
  cost: pairCost(2),
}
