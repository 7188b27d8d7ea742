// Elections on a grid of rows and columns: the sweep along rows and the last column, and flooding of the maximum.
// Sources: the sweep is a spanning tree with a gather and a scatter (N. Lynch, Distributed Algorithms, 1996, 4.2);
// flooding is FloodMax (ibid., 4.1) with rounds kept in step by counting messages.
import type { Algorithm, Body, Input, Output, Reaction, Self } from '../../network/types.ts'
import { highest, indexIn, numberIn, reaction, send, sendAll } from '../reactions.ts'
import { lookOf, takes } from './leader.ts'
import { electionTexts as texts } from './texts.ts'

interface SweepState {
  readonly leader: number | null
  readonly begun: boolean
  /** the highest that has come so far, from the left, from above and from itself */
  readonly top: number
  /** whether the left neighbour's maximum has come, and that from above */
  readonly left: boolean
  readonly above: boolean
}

/** The neighbour at a place of the grid; -1 beyond the rim. Where no grid is, nobody is. */
function at(self: Self, rows: number, columns: number): number {
  const { grid } = self
  if (grid === null) return -1
  const [row, column] = [grid.row + rows, grid.column + columns]
  if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return -1
  return grid.at[row * grid.columns + column] ?? -1
}

/** What a node sends once all it waits for has come. */
function sweepOn(state: SweepState, self: Self): Reaction<SweepState> {
  if (!state.begun) return reaction(state)
  const [right, down] = [at(self, 0, 1), at(self, 1, 0)]
  const needsLeft = at(self, 0, -1) >= 0
  const needsAbove = right < 0 && at(self, -1, 0) >= 0
  if ((needsLeft && !state.left) || (needsAbove && !state.above)) return reaction(state)
  const body = { kind: 'MAX', id: state.top }
  if (right >= 0) return reaction(state, [send(right, body)])
  if (down >= 0) return reaction(state, [send(down, body)])
  return result(state, state.top, self)
}

/** The result goes back the way the maxima came: up the last column, and left along each row. */
function result(state: SweepState, leader: number, self: Self): Reaction<SweepState> {
  const last = at(self, 0, 1) < 0
  const back = [at(self, 0, -1), last ? at(self, -1, 0) : -1].filter((node) => node >= 0)
  const outputs: Output[] = [takes(leader, self), ...sendAll(back, { kind: 'RESULT', id: leader })]
  return reaction({ ...state, leader }, outputs)
}

function sweepReact(state: SweepState, input: Input, self: Self): Reaction<SweepState> {
  if (input.do === 'start') return state.begun ? reaction(state) : sweepOn({ ...state, begun: true }, self)
  if (input.do !== 'message') return reaction(state)
  const id = indexIn(input.body, 'id')
  if (input.body.kind === 'RESULT') return result(state, id, self)
  const side = input.from === at(self, 0, -1) ? 'left' : 'above'
  return sweepOn({ ...state, top: highest(self, state.top, id), [side]: true }, self)
}

export const gridSweep: Algorithm<SweepState> = {
  id: 'grid-sweep',
  label: 'Grid election by sweeps',
  family: 'election',
  needs: 'grid',
  allBegin: true,
  source: 'gather and scatter on a spanning tree: Lynch, Distributed Algorithms, 4.2',
  explanation:
    'The maximum of each row travels right, the maxima of the rows travel down the last column, and the result goes back the same way. With R rows and C columns that is R(C - 1) + R - 1 messages there and as many back: the least there can be, since every node must be heard. One crashed node stops it.',
  columns: [texts.columns.leader, texts.columns.phase, texts.columns.highest],
  settings: [],
  init: ({ index }) => reaction<SweepState>({ leader: null, begun: false, top: index, left: false, above: false }),
  react: sweepReact,
  look: ({ leader, begun, top }, self) =>
    lookOf(leader, begun && leader === null ? texts.electing : '', [numberIn(self, top)], self),
  tell: (body, self) => numberIn(self, indexIn(body, 'id')),
  cost: ([self]) => {
    const grid = self?.grid ?? null
    if (grid === null) return []
    const { rows, columns } = grid
    const way = rows * (columns - 1) + rows - 1
    const formula = `R(C - 1) + R - 1 with R = ${rows}, C = ${columns}`
    return [
      { what: 'MAX', formula, value: way, bound: 'exact' },
      { what: 'RESULT', formula, value: way, bound: 'exact' },
    ]
  },
}

