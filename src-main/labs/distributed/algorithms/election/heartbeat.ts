// A failure detector: the coordinator shows by heartbeats that it lives, and silence makes the others suspect it. If
// wanted, suspicion begins a Bully election. The detector never knows more than what has arrived and its own clock.
// Source: T. Chandra and S. Toueg, Unreliable Failure Detectors for Reliable Distributed Systems, JACM 43(2), 1996: with
// a timeout that grows after each mistake it is eventually perfect where delays have a bound.
import type { Algorithm, Body, Cost, Input, Output, Reaction, Self } from '../../network/types.ts'
import { cancel, highest, indexIn, nameOf, note, others, reaction, send, sendAll, set, timeout } from '../reactions.ts'
import { type BullyState, bully } from './bully.ts'
import { accuracy, completeness } from './heartbeat-rules.ts'
import { heartbeatTexts as texts } from './heartbeat-texts.ts'

export interface HeartbeatState {
  /** whom it takes for the coordinator, and where it stands in an election */
  readonly election: BullyState
  readonly suspects: boolean
  /** how long it bears silence now, in ms of its own clock */
  readonly patience: number
  readonly suspicions: number
  /** suspicions of a coordinator that had not crashed */
  readonly wrong: number
  /** heartbeats it has sent */
  readonly beats: number
  /** how often it has begun to run: 1, and one more after each crash */
  readonly life: number
  /** the life of the coordinator that it last heard of; 0 for none yet */
  readonly heard: number
  /** the time to watch is over: no heartbeats and no suspicions any more */
  readonly over: boolean
}

/** States and outputs, put together step by step. */
type Next = Reaction<HeartbeatState>

const settingOf = ({ settings }: Self, key: string): number => settings[key] ?? 0
const elects = (self: Self): boolean => settingOf(self, 'elect') === 1
/** The election's own waiting times go by other names here. */
const electing = (self: Self): Self => ({
  ...self,
  settings: { timeout: settingOf(self, 'answers'), result: settingOf(self, 'result') },
})

const then = (first: Next, outputs: readonly Output[], state: HeartbeatState = first.state): Next =>
  reaction(state, [...first.outputs, ...outputs])

/** The timer that this node needs in its role; setting it replaces the one before. */
function watching({ over, election, patience }: HeartbeatState, self: Self): Output[] {
  if (over || election.leader === null) return []
  if (election.leader === self.index) return [cancel('silence'), set('beat', settingOf(self, 'period'))]
  return [cancel('beat'), timeout('silence', patience)]
}

function init(self: Self): Next {
  const leader = self.numbers.reduce((top, _, node) => highest(self, top, node), self.index)
  const state: HeartbeatState = {
    election: { leader, phase: 'idle' },
    suspects: false,
    patience: settingOf(self, 'timeout'),
    suspicions: 0,
    wrong: 0,
    beats: 0,
    life: 1,
    heard: 0,
    over: false,
  }
  return reaction(state, [set('end', settingOf(self, 'horizon')), ...watching(state, self)])
}

function react(state: HeartbeatState, input: Input, self: Self, clock: number): Next {
  switch (input.do) {
    case 'start':
      if (state.election.leader === self.index) return beat(state, self, false)
      return suspect(state, self, clock, true)
    case 'timer':
      if (input.timer === 'beat') return beat(state, self, false)
      if (input.timer === 'silence') return suspect(state, self, clock, false)
      if (input.timer === 'end') return end(state, self)
      return elect(reaction(state), input, self, clock)
    case 'recover': {
      const life = typeof input.stored === 'number' ? input.stored + 1 : 2
      const back = reaction<HeartbeatState>({ ...state, life }, [{ do: 'store', value: life }])
      return elects(self) ? elect(back, input, self, clock) : back
    }
    case 'message':
      return received(state, input.from, input.body, self, clock)
    default:
      return reaction(state)
  }
}

function beat(state: HeartbeatState, self: Self, last: boolean): Next {
  const beats = state.beats + 1
  const body = { kind: 'HEARTBEAT', number: beats, life: state.life, ...(last && { last }) }
  const beaten = { ...state, beats }
  return reaction(beaten, [...sendAll(others(self), body), ...(last ? [] : watching(beaten, self))])
}

/** The coordinator says that its last heartbeat is the last, so that its silence afterwards is not taken for a crash. */
function end(state: HeartbeatState, self: Self): Next {
  const outputs = [cancel('beat'), cancel('silence')]
  const over = { ...state, over: true }
  return state.election.leader === self.index ? then(beat(over, self, true), outputs) : reaction(over, outputs)
}

function suspect(state: HeartbeatState, self: Self, clock: number, byHand: boolean): Next {
  const { leader } = state.election
  if (leader === null || state.suspects) return reaction(state)
  const name = nameOf(self, leader)
  const told = byHand ? texts.told.suspectsNow(name) : texts.told.suspects(name, state.patience)
  const suspicious = reaction<HeartbeatState>({ ...state, suspects: true, suspicions: state.suspicions + 1 }, [
    cancel('silence'),
    note('told', told),
  ])
  // Who takes part in an election already waits for its result.
  if (!elects(self) || state.election.phase !== 'idle') return suspicious
  return elect(suspicious, { do: 'start' }, self, clock)
}

