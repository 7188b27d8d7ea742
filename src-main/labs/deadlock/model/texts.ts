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

/** `members.total` processes that wait for each other; `simple` when they form one ring and nothing else. */
function ringClause(members: Names, simple: boolean, needs: readonly Need[]): string {
  const rest = members.total - needs.length
  const because = needs.map(need).join('; ') + (rest > 0 ? `; and so on for ${number(rest)} more` : '')
  if (members.total === 1) return `${names(members)} waits for itself: ${because}`
  return `${names(members)} wait for each other${simple ? ' in a ring' : ''}: ${because}`
}

const exist = (count: number): string => (count === 1 ? 'exists' : 'exist')

export const texts = {
  kinds: {
    process: 'Process',
    resource: 'Resource type',
    instances: 'Instances',
    site: 'Site',
    priority: 'Priority',
    cpu: 'CPU time used',
    kills: 'Times a victim',
    request: 'Request',
    assignment: 'Assignment',
    claim: 'Claim',
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
      claim: 'A claim goes from a process to a resource type. Swap its ends, or make it an assignment.',
    },
    parallelEdges: (id: string, earlier: string): string =>
      `The edges "${earlier}" and "${id}" join the same nodes. Make them one edge and add their counts.`,
  },

  picture: {
    count: (count: number): string => `×${number(count)}`,
    site: (site: number): string => `site ${number(site)}`,
    most: (count: number): string => `max ${number(count)}`,
    free: (free: number, instances: number): string => `${number(free)} of ${number(instances)} free`,
    overAllocated: (assigned: number, instances: number): string =>
      `${number(assigned)} assigned, ${number(instances)} ${exist(instances)}`,
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
    nobodyAsks: 'No process asks for anything, so each can finish.',
    nobodyBlocked: (order: Names): string => `Every process can finish: ${sequence(order.shown, order.total)}.`,
    harmlessCycles: (cycles: string, single: boolean, order: Names): string =>
      `There ${single ? 'is' : 'are'} ${cycles}, yet every process can finish: ` +
      `${sequence(order.shown, order.total)}.`,
    atLeast: (cycles: string): string => `at least ${cycles}`,
    ringClause,
    ring: (clause: string): string => `${clause}.`,
    twoRings: (first: string, second: string): string => `There are two rings. ${first}. ${second}.`,
    manyRings: (count: number, groups: readonly string[]): string =>
      `There are ${number(count)} rings: ${groups.join('; ')}` +
      (count > groups.length ? `; and ${number(count - groups.length)} more.` : '.'),
    group: names,
    behind: (waiting: Names, one: boolean): string => {
      const single = waiting.total === 1
      const where = one ? 'behind it' : `behind and ${single ? 'is' : 'are'} on no ring`
      return `${names(waiting)} ${single ? 'waits' : 'wait'} ${where}.`
    },
    impossible: (process: string, resource: string, count: number, instances: number): string =>
      `${process} asks for ${units(count)} of ${resource}, and only ${number(instances)} ${exist(instances)}.`,
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
    impossible: (process: string, resource: string, count: number): string =>
      `Ask for less, or give ${resource} ${units(count)}. Until then ${process} never finishes.`,
    sameName: (name: string, count: number): string => `${number(count)} things are called ${name}.`,
    rename: 'Rename all but one, so that sentences say which is meant.',
    more: (count: number): string => `${counted(count, 'further thing')} of this kind to mend, not listed.`,
    moreRemedy: 'Mend the listed ones first.',
  },

  evidence: {
    order: 'Finishing order',
    work: (entries: string): string => `Work: ${entries}`,
    start: 'At the start',
    startDetail: (entries: string): string => `Work is what is available: ${entries}`,
    held: (resource: string, count: number, instances: number): string =>
      instances === 1 ? resource : `${units(count)} of ${resource}`,
    finishes: (process: string, held: readonly string[], most: number): string =>
      held.length === 0
        ? `${process} finishes; it holds nothing`
        : `${process} finishes and gives back ${list(held.slice(0, most), most, held.length)}`,
    nobodyElse: 'Nobody else fits',
    left: (processes: Names): string => `Left: ${names(processes)}`,
    rings: 'Who waits in a ring',
    behind: 'Who waits behind',
    impossible: 'Who asks for more than exists',
    need,
    needDetail: (more: number): string =>
      `It has ${counted(more, 'further request')} that ${more === 1 ? 'is' : 'are'} never met.`,
    cycles: 'Cycles',
    harmlessCycles: 'Cycles, none of them a deadlock',
    pathMore: (more: number): string => `${number(more)} more`,
    opensByFree: (process: string, resource: string, count: number): string =>
      `Harmless: ${process} needs ${units(count)} of ${resource}, and that is available.`,
    opensByGiver: (process: string, resource: string, givers: readonly string[]): string =>
      `Harmless: ${list(givers, 4)} ${givers.length === 1 ? 'is' : 'are'} not on it, can finish and ` +
      `${givers.length === 1 ? 'gives' : 'give'} back ${resource}; then ${process} goes on.`,
    waitFor: 'Who waits for whom',
    waits: (from: string, to: string): string => (from === to ? `${from} waits for itself` : `${from} waits for ${to}`),
    moreWaits: (listed: number): string => `The first ${number(listed)} are listed; more exist.`,
    moreCycles: (listed: number, certain: boolean): string =>
      `The first ${counted(listed, 'cycle')} ${listed === 1 ? 'is' : 'are'} listed; more ${certain ? 'exist' : 'may exist'}.`,
    moreItems: (listed: number, total: number): string => `The first ${number(listed)} of ${number(total)} are listed.`,
  },

  operation: {
    summary: 'Judges a resource allocation graph: who can finish, who is deadlocked, who waits behind, and why.',
    cyclesCut: (listed: number, found: number): string =>
      `The first ${number(listed)} of ${counted(found, 'cycle')} are listed; more exist.`,
    searchStopped: (found: number): string =>
      `The search for cycles stopped after visiting ${number(MAX_CYCLE_WORK)} edges with ${number(found)} found; ` +
      'there may be more.',
    waitsCut: (listed: number): string => `The first ${number(listed)} wait-for edges are listed; more exist.`,
    workCut: (listed: number, total: number): string =>
      `The first ${number(listed)} of ${number(total)} Work vectors are listed.`,
  },

  play: {
    summary: 'Plays a script of requests, grants and releases and says at which step a deadlock arises.',
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

  reduction: {
    start: 'Start: Work is what is available',
    line: 'Each line says who finishes next, such as P1 finishes.',
    columns: ['Instances', 'Held', 'Work'],
    noProcess: (id: string): string => `There is no process with the id "${id}" in this drawing.`,
    alreadyFinished: (process: string): string => `${process} has finished already. Choose another process.`,
    cannotFinish: (process: string, resource: string, count: number, work: number): string =>
      `${process} needs ${units(count)} of ${resource}, and Work has ${number(work)}. Choose a process that fits.`,
    canFinish: (next: Names): string => `${names(next)} can finish now.`,
    allFinished: 'Every process has finished, so there is no deadlock.',
    nobodyFits: (why: string): string => `Nobody else fits. ${why}`,
  },

  events: {
    start: 'Start from the drawing',
    columns: ['Instances', 'Assigned', 'Available', 'Asked for'],
    request: (process: string, what: string): string => `${process} requests ${what}`,
    grant: (process: string, what: string, count: number): string =>
      `${what} ${count === 1 ? 'is' : 'are'} granted to ${process}`,
    release: (process: string, what: string): string => `${process} releases ${what}`,
    withdraw: (process: string, what: string): string => `${process} withdraws its request for ${what}`,
    found: 'deadlock',
    onlyEdges: 'Only requests and assignments can change while a run is recorded. Close the run to change the rest.',
    asksLess: (process: string, resource: string, asked: number, count: number): string =>
      asked === 0
        ? `${process} does not ask for ${resource}, so there is nothing to withdraw.`
        : `${process} asks for ${units(asked)} of ${resource} and cannot withdraw ${number(count)}.`,
    noDeadlock: 'Nobody is deadlocked.',
    deadlock: (why: string): string => `Deadlock: ${why}`,
    noProcess: (id: string): string => `There is no process with the id "${id}" in this drawing.`,
    noResource: (id: string): string => `There is no resource type with the id "${id}" in this drawing.`,
    notAsked: (process: string, resource: string): string =>
      `${process} does not ask for ${resource}. Let it request units first.`,
    grantedAsWhole: (process: string, resource: string, count: number): string =>
      `${process} asks for ${units(count)} of ${resource}, and they are granted together or not at all.`,
    notEnough: (process: string, resource: string, count: number, free: number): string =>
      `${process} asks for ${units(count)} of ${resource}, and ${number(free)} ${free === 1 ? 'is' : 'are'} available. ` +
      `Another process has to release some first.`,
    waits: (process: string): string => `${process} waits and does nothing else until its request is granted.`,
    holdsLess: (process: string, resource: string, held: number, count: number): string =>
      `${process} holds ${units(held)} of ${resource} and cannot release ${number(count)}.`,
    tooMuch: (process: string, resource: string, held: number, count: number, instances: number): string =>
      `${process} holds ${units(held)} of ${resource}; with ${number(count)} more it would have more than the ` +
      `${number(instances)} that ${exist(instances)}.`,
    undeclared: (process: string, resource: string, held: number, count: number, most: number): string =>
      most === 0
        ? `${process} has not declared that it will use ${resource}. Draw a claim for it first.`
        : `${process} has declared ${units(most)} of ${resource} at most and holds ${number(held)}; with ${number(count)} ` +
          `more it would have more. Ask for less, or declare more.`,
  },

  simulations: {
    reduction: 'Step through the reduction',
    events: 'Play requests and releases',
  },
} as const