interface FloodState {
  readonly leader: number | null
  /** 0 before it begins; in round r it has sent r times */
  readonly round: number
  readonly top: number
  /** by round, maxima that have come and how many; later rounds may come early */
  readonly heard: Readonly<Record<string, { readonly count: number; readonly top: number }>>
}

function floodOn(before: FloodState, self: Self): Reaction<FloodState> {
  let state = before
  const outputs: Output[] = []
  for (;;) {
    const heard = state.heard[String(state.round)]
    if (state.round === 0 || (heard?.count ?? 0) < self.neighbours.length) return reaction(state, outputs)
    const top = highest(self, state.top, heard?.top ?? self.index)
    if (state.round >= self.diameter) {
      if (state.leader !== null) return reaction(state, outputs)
      return reaction({ ...state, top, leader: top }, [...outputs, takes(top, self)])
    }
    const round = state.round + 1
    outputs.push(...sendAll(self.neighbours, { kind: 'MAX', id: top, round }))
    state = { ...state, top, round }
  }
}

function floodReact(state: FloodState, input: Input, self: Self): Reaction<FloodState> {
  if (input.do === 'start') {
    if (state.round > 0) return reaction(state)
    if (self.diameter < 1) return reaction({ ...state, leader: self.index }, [takes(self.index, self)])
    const begun = floodOn({ ...state, round: 1 }, self)
    const first = sendAll(self.neighbours, { kind: 'MAX', id: state.top, round: 1 })
    return reaction(begun.state, [...first, ...begun.outputs])
  }
  if (input.do !== 'message') return reaction(state)
  const key = String(input.body['round'])
  const id = indexIn(input.body, 'id')
  const before = state.heard[key]
  const now = { count: (before?.count ?? 0) + 1, top: before === undefined ? id : highest(self, before.top, id) }
  return floodOn({ ...state, heard: { ...state.heard, [key]: now } }, self)
}

export const floodMax: Algorithm<FloodState> = {
  id: 'flood-max',
  label: 'Flooding the maximum',
  family: 'election',
  needs: 'links',
  allBegin: true,
  source: 'FloodMax: Lynch, Distributed Algorithms, 4.1',
  explanation:
    'In each round every node sends the highest id it knows to all neighbours. After as many rounds as the network is wide (its diameter) the highest id has come everywhere. Works on any connected network, needs no order among the nodes, and sends two messages over every link in every round.',
  columns: [texts.columns.leader, texts.columns.phase, texts.columns.highest],
  settings: [],
  init: ({ index }) => reaction<FloodState>({ leader: null, round: 0, top: index, heard: {} }),
  react: floodReact,
  look: ({ leader, round, top }, self) =>
    lookOf(leader, leader === null && round > 0 ? `round ${round}` : '', [numberIn(self, top)], self),
  tell: (body: Body, self) => `${numberIn(self, indexIn(body, 'id'))}, round ${String(body['round'])}`,
  cost: (selves) => {
    const links = selves.reduce((sum, { neighbours }) => sum + neighbours.length, 0) / 2
    const diameter = selves[0]?.diameter ?? 0
    const formula = `2 E D with E = ${links} links, D = ${diameter} the diameter`
    return diameter < 1 ? [] : [{ what: 'MAX', formula, value: 2 * links * diameter, bound: 'exact' }]
  },
}
