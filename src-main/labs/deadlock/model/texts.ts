// Every sentence of the deadlock lab that the engine, the command line and the page share. Pure functions of names and
// numbers; which sentence is said when is decided where it is used.
import { MAX_CYCLE_WORK } from '../../../contract/limits.ts'
import { counted, list, number, sequence, units } from './words.ts'

/** A list that may have been cut: the names shown, and how many there are in all. */
export interface Names {
  shown: readonly string[]
  total: number
}

/** Why one process cannot go on: it needs `count` of a type of which at most `reachable` can become free. */
export interface Need {
  process: string
  resource: string
  count: number
  instances: number
  /** units that are free once everybody who can finish has finished */
  reachable: number
  /** the processes that keep the others, `process` itself possibly among them */
  holders: Names
}

const names = (cut: Names): string => list(cut.shown, cut.shown.length, cut.total)

function keptBy({ process, holders }: Need): string {
  if (holders.total === 1 && holders.shown[0] === process) return `${process} itself`
  return names(holders)
}

function need(of: Need): string {
  const { process, resource, count, instances, reachable } = of
  if (instances === 1) return `${process} needs ${resource}, which ${keptBy(of)} holds`
  const wanted = `${process} needs ${units(count)} of ${resource}`
  if (reachable > 0) {
    const rest = instances - reachable
    const others = rest === 1 ? 'the other one is' : `the other ${number(rest)} are`
    return `${wanted}, but only ${number(reachable)} can become free, and ${others} held by ${keptBy(of)}`
  }
  return `${wanted}, and ${instances === 2 ? 'both' : `all ${number(instances)}`} are held by ${keptBy(of)}`
}

/** Needs of one group of processes, in one clause each. */
function needs(of: readonly Need[], rest: number): string {
  const clauses = of.map(need)
  return rest > 0 ? `${clauses.join('; ')}; and so on for ${number(rest)} more` : clauses.join('; ')
}

/** `members.total` processes that wait for each other; `simple` when they form one ring and nothing else. */
function ring(members: Names, simple: boolean, of: readonly Need[]): string {
  const because = needs(of, members.total - of.length)
  if (members.total === 1) return `${names(members)} waits for itself: ${because}`
  return `${names(members)} wait for each other${simple ? ' in a ring' : ''}: ${because}`
}

const verb = (of: Names, singular: string, plural: string): string => (of.total === 1 ? singular : plural)

