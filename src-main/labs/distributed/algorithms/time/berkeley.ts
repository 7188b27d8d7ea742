// The Berkeley algorithm: a master polls all clocks, its own too, and lets everybody move to their average.
// Source: R. Gusella and S. Zatti, The accuracy of the clock synchronization achieved by TEMPO in Berkeley UNIX 4.3BSD,
// IEEE Trans. Software Engineering 15(7), 1989; answers are taken for as old as half their round trip, as Cristian does.
import { berkeleyAverage, cristianEstimate } from '../../clocks/physical.ts'
import type { Algorithm, Body, Cost, Input, Reaction, Self } from '../../network/types.ts'
import { cancel, nameOf, note, others, reaction, send, sendAll, set, timeout } from '../reactions.ts'
import { inAgreement } from './rules.ts'
import {
  chosen,
  correct,
  correctionCell,
  goesOn,
  periodSetting,
  roundsSetting,
  setting,
  slewSetting,
  timeoutSetting,
} from './shared.ts'
import { correctionAt, freshClock, shown, type SoftClock } from './soft-clock.ts'
import { timeTexts as texts } from './texts.ts'

export interface BerkeleyState {
  readonly soft: SoftClock
  /** rounds begun, by the master; by others, polls answered */
  readonly rounds: number
  /** the poll that was answered last, by when it left, and the correction that the answer rested on */
  readonly answered: { readonly poll: number; readonly correction: number } | null
  /** master: when the poll left, by its own clock; all messages of a round repeat it; null while none is under way */
  readonly polledAt: number | null
  /** master: how far each clock is ahead of its own, and the round trip of the answer; by index, of this round */
  readonly ahead: readonly (readonly [node: number, ahead: number, roundTrip: number])[]
  /** master: those of `ahead` that were left out of the average */
  readonly left: readonly number[]
}

/** Most differences in one cell of the table. */
const MOST_SHOWN = 8

const fresh: BerkeleyState = { soft: freshClock, rounds: 0, answered: null, polledAt: null, ahead: [], left: [] }
const masterOf = (self: Self): number => chosen(self, 'master')

function poll(state: BerkeleyState, self: Self, clock: number): Reaction<BerkeleyState> {
  if (self.index !== masterOf(self) || !goesOn(self, state.rounds)) return reaction(state)
  const rounds = state.rounds + 1
  return reaction<BerkeleyState>({ ...state, rounds, polledAt: clock, ahead: [], left: [] }, [
    ...sendAll(others(self), { kind: 'POLL', poll: clock }),
    timeout('answers', setting(self, 'timeout')),
    ...(goesOn(self, rounds) ? [set('round', setting(self, 'period'))] : []),
  ])
}

/** All have answered, or time is over: who has not is neither counted nor told anything. */
function average(state: BerkeleyState, self: Self, clock: number): Reaction<BerkeleyState> {
  const limit = setting(self, 'limit')
  const clocks = [0, ...state.ahead.map(([, ahead]) => ahead)]
  const { average: mean, adjustments, excluded } = berkeleyAverage(clocks, 0, limit === 0 ? null : limit)
  const left = excluded.flatMap((place) => state.ahead[place - 1]?.[0] ?? [])
  const { soft, told } = correct(state.soft, correctionAt(state.soft, clock) + mean, clock, self)
  const names = left.map((node) => nameOf(self, node))
  return reaction<BerkeleyState>({ ...state, soft, polledAt: null, left }, [
    note('told', texts.average(mean, names)),
    told,
    ...state.ahead.map(([node], place) =>
      send(node, { kind: 'ADJUST', poll: state.polledAt, by: adjustments[place + 1] ?? 0 }),
    ),
  ])
}

function answer(
  state: BerkeleyState,
  from: number,
  { poll: answeredPoll, time }: Body,
  self: Self,
  clock: number,
): Reaction<BerkeleyState> {
  const known = state.ahead.some(([node]) => node === from)
  if (state.polledAt === null || answeredPoll !== state.polledAt || known) return reaction(state)
  const roundTrip = clock - state.polledAt
  const ahead = cristianEstimate(roundTrip, (time as number) - shown(state.soft, clock)).setTo
  // By index, so that the table and the sum do not depend on whose answer was faster.
  const all = [...state.ahead, [from, ahead, roundTrip] as const].sort(([a], [b]) => a - b)
  const next: BerkeleyState = { ...state, ahead: all }
  if (all.length < self.count - 1) return reaction(next)
  const done = average(next, self, clock)
  return reaction(done.state, [cancel('answers'), ...done.outputs])
}

