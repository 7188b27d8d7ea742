// The operation `deadlock.database`: an interleaving of transactions that lock rows in, what happens to it under a rule
// against deadlocks out.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_RUN_RECORDS } from '../../../contract/limits.ts'
import { type Rule, rules, waitingFor } from '../database/locks.ts'
import { databaseTexts } from '../model/database-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { number } from '../model/words.ts'
import { type DatabaseEvent, type DatabaseState, database } from '../simulations/database.ts'
import { readTransactionLine } from '../simulations/database-lines.ts'
import { readRag } from './rag-input.ts'
import { atLine, statementsIn } from './script-input.ts'

export interface DatabaseInput {
  transactions: string[]
  rows: string[]
  /** "T1 locks A" and "T1 commits", interleaved */
  schedule: string | string[]
  rule?: Rule
  /** the age of a transaction that begins again after it was rolled back */
  restart?: 'kept' | 'new'
}

export interface DatabaseOutput {
  /** events as they happened, each as a line and as a sentence */
  steps: { event: string; text: string }[]
  deadlocks: number
  rollbacks: Record<string, number>
  /** in the order of committing */
  committed: string[]
}

type Statement = Extract<DatabaseEvent, { type: 'lock' | 'commit' }>

const fields = ['transactions', 'rows', 'schedule', 'rule', 'restart']
const texts = {
  noObject: `expected an object with ${fields.join(', ')}.`,
  noField: `there is no such field. Use ${fields.join(', ')}.`,
  noNames: (example: string): string => `expected a list of names, each once, such as ["${example}"].`,
  oneOf: (values: readonly string[]): string => `expected ${values.map((value) => `"${value}"`).join(' or ')}.`,
  statement:
    'a schedule has lines such as "T1 locks A" and "T1 commits"; beginnings and rollbacks follow by themselves.',
  afterCommit: (name: string): string => `${name} has committed before. Let it commit last.`,
  twice: (name: string, row: string): string => `${name} has locked ${row} before. A transaction locks a row once.`,
  noCommit: (name: string): string => `schedule: ${name} never commits. Add the line "${name} commits".`,
  tooLarge: (records: number): string =>
    `There are ${number(records)} transactions and rows; up to ${number(MAX_RUN_RECORDS)} can be played. Use fewer.`,
}

function refuse(at: string, problem: string): never {
  throw new InterlockError('bad-input', `${at}: ${problem}`, { at })
}

function choice<T extends string>(value: unknown, at: string, values: readonly T[]): T {
  if (value === undefined) return values[0]!
  return values.find((one) => one === value) ?? refuse(at, texts.oneOf(values))
}

function modelIn(input: Record<string, unknown>): DeadlockModel {
  const names = (at: 'transactions' | 'rows', example: string): string[] => {
    const value = input[at]
    const fits = Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '')
    if (!fits || new Set(value).size < value.length) return refuse(at, texts.noNames(example))
    return value as string[]
  }
  const transactions = names('transactions', 'T1", "T2')
  const rows = names('rows', 'A", "B')
  const records = transactions.length + rows.length
  if (records > MAX_RUN_RECORDS) throw new InterlockError('too-large', texts.tooLarge(records), { records })
  // refuses a name that is used for both
  readRag({ processes: transactions, resources: Object.fromEntries(rows.map((name) => [name, 1])) })
  return {
    nodes: [
      ...transactions.map((name, index) => ({ id: `t${index}`, kind: 'process' as const, name })),
      ...rows.map((name, index) => ({ id: `r${index}`, kind: 'resource' as const, name, instances: 1 })),
    ],
    edges: [],
  }
}

/** The schedule, in which each transaction locks a row once and commits once, at its end. */
function scheduleIn(value: unknown, model: DeadlockModel): Statement[] {
  const nameOf = new Map(model.nodes.map(({ id, name }) => [id, name]))
  const locked = new Set<string>()
  const over = new Set<string>()
  const schedule = statementsIn(value, 'schedule', 'T1 locks A').map((statement) =>
    atLine('schedule', statement, (): Statement => {
      const fail = (message: string): never => {
        throw new InterlockError('bad-input', message)
      }
      const event = readTransactionLine(statement.text, model)
      if (event.type !== 'lock' && event.type !== 'commit') return fail(texts.statement)
      const name = nameOf.get(event.process)!
      if (over.has(event.process)) fail(texts.afterCommit(name))
      if (event.type === 'commit') over.add(event.process)
      else if (locked.has(`${event.process} ${event.resource}`)) fail(texts.twice(name, nameOf.get(event.resource)!))
      else locked.add(`${event.process} ${event.resource}`)
      return event
    }),
  )
  const open = schedule.find(({ process }) => !over.has(process))
  if (open !== undefined) throw new InterlockError('bad-input', texts.noCommit(nameOf.get(open.process)!), {})
  return schedule
}

