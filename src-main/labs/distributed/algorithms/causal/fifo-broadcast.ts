// FIFO order broadcast: the messages of one sender are delivered in the order in which it sent them.
// Source: V. Hadzilacos and S. Toueg, A Modular Approach to Fault-Tolerant Broadcasts and Related Problems, 1994.
import { causalTexts as texts } from '../../model/causal-texts.ts'
import type { Algorithm } from '../../network/types.ts'
import { lowestUp } from '../election/bully.ts'
import { others, sendAll } from '../reactions.ts'
import {
  type BroadcastState,
  type Discipline,
  broadcastSettings,
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
import { directCost } from './causal-broadcast.ts'
import { allDelivered, fifoOrder } from './rules.ts'

const fifo: Discipline = {
  holds: ({ settings }) => settings['fifo'] === 1,
  emit: (_, body, self) => ({ outputs: sendAll(others(self), body), here: body }),
  missing: ({ delivered }, body) => {
    const { from, number } = deliveryIn(body)
    const reached = delivered[from] ?? 0
    return reached < number - 1 ? { from, number: reached + 1 } : null
  },
}

export const fifoBroadcast: Algorithm<BroadcastState> = {
  id: 'fifo-broadcast',
  ...texts.fifo,
  family: 'causality',
  needs: 'any',
  columns: [texts.columns.delivered, texts.columns.order, texts.columns.waiting],
  settings: broadcastSettings({ key: 'fifo', ...texts.settings.fifo }),
  rules: [fifoOrder, allDelivered],
  init,
  react: (state, input, self) => react(state, input, self, fifo),
  look: (state, self) =>
    lookOf(state, '', [vectorText(state.delivered, self), orderCell(state, self), waitingCell(state, self)]),
  tell: (body, self) => [messageName(deliveryIn(body), self), ...tellAnswer(body, self)].join(', '),
  beginners: lowestUp,
  cost: directCost,
}
