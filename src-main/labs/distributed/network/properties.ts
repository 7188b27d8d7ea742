// What must hold in a run, by the kind of algorithm: predicates over one moment of the network, each with a sentence for
// either outcome. Knows no run and no page.
import type { Algorithm, Look, Self } from './types.ts'
import type { World } from './world.ts'

export interface Outcome {
  readonly holds: boolean
  readonly sentence: string
  /** indices of the nodes that it speaks of */
  readonly nodes: readonly number[]
}

export interface Rule {
  readonly id: string
  /** such as "One leader at a time" */
  readonly title: string
  /** what is found when it fails, fitting behind "the", such as "second leader" */
  readonly what: string
  /** judged only when nothing more is to come */
  readonly atRest?: true
  check(looks: readonly Look[], world: World): Outcome
}

const nodesWhere = (looks: readonly Look[], holds: (look: Look, index: number) => boolean): number[] =>
  looks.flatMap((look, index) => (holds(look, index) ? [index] : []))

export const lives = (world: World, index: number): boolean => world.conditions[index] !== 'down'

function listed(self: Self | undefined, nodes: readonly number[]): string {
  const names = nodes.map((index) => self?.names[index] ?? '?')
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

const elections: readonly Rule[] = [
  {
    id: 'one-leader',
    title: 'One leader at a time',
    what: 'second leader',
    check(looks, world) {
      const leaders = nodesWhere(looks, ({ leader }, index) => leader === index && lives(world, index))
      const who = listed(world.setup.selves[0], leaders)
      if (leaders.length > 1)
        return {
          holds: false,
          sentence: `${who} ${leaders.length === 2 ? 'both' : 'all'} take themselves for the leader.`,
          nodes: leaders,
        }
      return { holds: true, sentence: leaders.length === 1 ? `${who} leads.` : 'Nobody leads.', nodes: leaders }
    },
  },
  {
    id: 'termination',
    title: 'It ends with a leader',
    what: 'end without a leader',
    atRest: true,
    check(looks, world) {
      const without = nodesWhere(looks, ({ leader }, index) => (leader ?? null) === null && lives(world, index))
      const who = listed(world.setup.selves[0], without)
      if (without.length === 0) return { holds: true, sentence: 'Every node that lives knows a leader.', nodes: [] }
      const verb = without.length === 1 ? 'knows' : 'know'
      return { holds: false, sentence: `Nothing is to come any more, and ${who} ${verb} no leader.`, nodes: without }
    },
  },
  {
    id: 'agreement',
    title: 'All agree',
    what: 'disagreement',
    atRest: true,
    check(looks, world) {
      const known = nodesWhere(looks, ({ leader }, index) => (leader ?? null) !== null && lives(world, index))
      const leaders = [...new Set(known.map((index) => looks[index]?.leader ?? -1))]
      const self = world.setup.selves[0]
      if (leaders.length < 2) return { holds: true, sentence: 'All nodes that know a leader name the same.', nodes: [] }
      return {
        holds: false,
        sentence: `Not all name the same leader: some name ${listed(self, leaders)}.`,
        nodes: known,
      }
    },
  },
  {
    id: 'highest',
    title: 'The highest that lives leads',
    what: 'wrong leader',
    atRest: true,
    check(looks, world) {
      const { selves } = world.setup
      const [self] = selves
      const live = nodesWhere(looks, (_, index) => lives(world, index))
      const top = live.reduce((a, b) => ((self?.numbers[b] ?? 0) > (self?.numbers[a] ?? 0) ? b : a), live[0] ?? -1)
      const wrong = live.filter((index) => (looks[index]?.leader ?? top) !== top)
      const name = self?.names[top] ?? ''
      if (wrong.length === 0)
        return { holds: true, sentence: `${name} has the highest id of all that live.`, nodes: [top] }
      const taken = listed(self, [...new Set(wrong.map((index) => looks[index]?.leader ?? -1))])
      const verb = wrong.length === 1 ? 'takes' : 'take'
      return {
        holds: false,
        sentence: `${listed(self, wrong)} ${verb} ${taken} for the leader, while ${name} lives and is higher.`,
        nodes: [...wrong, top],
      }
    },
  },
]

const exclusion: readonly Rule[] = [
  {
    id: 'one-inside',
    title: 'One at a time inside',
    what: 'second node inside',
    check(looks, world) {
      const inside = nodesWhere(looks, ({ section }, index) => section === 'inside' && lives(world, index))
      const who = listed(world.setup.selves[0], inside)
      if (inside.length > 1) {
        return { holds: false, sentence: `${who} are in the critical section together.`, nodes: inside }
      }
      return { holds: true, sentence: inside.length === 1 ? `${who} is inside.` : 'Nobody is inside.', nodes: inside }
    },
  },
  {
    id: 'everyone-enters',
    title: 'Everybody who asks gets in',
    what: 'node that waits for ever',
    atRest: true,
    check(looks, world) {
      const waiting = nodesWhere(looks, ({ section }, index) => section === 'waiting' && lives(world, index))
      if (waiting.length === 0) return { holds: true, sentence: 'Everybody who asked has been inside.', nodes: [] }
      const verb = waiting.length === 1 ? 'waits' : 'wait'
      return {
        holds: false,
        sentence: `Nothing is to come any more, and ${listed(world.setup.selves[0], waiting)} still ${verb}.`,
        nodes: waiting,
      }
    },
  },
]

/** The rules that runs of an algorithm are judged by; none for algorithms that bring nothing to judge. */
export function rulesOf(algorithm: Algorithm): readonly Rule[] {
  const own = algorithm.rules ?? []
  if (algorithm.family === 'election') return [...elections, ...own]
  return algorithm.family === 'exclusion' ? [...exclusion, ...own] : own
}

export const looksOf = (world: World): Look[] =>
  world.setup.selves.map((self) => world.setup.algorithm.look(world.states[self.index], self))

/** Whether nothing more comes by itself. */
export const atRest = (world: World): boolean => world.next() === undefined

/** Judges one rule in this moment; a rule about the end holds until then. */
export function judge(rule: Rule, world: World, looks = looksOf(world)): Outcome {
  if (rule.atRest === true && !atRest(world)) return { holds: true, sentence: '', nodes: [] }
  return rule.check(looks, world)
}
