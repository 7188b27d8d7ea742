// Transactions that lock rows as a simulation: processes are transactions, types are rows of which each has one lock.
// The first event may choose what is done about deadlocks. Knows no player.
import { z } from 'zod'
import { RecordId } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_PAGE } from '../../../contract/limits.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import {
  type LockStep,
  type Locks,
  begin,
  beginLocks,
  commit,
  heldBy,
  lock,
  lockWaits,
  rollBack,
  rules,
  victimIn,
  waitingFor,
} from '../database/locks.ts'
import { requireSingleUnits } from '../distributed/wait-graph.ts'
import { analyse } from '../engine/analysis.ts'
import { type Lights, makeLights } from '../lights.ts'
import { marksOf } from '../marks.ts'
import { databaseTexts as texts } from '../model/database-texts.ts'
import type { AssignmentEdge, DeadlockModel, RequestEdge } from '../model/schema.ts'
import { type Drawing, readDrawing } from '../naming.ts'
import { readTransactionLine, writeTransactionLine } from './database-lines.ts'
import { type EdgeIds, edgeIdOf, edgeIds } from './event-rules.ts'

export const DatabaseEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rule'), rule: z.enum(['detect', 'wait-die', 'wound-wait']) }),
  z.strictObject({ type: z.literal('begin'), process: RecordId, age: z.enum(['new', 'kept']) }),
  z.strictObject({ type: z.literal('lock'), process: RecordId, resource: RecordId }),
  z.strictObject({ type: z.literal('roll-back'), process: RecordId }),
  z.strictObject({ type: z.literal('commit'), process: RecordId }),
])
export type DatabaseEvent = z.infer<typeof DatabaseEvent>

export interface DatabaseState {
  readonly model: DeadlockModel
  /** of `model` */
  readonly drawing: Drawing
  readonly lights: Lights
  readonly ids: EdgeIds
  readonly locks: Locks
  /** who has to be rolled back before anything else happens */
  readonly stuck: ReturnType<typeof victimIn>
}

const noDeadlock: Property<DatabaseState> = {
  id: 'no-deadlock',
  what: texts.found,
  check({ drawing, locks, stuck }) {
    if (stuck === null) return { holds: true, mark: 'free', sentence: texts.noDeadlock, lights: [] }
    const { cycle, victim } = stuck
    const { stamp } = locks.transactions[victim]!
    return {
      holds: false,
      mark: 'ring',
      sentence: texts.deadlock(cycle.map(drawing.processName), drawing.processName(victim), stamp),
      lights: cycle.map((transaction) => drawing.processes[transaction]!.id),
    }
  },
}

export const database: Simulation<DeadlockModel, DatabaseState, DatabaseEvent> = {
  id: 'database',
  label: texts.label,
  start: texts.start,
  event: DatabaseEvent,

  init(model) {
    const drawing = readDrawing(model)
    requireSingleUnits(drawing)
    const holder = drawing.resources.map((): number | null => null)
    const queue = drawing.resources.map((): number[] => [])
    for (const { from, to } of drawing.assignments) holder[drawing.resourceOf.get(from)!] = drawing.processOf.get(to)!
    for (const { from, to } of drawing.requests) {
      const [transaction, row] = [drawing.processOf.get(from)!, drawing.resourceOf.get(to)!]
      if (holder[row] === transaction) {
        const [name, type] = [drawing.processName(transaction), drawing.resourceName(row)]
        throw new InterlockError('bad-input', texts.ownRow(name, type), { at: name })
      }
      queue[row]!.push(transaction)
    }
    return stateOf(model, edgeIds(drawing, model), beginLocks(drawing.processes.length, holder, queue))
  },

  enabled({ drawing, locks, stuck }) {
    const id = (transaction: number): string => drawing.processes[transaction]!.id
    if (stuck !== null) return [{ type: 'roll-back', process: id(stuck.victim) }]
    const goOn: DatabaseEvent[] = []
    const others: DatabaseEvent[] = []
    locks.transactions.forEach(({ stage, rows, redo }, transaction) => {
      const process = id(transaction)
      if (stage === 'rolled-back') {
        others.push({ type: 'begin', process, age: 'kept' }, { type: 'begin', process, age: 'new' })
      }
      if (stage === 'rolled-back' || stage === 'committed' || waitingFor(locks, transaction).length > 0) return
      const lockOf = (row: number): DatabaseEvent => ({ type: 'lock', process, resource: drawing.resources[row]!.id })
      const wanted = redo.slice(0, 1)
      goOn.push(...wanted.map(lockOf))
      if (stage === 'running' && redo.length === 0) goOn.push({ type: 'commit', process })
      // A list that grows with transactions times rows is cut; whatever is legal can be played all the same.
      if (others.length >= MAX_PAGE) return
      const free = drawing.resources.flatMap((_, row) => (rows.includes(row) || wanted.includes(row) ? [] : [row]))
      others.push(...free.map(lockOf))
    })
    const choice =
      locks.untouched && goOn.length + others.length > 0 && !lockWaits(locks).some((holders) => holders.length > 0)
        ? rules.flatMap((rule): DatabaseEvent[] => (rule === locks.rule ? [] : [{ type: 'rule', rule }]))
        : []
    return [...goOn, ...others, ...choice].slice(0, MAX_PAGE)
  },

  pick(state, random) {
    const possible = this.enabled(state).filter(({ type }) => type !== 'rule')
    return possible.length === 0 ? undefined : possible[random.below(possible.length)]
  },

  apply(state, event) {
    return stateOf(state.model, state.ids, play(state, event).locks)
  },

  describe(event, state) {
    return { text: told(event, state), lights: lightsOf(event, state) }
  },

  view({ model, drawing, locks, stuck }) {
    const marks = marksOf(drawing, analyse(drawing.graph))
    return { model, marks, table: table(drawing, locks), status: status({ drawing, locks, stuck }) }
  },

  read: (line, { model }) => readTransactionLine(line, model),
  write(event, { model, drawing, locks }) {
    const transaction = event.type === 'rule' ? undefined : drawing.processOf.get(event.process)
    return writeTransactionLine(event, model, locks.transactions[transaction ?? -1]?.stage === 'idle')
  },

  properties: [noDeadlock],
}

