// Mutual exclusion by one coordinator: REQUEST, GRANT, RELEASE. Three messages an entry, none for the coordinator's own.
// Source: van Steen and Tanenbaum, Distributed Systems, 4th edition, 5.3.2.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Algorithm, Body, Cost, Reaction, Self } from '../../network/types.ts'
import { nameOf, note, reaction, send } from '../reactions.ts'
import { type Turn, after, enter, entriesOf, lookOf, namesIn, outside, reactBy, sectionSettings } from './section.ts'

interface CentralState extends Turn {
  /** whom the coordinator has granted the section, by index */
  readonly granted: number | null
  /** who waits at the coordinator, in the order in which they asked */
  readonly queue: readonly number[]
}

/** The index of the node that coordinates. */
function coordinatorOf({ numbers, settings }: Pick<Self, 'numbers' | 'settings'>): number {
  return Math.max(0, numbers.indexOf(settings['coordinator'] ?? 0))
}

function ask(state: CentralState, self: Self): Reaction<CentralState> {
  const coordinator = coordinatorOf(self)
  return coordinator === self.index
    ? asked(state, self.index, self)
    : reaction(state, [send(coordinator, { kind: 'REQUEST' })])
}

function leave(state: CentralState, self: Self): Reaction<CentralState> {
  const coordinator = coordinatorOf(self)
  return coordinator === self.index ? released(state, self) : reaction(state, [send(coordinator, { kind: 'RELEASE' })])
}

function message(state: CentralState, from: number, { kind }: Body, self: Self): Reaction<CentralState> {
  if (kind === 'REQUEST') return asked(state, from, self)
  if (kind === 'GRANT') return state.section === 'waiting' ? enter(state, self) : reaction(state)
  // Only who was granted can release: a coordinator that has forgotten all may hear of an entry it knows nothing of.
  return from === state.granted ? released(state, self) : reaction(state)
}

/** At the coordinator: somebody asks. */
function asked(state: CentralState, node: number, self: Self): Reaction<CentralState> {
  return state.granted === null ? grant(state, node, self) : reaction({ ...state, queue: [...state.queue, node] })
}

/** At the coordinator: the section is free again. */
function released(state: CentralState, self: Self): Reaction<CentralState> {
  const [first, ...queue] = state.queue
  return first === undefined ? reaction({ ...state, granted: null }) : grant({ ...state, queue }, first, self)
}

function grant(state: CentralState, node: number, self: Self): Reaction<CentralState> {
  const granted = { ...state, granted: node }
  if (node === self.index) return enter(granted, self)
  const told = reaction(granted, [note('told', texts.notes.grants(nameOf(self, node)))])
  return after(told, (next) => reaction(next, [send(node, { kind: 'GRANT' })]))
}

function cost(selves: readonly Self[], _: readonly boolean[], began: readonly number[]): Cost[] {
  const [first] = selves
  const asking = first === undefined ? [] : began.filter((node) => node !== coordinatorOf(first))
  const entries = entriesOf(selves, asking)
  return [{ what: 'messages', formula: texts.costs.central(entries), value: 3 * entries, bound: 'exact' }]
}

export const central: Algorithm<CentralState> = {
  id: 'central-exclusion',
  label: texts.labels.central,
  family: 'exclusion',
  needs: 'any',
  source: texts.sources.central,
  explanation: texts.explanations.central,
  columns: [texts.columns.section, texts.columns.grantedTo, texts.columns.queue],
  settings: [
    ...sectionSettings,
    { key: 'coordinator', ...texts.settings.coordinator, min: 0, max: 1_000_000, usual: 0 },
  ],
  init: () => reaction({ ...outside, granted: null, queue: [] }),
  react: reactBy({ ask, leave, message }),
  look(state, self) {
    const leads = coordinatorOf(self) === self.index
    const granted = state.granted === null ? texts.nobody : nameOf(self, state.granted)
    return lookOf(state, leads ? [granted, namesIn(state.queue, self)] : [texts.none, texts.none])
  },
  tell: () => '',
  cost,
}