/**
 * Each line of the schedule is a turn of its transaction, which does its next statement, or nothing while it waits. A
 * victim is rolled back at once. After the schedule those that are left take turns in input order, one statement each,
 * and one that was rolled back begins again in its first turn. The oldest one always gets on, so this ends.
 */
function playSchedule(start: DatabaseState, schedule: readonly Statement[], rule: Rule, age: 'kept' | 'new') {
  let state = start
  const steps: DatabaseOutput['steps'] = []
  const committed: string[] = []
  let deadlocks = 0
  const play = (event: DatabaseEvent): void => {
    const { text } = database.describe(event, state)
    steps.push({ event: database.write!(event, state), text })
    state = database.apply(state, event)
    if (state.stuck === null) return
    deadlocks += 1
    play({ type: 'roll-back', process: state.drawing.processes[state.stuck.victim]!.id })
  }
  if (rule !== 'detect') play({ type: 'rule', rule })

  const { processes } = state.drawing
  const programs = processes.map(({ id }) => schedule.filter(({ process }) => process === id))
  const done = programs.map(() => 0)
  const turn = (transaction: number): void => {
    const { stage, rollbacks } = state.locks.transactions[transaction]!
    const statement = programs[transaction]![done[transaction]!]
    if (stage === 'rolled-back' || statement === undefined || waitingFor(state.locks, transaction).length > 0) return
    play(statement)
    done[transaction]! += 1
    if (state.locks.transactions[transaction]!.rollbacks > rollbacks) done[transaction] = 0
    if (statement.type === 'commit') committed.push(processes[transaction]!.name)
  }
  for (const { process } of schedule) turn(state.drawing.processOf.get(process)!)
  while (programs.some((program, transaction) => done[transaction]! < program.length)) {
    for (const [transaction, { id }] of processes.entries()) {
      if (state.locks.transactions[transaction]!.stage === 'rolled-back') {
        done[transaction] = 0
        play({ type: 'begin', process: id, age })
      }
      turn(transaction)
    }
  }
  const rollbacks = processes.map(({ name }, index): [string, number] => [
    name,
    state.locks.transactions[index]!.rollbacks,
  ])
  return { steps, deadlocks, rollbacks: Object.fromEntries(rollbacks), committed }
}

/** @throws InterlockError `bad-input` with the field or the line of the schedule; `too-large` for too many */
function run(input: DatabaseInput): DatabaseOutput {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) refuse('input', texts.noObject)
  for (const key of Object.keys(input)) if (!fields.includes(key)) refuse(key, texts.noField)
  const given: Record<string, unknown> = { ...input }
  const model = modelIn(given)
  const rule = choice(given['rule'], 'rule', rules)
  const age = choice(given['restart'], 'restart', ['kept', 'new'] as const)
  const schedule = scheduleIn(given['schedule'], model)
  return playSchedule(database.init(model, 0), schedule, rule, age)
}

const example: DatabaseInput = {
  transactions: ['T1', 'T2'],
  rows: ['A', 'B'],
  schedule: ['T1 locks A', 'T2 locks B', 'T1 locks B', 'T2 locks A', 'T1 commits', 'T2 commits'],
  rule: 'wait-die',
}

export const databaseOperation: Operation<DatabaseInput, DatabaseOutput> = {
  summary: databaseTexts.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<DatabaseInput>(() => true),
  help: [
    'Input, a JSON object:',
    '  transactions, rows their names; the order of beginning decides who is older',
    '  schedule           who asks for what, interleaved, as one text or a list of lines: T1 locks A, T1 commits. Each',
    '                     line is a turn of its transaction; while it waits it does nothing, and makes up for it later',
    '  rule               detect (the usual one): the youngest on a ring of waits is rolled back;',
    '                     wait-die: only an older one waits, a younger one is rolled back;',
    '                     wound-wait: only a younger one waits, an older one has the holder rolled back',
    '  restart            kept (the usual one) or new: the age of one that begins again after a rollback',
    'Output, all fields always present:',
    '  steps              what happened, each event as a line and as a sentence',
    '  deadlocks          how many rings of waits arose',
    '  rollbacks          by name, how often a transaction was rolled back',
    '  committed          names in the order of committing',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
