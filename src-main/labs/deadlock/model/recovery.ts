// What a victim costs: the factors, their usual weights, and the words that engine and page share. Knows no run.
import { counted, list, number } from './words.ts'

export const factorIds = ['each', 'priority', 'cpu', 'held', 'needed', 'behind', 'kills'] as const
export type FactorId = (typeof factorIds)[number]
export type Weights = Readonly<Record<FactorId, number>>

/** What is counted of each process, and how much one of it weighs unless somebody says otherwise. */
export const factors: readonly { id: FactorId; title: string; what: string; usual: number }[] = [
  {
    id: 'each',
    title: 'Each victim',
    what: 'The same for everybody: the higher, the more a small number of victims is worth.',
    usual: 10,
  },
  { id: 'priority', title: 'Priority', what: 'The larger, the more important; a property of the process.', usual: 10 },
  { id: 'cpu', title: 'CPU time', what: 'Ticks it has used, which are lost; a property of the process.', usual: 1 },
  {
    id: 'held',
    title: 'Units held',
    what: 'Units that it gives back. Less than 0 prefers whoever gives back much.',
    usual: 2,
  },
  { id: 'needed', title: 'Units needed', what: 'Units it still needs: its claim, else its requests. Less than 0 prefers whoever is far from its end.', usual: -1 }, // prettier-ignore
  {
    id: 'behind',
    title: 'Fall with it',
    what: 'Others that only it keeps waiting. Less than 0 prefers whoever frees many.',
    usual: -1,
  },
  {
    id: 'kills',
    title: 'Kills so far',
    what: 'Times it has been a victim before. This guards it against starvation.',
    usual: 10,
  },
]

export const usualWeights = Object.fromEntries(factors.map(({ id, usual }) => [id, usual])) as unknown as Weights

/** The field of a drawing's model that holds weights which differ from the usual ones. */
export const WEIGHTS_FIELD = 'victimWeights'

/** The weights of a drawing: those it keeps, the usual one for each that it does not keep or that is none. */
export function weightsOf(kept: unknown): Weights {
  const own = typeof kept === 'object' && kept !== null ? (kept as Readonly<Record<string, unknown>>) : {}
  const weightOf = (id: FactorId): number => {
    const weight = Object.hasOwn(own, id) ? own[id] : null
    return isWeight(weight) ? weight : usualWeights[id]
  }
  return Object.fromEntries(factorIds.map((id) => [id, weightOf(id)])) as unknown as Weights
}

export const isWeight = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) <= MAX_WEIGHT

/** Weights are whole numbers from the negative of this to this. */
export const MAX_WEIGHT = 100

/** One process of a deadlock with what it costs to end it. */
export interface Candidate {
  id: string
  name: string
  /** it waits in a ring; else only behind one, so that to end it does not help */
  onRing: boolean
  values: Readonly<Record<FactorId, number>>
  /** sum of weight times value, at least 0 */
  cost: number
}

export interface VictimChoice {
  ids: readonly string[]
  cost: number
}

/** What becomes of the drawing by one way of recovering. */
export interface MethodOutcome {
  method: MethodId
  /** what is done, in order, as events of the simulation `recovery` */
  events: readonly RecoveryStep[]
  victims: readonly string[]
  cost: number
  /** ticks of CPU time that are lost */
  lost: number
  /** units that are taken away */
  units: number
  detections: number
}

export const methodIds = ['all', 'one-by-one', 'least-cost', 'preempt'] as const
export type MethodId = (typeof methodIds)[number]

/** An event of the simulation `recovery`; process and resource are record ids. */
export type RecoveryStep =
  | { type: 'detect' }
  | { type: 'kill'; process: string }
  | { type: 'kill-all' }
  | { type: 'preempt'; process: string; resource: string; count: number }

export interface RecoveryOutput {
  /** dearest last */
  ranking: readonly Candidate[]
  /** least cost of all sets; `exact` is false when there are too many processes to try all */
  leastCost: VictimChoice & { exact: boolean }
  fewest: { size: number; sets: readonly (readonly string[])[]; exact: boolean; more: boolean }
  methods: readonly MethodOutcome[]
}

export const recoveryTexts = {
  label: 'Recover from it',
  start: 'A deadlock may stand.',
  found: 'deadlock',
  detect: 'The detection runs.',
  kill: (who: string, what: string) => `${who} is ended${what === '' ? '' : ` and gives back ${what}`}.`,
  killAll: (names: readonly string[]) => `${list(names)} ${names.length === 1 ? 'is' : 'are'} ended together.`,
  preempt: (who: string, what: string) =>
    `${what} is taken from ${who}, which goes back to before it had it and asks again.`,
  unknown: 'Not looked at since the last change: run the detection.',
  none: 'No deadlock is left.',
  stands: (names: readonly string[]) => `${list(names)} can never go on.`,
  noProcess: (id: string) => `No process has the id ${id}.`,
  notStuck: (who: string) => `${who} is not in the deadlock that was found.`,
  lookFirst: 'Run the detection first: nobody knows yet who is in a deadlock.',
  known: 'The detection has run already; nothing has changed since.',
  nobody: 'No deadlock was found, so nobody is to be ended.',
  holdsLess: (who: string, type: string, held: number, count: number) =>
    `${who} holds ${counted(held, 'unit')} of ${type}, so ${number(count)} cannot be taken from it.`,
  line: 'Write detect, kill P1, kill all, or preempt R1 from P1.',
  columns: { state: 'Situation', cost: 'Cost', kills: 'Kills' },
  states: {
    ended: 'ended',
    ring: 'on the ring',
    behind: 'behind',
    free: 'can finish',
    impossible: 'asks for too much',
    unknown: '?',
  },
  methods: {
    all: { title: 'End all', rule: 'Every process of the deadlock is ended at once, those behind it too.' },
    'one-by-one': {
      title: 'End one by one',
      rule: 'The cheapest on a ring is ended, the detection runs again, until no deadlock is left.',
    },
    'least-cost': {
      title: 'End the cheapest set',
      rule: 'Of all sets that end the deadlock, the one of the least cost.',
    },
    preempt: {
      title: 'Preempt and roll back',
      rule: 'The cheapest on a ring loses the units others wait for, goes back to before it had them, and asks for them again.',
    },
  } satisfies Record<MethodId, { title: string; rule: string }>,
  summary: 'Ranks the processes of a deadlock by what it costs to end them, and compares ways to recover.',
  badWeight: (id: string, most: number) => `The weight of ${id} is a whole number from -${most} to ${most}.`,
  noWeight: (id: string, known: readonly string[]) => `There is no factor “${id}”. There are: ${known.join(', ')}.`,
  withheld: 'More units are assigned than exist. Mend that first.',
} as const
