// What all algorithms for mutual exclusion share: a node asks, waits, is inside for a while, leaves, and asks again.
// Knows no algorithm: who may enter when is said by its rules.
import type { Algorithm, Body, Input, Look, Output, Reaction, Self, Setting } from '../../network/types.ts'
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import { nameOf, note, reaction, set } from '../reactions.ts'

/** How a node stands to the critical section. */
export interface Turn {
  readonly section: 'out' | 'waiting' | 'inside'
  /** entries still to come, the one it waits for or is in included */
  readonly wanted: number
  /** does other things before it asks again */
  readonly thinking: boolean
}

export const outside: Turn = { section: 'out', wanted: 0, thinking: false }

/** What is particular to an algorithm. None of these changes the state it is given. */
export interface Rules<S extends Turn> {
  /** The node wants to enter; its section is "waiting" already. */
  ask(state: S, self: Self): Reaction<S>
  /** The node has left; its section is "out" already. */
  leave(state: S, self: Self): Reaction<S>
  message(state: S, from: number, body: Body, self: Self): Reaction<S>
  timer?(state: S, timer: string, self: Self): Reaction<S>
  unreached?(state: S, to: number, body: Body, self: Self): Reaction<S>
  /** The node runs again; its state is the initial one. */
  recover?(state: S, stored: unknown, self: Self): Reaction<S>
}

const time = { min: 0, max: 100_000, unit: 'ms' } as const

export const sectionSettings: readonly Setting[] = [
  { key: 'hold', ...texts.settings.hold, ...time, usual: 20 },
  { key: 'entries', ...texts.settings.entries, min: 1, max: 10_000, usual: 1 },
  { key: 'think', ...texts.settings.think, ...time, usual: 30 },
]

export const timeSetting = time

/** Reacts to all there is, by the rules of one algorithm. */
export function reactBy<S extends Turn>(rules: Rules<S>): Algorithm<S>['react'] {
  const ask = (state: S, self: Self): Reaction<S> => {
    const asking: S = { ...state, section: 'waiting', thinking: false }
    return after(reaction(asking, [note('request', texts.notes.request)]), (now) => rules.ask(now, self))
  }
  return (state: S, input: Input, self: Self): Reaction<S> => {
    switch (input.do) {
      case 'start': {
        const more = { ...state, wanted: state.wanted + (self.settings['entries'] ?? 1) }
        return state.section === 'out' && !state.thinking ? ask(more, self) : reaction(more)
      }
      case 'message':
        return rules.message(state, input.from, input.body, self)
      case 'timer':
        if (input.timer === 'leave') return state.section === 'inside' ? leaving(state, self, rules) : reaction(state)
        if (input.timer === 'think') return state.thinking ? ask(state, self) : reaction(state)
        return rules.timer?.(state, input.timer, self) ?? reaction(state)
      case 'unreached':
        return rules.unreached?.(state, input.to, input.body, self) ?? reaction(state)
      case 'recover':
        return rules.recover?.(state, input.stored, self) ?? reaction(state)
      default:
        return reaction(state)
    }
  }
}

function leaving<S extends Turn>(state: S, self: Self, rules: Rules<S>): Reaction<S> {
  const wanted = state.wanted - 1
  const again = wanted > 0
  const left: S = { ...state, section: 'out', wanted, thinking: again }
  const { state: now, outputs } = rules.leave(left, self)
  const pause = again ? [set('think', self.settings['think'] ?? 0)] : []
  return reaction(now, [note('leave', texts.notes.leave), ...outputs, ...pause])
}

/** The node enters, after these outputs, and will leave by itself. */
export function enter<S extends Turn>(state: S, self: Self, outputs: readonly Output[] = []): Reaction<S> {
  const inside: S = { ...state, section: 'inside' }
  return reaction(inside, [...outputs, note('enter', texts.notes.enter), set('leave', self.settings['hold'] ?? 0)])
}

/** One reaction after another, as one. */
export function after<S>(first: Reaction<S>, next: (state: S) => Reaction<S>): Reaction<S> {
  const second = next(first.state)
  return reaction(second.state, [...first.outputs, ...second.outputs])
}

/** @param cells of the columns after the first, which says how the node stands to the section */
export function lookOf({ section }: Turn, cells: readonly string[], token = false): Look {
  return {
    section,
    said: section === 'out' ? (token ? texts.said.token : '') : texts.said[section],
    mark: section === 'inside' ? 'free' : section === 'waiting' ? 'behind' : null,
    cells: [texts.section[section], ...cells],
  }
}

/** A request with its timestamp; of equal timestamps the node with the lower index comes first. */
export interface Request {
  readonly stamp: number
  readonly node: number
}

export const earlier = (a: Request, b: Request): boolean =>
  a.stamp < b.stamp || (a.stamp === b.stamp && a.node < b.node)

/** The queue with one more request, in the order of timestamps. */
export function queued(queue: readonly Request[], request: Request): Request[] {
  const place = queue.findIndex((other) => earlier(request, other))
  return place === -1 ? [...queue, request] : [...queue.slice(0, place), request, ...queue.slice(place)]
}

export const without = (nodes: readonly number[], node: number): readonly number[] =>
  nodes.includes(node) ? nodes.filter((other) => other !== node) : nodes

export const including = (nodes: readonly number[], node: number): readonly number[] =>
  nodes.includes(node) ? nodes : [...nodes, node]

/** Most names that a cell of the state table lists. */
const LISTED = 6

/** Names for a cell, the first few of them. */
export function namesIn(nodes: readonly number[], self: Self): string {
  return listed(nodes.map((node) => nameOf(self, node)))
}

/** Requests for a cell: "3 P1, 4 P2". */
export function requestsIn(requests: readonly Request[], self: Self): string {
  return listed(requests.map(({ stamp, node }) => texts.stamp(stamp, nameOf(self, node))))
}

export function listed(said: readonly string[]): string {
  if (said.length === 0) return texts.none
  const shown = said.slice(0, LISTED).join(', ')
  return said.length > LISTED ? texts.more(shown, said.length - LISTED) : shown
}

/** How many entries all nodes that began make together. */
export const entriesOf = (selves: readonly Self[], began: readonly number[]): number =>
  began.length * (selves[0]?.settings['entries'] ?? 1)
