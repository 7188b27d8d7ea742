// The ring election with a list: ELECTION gathers the ids of all live nodes; back at the initiator the highest of the
// list leads, and COORDINATOR carries the list round, so that everybody knows the new ring as well.
// Source: Tanenbaum and van Steen, Distributed Systems, section 5.4.2.
import type { Algorithm, Body, Input, Reaction, Self } from '../../network/types.ts'
import { highest, numberIn, reaction } from '../reactions.ts'
import { lowestUp } from './bully.ts'
import { lookOf, takes } from './leader.ts'
import { ringCost } from './ring.ts'
import { type RingView, goPast, passOn, ringSettings } from './rings.ts'
import { electionTexts as texts } from './texts.ts'

interface ListState extends RingView {
  readonly leader: number | null
  readonly phase: 'idle' | 'electing'
}

const listIn = (body: Body): readonly number[] => body['list'] as readonly number[]

function react(state: ListState, input: Input, self: Self): Reaction<ListState> {
  if (input.do === 'start') {
    const body = { kind: 'ELECTION', list: [self.index] }
    return reaction<ListState>({ ...state, phase: 'electing' }, [passOn(self, state, body)])
  }
  if (input.do === 'unreached') return goPast(state, input.to, input.body, self)
  if (input.do !== 'message') return reaction(state)
  const list = listIn(input.body)
  const [initiator] = list
  if (input.body.kind === 'COORDINATOR') {
    if (initiator === self.index) return reaction(state)
    return learn(state, input.body, self)
  }
  if (initiator === self.index) return learn(state, { kind: 'COORDINATOR', list }, self)
  const body = { kind: 'ELECTION', list: [...list, self.index] }
  return reaction<ListState>({ ...state, phase: 'electing' }, [passOn(self, state, body)])
}

function learn(state: ListState, body: Body, self: Self): Reaction<ListState> {
  const leader = listIn(body).reduce((top, node) => highest(self, top, node))
  return reaction<ListState>({ ...state, leader, phase: 'idle' }, [takes(leader, self), passOn(self, state, body)])
}

export const ringList: Algorithm<ListState> = {
  id: 'ring-list',
  label: 'Ring election with a list',
  family: 'election',
  needs: 'ring',
  source: 'Tanenbaum and van Steen, Distributed Systems, 5.4.2',
  explanation:
    'ELECTION goes round the ring and each node adds its id to the list in it. Back at the initiator the list holds all live nodes; COORDINATOR carries it round once. Messages grow with the ring. Several initiators are harmless: all find the same list, begun elsewhere.',
  columns: [texts.columns.leader, texts.columns.phase],
  settings: ringSettings,
  init: () => reaction<ListState>({ leader: null, phase: 'idle', skipped: [] }),
  react,
  look: ({ leader, phase }, self) => lookOf(leader, phase === 'electing' ? texts.passed : '', [], self),
  tell: (body, self) =>
    listIn(body)
      .map((node) => numberIn(self, node))
      .join(', '),
  beginners: lowestUp,
  cost: ringCost,
}