function react(state: BerkeleyState, input: Input, self: Self, clock: number): Reaction<BerkeleyState> {
  if (input.do === 'start' || input.do === 'recover') return poll(state, self, clock)
  if (input.do === 'timer') return input.timer === 'round' ? poll(state, self, clock) : average(state, self, clock)
  if (input.do !== 'message') return reaction(state)
  const { from, body } = input
  switch (body.kind) {
    case 'POLL': {
      const asked = body['poll'] as number
      // A poll that comes twice is answered once, so that what is told later fits the answer.
      if (asked === state.answered?.poll) return reaction(state)
      const correction = correctionAt(state.soft, clock)
      return reaction<BerkeleyState>({ ...state, rounds: state.rounds + 1, answered: { poll: asked, correction } }, [
        send(from, { kind: 'CLOCK', poll: asked, time: clock + correction }),
      ])
    }
    case 'CLOCK':
      return answer(state, from, body, self, clock)
    default: {
      // What it is told holds for the clock as it was when it answered this poll.
      if (state.answered === null || body['poll'] !== state.answered.poll) return reaction(state)
      const { soft, told } = correct(state.soft, state.answered.correction + (body['by'] as number), clock, self)
      return reaction<BerkeleyState>({ ...state, soft }, [told])
    }
  }
}

function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined || !began.includes(masterOf(self)) || setting(self, 'rounds') === 0) return []
  const [rounds, n] = [setting(self, 'rounds'), selves.length]
  const live = up.filter(Boolean).length
  const each = n - 1 + 2 * (live - 1)
  const formula =
    live === n
      ? `3 · (n - 1) · rounds = 3 · ${n - 1} · ${rounds}`
      : `(n - 1 polls + 2 · ${live - 1} that live) · rounds = (${n - 1} + ${2 * (live - 1)}) · ${rounds}`
  return [{ what: 'messages', formula, value: each * rounds, bound: 'exact' }]
}

export const berkeley: Algorithm<BerkeleyState> = {
  id: 'berkeley',
  label: 'Berkeley algorithm',
  family: 'time',
  needs: 'any',
  source: 'Gusella and Zatti 1989; Tanenbaum and van Steen, Distributed Systems, section on clock synchronization',
  explanation:
    'A master asks all nodes for their time, allows for the round trips and takes the average, without the clocks that are far off. Then it tells everybody by how much to adjust, itself too. Clocks run faster or slower until the difference is made up; none is ever set back. Nobody knows the true time: the clocks agree with each other only.',
  columns: [texts.columns.correction, texts.columns.round, texts.columns.differences],
  settings: [
    {
      key: 'master',
      label: texts.settings.master,
      min: 0,
      max: 1_000_000,
      usual: 0,
      hint: texts.settings.masterHint,
    },
    periodSetting,
    roundsSetting,
    timeoutSetting,
    {
      key: 'limit',
      label: texts.settings.limit,
      min: 0,
      max: 1_000_000,
      usual: 0,
      unit: 'ms',
      hint: texts.settings.limitHint,
    },
    { ...slewSetting, min: 1, usual: 20, hint: texts.settings.softSlewHint },
  ],
  init: () => reaction(fresh),
  react,
  time: ({ soft }, clock) => shown(soft, clock),
  look(state, self) {
    const master = self.index === masterOf(self)
    const differences = state.ahead.slice(0, MOST_SHOWN).map(([node, ahead]) => {
      const said = `${nameOf(self, node)} ${texts.signed(ahead)}`
      return state.left.includes(node) ? texts.left(said) : said
    })
    return {
      said: master ? texts.master : state.soft.target === 0 ? '' : texts.signed(state.soft.target),
      mark: master ? 'free' : null,
      cells: [
        correctionCell(state.soft),
        state.rounds === 0 ? texts.none : String(state.rounds),
        texts.listed(differences, state.ahead.length - differences.length) || texts.none,
      ],
    }
  },
  rules: [
    inAgreement(
      (state) => (state as BerkeleyState).soft,
      (state) => (state as BerkeleyState).ahead,
      masterOf,
    ),
  ],
  tell: ({ time, by }) => (typeof time === 'number' ? texts.ms(time) : typeof by === 'number' ? texts.signed(by) : ''),
  beginners: (selves, up) =>
    selves.flatMap((self) => (up[self.index] === true && self.index === masterOf(self) ? [self.index] : [])),
  cost,
}
