// Cristian's algorithm: clients ask a server for its time and allow for half the round trip.
// Source: F. Cristian, Probabilistic clock synchronization, Distributed Computing 3, 1989.
import { cristianEstimate, shortest } from '../../clocks/physical.ts'
import type { Algorithm, Cost, Input, Output, Reaction, Self } from '../../network/types.ts'
import { cancel, nameOf, note, reaction, send, set, timeout } from '../reactions.ts'
import { withinBound } from './rules.ts'
import {
  chosen,
  correct,
  correctionCell,
  goesOn,
  periodSetting,
  roundsSetting,
  serverSetting,
  setting,
  slewSetting,
  timeoutSetting,
} from './shared.ts'
import { freshClock, shown, type SoftClock } from './soft-clock.ts'
import { timeTexts as texts } from './texts.ts'

export interface CristianState {
  readonly soft: SoftClock
  /** rounds begun */
  readonly rounds: number
  /** by the node's own clock, when the request left that is not answered yet; the answer repeats it */
  readonly sentAt: number | null
  /** of this round: round trip, and how far the server was ahead of the node's own clock; null for no answer */
  readonly samples: readonly (readonly [roundTrip: number, ahead: number] | null)[]
  /** how wrong the clock can be since it was set last; null before */
  readonly bound: number | null
}

const fresh: CristianState = { soft: freshClock, rounds: 0, sentAt: null, samples: [], bound: null }
const serverOf = (self: Self): number => chosen(self, 'server')

function ask(state: CristianState, self: Self, clock: number): Reaction<CristianState> {
  return reaction<CristianState>({ ...state, sentAt: clock }, [
    send(serverOf(self), { kind: 'REQUEST', sent: clock }),
    timeout('answer', setting(self, 'timeout')),
  ])
}

function beginRound(state: CristianState, self: Self, clock: number): Reaction<CristianState> {
  if (self.index === serverOf(self) || !goesOn(self, state.rounds)) return reaction(state)
  const begun = ask({ ...state, rounds: state.rounds + 1, samples: [] }, self, clock)
  const again = goesOn(self, state.rounds + 1) ? [set('round', setting(self, 'period'))] : []
  return reaction(begun.state, [...begun.outputs, ...again])
}

/** One more sample, or none in time: asks again, or sets the clock by the shortest round trip of the round. */
function sampled(
  before: CristianState,
  sample: CristianState['samples'][number],
  self: Self,
  clock: number,
): Reaction<CristianState> {
  const state: CristianState = { ...before, sentAt: null, samples: [...before.samples, sample] }
  const words: Output[] = sample === null ? [note('told', texts.silent(nameOf(self, serverOf(self))))] : []
  if (state.samples.length < setting(self, 'samples')) {
    const asked = ask(state, self, clock)
    return reaction(asked.state, [...words, ...asked.outputs])
  }
  const answers = state.samples.filter((one) => one !== null)
  const best = answers.length === 0 ? undefined : answers[shortest(answers)]
  if (best === undefined) return reaction(state, [...words, note('told', texts.noSample)])
  const { soft, told } = correct(state.soft, best[1], clock, self)
  const { bound } = cristianEstimate(best[0], 0, Math.min(setting(self, 'least'), best[0] / 2))
  return reaction<CristianState>({ ...state, soft, bound }, [...words, told])
}

function react(state: CristianState, input: Input, self: Self, clock: number): Reaction<CristianState> {
  if (input.do === 'start' || input.do === 'recover') return beginRound(state, self, clock)
  if (input.do === 'timer') {
    return input.timer === 'round' ? beginRound(state, self, clock) : sampled(state, null, self, clock)
  }
  if (input.do !== 'message') return reaction(state)
  const { kind, sent, time } = input.body
  if (kind === 'REQUEST') {
    return reaction(state, [send(input.from, { kind: 'TIME', sent, time: shown(state.soft, clock) })])
  }
  if (state.sentAt === null || sent !== state.sentAt) return reaction(state)
  const roundTrip = clock - state.sentAt
  const ahead = cristianEstimate(roundTrip, (time as number) - clock).setTo
  const taken = sampled(state, [roundTrip, ahead], self, clock)
  // The next request of the round sets this timer anew.
  return reaction(taken.state, [cancel('answer'), ...taken.outputs])
}

function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined || up[serverOf(self)] !== true || setting(self, 'rounds') === 0) return []
  const clients = began.filter((index) => index !== serverOf(self)).length
  const [samples, rounds] = [setting(self, 'samples'), setting(self, 'rounds')]
  const formula = `2 · clients · samples · rounds = 2 · ${clients} · ${samples} · ${rounds}`
  return [{ what: 'messages', formula, value: 2 * clients * samples * rounds, bound: 'exact' }]
}

export const cristian: Algorithm<CristianState> = {
  id: 'cristian',
  label: 'Cristian’s algorithm',
  family: 'time',
  needs: 'any',
  source: 'Cristian 1989; Tanenbaum and van Steen, Distributed Systems, section on clock synchronization',
  explanation:
    'A client asks the server for the time and measures how long the answer takes. It takes the server’s time plus half the round trip, so it is wrong by half of what the two ways differ, and never by more than half the round trip. Of several answers the one with the shortest round trip is the safest.',
  columns: [texts.columns.correction, texts.columns.samples, texts.columns.bound],
  settings: [
    serverSetting,
    periodSetting,
    roundsSetting,
    { key: 'samples', label: texts.settings.samples, min: 1, max: 20, usual: 3, hint: texts.settings.samplesHint },
    timeoutSetting,
    {
      key: 'least',
      label: texts.settings.least,
      min: 0,
      max: 100_000,
      usual: 0,
      unit: 'ms',
      hint: texts.settings.leastHint,
    },
    slewSetting,
  ],
  init: () => reaction(fresh),
  react,
  time: ({ soft }, clock) => shown(soft, clock),
  look(state, self) {
    const server = self.index === serverOf(self)
    const trips = state.samples.map((one) => (one === null ? texts.noAnswer : texts.ms(one[0]))).join(', ')
    return {
      said: server ? texts.server : state.bound === null ? '' : texts.signed(state.soft.target),
      mark: server ? 'free' : null,
      cells: server
        ? [texts.none, texts.none, texts.none]
        : [correctionCell(state.soft), trips || texts.none, state.bound === null ? texts.none : texts.ms(state.bound)],
    }
  },
  tell: ({ time }) => (typeof time === 'number' ? texts.ms(time) : ''),
  rules: [
    withinBound((state) => {
      const { soft, bound } = state as CristianState
      return bound === null ? null : { soft, bound, levels: 1 }
    }, serverOf),
  ],
  beginners: (selves, up) =>
    selves.flatMap((self) => (up[self.index] === true && self.index !== serverOf(self) ? [self.index] : [])),
  cost,
}
