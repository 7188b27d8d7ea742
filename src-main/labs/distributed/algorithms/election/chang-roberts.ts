// Chang and Roberts: ids travel round the ring, and a node swallows every id lower than its own. Only the highest comes
// home. Source: E. Chang, R. Roberts, An Improved Algorithm for Decentralized Extrema-Finding in Circular Configurations
// of Processes, Comm. ACM 22(5), 1979.
import type { Algorithm, Cost, Input, Reaction, Self } from '../../network/types.ts'
import { higher, indexIn, numberIn, reaction } from '../reactions.ts'
import { lookOf, takes } from './leader.ts'
import { type RingView, goPast, passOn, ringSettings } from './rings.ts'
import { electionTexts as texts } from './texts.ts'

interface ChangRobertsState extends RingView {
  readonly leader: number | null
  /** has sent an id itself, its own or a higher one */
  readonly takesPart: boolean
}

function react(state: ChangRobertsState, input: Input, self: Self): Reaction<ChangRobertsState> {
  const taking = { ...state, takesPart: true }
  if (input.do === 'start') {
    if (state.takesPart) return reaction(state)
    return reaction(taking, [passOn(self, state, { kind: 'ELECTION', id: self.index })])
  }
  if (input.do === 'unreached') return goPast(state, input.to, input.body, self)
  if (input.do !== 'message') return reaction(state)
  const { body } = input
  const id = indexIn(body, 'id')
  if (body.kind === 'ELECTED') {
    if (id === self.index) return reaction(state)
    return reaction<ChangRobertsState>({ ...state, leader: id, takesPart: false }, [
      takes(id, self),
      passOn(self, state, body),
    ])
  }
  if (id === self.index) {
    return reaction<ChangRobertsState>({ ...state, leader: id, takesPart: false }, [
      takes(id, self),
      passOn(self, state, { kind: 'ELECTED', id }),
    ])
  }
  if (higher(self, id, self.index)) return reaction(taking, [passOn(self, state, body)])
  // A lower id is swallowed; a node that had not taken part yet sends its own instead.
  return state.takesPart
    ? reaction(state)
    : reaction(taking, [passOn(self, state, { kind: 'ELECTION', id: self.index })])
}

/**
 * ELECTION messages when all begin at once: each id travels until it meets a higher one. Lives here, since it is what a
 * textbook counts; the test counts messages of runs.
 * @param ring ids in the order of the ring, all different
 */
export function changRobertsMessages(ring: readonly number[]): number {
  const n = ring.length
  return ring.reduce((sum, id, place) => {
    let steps = 1
    while (steps < n && (ring[(place + steps) % n] ?? 0) < id) steps += 1
    return sum + steps
  }, 0)
}

function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const live = (selves[0]?.ring ?? []).filter((index) => up[index] === true)
  const n = live.length
  if (n === 0) return []
  const all = began.length === n
  const ids = live.map((index) => selves[index]?.numbers[index] ?? 0)
  const election: Cost = all
    ? {
        what: 'ELECTION',
        formula: 'each id travels up to the next higher one',
        value: changRobertsMessages(ids),
        bound: 'exact',
      }
    : { what: 'ELECTION', formula: `at most N(N + 1) / 2 with N = ${n}`, value: (n * (n + 1)) / 2, bound: 'most' }
  return [election, { what: 'ELECTED', formula: `N with N = ${n} live nodes`, value: n, bound: 'exact' }]
}

export const changRoberts: Algorithm<ChangRobertsState> = {
  id: 'chang-roberts',
  label: 'Chang-Roberts election',
  family: 'election',
  needs: 'ring',
  source: 'Chang and Roberts 1979',
  explanation:
    'Each node that begins sends its id round the ring. A node passes on higher ids and swallows lower ones, sending its own instead if it had not yet. Only the highest id comes home; its owner leads and says so with ELECTED. Between 2N - 1 and N(N + 1)/2 messages to elect, N times the N-th harmonic number on average.',
  columns: [texts.columns.leader, texts.columns.phase],
  settings: ringSettings,
  init: () => reaction<ChangRobertsState>({ leader: null, takesPart: false, skipped: [] }),
  react,
  look: ({ leader, takesPart }, self) => lookOf(leader, takesPart ? texts.electing : '', [], self),
  tell: (body, self) => numberIn(self, indexIn(body, 'id')),
  cost,
}
