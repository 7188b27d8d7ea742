// What the small runs about naming share: who plays which part, and putting a reaction together step by step. A message
// of a node to itself is a call within the node: it does not go over the network and is not counted.
import type { Body, Output, Reaction, Self } from '../../network/types.ts'
import { higher, nameOf, send } from '../reactions.ts'

/** Rankings by the numbers of a network, which all its nodes share and nobody changes. */
const rankings = new WeakMap<readonly number[], readonly number[]>()

/** All nodes from the highest to the lowest, by index. */
export function ranked(self: Self): readonly number[] {
  const known = rankings.get(self.numbers)
  if (known !== undefined) return known
  const ranking = self.numbers.map((_, node) => node).sort((a, b) => (higher(self, a, b) ? -1 : 1))
  rankings.set(self.numbers, ranking)
  return ranking
}

/** Live nodes below the first `parts` ones: the clients. Where nobody is left, the lowest live node is a client too. */
export function clientsBelow(parts: number, selves: readonly Self[], up: readonly boolean[]): number[] {
  const [self] = selves
  if (self === undefined) return []
  const nodes = ranked(self)
  const clients = nodes.slice(parts).filter((node) => up[node] === true)
  if (clients.length > 0) return clients.sort((a, b) => a - b)
  return nodes.filter((node) => up[node] === true).slice(-1)
}

export interface Draft<S> {
  state: S
  readonly outputs: Output[]
}

export const draftOf = <S>(state: S): Draft<S> => ({ state, outputs: [] })
export const finished = <S>({ state, outputs }: Draft<S>): Reaction<S> => ({ state, outputs })

/** What a node does with a message; it changes the draft. */
export type Receive<S> = (draft: Draft<S>, from: number, body: Body, self: Self) => void

/** Sends a message, or lets this node receive it at once when it is meant for itself. */
export function post<S>(draft: Draft<S>, to: number, body: Body, self: Self, receive: Receive<S>): void {
  if (to === self.index) receive(draft, to, body, self)
  else draft.outputs.push(send(to, body))
}

export const settingOf = ({ settings }: Self, key: string): number => settings[key] ?? 0
export const numberOfCall = (body: Body): number => body['number'] as number
export const namesOf = (self: Self, nodes: readonly number[]): string =>
  nodes.map((node) => nameOf(self, node)).join(' ')