function received(state: HeartbeatState, from: number, body: Body, self: Self, clock: number): Next {
  const heard = from === state.election.leader ? signOfLife(state, from, indexIn(body, 'life'), self) : reaction(state)
  if (body.kind !== 'HEARTBEAT') return elect(heard, { do: 'message', from, body }, self, clock)
  if (body['last'] === true) {
    return then(heard, [cancel('silence'), cancel('beat')], { ...heard.state, over: true })
  }
  if (from === state.election.leader) return heard
  // Somebody else takes itself for the coordinator, as after a partition: the rule of the election decides.
  return elect(heard, { do: 'message', from, body: { kind: 'COORDINATOR', life: body['life'] } }, self, clock)
}

/** Any message of the coordinator shows that it lives. */
function signOfLife(state: HeartbeatState, from: number, life: number, self: Self): Next {
  const heard = Math.max(life, state.heard)
  if (!state.suspects) {
    const trusting = { ...state, heard }
    return reaction(trusting, watching(trusting, self))
  }
  // A later life: it had crashed indeed. One that was never heard before is taken for the first.
  const wrong = life <= Math.max(1, state.heard)
  const raise = wrong ? settingOf(self, 'raise') : 0
  const trusting: HeartbeatState = {
    ...state,
    heard,
    suspects: false,
    wrong: state.wrong + (wrong ? 1 : 0),
    patience: state.patience + raise,
  }
  const name = nameOf(self, from)
  return reaction(trusting, [
    note('told', wrong ? texts.told.wrong(name) : texts.told.back(name)),
    ...(raise > 0 ? [note('told', texts.told.longer(trusting.patience))] : []),
    ...watching(trusting, self),
  ])
}

/** Hands an input to the election; whoever comes out of it as the coordinator is watched, or begins to send. */
function elect(before: Next, input: Input, self: Self, clock: number): Next {
  const { state } = before
  const { state: election, outputs } = bully.react(state.election, input, electing(self), clock)
  const stamped = outputs.map((output) =>
    output.do === 'send' ? send(output.to, { ...output.body, life: state.life }) : output,
  )
  const { leader } = election
  if (leader === state.election.leader) {
    // It has been elected again, or has taken itself for the coordinator already.
    const again = leader === self.index && election.phase === 'idle' && state.election.phase !== 'idle'
    const same = { ...state, election }
    return then(before, [...stamped, ...(again ? watching(same, self) : [])], same)
  }
  const life = input.do === 'message' ? indexIn(input.body, 'life') : 0
  const led = { ...state, election, suspects: false, heard: leader === self.index ? 0 : life }
  return then(before, [...stamped, ...watching(led, self)], led)
}

/** The coordinator's heartbeats while it lives; what suspicions cost is the cost of the election. */
function cost(selves: readonly Self[], up: readonly boolean[]): Cost[] {
  const [self] = selves
  if (self === undefined) return []
  const leader = self.numbers.reduce((top, _, node) => highest(self, top, node), self.index)
  if (up[leader] !== true) return []
  const n = selves.length
  const beats = Math.ceil(settingOf(self, 'horizon') / settingOf(self, 'period'))
  return [{ what: 'HEARTBEAT', formula: texts.cost(n, beats), value: (n - 1) * beats, bound: 'exact' }]
}

function standingOf({ election, suspects, over }: HeartbeatState, self: Self): string {
  if (election.phase !== 'idle') return texts.electing
  if (election.leader === self.index) return texts.coordinator
  if (suspects && election.leader !== null) return texts.suspects(nameOf(self, election.leader))
  return over ? texts.over : texts.trusts
}

export const heartbeat: Algorithm<HeartbeatState> = {
  id: 'heartbeat',
  label: texts.label,
  family: 'election',
  alone: true,
  needs: 'any',
  source: texts.source,
  explanation: texts.explanation,
  columns: [
    texts.columns.leader,
    texts.columns.trust,
    texts.columns.patience,
    texts.columns.suspicions,
    texts.columns.wrong,
  ],
  settings: [
    { key: 'period', ...texts.settings.period, min: 1, max: 100_000, usual: 100, unit: 'ms' },
    { key: 'timeout', ...texts.settings.timeout, min: 1, max: 100_000, usual: 150, unit: 'ms' },
    { key: 'raise', ...texts.settings.raise, min: 0, max: 100_000, usual: 0, unit: 'ms' },
    { key: 'elect', ...texts.settings.elect, min: 0, max: 1, usual: 0 },
    { key: 'answers', ...texts.settings.answers, min: 1, max: 100_000, usual: 50, unit: 'ms' },
    { key: 'result', ...texts.settings.result, min: 1, max: 100_000, usual: 300, unit: 'ms' },
    { key: 'horizon', ...texts.settings.horizon, min: 1, max: 1_000_000, usual: 1000, unit: 'ms' },
  ],
  rules: [accuracy, completeness],
  init,
  react,
  look: (state, self) => {
    const { election, suspects, patience, suspicions, wrong } = state
    const leads = election.leader === self.index
    const standing = standingOf(state, self)
    const calm = standing === texts.trusts || standing === texts.over
    return {
      leader: suspects ? null : election.leader,
      said: calm ? '' : standing,
      mark: leads ? 'free' : calm ? null : 'behind',
      cells: [
        election.leader === null ? texts.none : nameOf(self, election.leader),
        standing,
        leads ? texts.none : texts.ms(patience),
        String(suspicions),
        String(wrong),
      ],
    }
  },
  tell: (body) => (body.kind === 'HEARTBEAT' ? texts.beat(indexIn(body, 'number'), body['last'] === true) : ''),
  beginners: () => [],
  cost,
}
