// What is said about transactions that lock rows of a database. Pure functions of names and numbers.
import { counted, list, number, ring } from './words.ts'

const MOST = 6
const names = (all: readonly string[]): string => list(all.slice(0, MOST), MOST, all.length)

interface GivenUp {
  rows: readonly string[]
  granted: readonly { row: string; to: string }[]
}

/** "gives up A and B; A goes to T1" */
function givesUp({ rows, granted }: GivenUp): string {
  const up = rows.length === 0 ? 'holds nothing' : `gives up ${names(rows)}`
  return granted.length === 0 ? up : `${up}; ${names(granted.map(({ row, to }) => `${row} goes to ${to}`))}`
}

export const databaseTexts = {
  label: 'Play as transactions with row locks',
  start: 'Start: processes are transactions, types are rows',
  columns: ['Stamp', 'Stage', 'Holds', 'Waits for', 'Rollbacks'],
  nobody: '–',
  stages: {
    idle: 'not begun',
    running: 'running',
    waiting: 'waits',
    'rolled-back': 'rolled back',
    committed: 'committed',
  },
  rules: {
    detect: 'Detection: everybody may wait, and the youngest on a ring is rolled back.',
    'wait-die':
      'Wait-die: an older transaction waits for a younger one; a younger one is rolled back instead of waiting.',
    'wound-wait': 'Wound-wait: an older transaction has a younger holder rolled back; a younger one waits.',
  },
  line:
    'A line says what a transaction does, such as T1 locks A, T1 commits, T2 rolls back, T2 begins again (its age kept) or ' +
    'T2 begins anew; before all others rule wait-die, rule wound-wait or rule detect.',
  found: 'deadlock',
  noDeadlock: 'Nobody is deadlocked.',
  deadlock: (members: readonly string[], victim: string, stamp: number): string =>
    `Deadlock: ${ring(members)}. ${victim} is the youngest of them (time stamp ${number(stamp)}) and has least to lose, ` +
    'so it is rolled back.',

  ownRow: (name: string, row: string): string =>
    `${name} asks for ${row}, which it holds already; a transaction locks a row once. Remove the request.`,
  noProcess: (id: string): string => `There is no process with the id "${id}" in this drawing.`,
  noResource: (id: string): string => `There is no resource type with the id "${id}" in this drawing.`,
  ruleLate: 'The rule is chosen before anything else happens. Go back to the start of the run.',
  ruleWaits:
    'In this drawing a transaction waits already, so only detection fits. Remove the requests for another rule.',
  sameRule: 'This rule is in force already.',
  victimFirst: (victim: string): string =>
    `There is a deadlock. ${victim} is rolled back before anything else happens.`,
  noVictim: (name: string): string => `${name} is not the youngest on a ring, so it is not rolled back.`,
  begunBefore: (name: string): string => `${name} has begun already.`,
  notRolledBack: (name: string): string =>
    `${name} was not rolled back, so there is no age to keep. Write ${name} begins.`,
  rolledBack: (name: string): string => `${name} was rolled back. Let it begin again first.`,
  committed: (name: string): string => `${name} has committed and does nothing more.`,
  notBegun: (name: string): string => `${name} has not begun. Let it lock a row first.`,
  waits: (name: string, row: string): string => `${name} waits for ${row} and does nothing else until it gets it.`,
  holds: (name: string, row: string): string => `${name} holds the lock on ${row} already.`,
  redoFirst: (name: string, rows: readonly string[]): string =>
    `${name} was rolled back and has ${names(rows)} still to lock before it commits.`,

  begins: (name: string, stamp: number): string => `${name} begins with time stamp ${number(stamp)}`,
  beginsKept: (name: string, stamp: number): string => `${name} begins again and keeps its time stamp ${number(stamp)}`,
  beginsAnew: (name: string, stamp: number): string => `${name} begins again with a new time stamp ${number(stamp)}`,
  locks: (name: string, row: string): string => `${name} locks ${row}`,
  beginsAndLocks: (name: string, stamp: number, row: string): string =>
    `${name} locks ${row}; it begins with time stamp ${number(stamp)}`,
  asksAndWaits: (name: string, row: string, holder: string): string =>
    `${name} waits for ${row}, which ${holder} holds`,
  olderWaits: (name: string, row: string, holder: string): string =>
    `${name} waits for ${row}, since it is older than ${holder}, which holds it`,
  youngerWaits: (name: string, row: string, holder: string): string =>
    `${name} waits for ${row}, since it is younger than ${holder}, which holds it`,
  dies: (name: string, row: string, holder: string, up: GivenUp): string =>
    `${name} dies, asking for ${row} of the older ${holder}: it is rolled back and ${givesUp(up)}`,
  wounds: (name: string, row: string, holder: string, up: GivenUp): string =>
    `${name} wounds the younger ${holder}, asking for ${row}: ${holder} is rolled back and ${givesUp(up)}`,
  rollsBack: (name: string, up: GivenUp): string => `${name} is rolled back and ${givesUp(up)}`,
  commits: (name: string, up: GivenUp): string => `${name} commits and ${givesUp(up)}`,

  status: (waits: readonly string[]): string => (waits.length === 0 ? 'Nobody waits.' : `${names(waits)}.`),
  waitClause: (name: string, row: string, holder: string): string => `${name} waits for ${row}, which ${holder} holds`,
  allCommitted: (rollbacks: number): string =>
    `All have committed, with ${rollbacks === 0 ? 'no rollback' : counted(rollbacks, 'rollback')}.`,

  summary: 'Plays an interleaving of transactions that lock rows, under detection, wait-die or wound-wait.',
} as const
