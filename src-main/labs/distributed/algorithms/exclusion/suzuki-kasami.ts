// Suzuki and Kasami's mutual exclusion: one token, asked for by REQUEST to all. No message when the token is there, N
// otherwise (N - 1 requests and the token).
// Source: I. Suzuki and T. Kasami, A Distributed Mutual Exclusion Algorithm, ACM TOCS 3(4), 1985.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Cost, Output, Reaction, Self } from '../../network/types.ts'
import { others, reaction, send, sendAll } from '../reactions.ts'
import { type Turn, enter, entriesOf, listed, lookOf, namesIn, outside, reactBy, sectionSettings } from './section.ts'

interface Token {
  /** by node, the number of its request that was served last (LN) */
  readonly served: readonly number[]
  readonly queue: readonly number[]
}

interface SuzukiKasamiState extends Turn {
  /** by node, the highest number of a request that was heard of (RN) */
  readonly asked: readonly number[]
  readonly token: Token | null
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0)

function ask(state: SuzukiKasamiState, self: Self): Reaction<SuzukiKasamiState> {
  if (state.token !== null) return enter(state, self)
  const number = (state.asked[self.index] ?? 0) + 1
  const store: Output = { do: 'store', value: number }
  const asked = state.asked.with(self.index, number)
  return reaction({ ...state, asked }, [store, ...sendAll(others(self), { kind: 'REQUEST', number })])
}

function leave(state: SuzukiKasamiState, self: Self): Reaction<SuzukiKasamiState> {
  if (state.token === null) return reaction(state)
  const served = state.token.served.with(self.index, state.asked[self.index] ?? 0)
  const waiting = new Set(state.token.queue)
  const joined = others(self).filter(
    (node) => !waiting.has(node) && (state.asked[node] ?? 0) === (served[node] ?? 0) + 1,
  )
  const [first, ...queue] = [...state.token.queue, ...joined]
  return first === undefined
    ? reaction({ ...state, token: { served, queue: [] } })
    : pass(state, first, { served, queue })
}

const pass = (state: SuzukiKasamiState, to: number, { served, queue }: Token): Reaction<SuzukiKasamiState> =>
  reaction({ ...state, token: null }, [send(to, { kind: 'TOKEN', served, queue })])

function message(state: SuzukiKasamiState, from: number, body: Body, self: Self): Reaction<SuzukiKasamiState> {
  if (body.kind === 'TOKEN') {
    const { served, queue } = body as unknown as Token
    const holding = { ...state, token: { served, queue } }
    // A node that has crashed and come back does not want it any more.
    return state.section === 'waiting' ? enter(holding, self) : leave(holding, self)
  }
  const number = Math.max(state.asked[from] ?? 0, body['number'] as number)
  const heard = { ...state, asked: state.asked.with(from, number) }
  const { token } = state
  const idle = token !== null && state.section !== 'inside' && number === (token.served[from] ?? 0) + 1
  return idle ? pass(heard, from, token) : reaction(heard)
}

/** Without the token, wherever it is now, and with the number of its last request, lest the next one look old. */
function recover(_: SuzukiKasamiState, stored: unknown, self: Self): Reaction<SuzukiKasamiState> {
  const number = typeof stored === 'number' ? stored : 0
  return reaction({ ...outside, asked: zeros(self.count).with(self.index, number), token: null })
}

function cost(selves: readonly Self[], _: readonly boolean[], began: readonly number[]): Cost[] {
  const entries = entriesOf(selves, began)
  const formula = texts.costs.token(selves.length, entries)
  return [{ what: 'messages', formula, value: selves.length < 2 ? 0 : selves.length * entries, bound: 'most' }]
}

export const suzukiKasami: Algorithm<SuzukiKasamiState> = {
  id: 'suzuki-kasami',
  label: texts.labels.suzukiKasami,
  family: 'exclusion',
  needs: 'any',
  source: texts.sources.suzukiKasami,
  explanation: texts.explanations.suzukiKasami,
  columns: [texts.columns.section, texts.columns.token, texts.columns.queue, texts.columns.numbers],
  settings: sectionSettings,
  init: ({ index, count }) =>
    reaction({ ...outside, asked: zeros(count), token: index === 0 ? { served: zeros(count), queue: [] } : null }),
  react: reactBy({ ask, leave, message, recover }),
  look(state, self) {
    const { token } = state
    const cells = [token === null ? texts.none : texts.here, token === null ? texts.none : namesIn(token.queue, self)]
    return lookOf(state, [...cells, listed(state.asked.map(String))], token !== null)
  },
  tell: (body, self) =>
    body.kind === 'REQUEST'
      ? texts.number(body['number'] as number)
      : texts.tokenQueue(namesIn(body['queue'] as readonly number[], self)),
  cost,
}