/** The drawing in which holders have assignments and waiters have requests. */
function stateOf(model: DeadlockModel, ids: EdgeIds, locks: Locks): DatabaseState {
  const processes = model.nodes.filter(({ kind }) => kind === 'process')
  const resources = model.nodes.filter(({ kind }) => kind === 'resource')
  const held = locks.holder.flatMap((transaction, row): AssignmentEdge[] => {
    if (transaction === null) return []
    const id = edgeIdOf(ids, 'assignment', transaction, row)
    return [{ id, kind: 'assignment', from: resources[row]!.id, to: processes[transaction]!.id, count: 1 }]
  })
  const asked = locks.queue.flatMap((waiting, row) =>
    waiting.map((transaction): RequestEdge => {
      const id = edgeIdOf(ids, 'request', transaction, row)
      return { id, kind: 'request', from: processes[transaction]!.id, to: resources[row]!.id, count: 1 }
    }),
  )
  const claims = model.edges.filter(({ kind }) => kind === 'claim')
  const drawn = { ...model, edges: [...held, ...asked, ...claims] }
  const drawing = readDrawing(drawn)
  return { model: drawn, drawing, lights: makeLights(drawing), ids, locks, stuck: victimIn(locks) }
}

function transactionOf(drawing: Drawing, id: string): number {
  const transaction = drawing.processOf.get(id)
  if (transaction === undefined) throw new InterlockError('bad-event', texts.noProcess(id))
  return transaction
}

function rowOf(drawing: Drawing, id: string): number {
  const row = drawing.resourceOf.get(id)
  if (row === undefined) throw new InterlockError('bad-event', texts.noResource(id))
  return row
}

/** Why an event is not possible, or null when it is. */
function refusal({ drawing, locks, stuck }: DatabaseState, event: DatabaseEvent): string | null {
  if (event.type === 'rule') {
    if (!locks.untouched) return texts.ruleLate
    if (event.rule === locks.rule) return texts.sameRule
    return lockWaits(locks).some((holders) => holders.length > 0) ? texts.ruleWaits : null
  }
  const transaction = transactionOf(drawing, event.process)
  const name = drawing.processName(transaction)
  if (event.type === 'roll-back') return stuck?.victim === transaction ? null : texts.noVictim(name)
  if (stuck !== null) return texts.victimFirst(drawing.processName(stuck.victim))
  const { stage, redo } = locks.transactions[transaction]!
  if (stage === 'committed') return texts.committed(name)
  if (event.type === 'begin') {
    if (stage === 'running') return texts.begunBefore(name)
    return event.age === 'kept' && stage !== 'rolled-back' ? texts.notRolledBack(name) : null
  }
  if (stage === 'rolled-back') return texts.rolledBack(name)
  const [waits] = waitingFor(locks, transaction)
  if (waits !== undefined) return texts.waits(name, drawing.resourceName(waits))
  if (event.type === 'lock') {
    const row = rowOf(drawing, event.resource)
    return locks.holder[row] === transaction ? texts.holds(name, drawing.resourceName(row)) : null
  }
  if (stage === 'idle') return texts.notBegun(name)
  return redo.length > 0 ? texts.redoFirst(name, redo.map(drawing.resourceName)) : null
}