export const texts = {
  kinds: {
    process: 'Process',
    resource: 'Resource type',
    instances: 'Instances',
    request: 'Request',
    assignment: 'Assignment',
    count: 'Units',
  },

  refusals: {
    self: (name: string): string => `${name} cannot point to itself.`,
    processToProcess: 'A process cannot point to a process. It waits for a resource type that the other one holds.',
    resourceToResource: 'A resource type cannot point to a resource type. Its units go to processes.',
  },

  faults: {
    duplicateId: (id: string, earlier: string): string =>
      `The id "${id}" is used already at ${earlier}. Give each node and edge an id of its own.`,
    missingNode: (id: string): string => `There is no node "${id}". Add it, or remove this edge.`,
    wrongDirection: {
      request: 'A request goes from a process to a resource type. Swap its ends, or make it an assignment.',
      assignment: 'An assignment goes from a resource type to a process. Swap its ends, or make it a request.',
    },
    parallelEdges: (id: string, earlier: string): string =>
      `The edges "${earlier}" and "${id}" join the same nodes. Make them one edge and add their counts.`,
  },

  picture: {
    count: (count: number): string => `×${number(count)}`,
    free: (free: number, instances: number): string => `${number(free)} of ${number(instances)} free`,
    overAllocated: (assigned: number, instances: number): string =>
      `${number(assigned)} assigned, ${number(instances)} ${instances === 1 ? 'exists' : 'exist'}`,
  },

  words: {
    free: 'No deadlock',
    deadlock: 'Deadlock',
    impossible: 'Never finishes',
    withheld: 'Withheld',
    empty: 'Empty',
  },

  sentences: {
    empty: 'Nothing is drawn yet. Add a process with P and a resource type with R, then connect them.',
    noProcess: 'No process is drawn, so nobody waits. Add one with P.',
    nobodyWaits: 'No process asks for anything, so each can finish.',
    nobodyBlocked: (order: Names): string => `Every process can finish: ${sequence(order.shown, order.total)}.`,
    harmlessCycles: (cycles: string, order: Names): string =>
      `There ${cycles.startsWith('1 ') ? 'is' : 'are'} ${cycles}, yet every process can finish: ` +
      `${sequence(order.shown, order.total)}.`,
    ring: (members: Names, simple: boolean, of: readonly Need[]): string => `${ring(members, simple, of)}.`,
    twoRings: (first: string, second: string): string =>
      `There are two rings. ${first.slice(0, -1)}. ${second.slice(0, -1)}.`,
    manyRings: (count: number, groups: readonly string[]): string =>
      `There are ${number(count)} rings: ${groups.join('; ')}` +
      (count > groups.length ? `; and ${number(count - groups.length)} more.` : '.'),
    group: names,
    behind: (waiting: Names, rings: number): string => {
      const others = waiting.total - waiting.shown.length
      const who = others > 0 ? list(waiting.shown, waiting.shown.length, waiting.total) : list(waiting.shown)
      return `${who} ${verb(waiting, 'waits', 'wait')} behind ${rings === 1 ? 'it' : 'them'}.`
    },
    impossible: (process: string, resource: string, count: number, instances: number): string =>
      `${process} asks for ${units(count)} of ${resource}, and only ${number(instances)} ${instances === 1 ? 'exists' : 'exist'}.`,
    moreImpossible: (more: number): string =>
      `${number(more)} more ${more === 1 ? 'request is' : 'requests are'} for more than exists.`,
    overAllocated: (resource: string, assigned: number, instances: number): string =>
      `${resource} has ${units(instances)}, and ${number(assigned)} are assigned.`,
    withheld: (resources: Names): string =>
      `Whether there is a deadlock is not said while more units of ${names(resources)} are assigned than exist. ` +
      `Mend ${names(resources)} first.`,
  },

  diagnostics: {
    overAllocated: (resource: string, assigned: number): string =>
      `Give ${resource} ${units(assigned)}, or take assignments of it away.`,
    impossible: (resource: string, count: number): string =>
      `Ask for less, or give ${resource} ${units(count)}. Until then the process never finishes.`,
    sameName: (name: string, count: number): string => `${number(count)} things are called ${name}.`,
    rename: 'Rename all but one, so that sentences say which is meant.',
    more: (count: number): string => `${counted(count, 'further thing')} of this kind to mend, not listed.`,
    moreRemedy: 'Mend the listed ones first.',
  },

  evidence: {
    order: 'Finishing order',
    work: (entries: string): string => `Work: ${entries}`,
    start: 'At the start',
    startDetail: (entries: string): string => `Work = Available: ${entries}`,
    finishes: (process: string): string => `${process} finishes`,
    givesBack: (process: string, held: string): string => `${process} finishes and gives back ${held}`,
    rings: 'Rings',
    ringItem: (path: string): string => path,
    behind: 'Waiting behind',
    impossible: 'Asking for more than exists',
    need: (of: Need): string => need(of),
    needDetail: (more: number): string => `and ${counted(more, 'further need')} that cannot be met`,
    cycles: 'Cycles',
    harmlessTitle: 'Cycles that are not a deadlock',
    harmless: (process: string, resource: string): string =>
      `${process} is not on the cycle's waiting side: it can finish and give ${resource} back, which opens the cycle.`,
    waitFor: 'Wait-for graph',
    waits: (from: string, to: string): string => `${from} waits for ${to}`,
    moreCycles: (listed: number, found: number, complete: boolean): string =>
      complete
        ? `The first ${number(listed)} of ${number(found)} cycles are listed.`
        : `More exist: the search stopped after visiting ${number(MAX_CYCLE_WORK)} edges, with ${counted(found, 'cycle')} found.`,
    moreItems: (listed: number, total: number): string => `The first ${number(listed)} of ${number(total)} are listed.`,
    vectorMore: (more: number): string => `and ${number(more)} more`,
  },

  rule: {
    name: 'Graph reduction',
    explanation:
      'Work starts as what is available. A process whose every request fits Work can finish; it gives back what it ' +
      'holds, and Work grows. When no process is left that fits, those that remain are deadlocked. With one unit of ' +
      'each type a cycle is always a deadlock; with several units it need not be. A request for more than exists ' +
      'can never be met, yet it is no deadlock by itself: the question is asked as if it were for all that exists.',
    source:
      'R. C. Holt, Some Deadlock Properties of Computer Systems, ACM Computing Surveys 4(3), 1972; ' +
      'E. G. Coffman, M. J. Elphick, A. Shoshani, System Deadlocks, ACM Computing Surveys 3(2), 1971; ' +
      'Silberschatz, Galvin, Gagne, Operating System Concepts, chapter on deadlocks.',
  },

  simulations: {
    reduction: 'Step through the reduction',
    events: 'Play requests and releases',
  },
} as const
