// A run from beginning to end, in time's own order: what was counted, which rules broke and when. What the verdict, the
// comparison and the operations look at. Knows no page.
import { MAX_NETWORK_EVENTS } from '../../../contract/limits.ts'
import { type Outcome, type Rule, atRest, judge, looksOf, rulesOf } from './properties.ts'
import type { Setup } from './setup.ts'
import type { Cost, Look, Note } from './types.ts'
import { Visits } from './visits.ts'
import { World } from './world.ts'

export interface Told {
  readonly at: number
  readonly node: number
  readonly note: Note
}

export interface Judged extends Outcome {
  readonly rule: Rule
  /** when it first broke, in ms; null while it holds */
  readonly broke: number | null
}

export interface RunOutcome {
  readonly world: World
  /** nothing more is to come; false when the run was cut at its limit of events */
  readonly ended: boolean
  readonly judged: readonly Judged[]
  readonly looks: readonly Look[]
  /** the first notes of the run, in their order */
  readonly told: readonly Told[]
  /** who asked for the critical section, entered and left */
  readonly visits: Visits
  /** nodes that were told to begin */
  readonly began: readonly number[]
  /** what the textbook says of such a run; empty when nodes came and went, or messages were lost, on the way */
  readonly costs: readonly Cost[]
}

/** Most notes kept of a run. */
const MOST_NOTES = 200

/** @param most events after which a run that does not end is cut */
export function runToEnd(setup: Setup, most = MAX_NETWORK_EVENTS): RunOutcome {
  const world = new World(setup)
  const { algorithm, selves } = setup
  const rules = rulesOf(algorithm)
  const always = rules.filter((rule) => rule.atRest !== true)
  const looks = looksOf(world)
  const broken = new Map<Rule, Outcome & { at: number }>()
  const told: Told[] = []
  const visits = new Visits()
  const began: number[] = []
  let disturbed = false
  while (world.events < most && world.step()) {
    const { last } = world
    if (last === null) break
    const { node, notes } = last
    if (node >= 0) {
      const self = selves[node]
      if (self !== undefined) looks[node] = algorithm.look(world.states[node], self)
    }
    if (last.what === 'start') began.push(node)
    else if (last.what === 'lost') disturbed ||= last.why !== 'down'
    else if (last.what !== 'received' && last.what !== 'timer') disturbed ||= world.now > 0
    if (last.what === 'crash') visits.gone(node)
    for (const note of notes) {
      visits.hear(world.now, node, note.what)
      if (told.length < MOST_NOTES) told.push({ at: world.now, node, note })
    }
    // Only what a node did can break a rule, and most events leave no note.
    if (notes.length === 0 && last.what === 'received') continue
    for (const rule of always) {
      if (broken.has(rule)) continue
      const outcome = rule.check(looks, world)
      if (!outcome.holds) broken.set(rule, { ...outcome, at: world.now })
    }
  }
  const ended = atRest(world)
  const judged = rules.map((rule): Judged => {
    const before = broken.get(rule)
    if (before !== undefined) return { rule, ...before, broke: before.at }
    const outcome = judge(rule, world, looks)
    return { rule, ...outcome, broke: outcome.holds ? null : world.now }
  })
  const up = world.conditions.map((condition) => condition !== 'down')
  const costs = disturbed || algorithm.cost === undefined ? [] : algorithm.cost(selves, up, began)
  return { world, ended, judged, looks, told, visits, began, costs }
}

/** Messages of all kinds together. */
export function totalsOf({ tallies }: World): { sent: number; received: number; lost: number; toCrashed: number } {
  const total = { sent: 0, received: 0, lost: 0, toCrashed: 0 }
  for (const tally of tallies.values()) {
    total.sent += tally.sent
    total.received += tally.received
    total.lost += tally.lost
    total.toCrashed += tally.toCrashed
  }
  return total
}
