// The Bully algorithm: whoever notices that the leader is gone asks all higher ones; the highest that lives wins.
// Source: H. Garcia-Molina, Elections in a Distributed Computing System, IEEE Trans. Computers 31(1), 1982; in the form
// of Tanenbaum and van Steen, Distributed Systems, section 5.4: a node that is asked answers and holds an election itself.
import type { Algorithm, Cost, Input, Output, Reaction, Self } from '../../network/types.ts'
import { cancel, higher, others, reaction, send, sendAll, timeout } from '../reactions.ts'
import { lookOf, takes } from './leader.ts'
import { electionTexts as texts } from './texts.ts'

export interface BullyState {
  readonly leader: number | null
  /** `asking`: has asked the higher ones; `answered`: one of them lives, so its COORDINATOR is awaited */
  readonly phase: 'idle' | 'asking' | 'answered'
}

const above = (self: Self): number[] => others(self).filter((other) => higher(self, other, self.index))

/** Begins an election: asks all higher ones, or wins at once where there are none. */
export function beginElection(state: BullyState, self: Self): Reaction<BullyState> {
  const asked = above(self)
  if (asked.length === 0) return win(self)
  return reaction<BullyState>({ ...state, phase: 'asking' }, [
    ...sendAll(asked, { kind: 'ELECTION' }),
    cancel('result'),
    timeout('answers', self.settings['timeout'] ?? 0),
  ])
}

function win(self: Self): Reaction<BullyState> {
  return reaction<BullyState>({ leader: self.index, phase: 'idle' }, [
    cancel('answers'),
    cancel('result'),
    ...sendAll(others(self), { kind: 'COORDINATOR' }),
    takes(self.index, self),
  ])
}

function asked(state: BullyState, from: number, self: Self): Reaction<BullyState> {
  const answer: Output = send(from, { kind: 'OK' })
  // It holds an election already: one is enough.
  if (state.phase !== 'idle') return reaction(state, [answer])
  const begun = beginElection(state, self)
  return reaction(begun.state, [answer, ...begun.outputs])
}

function react(state: BullyState, input: Input, self: Self): Reaction<BullyState> {
  if (input.do === 'start' || input.do === 'recover') return beginElection(state, self)
  if (input.do === 'timer') return input.timer === 'answers' ? win(self) : beginElection(state, self)
  if (input.do !== 'message') return reaction(state)
  switch (input.body.kind) {
    case 'ELECTION':
      return asked(state, input.from, self)
    case 'OK':
      if (state.phase !== 'asking') return reaction(state)
      return reaction<BullyState>({ ...state, phase: 'answered' }, [
        cancel('answers'),
        timeout('result', self.settings['result'] ?? 0),
      ])
    default:
      // Whoever stands higher than the new leader does not put up with it: that gave the algorithm its name.
      if (higher(self, self.index, input.from)) return beginElection(state, self)
      return reaction<BullyState>({ leader: input.from, phase: 'idle' }, [
        cancel('answers'),
        cancel('result'),
        takes(input.from, self),
      ])
  }
}

/**
 * With one initiator and the highest node of all crashed, as textbooks tell it: k live nodes hold elections among n. A
 * highest node that lives wins at once, and nodes below that are asked afterwards make it win again.
 */
function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [first] = began
  const self = first === undefined ? undefined : selves[first]
  const top = selves.reduce((best, { index }) => (self !== undefined && higher(self, index, best) ? index : best), 0)
  if (began.length !== 1 || self === undefined || up[self.index] !== true || up[top] === true) return []
  const holders = selves.filter(({ index }) => up[index] === true && !higher(self, self.index, index))
  const election = holders.reduce((sum, one) => sum + above(one).length, 0)
  const ok = holders.reduce((sum, one) => sum + above(one).filter((other) => up[other] === true).length, 0)
  const n = selves.length
  return [
    {
      what: 'ELECTION',
      formula: `one to each higher node from each of the ${holders.length} that hold an election`,
      value: election,
      bound: 'exact',
    },
    { what: 'OK', formula: 'one from each higher node that lives', value: ok, bound: 'exact' },
    { what: 'COORDINATOR', formula: `n - 1 with n = ${n}`, value: n - 1, bound: 'exact' },
  ]
}

export const bully: Algorithm<BullyState> = {
  id: 'bully',
  label: 'Bully election',
  family: 'election',
  needs: 'any',
  source: 'Garcia-Molina 1982; Tanenbaum and van Steen, Distributed Systems, 5.4',
  explanation:
    'A node that misses the leader sends ELECTION to all nodes with higher ids. Each one that lives answers OK and holds an election itself. Who gets no OK in time has won and tells everybody with COORDINATOR. Every node must know all others, and silence must mean a crash.',
  columns: [texts.columns.leader, texts.columns.phase],
  settings: [
    {
      key: 'timeout',
      label: texts.timeoutSetting,
      min: 1,
      max: 100_000,
      usual: 50,
      unit: 'ms',
      hint: texts.timeoutHint,
    },
    { key: 'result', label: texts.resultSetting, min: 1, max: 100_000, usual: 300, unit: 'ms', hint: texts.resultHint },
  ],
  init: () => reaction<BullyState>({ leader: null, phase: 'idle' }),
  react,
  look: ({ leader, phase }, self) =>
    lookOf(leader, phase === 'asking' ? texts.electing : phase === 'answered' ? texts.waiting : '', [], self),
  tell: () => '',
  beginners: (selves, up) => lowestUp(selves, up),
  cost,
}

/** The lowest node that lives: the one from which an election costs most. */
export function lowestUp(selves: readonly Self[], up: readonly boolean[]): number[] {
  const [first] = selves
    .filter(({ index }) => up[index] === true)
    .sort((a, b) => (higher(a, a.index, b.index) ? 1 : -1))
  return first === undefined ? [] : [first.index]
}
