// Causal order broadcast with vectors of deliveries.
// Source: K. Birman, A. Schiper and P. Stephenson, Lightweight Causal and Atomic Group Multicast, ACM TOCS 9(3), 1991.
import { causalTexts as texts } from '../../model/causal-texts.ts'
import type { Algorithm, Body, Cost, Self } from '../../network/types.ts'
import { lowestUp } from '../election/bully.ts'
import { others, sendAll } from '../reactions.ts'
import {
  type BroadcastState,
  type Discipline,
  broadcastSettings,
  broadcastsOf,
  init,
  deliveryIn,
  lookOf,
  messageName,
  orderCell,
  react,
  tellAnswer,
  vectorText,
  waitingCell,
} from './broadcast.ts'
import { allDelivered, causalOrder } from './rules.ts'

/** So many messages of each node its sender had delivered when it sent this one, this one among them. */
const stampIn = (body: Body): readonly number[] => body['stamp'] as readonly number[]

const causal: Discipline = {
  holds: ({ settings }) => settings['causal'] === 1,
  emit: ({ delivered, sent }, body, self) => {
    const stamped = { ...body, stamp: delivered.with(self.index, sent) }
    return { outputs: sendAll(others(self), stamped), here: stamped }
  },
  missing: ({ delivered }, body) => {
    const { from: sender } = deliveryIn(body)
    const from = stampIn(body).findIndex((number, node) => (delivered[node] ?? 0) < number - (node === sender ? 1 : 0))
    return from === -1 ? null : { from, number: (delivered[from] ?? 0) + 1 }
  },
}

/** Each broadcast is a message to every other node, crashed or not. */
export function directCost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  const n = selves.length
  if (self === undefined) return []
  const broadcasts = broadcastsOf(self, up, began.filter((node) => up[node] === true).length)
  const value = (n - 1) * broadcasts
  return [{ what: texts.cost.messages, formula: texts.cost.broadcasts(n, broadcasts), value, bound: 'exact' }]
}

export const causalBroadcast: Algorithm<BroadcastState> = {
  id: 'causal-broadcast',
  ...texts.causal,
  family: 'causality',
  needs: 'any',
  columns: [texts.columns.delivered, texts.columns.order, texts.columns.waiting],
  settings: broadcastSettings({ key: 'causal', ...texts.settings.causal }),
  rules: [causalOrder, allDelivered],
  init,
  react: (state, input, self) => react(state, input, self, causal),
  look: (state, self) =>
    lookOf(state, '', [vectorText(state.delivered, self), orderCell(state, self), waitingCell(state, self)]),
  tell: (body, self) =>
    [messageName(deliveryIn(body), self), ...tellAnswer(body, self), vectorText(stampIn(body), self)].join(', '),
  beginners: lowestUp,
  cost: directCost,
}
