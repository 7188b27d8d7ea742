// Mutual exclusion by a token that goes round a ring: 0 to N - 1 messages until it comes. A token that nobody uses comes
// to rest, one that is lost is made anew with a higher generation, and an old one that turns up again is thrown away.
// Source: G. Le Lann, Distributed Systems: Towards a Formal Approach, IFIP 1977. How the token rests and is woken is ours.
import { MAX_SIM_TIME } from '../../../../contract/limits.ts'
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Cost, Output, Reaction, Self, Setting } from '../../network/types.ts'
import { cancel, higher, indexIn, nameOf, note, reaction, send, sendWatched, set, timeout } from '../reactions.ts'
import {
  type Turn,
  after,
  enter,
  entriesOf,
  lookOf,
  outside,
  reactBy,
  sectionSettings,
  timeSetting,
} from './section.ts'

/** Which token this is, and how often it has been passed: of two that meet a node only the newer counts. */
interface Age {
  readonly generation: number
  /** who made it, by index: two nodes may take a token for lost at the same time */
  readonly maker: number
  readonly hops: number
}

/** Tokens that a node makes one after another without any coming by, before it takes the ring for broken. */
const TRIES = 10

interface TokenRingState extends Turn {
  /** the newest token this node has seen, as it was then */
  readonly newest: Age
  readonly holds: boolean
  /** hops that the token has made without being used, as this node last saw it */
  readonly unused: number
  /** whether, as far as it knows, the token rests somewhere: at this node when it holds it */
  readonly resting: boolean
  /** a WAKE has come by since it last saw the token */
  readonly woken: boolean
  /** tokens it has made since one came by */
  readonly made: number
}

const settings: readonly Setting[] = [
  ...sectionSettings,
  { key: 'rest', ...texts.settings.rest, ...timeSetting, usual: 5 },
  { key: 'limit', ...texts.settings.limit, min: 1, max: MAX_SIM_TIME, usual: 2 },
  { key: 'repair', ...texts.settings.repair, min: 0, max: 1, usual: 1 },
  { key: 'timeout', ...texts.settings.word, ...timeSetting, min: 1, usual: 50 },
  { key: 'patience', ...texts.settings.patience, ...timeSetting, usual: 0 },
]

const said = (self: Self, key: string): number => self.settings[key] ?? 0

function newer(a: Age, b: Age): boolean {
  if (a.generation !== b.generation) return a.generation > b.generation
  return a.maker === b.maker ? a.hops > b.hops : a.maker > b.maker
}

/** The node after this one on the ring; without a ring in the drawing the order is that of the nodes. */
function nextAfter(node: number, { ring, count }: Self): number {
  const order = ring.length === count ? ring : null
  return order === null ? (node + 1) % count : (order[(order.indexOf(node) + 1) % count] ?? node)
}

const successor = (self: Self): number => (self.next === -1 ? nextAfter(self.index, self) : self.next)

const sendOn = (to: number, body: Body, self: Self): Output =>
  said(self, 'repair') === 1 ? sendWatched(to, body, said(self, 'timeout')) : send(to, body)

/** Passes it on to this node. Whoever does is not there to learn where it comes to rest, but knows how far it can get. */
function passTo(state: TokenRingState, to: number, self: Self): Reaction<TokenRingState> {
  const { generation, maker, hops } = state.newest
  const unused = state.unused + 1
  const newest = { generation, maker, hops: hops + 1 }
  const body: Body = { kind: 'TOKEN', ...newest, unused }
  // The last node that could keep it before it is back here gets it count - 2 hops later.
  const resting = unused + self.count - 2 >= said(self, 'limit') * self.count
  const passed = { ...state, newest, holds: false, resting, woken: false }
  return reaction(passed, [sendOn(to, body, self), ...(resting ? unwatch(self) : watch(self))])
}

function pass(state: TokenRingState, self: Self): Reaction<TokenRingState> {
  return self.count === 1 ? keep(state) : passTo(state, successor(self), self)
}

const keep = (state: TokenRingState): Reaction<TokenRingState> => reaction({ ...state, resting: true })

/** How many nodes have a lower id: the lowest live one is the first to lose its patience. */
function rank(self: Self): number {
  let lower = 0
  for (let node = 0; node < self.count; node += 1) if (higher(self, self.index, node)) lower += 1
  return lower
}

/** Waits for the token. A node makes a new one after so many rounds that the one made by a lower node would have come by. */
function watch(self: Self): Output[] {
  const patience = said(self, 'patience')
  if (patience === 0) return []
  return [timeout('watch', Math.min(MAX_SIM_TIME, patience * self.count * (rank(self) + 1)))]
}

const unwatch = (self: Self): Output[] => (said(self, 'patience') === 0 ? [] : [cancel('watch')])

/** The token is here: it is used, passed on, or comes to rest. */
function take(state: TokenRingState, self: Self): Reaction<TokenRingState> {
  const here = { ...state, holds: true, resting: false, woken: false, unused: state.woken ? 0 : state.unused }
  if (here.section === 'waiting') return enter({ ...here, unused: 0 }, self, unwatch(self))
  if (here.section === 'inside') return reaction(here, unwatch(self))
  if (here.unused >= said(self, 'limit') * self.count) {
    return after(keep(here), (kept) => reaction(kept, [note('told', texts.notes.rests), ...unwatch(self)]))
  }
  if (said(self, 'rest') === 0) return pass(here, self)
  return reaction(here, [...unwatch(self), set('pass', said(self, 'rest'))])
}

