// Hirschberg and Sinclair: in phase k a candidate asks all nodes up to 2^k away on both sides of the ring; whoever is
// the highest there goes on to the next phase. O(N log N) messages in the worst case.
// Source: D. S. Hirschberg, J. B. Sinclair, Decentralized Extrema-Finding in Circular Configurations of Processors,
// Comm. ACM 23(11), 1980.
import type { Algorithm, Body, Cost, Input, Output, Reaction, Self } from '../../network/types.ts'
import { higher, indexIn, log2Ceiling, numberIn, reaction, send } from '../reactions.ts'
import { lookOf, takes } from './leader.ts'
import { electionTexts as texts } from './texts.ts'

interface HirschbergSinclairState {
  readonly leader: number | null
  /** the phase as candidate; -1 before it begins, or when a higher one was met */
  readonly phase: number
  /** answers in this phase */
  readonly answers: number
  readonly out: boolean
}

type Side = 'next' | 'previous'
const otherSide = (side: Side): Side => (side === 'next' ? 'previous' : 'next')

function probe(self: Self, phase: number): Output[] {
  const body = { kind: 'PROBE', id: self.index, phase, hops: 1 }
  return [send(self.next, { ...body, side: 'next' }), send(self.previous, { ...body, side: 'previous' })]
}

function react(state: HirschbergSinclairState, input: Input, self: Self): Reaction<HirschbergSinclairState> {
  if (input.do === 'start') {
    if (state.phase >= 0 || state.out) return reaction(state)
    return reaction<HirschbergSinclairState>({ ...state, phase: 0 }, probe(self, 0))
  }
  if (input.do !== 'message') return reaction(state)
  const { body } = input
  const id = indexIn(body, 'id')
  switch (body.kind) {
    case 'PROBE':
      return probed(state, body, id, self)
    case 'REPLY':
      return id === self.index ? answered(state, self) : reaction(state, [send(self[body['side'] as Side], body)])
    default:
      if (id === self.index) return reaction(state)
      return reaction({ ...state, leader: id, out: true }, [takes(id, self), send(self.next, body)])
  }
}

function probed(state: HirschbergSinclairState, body: Body, id: number, self: Self): Reaction<HirschbergSinclairState> {
  // Its own probe has gone all the way round: nobody on the ring is higher.
  if (id === self.index) {
    if (state.leader !== null) return reaction(state)
    return reaction({ ...state, leader: id }, [takes(id, self), send(self.next, { kind: 'ELECTED', id })])
  }
  if (higher(self, self.index, id)) {
    if (state.phase >= 0 || state.out) return reaction(state)
    return reaction<HirschbergSinclairState>({ ...state, phase: 0 }, probe(self, 0))
  }
  const side = body['side'] as Side
  const hops = body['hops'] as number
  const phase = body['phase'] as number
  const beaten = { ...state, phase: -1, out: true }
  if (hops < 2 ** phase) return reaction(beaten, [send(self[side], { ...body, hops: hops + 1 })])
  const back = otherSide(side)
  return reaction(beaten, [send(self[back], { kind: 'REPLY', id, phase, side: back })])
}

function answered(state: HirschbergSinclairState, self: Self): Reaction<HirschbergSinclairState> {
  if (state.out || state.leader !== null) return reaction(state)
  if (state.answers === 0) return reaction({ ...state, answers: 1 })
  const phase = state.phase + 1
  return reaction<HirschbergSinclairState>({ ...state, answers: 0, phase }, probe(self, phase))
}

function cost(selves: readonly Self[]): Cost[] {
  const n = selves.length
  const value = 8 * n * (1 + log2Ceiling(n)) + n
  return [{ what: 'messages', formula: `at most 8N(1 + ceil(log2 N)) + N with N = ${n}`, value, bound: 'most' }]
}

export const hirschbergSinclair: Algorithm<HirschbergSinclairState> = {
  id: 'hirschberg-sinclair',
  label: 'Hirschberg-Sinclair election',
  family: 'election',
  needs: 'ring',
  source: 'Hirschberg and Sinclair 1980',
  explanation:
    'In phase k a candidate sends its id to both sides, 2 to the power of k nodes far. Higher nodes swallow it, the last one sends it back. Who gets both answers is the highest around and doubles the distance. Few candidates are left in late phases, so N log N messages are enough even in the worst case. The ring must carry messages in both directions, and nobody may crash.',
  columns: [texts.columns.leader, texts.columns.phase],
  settings: [],
  init: () => reaction<HirschbergSinclairState>({ leader: null, phase: -1, answers: 0, out: false }),
  react,
  look: ({ leader, phase, out }, self) =>
    lookOf(
      leader,
      leader === null && phase >= 0 ? `phase ${phase}` : leader === null && out ? texts.beaten : '',
      [],
      self,
    ),
  tell: (body, self) => {
    const id = numberIn(self, indexIn(body, 'id'))
    return body.kind === 'ELECTED' ? id : `${id}, phase ${String(body['phase'])}`
  },
  cost,
}
