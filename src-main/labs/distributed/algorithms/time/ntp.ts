// NTP in its bones: four timestamps, offset and delay, a filter over the last eight samples of each peer, and strata.
// Source: D. Mills and others, Network Time Protocol Version 4, RFC 5905, 2010, sections 8, 10 and 11; selection is by
// stratum and delay alone, and the clock is set or slewed instead of disciplined by a loop.
import { cristianEstimate, NTP_FILTER, ntpFilter, type NtpReading, ntpReading } from '../../clocks/physical.ts'
import type { Algorithm, Body, Cost, Input, Output, Reaction, Self } from '../../network/types.ts'
import { nameOf, note, reaction, send, set } from '../reactions.ts'
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
} from './shared.ts'
import { correctionAt, freshClock, shown, type SoftClock } from './soft-clock.ts'
import { timeTexts as texts } from './texts.ts'

/** A node that has no source has this stratum; the server has 1. */
const UNSYNCHRONISED = 16
/** After so many polls without an answer a peer is no source any more. */
const MOST_MISSED = 3

/** One exchange; `offset` is how far the peer's time is ahead of the node's own, uncorrected clock. */
export interface NtpSample extends NtpReading {
  /** how wrong the peer took its own time to be at most */
  readonly bound: number
}

export interface Peer {
  readonly node: number
  readonly stratum: number
  /** the last eight, the latest at the end */
  readonly samples: readonly NtpSample[]
  /** polls since its last answer */
  readonly missed: number
  /** the first timestamp of the request that it has not answered yet; an answer to another one is not taken */
  readonly asked: number | null
}

/** A request that waits for its answer until the server has done its work. */
interface Held {
  readonly from: number
  readonly t1: number
  /** when it came, by the node's own clock, which no correction disturbs */
  readonly arrived: number
}

export interface NtpState {
  readonly soft: SoftClock
  /** rounds begun */
  readonly rounds: number
  readonly peers: readonly Peer[]
  readonly stratum: number
  /** the peer it takes its time from, by index; null for none */
  readonly source: number | null
  /** how wrong it takes its time to be at most; null while it has never had a source */
  readonly bound: number | null
  readonly held: readonly Held[]
}

const serverOf = (self: Self): number => chosen(self, 'server')

function fresh(self: Self): NtpState {
  const server = serverOf(self)
  const own = self.index === server
  const asked = own ? [] : self.neighbours.length > 0 ? [...new Set(self.neighbours)] : [server]
  return {
    soft: freshClock,
    rounds: 0,
    peers: asked
      .filter((node) => node !== self.index)
      .map((node) => ({ node, stratum: UNSYNCHRONISED, samples: [], missed: 0, asked: null })),
    stratum: own ? 1 : UNSYNCHRONISED,
    source: null,
    bound: own ? 0 : null,
    held: [],
  }
}

function poll(state: NtpState, self: Self, clock: number): Reaction<NtpState> {
  if (self.index === serverOf(self) || !goesOn(self, state.rounds)) return reaction(state)
  const peers = state.peers.map((peer) => ({ ...peer, missed: peer.missed + 1, asked: clock }))
  const rounds = state.rounds + 1
  const lost = state.source !== null && peers.some(({ node, missed }) => node === state.source && missed > MOST_MISSED)
  const next: NtpState = { ...state, peers, rounds, ...(lost ? { source: null, stratum: UNSYNCHRONISED } : {}) }
  return reaction(next, [
    ...(lost ? [note('told', texts.lost)] : []),
    // The first timestamp is of the clock that nobody corrects, so that samples stay comparable.
    ...peers.map(({ node }) => send(node, { kind: 'REQUEST', t1: clock })),
    ...(goesOn(self, rounds) ? [set('round', setting(self, 'period'))] : []),
  ])
}

/** Both timestamps are of the clock as it is corrected now: one that was set in between would spoil the sample. */
function reply({ from, t1, arrived }: Held, { soft, stratum, bound }: NtpState, clock: number): Output {
  const correction = correctionAt(soft, clock)
  return send(from, {
    kind: 'REPLY',
    t1,
    t2: arrived + correction,
    t3: clock + correction,
    stratum,
    bound: (bound ?? 0) + Math.abs(soft.target - correction),
  })
}

function asked(state: NtpState, from: number, t1: number, self: Self, clock: number): Reaction<NtpState> {
  const held: Held = { from, t1, arrived: clock }
  const work = setting(self, 'work')
  if (work === 0) return reaction(state, [reply(held, state, clock)])
  const first = state.held.length === 0 ? [set('reply', work)] : []
  return reaction<NtpState>({ ...state, held: [...state.held, held] }, first)
}

/** Answers what has waited longest; the next one waits for as long again. */
function worked(state: NtpState, self: Self, clock: number): Reaction<NtpState> {
  const [done, ...held] = state.held
  if (done === undefined) return reaction(state)
  const next: NtpState = { ...state, held }
  const again = held.length > 0 ? [set('reply', setting(self, 'work'))] : []
  return reaction(next, [reply(done, next, clock), ...again])
}

/** A peer's best sample by the clock filter; none for peers that are no source. */
function bestOf({ samples, stratum, missed }: Peer): NtpSample | undefined {
  if (stratum >= UNSYNCHRONISED - 1 || missed > MOST_MISSED) return undefined
  return samples[ntpFilter(samples.map(({ delay }) => delay))]
}

