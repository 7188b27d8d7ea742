// The ring election with an initiator and a growing maximum: the message carries who began and the highest id so far;
// back at the initiator it goes round once more as COORDINATOR. At most two messages a node for each initiator.
// Source: the form in which textbooks on operating systems teach it; compare G. Le Lann, 1977, and Tanenbaum and
// van Steen, Distributed Systems, 5.4.2 (there with a list of all ids, see ring-list.ts).
import type { Algorithm, Body, Cost, Input, Reaction, Self } from '../../network/types.ts'
import { highest, indexIn, numberIn, reaction } from '../reactions.ts'
import { lowestUp } from './bully.ts'
import { lookOf, takes } from './leader.ts'
import { type RingView, goPast, passOn, ringSettings } from './rings.ts'
import { electionTexts as texts } from './texts.ts'

interface RingState extends RingView {
  readonly leader: number | null
  readonly phase: 'idle' | 'electing'
}

function react(state: RingState, input: Input, self: Self): Reaction<RingState> {
  if (input.do === 'start') {
    const body = { kind: 'ELECTION', initiator: self.index, highest: self.index }
    return reaction<RingState>({ ...state, phase: 'electing' }, [passOn(self, state, body)])
  }
  if (input.do === 'unreached') return goPast(state, input.to, input.body, self)
  if (input.do !== 'message') return reaction(state)
  const { body } = input
  return body.kind === 'ELECTION' ? election(state, body, self) : coordinator(state, body, self)
}

function election(state: RingState, body: Body, self: Self): Reaction<RingState> {
  const initiator = indexIn(body, 'initiator')
  const top = highest(self, indexIn(body, 'highest'), self.index)
  if (initiator !== self.index) {
    const onward = { kind: 'ELECTION', initiator, highest: top }
    return reaction<RingState>({ ...state, phase: 'electing' }, [passOn(self, state, onward)])
  }
  const result = { kind: 'COORDINATOR', initiator, highest: top }
  return reaction<RingState>({ ...state, leader: top, phase: 'idle' }, [takes(top, self), passOn(self, state, result)])
}

function coordinator(state: RingState, body: Body, self: Self): Reaction<RingState> {
  if (indexIn(body, 'initiator') === self.index) return reaction(state)
  const leader = indexIn(body, 'highest')
  return reaction<RingState>({ ...state, leader, phase: 'idle' }, [takes(leader, self), passOn(self, state, body)])
}

export function ringCost(_: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const n = up.filter((lives) => lives).length
  const k = began.length
  const times = k === 1 ? '' : ` for each of ${k} initiators`
  return [
    { what: 'ELECTION', formula: `N${times} with N = ${n} live nodes`, value: n * k, bound: 'exact' },
    { what: 'COORDINATOR', formula: `N${times} with N = ${n} live nodes`, value: n * k, bound: 'exact' },
  ]
}

export const ring: Algorithm<RingState> = {
  id: 'ring',
  label: 'Ring election',
  family: 'election',
  needs: 'ring',
  source: 'after Le Lann 1977',
  explanation:
    'Who misses the leader sends ELECTION round the ring with its own id as the highest so far. Each node puts its id in if that is higher. Back at the initiator the highest id is known, and COORDINATOR carries it round once. A node that gets no word from the next one sends past it.',
  columns: [texts.columns.leader, texts.columns.phase],
  settings: ringSettings,
  init: () => reaction<RingState>({ leader: null, phase: 'idle', skipped: [] }),
  react,
  look: ({ leader, phase }, self) => lookOf(leader, phase === 'electing' ? texts.passed : '', [], self),
  tell: (body, self) =>
    `from ${numberIn(self, indexIn(body, 'initiator'))}, highest ${numberIn(self, indexIn(body, 'highest'))}`,
  brief: (body, self) => numberIn(self, indexIn(body, 'highest')),
  beginners: lowestUp,
  cost: ringCost,
}
