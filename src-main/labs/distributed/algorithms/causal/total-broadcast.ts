// Total order broadcast through a sequencer: one node numbers all messages, and all deliver by these numbers.
// Source: M. F. Kaashoek, A. Tanenbaum, S. Hummel and H. Bal, An Efficient Reliable Broadcast Protocol, 1989 (Amoeba).
import { causalTexts as texts } from '../../model/causal-texts.ts'
import type { Algorithm, Body, Cost, Input, Reaction, Self } from '../../network/types.ts'
import { lowestUp } from '../election/bully.ts'
import { highest, indexIn, others, note, send, sendAll } from '../reactions.ts'
import {
  type BroadcastState,
  type Discipline,
  broadcastSettings,
  broadcastsOf,
  init,
  deliveryIn,
  known,
  lookOf,
  messageName,
  orderCell,
  react,
  receive,
  tellAnswer,
  waitingCell,
} from './broadcast.ts'
import { allDelivered, totalOrder } from './rules.ts'

export const sequencerOf = (self: Self): number =>
  self.numbers.reduce((top, _, node) => highest(self, top, node), self.index)

const ordered = (body: Body, order: number): Body => ({ ...body, kind: 'ORDERED', order })
const isOn = ({ settings }: Self): boolean => settings['sequencer'] === 1

const total: Discipline = {
  holds: isOn,
  emit: ({ log }, body, self) => {
    if (!isOn(self)) return { outputs: sendAll(others(self), body), here: body }
    const sequencer = sequencerOf(self)
    if (sequencer !== self.index) return { outputs: [send(sequencer, { ...body, kind: 'REQUEST' })], here: null }
    // The sequencer has delivered all that it has numbered, so the next number is one more than that.
    const here = ordered(body, log.length + 1)
    return { outputs: sendAll(others(self), here), here }
  },
  missing: ({ log }, body) => {
    if (body['order'] === undefined) return null
    const order = indexIn(body, 'order')
    return log.length === order - 1 ? null : order - 1
  },
}

function reacts(state: BroadcastState, input: Input, self: Self): Reaction<BroadcastState> {
  if (input.do !== 'message' || input.body.kind !== 'REQUEST') return react(state, input, self, total)
  if (known(state, input.body)) return { state, outputs: [] }
  const order = state.log.length + 1
  const body = ordered(input.body, order)
  const told = note('told', texts.told.orders(messageName(deliveryIn(body), self), order))
  const { state: after, outputs } = receive(state, body, self, total)
  return { state: after, outputs: [told, ...sendAll(others(self), body), ...outputs] }
}

/** To the sequencer, and from there to all others; the sequencer's own go to all others only. */
function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined) return []
  const n = selves.length
  const begun = began.filter((node) => up[node] === true)
  const all = broadcastsOf(self, up, begun.length)
  if (!isOn(self)) {
    return [{ what: texts.cost.messages, formula: texts.cost.broadcasts(n, all), value: (n - 1) * all, bound: 'exact' }]
  }
  const sequencer = sequencerOf(self)
  if (up[sequencer] !== true) return []
  const count = self.settings['count'] ?? 1
  const asked = begun.filter((node) => node !== sequencer).length * count
  const own = begun.includes(sequencer) ? count : 0
  const byIt = own + (self.settings['answers'] === 1 ? asked : 0)
  const value = n * (all - byIt) + (n - 1) * byIt
  return [{ what: texts.cost.messages, formula: texts.cost.sequenced(n, byIt, all - byIt), value, bound: 'exact' }]
}

export const totalBroadcast: Algorithm<BroadcastState> = {
  id: 'total-broadcast',
  ...texts.total,
  family: 'causality',
  needs: 'any',
  columns: [texts.columns.next, texts.columns.order, texts.columns.waiting],
  settings: broadcastSettings({ key: 'sequencer', ...texts.settings.total }),
  rules: [totalOrder, allDelivered],
  init,
  react: reacts,
  look: (state, self) =>
    lookOf(state, isOn(self) && sequencerOf(self) === self.index ? texts.sequencer : '', [
      isOn(self) ? String(state.log.length + 1) : texts.none,
      orderCell(state, self),
      waitingCell(state, self),
    ]),
  tell: (body, self) =>
    [
      messageName(deliveryIn(body), self),
      ...tellAnswer(body, self),
      ...(body['order'] === undefined ? [] : [texts.numbered(indexIn(body, 'order'))]),
    ].join(', '),
  beginners: lowestUp,
  cost,
}