function ask(state: TokenRingState, self: Self): Reaction<TokenRingState> {
  if (state.holds) return enter({ ...state, resting: false, unused: 0 }, self, [cancel('pass')])
  if (!state.resting) return reaction(state)
  const woken = { ...state, resting: false, woken: true }
  return reaction(woken, [...wakeOn(successor(self), { kind: 'WAKE', for: self.index }, self), ...watch(self)])
}

/** Sends WAKE on, up to the node before the one that asked. */
const wakeOn = (to: number, body: Body, self: Self): Output[] =>
  to === body['for'] || to === self.index ? [] : [sendOn(to, body, self)]

function wake(state: TokenRingState, body: Body, self: Self): Reaction<TokenRingState> {
  if (state.holds) {
    const fresh = { ...state, unused: 0 }
    return state.resting ? pass({ ...fresh, resting: false }, self) : reaction(fresh)
  }
  // It may be late, and the token rest again behind it: only a WAKE of its own makes a node sure that the token comes.
  return reaction({ ...state, woken: true }, [...wakeOn(successor(self), body, self), ...watch(self)])
}

function message(state: TokenRingState, _: number, body: Body, self: Self): Reaction<TokenRingState> {
  if (body.kind === 'WAKE') return wake(state, body, self)
  const age = ageOf(body)
  if (!newer(age, state.newest)) return reaction(state, [note('told', texts.notes.old)])
  return take({ ...state, newest: age, made: 0, unused: body['unused'] as number }, self)
}

const ageOf = (body: Body): Age => ({
  generation: body['generation'] as number,
  maker: indexIn(body, 'maker'),
  hops: body['hops'] as number,
})

function timer(state: TokenRingState, name: string, self: Self): Reaction<TokenRingState> {
  if (name === 'pass')
    return state.holds && state.section === 'out' && !state.resting ? pass(state, self) : reaction(state)
  if (name !== 'watch' || state.holds) return reaction(state)
  if (state.made === TRIES) return reaction(state, [note('told', texts.notes.givesUp)])
  const generation = state.newest.generation + 1
  const made = { ...state, newest: { generation, maker: self.index, hops: 0 }, unused: 0, made: state.made + 1 }
  const told = reaction(made, [note('told', texts.notes.regenerates(generation))])
  return after(told, (next) => take(next, self))
}

/** The next node gave no word: what was sent is still here, and goes to the one after it. */
function unreached(state: TokenRingState, to: number, body: Body, self: Self): Reaction<TokenRingState> {
  if (body.kind === 'WAKE') return reaction(state, wakeOn(nextAfter(to, self), body, self))
  if (state.holds || newer(state.newest, ageOf(body))) return reaction(state)
  // To have tried is a hop too, lest a ring with crashed nodes go round longer than another before the token rests.
  const back = { ...state, holds: true, unused: body['unused'] as number }
  if (state.section === 'waiting') return enter({ ...back, unused: 0, resting: false }, self, unwatch(self))
  const past = nextAfter(to, self)
  if (past !== self.index) {
    const told = reaction(back, [note('told', texts.notes.unreached(nameOf(self, to)))])
    return after(told, (next) => passTo(next, past, self))
  }
  return after(keep(back), (kept) => reaction(kept, [note('told', texts.notes.alone), ...unwatch(self)]))
}

/** The token is not here any more, and may rest anywhere: who wants it now has to send WAKE. */
function recover(state: TokenRingState, _: unknown, self: Self): Reaction<TokenRingState> {
  return reaction({ ...state, holds: false, resting: true }, [cancel('pass'), ...unwatch(self)])
}

function cost(selves: readonly Self[], _: readonly boolean[], began: readonly number[]): Cost[] {
  const count = selves.length
  const entries = entriesOf(selves, began)
  const limit = selves[0]?.settings['limit'] ?? 1
  const tokens = count * (entries + limit * (entries + 1))
  const value = count < 2 ? 0 : tokens + entries * (count - 1)
  return [{ what: 'messages', formula: texts.costs.ring(count, entries, limit), value, bound: 'most' }]
}

export const tokenRing: Algorithm<TokenRingState> = {
  id: 'token-ring',
  label: texts.labels.tokenRing,
  family: 'exclusion',
  needs: 'ring',
  source: texts.sources.tokenRing,
  explanation: texts.explanations.tokenRing,
  columns: [texts.columns.section, texts.columns.token, texts.columns.generation, texts.columns.unused],
  settings,
  init(self) {
    const first = self.index === 0
    const newest = { generation: 1, maker: 0, hops: first ? 0 : -1 }
    const state = { ...outside, newest, holds: first, unused: 0, resting: false, woken: false, made: 0 }
    // By a timer, so that nodes that begin at once have asked before it leaves.
    return reaction(state, first ? [set('pass', said(self, 'rest'))] : watch(self))
  },
  react: reactBy({ ask, leave: pass, message, timer, unreached, recover }),
  look(state, self) {
    const token = state.holds ? texts.here : texts.none
    const { generation } = state.newest
    const unused = state.holds && self.count > 1 ? texts.hops(state.unused) : texts.none
    return lookOf(state, [token, String(generation), unused], state.holds)
  },
  tell: (body, self) =>
    body.kind === 'WAKE'
      ? texts.wakes(nameOf(self, indexIn(body, 'for')))
      : texts.tokenOfRing(body['generation'] as number, body['unused'] as number),
  cost,
}
