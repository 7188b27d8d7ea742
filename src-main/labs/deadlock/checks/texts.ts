// What checks say. Pure functions of names and numbers. A sentence on a wrong answer never tells the right one.
import { counted, list, number } from '../model/words.ts'

const set = (names: readonly string[]): string => (names.length === 0 ? 'nobody' : list(names))
const orderOf = (names: readonly string[]): string => (names.length === 0 ? 'no order' : names.join(', '))

export const texts = {
  titles: {
    verdict: 'Is there a deadlock?',
    state: 'Safe, unsafe or deadlock?',
    'never-finish': 'Who never finishes?',
    ring: 'Who is on the ring?',
    'safe-order': 'A safe order',
    'finishing-order': 'An order in which all finish',
    'count-orders': 'How many orders are there?',
    matrix: 'A matrix of the drawing',
    work: 'Work after each step',
    grant: 'What is answered to a request?',
    victims: 'The fewest processes to kill',
    counting: 'Can units of one type run into a deadlock?',
    drawing: 'Draw what the task says',
    'drawing-with': 'Draw a graph with a property',
    repair: 'Mend the deadlock with the fewest changes',
    concept: 'A question in words',
  },

  /** what an author sets for a question */
  params: {
    about: 'A drawing of its own, as text',
    text: 'The drawing, as text',
    of: 'Of which orders',
    ringOf: 'Who or what is asked for',
    rule: 'A process that holds nothing',
    matrix: 'Which matrix',
    order: 'Finished in this order',
    process: 'Who asks',
    units: 'Units of each type',
    question: 'Which question',
    countUnits: 'Units of the type',
    countProcesses: 'Processes',
    countEach: 'Most units of each',
    deadlock: 'Has a deadlock',
    cycle: 'Has a cycle',
    unsafe: 'Is unsafe without deadlock',
    behind: 'Somebody is behind a ring',
    processes: 'Processes, at least',
  },

  withheld:
    'This drawing has more units assigned than there are, so nothing can be asked about it. Take some of them back.',
  noProcesses: 'This drawing has no processes to ask about. Draw some first.',
  noSuch: (what: 'process' | 'resource type' | 'question', name: string, known: readonly string[]): string =>
    `There is no ${what} "${name}". There ${known.length === 1 ? 'is' : 'are'}: ${list(known, 8, known.length)}.`,

  verdict: {
    deadlock: 'There is a deadlock.',
    free: 'There is no deadlock.',
    goOn: (first: string): string =>
      `Look at ${first}: can what it asks for be met? If so it finishes and gives back what it holds. Go on from there.`,
    nobodyLeft: 'Try to let the processes finish one after the other, and look at who is left.',
  },
  state: {
    safe: 'Safe',
    unsafe: 'Unsafe, but no deadlock',
    deadlock: 'Deadlock',
    isSafe: (order: readonly string[]): string =>
      `In the order ${orderOf(order)} everybody can have its maximum and finish.`,
    isSafeNow: (order: readonly string[]): string =>
      `In the order ${orderOf(order)} everybody gets what it asks for and finishes.`,
    isUnsafe: (stuck: readonly string[]): string =>
      `If everybody asked for its whole maximum, ${set(stuck)} could not finish; by what is asked for now, all can.`,
    isDeadlock: (stuck: readonly string[]): string => `${set(stuck)} can never go on, by what is asked for now.`,
    againstSafe: (name: string, type: string, needs: number, has: number): string =>
      `Then somebody must be able to go after the others: ${name} may still need ${number(needs)} of ${type}, and at most ${number(has)} can come together.`,
    againstUnsafe:
      'Compare what each may still need with Available, one process after the other, and add up what comes back.',
    againstDeadlock:
      'A deadlock is about what is asked for now, not about what may be asked. Who waits here, and for whom?',
  },
  sets: {
    all: (found: readonly string[]): string => `${set(found)}: that is all of them, and nobody else.`,
    tooMany: (name: string, why: string): string => `${name} is not one of them: ${why}`,
    tooFew: (count: number): string =>
      `Right as far as it goes, but ${counted(count, 'one').replace('ones', 'more')} ${count === 1 ? 'is' : 'are'} missing.`,
    finishes: 'it can finish.',
    notOnRing: 'nobody who waits for it is waited for by it.',
    doubled: (name: string): string => `${name} is named twice. Name each once.`,
  },
  victims: {
    tooMany: 'So many processes are deadlocked that the fewest victims cannot be found. Ask about a smaller drawing.',
    none: 'There is no deadlock, so nobody has to be killed.',
    stillDeadlock: (stuck: readonly string[]): string => `With these killed, ${set(stuck)} would still wait for ever.`,
    more: (found: number): string => `That ends the deadlock, yet fewer than ${number(found)} would do.`,
    key: (sets: readonly (readonly string[])[], more: boolean): string =>
      `${sets.map((names) => `{${names.join(', ')}}`).join(', ')}${more ? ', and more' : ''}`,
    right: (count: number): string => `That ends the deadlock, and no fewer than ${number(count)} would.`,
  },
  orders: {
    key: (order: readonly string[], count: string): string => `${orderOf(order)} (one of ${count})`,
    only: (order: readonly string[]): string => `${orderOf(order)} (the only one)`,
    none: 'no such order exists',
    noneRight: 'There is none: somebody is always left over.',
    noneWrong: 'There is one. Look for a process whose need fits what is available.',
    accepted: 'Each step fits: everybody finishes in this order.',
    tooMany: 'There are too many orders of this kind to ask for their number. Ask about a smaller drawing.',
    question: (name: string): string =>
      `The order in this question cannot be: ${name} cannot finish when its turn comes. Give another order.`,
  },
  matrices: {
    cell: (row: string, column: string, found: string): string => `${row}, ${column}: ${found} is not right.`,
    shape: (rows: number, columns: number): string =>
      `The table needs ${counted(rows, 'row')} of ${counted(columns, 'number')}, one in every cell.`,
    empty: (row: string, column: string): string => `${row}, ${column} is still empty.`,
    all: 'Every number is right.',
    some: (good: number, all: number): string => `${number(good)} of ${number(all)} numbers are right.`,
    available: 'Available',
    start: 'at first',
    after: (name: string): string => `after ${name}`,
  },
  numbers: {
    right: (value: string): string => `${value}: that is right.`,
    wrong: (value: string): string => `${value} is not the number.`,
    needWhole: (value: string): string => `${value} is no whole number of at least 0.`,
  },
  grant: {
    grant: 'It is granted',
    wait: 'It has to wait: not enough is available',
    unsafe: 'It is refused for now: the state would be unsafe',
    error: 'It is an error: more than declared',
    request: (name: string, units: string): string => `${name} asks for ${units}`,
    becauseGrant: (order: readonly string[]): string =>
      `It is within what was declared and what is available, and afterwards ${orderOf(order)} is a safe order.`,
    becauseWait: (type: string, asks: number, has: number): string =>
      `${number(asks)} of ${type} ${asks === 1 ? 'is' : 'are'} asked for and ${number(has)} ${has === 1 ? 'is' : 'are'} available.`,
    becauseUnsafe: (stuck: readonly string[]): string =>
      `Enough is available, but after granting it ${set(stuck)} could not be sure to finish.`,
    becauseError: (type: string, asks: number, need: number): string =>
      `${number(asks)} of ${type} ${asks === 1 ? 'is' : 'are'} asked for, and by what was declared only ${number(need)} may still be.`,
    against: {
      grant:
        'Pretend that it were granted, and look for a safe order of what is then so. Or does an earlier test already stop it?',
      wait: 'Compare the request with Available, type by type. If it fits, this is not the reason.',
      unsafe: 'Do the three tests in order: declared, available, safe. Is it the third that stops it?',
      error: 'Compare the request with Need, which is Max minus Allocation. If it fits, this is not the reason.',
    },
  },
  counting: {
    possible: 'A deadlock is possible',
    impossible: 'A deadlock is not possible',
    worst: (processes: number, each: number, held: number, units: number): string =>
      `At worst each of the ${number(processes)} processes holds one less than its maximum, ${number(each)}: together ${number(held)} of ${number(units)}.`,
    becausePossible: 'All units can be given out while everybody still lacks one.',
    becauseImpossible: 'One unit is left over even then, so somebody gets its last unit, finishes and gives all back.',
    against: 'Give each process all it may want but one. How many units are left?',
  },
  drawing: {
    right: 'The drawing says just what the task says.',
    missing: (what: string): string => `${what} is missing.`,
    extra: (what: string): string => `${what} is not in the task.`,
    count: (what: string, found: number, wanted: number): string =>
      `${what} has ${number(found)} and the task says ${number(wanted)}.`,
    request: (p: string, r: string): string => `The request of ${p} for ${r}`,
    assignment: (p: string, r: string): string => `The assignment of ${r} to ${p}`,
    claim: (p: string, r: string): string => `The claim of ${p} on ${r}`,
    process: (name: string): string => `The process ${name}`,
    resource: (name: string): string => `The resource type ${name}`,
    twice: (name: string): string => `Two things are called ${name}. Give each a name of its own.`,
    found: (nodes: number, edges: number): string =>
      `a drawing of ${counted(nodes, 'node')} and ${counted(edges, 'arrow')}`,
  },
  property: {
    deadlock: 'a deadlock',
    noDeadlock: 'no deadlock',
    cycle: 'a cycle',
    noCycle: 'no cycle',
    unsafe: 'an unsafe state without deadlock',
    behind: 'a process that waits behind the ring without being on it',
    processes: (least: number): string => `at least ${number(least)} processes`,
    wanted: (parts: readonly string[]): string => `a drawing with ${list(parts)}`,
    all: 'The drawing has all that was asked for.',
    lacks: (what: string): string => `The drawing does not have what was asked for: ${what}.`,
    withheld: 'More units are assigned than there are, so the drawing cannot be judged.',
    nothing: 'The question does not say which property the drawing should have. Name one, such as "cycle": true.',
  },
  repair: {
    none: 'The drawing that was given has no deadlock to mend. Ask this about one that has.',
    unsolved: 'No small set of changes mends the drawing that was given. Ask this about another one.',
    still: 'There still is a deadlock.',
    withheld: 'More units are assigned than there are, so the drawing cannot be judged.',
    added: (what: string): string =>
      `${what} is new. Take something away, or give a type more units, but add no arrows.`,
    more: (used: number): string => `The deadlock is gone, with ${counted(used, 'change')}. Fewer would do.`,
    right: (used: number): string => `The deadlock is gone with ${counted(used, 'change')}, and fewer would not do.`,
    unchanged: 'Nothing has been changed yet.',
    key: (titles: readonly string[], more: number): string =>
      `${titles.join('; or ')}${more > 0 ? `; or ${counted(more, 'other way')}` : ''}`,
    found: (used: number): string => counted(used, 'change'),
    deadlock: 'deadlock',
    free: 'no deadlock',
  },
  concept: { noneRight: 'right' },
} as const

export { orderOf, set as setOf }