/** @throws InterlockError `bad-event` when the event is not possible, with the reason */
function play(state: DatabaseState, event: DatabaseEvent): LockStep {
  const reason = refusal(state, event)
  if (reason !== null) throw new InterlockError('bad-event', reason)
  const { drawing, locks } = state
  if (event.type === 'rule') {
    const chosen = { ...locks, rule: event.rule, untouched: false }
    return { locks: chosen, began: false, waitsFor: null, rolledBack: null, givenUp: [], granted: [] }
  }
  const transaction = transactionOf(drawing, event.process)
  if (event.type === 'begin') return begin(locks, transaction, event.age)
  if (event.type === 'lock') return lock(locks, transaction, rowOf(drawing, event.resource))
  return event.type === 'commit' ? commit(locks, transaction) : rollBack(locks, transaction)
}

function told(event: DatabaseEvent, state: DatabaseState): string {
  const { drawing, locks } = state
  const step = play(state, event)
  if (event.type === 'rule') return texts.rules[event.rule]
  const transaction = transactionOf(drawing, event.process)
  const name = drawing.processName(transaction)
  const { stamp } = step.locks.transactions[transaction]!
  const granted = step.granted.map(({ row, to }) => ({ row: drawing.resourceName(row), to: drawing.processName(to) }))
  const up = { rows: (step.rolledBack?.rows ?? step.givenUp).map(drawing.resourceName), granted }
  if (event.type === 'commit') return texts.commits(name, up)
  if (event.type === 'roll-back') return texts.rollsBack(name, up)
  if (event.type === 'begin') {
    if (locks.transactions[transaction]!.stage === 'idle') return texts.begins(name, stamp)
    return event.age === 'kept' ? texts.beginsKept(name, stamp) : texts.beginsAnew(name, stamp)
  }
  const row = rowOf(drawing, event.resource)
  const type = drawing.resourceName(row)
  const holder = drawing.processName(locks.holder[row] ?? transaction)
  if (step.rolledBack !== null) {
    const { dies, wounds } = texts
    return step.rolledBack.transaction === transaction ? dies(name, type, holder, up) : wounds(name, type, holder, up)
  }
  if (step.waitsFor === null) {
    return step.began ? texts.beginsAndLocks(name, stamp, type) : texts.locks(name, type)
  }
  const waits = { detect: texts.asksAndWaits, 'wait-die': texts.olderWaits, 'wound-wait': texts.youngerWaits }
  return waits[locks.rule](name, type, holder)
}

function lightsOf(event: DatabaseEvent, { drawing, lights }: DatabaseState): string[] {
  if (event.type === 'rule') return []
  const transaction = transactionOf(drawing, event.process)
  if (event.type !== 'lock') return lights.process(transaction)
  return [...new Set([event.process, ...lights.wait(transaction, rowOf(drawing, event.resource)), event.resource])]
}

function table(drawing: Drawing, locks: Locks): StateView<DeadlockModel>['table'] {
  const rowNames = (rows: readonly number[]): string =>
    rows.length === 0 ? texts.nobody : rows.map(drawing.resourceName).join(', ')
  return {
    columns: [...texts.columns],
    rows: drawing.processes.map((node, transaction) => {
      const { stage, stamp, rollbacks } = locks.transactions[transaction]!
      const waits = waitingFor(locks, transaction)
      return {
        id: node.id,
        label: node.name,
        lights: [node.id],
        cells: [
          stamp === 0 ? texts.nobody : String(stamp),
          texts.stages[stage === 'running' && waits.length > 0 ? 'waiting' : stage],
          rowNames(heldBy(locks, transaction)),
          rowNames(waits),
          rollbacks === 0 ? texts.nobody : `${rollbacks}×`,
        ],
      }
    }),
  }
}

function status({ drawing, locks, stuck }: Pick<DatabaseState, 'drawing' | 'locks' | 'stuck'>): string {
  const { transactions, holder, untouched, rule } = locks
  if (stuck !== null) {
    const { cycle, victim } = stuck
    return texts.deadlock(cycle.map(drawing.processName), drawing.processName(victim), transactions[victim]!.stamp)
  }
  if (untouched) return texts.rules[rule]
  if (transactions.length > 0 && transactions.every(({ stage }) => stage === 'committed')) {
    return texts.allCommitted(transactions.reduce((sum, { rollbacks }) => sum + rollbacks, 0))
  }
  const waits = transactions.flatMap((_, transaction) =>
    waitingFor(locks, transaction).flatMap((row) => {
      const by = holder[row] ?? null
      const names = [drawing.processName(transaction), drawing.resourceName(row)] as const
      return by === null ? [] : [texts.waitClause(...names, drawing.processName(by))]
    }),
  )
  return texts.status(waits)
}
