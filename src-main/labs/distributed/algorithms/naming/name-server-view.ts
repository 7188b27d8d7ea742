// The name server and its object as they are seen: the state of a node, who plays which part, how that looks from
// outside, and what must hold. What the nodes do is in name-server.ts.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Rule } from '../../network/properties.ts'
import type { Body, Cost, Look, Self } from '../../network/types.ts'
import { indexIn, nameOf } from '../reactions.ts'
import { numberOfCall, ranked, settingOf } from './roles.ts'

const texts = namingTexts.nameServer

export interface Caller {
  readonly client: number
  readonly number: number
}

export interface NameState {
  /** where the name server says that the object is; used at the name server only */
  readonly registered: number
  readonly here: boolean
  /** where the object has gone from here; null when it never was here, or is */
  readonly pointer: number | null
  /** forwarded calls that came before the object did */
  readonly early: readonly Caller[]
  /** the place that a client keeps */
  readonly kept: number | null
  readonly phase: 'idle' | 'looking' | 'calling'
  /** calls begun, answered and given up, and those still to be made */
  readonly call: number
  readonly done: number
  readonly failed: number
  readonly left: number
  /** messages beyond a call and its result, for the client's calls */
  readonly extra: number
}

interface Places {
  readonly server: number
  readonly home: number
  /** where the object moves; its home when there is no other node */
  readonly next: number
}

export function placesOf(self: Self): Places {
  const [server = self.index, home = server, next = server] = ranked(self)
  return { server, home, next }
}

export function lookOf(state: NameState, self: Self): Look {
  const { server, home, next } = placesOf(self)
  const { here, pointer, kept, phase, done, call, failed, extra } = state
  const roles = [
    ...(self.index === server ? [texts.roles.server] : []),
    ...(self.index === home ? [texts.roles.home] : []),
    ...(self.index === next && next !== home ? [texts.roles.place] : []),
  ]
  const knows = [
    ...(self.index === server ? [texts.at(nameOf(self, state.registered))] : []),
    ...(here ? [texts.here] : []),
    ...(pointer === null ? [] : [texts.pointer(nameOf(self, pointer))]),
    ...(kept === null ? [] : [texts.cached(nameOf(self, kept))]),
  ]
  const waits = phase === 'looking' ? texts.looks : phase === 'calling' ? texts.calling : ''
  const standing = here ? texts.said.object : self.index === server ? texts.said.server : pointerText(pointer, self)
  return {
    said: waits !== '' ? waits : failed > 0 ? texts.failed(failed) : standing,
    mark: waits !== '' ? 'behind' : failed > 0 ? 'ring' : here ? 'free' : null,
    cells: [
      roles.length === 0 ? namingTexts.client : roles.join(', '),
      knows.length === 0 ? namingTexts.none : knows.join(', '),
      call === 0 ? namingTexts.none : namingTexts.ofCalls(done, call),
      call === 0 ? namingTexts.none : String(extra),
    ],
  }
}

function pointerText(pointer: number | null, self: Self): string {
  if (pointer === null) return ''
  return settingOf(self, 'forward') === 1 ? texts.said.pointer(nameOf(self, pointer)) : texts.said.moved
}

export function tell(body: Body, self: Self): string {
  switch (body.kind) {
    case 'OBJECT':
      return ''
    case 'REGISTER':
      return texts.tell.register(nameOf(self, indexIn(body, 'place')))
    case 'PLACE':
      return texts.tell.place(numberOfCall(body), nameOf(self, indexIn(body, 'place')))
    case 'FORWARD':
      return texts.tell.forward(nameOf(self, indexIn(body, 'client')), numberOfCall(body))
    default:
      return texts.tell.call(numberOfCall(body))
  }
}

export const everyCallAnswered: Rule = {
  id: 'calls-answered',
  title: texts.rule.title,
  what: texts.rule.what,
  atRest: true,
  check(_, world) {
    const states = world.states as readonly NameState[]
    const node = states.findIndex(({ failed }) => failed > 0)
    const sum = (value: (state: NameState) => number): number => states.reduce((all, state) => all + value(state), 0)
    if (node === -1) {
      const sentence = texts.rule.kept(
        sum(({ done }) => done),
        sum(({ extra }) => extra),
      )
      return { holds: true, sentence, nodes: [] }
    }
    const name = world.setup.selves[0]?.names[node] ?? ''
    return { holds: false, sentence: texts.rule.broken(name, states[node]?.failed ?? 0), nodes: [node] }
  },
}

/** Two messages a call, and two more for each look-up; a move adds to that. */
export function cost(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] {
  const [self] = selves
  if (self === undefined) return []
  const { server, home, next } = placesOf(self)
  const parts = [server, home, next]
  if (parts.some((node) => up[node] !== true) || began.some((node) => parts.includes(node))) return []
  const calls = settingOf(self, 'calls')
  const clients = began.length
  const bound = settingOf(self, 'moves') === 0 ? 'exact' : 'least'
  const all = clients * calls
  const cached = settingOf(self, 'cache') === 1
  const formula = cached ? texts.cost.first(clients) : texts.cost.each(clients, calls)
  return [
    { what: 'CALL', formula: texts.cost.calls(clients, calls), value: all, bound },
    { what: 'LOOKUP', formula, value: cached ? Math.min(clients, all) : all, bound },
  ]
}