function answered(state: NtpState, from: number, body: Body, self: Self, clock: number): Reaction<NtpState> {
  const [t1, t2, t3] = [body['t1'] as number, body['t2'] as number, body['t3'] as number]
  const peer = state.peers.find(({ node }) => node === from)
  if (peer === undefined || peer.asked !== t1) return reaction(state)
  const sample: NtpSample = { ...ntpReading([t1, t2, t3, clock]), bound: body['bound'] as number }
  const known = body['stratum'] as number
  const heard: Peer = {
    ...peer,
    stratum: known,
    missed: 0,
    asked: null,
    samples: known >= UNSYNCHRONISED ? peer.samples : [...peer.samples, sample].slice(-NTP_FILTER),
  }
  const peers = state.peers.map((one) => (one === peer ? heard : one))
  return follow({ ...state, peers }, self, clock)
}

/** Takes the peer nearest to the server for the source, of several the one with the least delay, and its best sample. */
function follow(state: NtpState, self: Self, clock: number): Reaction<NtpState> {
  const sources = state.peers.flatMap((peer) => {
    const best = bestOf(peer)
    return best === undefined ? [] : [{ peer, best }]
  })
  sources.sort((a, b) => a.peer.stratum - b.peer.stratum || a.best.delay - b.best.delay || a.peer.node - b.peer.node)
  const [first] = sources
  if (first === undefined) return reaction(state)
  const { peer, best } = first
  const stratum = peer.stratum + 1
  const words =
    peer.node === state.source && stratum === state.stratum
      ? []
      : [note('told', texts.chooses(nameOf(self, peer.node), stratum))]
  const bound = cristianEstimate(Math.max(0, best.delay), 0).bound + best.bound
  const next: NtpState = { ...state, source: peer.node, stratum, bound }
  if (best.offset === state.soft.target && state.bound !== null) return reaction(next, words)
  const { soft, told } = correct(state.soft, best.offset, clock, self)
  return reaction<NtpState>({ ...next, soft }, [...words, told])
}

function react(state: NtpState, input: Input, self: Self, clock: number): Reaction<NtpState> {
  if (input.do === 'start' || input.do === 'recover') return poll(state, self, clock)
  if (input.do === 'timer') return input.timer === 'round' ? poll(state, self, clock) : worked(state, self, clock)
  if (input.do !== 'message') return reaction(state)
  const { from, body } = input
  return body.kind === 'REQUEST'
    ? asked(state, from, body['t1'] as number, self, clock)
    : answered(state, from, body, self, clock)
}

function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined || up.includes(false) || setting(self, 'rounds') === 0) return []
  const pairs = began.reduce(
    (sum, index) => sum + (selves[index] === undefined ? 0 : fresh(selves[index]).peers.length),
    0,
  )
  const rounds = setting(self, 'rounds')
  const formula = `2 · pairs of client and server · rounds = 2 · ${pairs} · ${rounds}`
  return [{ what: 'messages', formula, value: 2 * pairs * rounds, bound: 'exact' }]
}

const stamp = (value: unknown): string => (typeof value === 'number' ? texts.ms(value) : '')

export const ntp: Algorithm<NtpState> = {
  id: 'ntp',
  label: 'Network Time Protocol',
  family: 'time',
  needs: 'any',
  source: 'RFC 5905; Tanenbaum and van Steen, Distributed Systems, section on clock synchronization',
  explanation:
    'A node asks its neighbours, or the server where it has none, and notes four timestamps: request out, request in, answer out, answer in. They give the offset of the other clock and the delay on both ways; the offset is wrong by half of what the two ways differ. Of the last eight samples the one with the least delay counts. A node one step further from the server has a stratum one higher.',
  columns: [texts.columns.correction, texts.columns.source, texts.columns.delays, texts.columns.bound],
  settings: [
    serverSetting,
    periodSetting,
    roundsSetting,
    {
      key: 'work',
      label: texts.settings.work,
      min: 0,
      max: 100_000,
      usual: 2,
      unit: 'ms',
      hint: texts.settings.workHint,
    },
    slewSetting,
  ],
  init: (self) => reaction(fresh(self)),
  react,
  time: ({ soft }, clock) => shown(soft, clock),
  look(state, self) {
    if (self.index === serverOf(self)) {
      return { said: texts.server, mark: 'free', cells: [texts.none, texts.none, texts.none, texts.none] }
    }
    const source = state.peers.find(({ node }) => node === state.source)
    const delays = source?.samples.map(({ delay }) => texts.ms(delay)).join(', ') ?? ''
    return {
      said: state.bound === null ? '' : texts.signed(state.soft.target),
      mark: null,
      cells: [
        correctionCell(state.soft),
        source === undefined ? texts.none : texts.stratum(state.stratum, nameOf(self, source.node)),
        delays || texts.none,
        state.bound === null ? texts.none : texts.ms(state.bound),
      ],
    }
  },
  tell: ({ t1, t2, t3 }) =>
    [t1, t2, t3]
      .filter((value) => value !== undefined)
      .map(stamp)
      .join(', '),
  rules: [
    withinBound((state) => {
      const { soft, bound, stratum, source } = state as NtpState
      return bound === null || source === null ? null : { soft, bound, levels: stratum }
    }, serverOf),
  ],
  beginners: (selves, up) =>
    selves.flatMap((self) => (up[self.index] === true && self.index !== serverOf(self) ? [self.index] : [])),
  cost,
}
