// Exclusive row locks under strict two-phase locking: a transaction locks rows one by one and keeps all of them until it
// commits or is rolled back. Knows no names and no drawing.
// Sources: K. P. Eswaran, J. N. Gray, R. A. Lorie, I. L. Traiger, The Notions of Consistency and Predicate Locks in a
// Database System, Communications of the ACM 19(11), 1976, on two-phase locking; D. J. Rosenkrantz, R. E. Stearns,
// P. M. Lewis, System Level Concurrency Control for Distributed Database Systems, ACM Transactions on Database Systems
// 3(2), 1978, on wait-die and wound-wait.
import { type WaitGraph, cycleIn } from '../distributed/wait-graph.ts'

/**
 * What is done about deadlocks. `detect`: everybody may wait, and after each wait the youngest on a ring is rolled back.
 * `wait-die`: only an older one may wait, a younger one is rolled back instead. `wound-wait`: only a younger one may
 * wait, an older one has the holder rolled back.
 */
export type Rule = 'detect' | 'wait-die' | 'wound-wait'
export const rules: readonly Rule[] = ['detect', 'wait-die', 'wound-wait']

export type Stage = 'idle' | 'running' | 'rolled-back' | 'committed'

export interface Transaction {
  readonly stage: Stage
  /** in the order of beginning, 1 the oldest; of one that is rolled back the last it had; 0 before it begins */
  readonly stamp: number
  /** rows it holds or waits for, in the order in which it asked */
  readonly rows: readonly number[]
  /** rows it had asked for before it was rolled back and has not asked for again */
  readonly redo: readonly number[]
  readonly rollbacks: number
}

export interface Locks {
  readonly rule: Rule
  readonly transactions: readonly Transaction[]
  /** by row */
  readonly holder: readonly (number | null)[]
  /** by row: who waits for it, in the order of asking */
  readonly queue: readonly (readonly number[])[]
  /** the time stamp of the next one that begins */
  readonly next: number
  /** nothing has happened yet, so the rule may still be chosen */
  readonly untouched: boolean
}

/** What a step did, for telling it. */
export interface LockStep {
  readonly locks: Locks
  /** it began with this step */
  readonly began: boolean
  /** whom it waits for from now on */
  readonly waitsFor: number | null
  readonly rolledBack: { readonly transaction: number; readonly rows: readonly number[] } | null
  /** rows given up by a commit */
  readonly givenUp: readonly number[]
  /** rows that went to a transaction that waited */
  readonly granted: readonly { readonly row: number; readonly to: number }[]
}

/**
 * @param transactions how many there are
 * @param holder by row: who holds it at the start
 * @param queue by row: who waits for it at the start; a free row goes to the first of them at once
 */
export function beginLocks(
  transactions: number,
  holder: readonly (number | null)[],
  queue: readonly (readonly number[])[],
): Locks {
  const rowsOf = Array.from({ length: transactions }, (): number[] => [])
  holder.forEach((process, row) => process !== null && rowsOf[process]!.push(row))
  queue.forEach((waiting, row) => waiting.forEach((process) => rowsOf[process]!.push(row)))
  let next = 1
  const locks: Locks = {
    rule: 'detect',
    transactions: rowsOf.map((rows) => {
      const stage = rows.length > 0 ? 'running' : 'idle'
      return { stage, stamp: stage === 'running' ? next++ : 0, rows, redo: [], rollbacks: 0 }
    }),
    holder,
    queue,
    next,
    untouched: true,
  }
  const free = holder.flatMap((process, row) => (process === null ? [row] : []))
  return handOn(locks, free).locks
}

/** The rows that a transaction waits for. */
export function waitingFor({ transactions, holder }: Locks, transaction: number): number[] {
  return transactions[transaction]!.rows.filter((row) => holder[row] !== transaction)
}

/** The rows that a transaction holds. */
export function heldBy({ transactions, holder }: Locks, transaction: number): number[] {
  return transactions[transaction]!.rows.filter((row) => holder[row] === transaction)
}

/** Who waits for whom: each that waits for a row, for its holder. */
export function lockWaits(locks: Locks): WaitGraph {
  return locks.transactions.map((_, transaction) => {
    const holders = waitingFor(locks, transaction).flatMap((row) => locks.holder[row] ?? [])
    return [...new Set(holders)].sort((a, b) => a - b)
  })
}

/**
 * A ring of waits and the youngest on it, the one with the largest time stamp: it has worked for the shortest time, so
 * least is lost.
 * @returns null while nobody is on a ring
 */
export function victimIn(locks: Locks): { cycle: readonly number[]; victim: number } | null {
  const cycle = cycleIn(lockWaits(locks))
  if (cycle === null) return null
  const stamp = (transaction: number): number => locks.transactions[transaction]!.stamp
  return { cycle, victim: cycle.reduce((young, other) => (stamp(other) > stamp(young) ? other : young)) }
}

/** Begins, or begins again after a rollback. With its age kept it grows older than all that begin later. */
export function begin(locks: Locks, transaction: number, age: 'new' | 'kept'): LockStep {
  const { stamp } = locks.transactions[transaction]!
  const changed = { stage: 'running', stamp: age === 'kept' ? stamp : locks.next } as const
  const next = age === 'kept' ? locks.next : locks.next + 1
  return { ...nothing, locks: { ...change(locks, transaction, changed), next, untouched: false }, began: true }
}

/** Asks for a row that the transaction does not have; one that has not begun begins. It must not wait already. */
export function lock(locks: Locks, transaction: number, row: number): LockStep {
  if (locks.transactions[transaction]!.stage === 'idle') {
    return { ...lock(begin(locks, transaction, 'new').locks, transaction, row), began: true }
  }
  const { rows, redo, stamp } = locks.transactions[transaction]!
  const asked = change({ ...locks, untouched: false }, transaction, {
    rows: [...rows, row],
    redo: redo.filter((other) => other !== row),
  })
  const holder = locks.holder[row] ?? null
  if (holder === null) return { ...nothing, locks: { ...asked, holder: locks.holder.with(row, transaction) } }

  const waiting = { ...asked, queue: asked.queue.with(row, [...asked.queue[row]!, transaction]) }
  const older = stamp < locks.transactions[holder]!.stamp
  if (locks.rule === 'wait-die' && !older) return rollBack(waiting, transaction)
  if (locks.rule === 'wound-wait' && older) return rollBack(waiting, holder)
  return { ...nothing, locks: waiting, waitsFor: holder }
}

/** Gives up all rows of a transaction and forgets what it did. */
export function rollBack(locks: Locks, transaction: number): LockStep {
  const { rows, redo, rollbacks } = locks.transactions[transaction]!
  const { locks: after, held, granted } = leave(locks, transaction)
  return {
    ...nothing,
    locks: change(after, transaction, { stage: 'rolled-back', redo: [...rows, ...redo], rollbacks: rollbacks + 1 }),
    rolledBack: { transaction, rows: held },
    granted,
  }
}

/** Ends a transaction, which gives up all its rows only now. */
export function commit(locks: Locks, transaction: number): LockStep {
  const { locks: after, held, granted } = leave(locks, transaction)
  return { ...nothing, locks: change(after, transaction, { stage: 'committed' }), givenUp: held, granted }
}

const nothing: Omit<LockStep, 'locks'> = { began: false, waitsFor: null, rolledBack: null, givenUp: [], granted: [] }

function change(locks: Locks, transaction: number, by: Partial<Transaction>): Locks {
  const before = locks.transactions[transaction]!
  return { ...locks, transactions: locks.transactions.with(transaction, { ...before, ...by }) }
}

function leave(locks: Locks, transaction: number): { locks: Locks; held: number[]; granted: LockStep['granted'] } {
  const held = heldBy(locks, transaction)
  const left = {
    ...change(locks, transaction, { rows: [] }),
    holder: locks.holder.map((holder) => (holder === transaction ? null : holder)),
    queue: locks.queue.map((waiting) => waiting.filter((other) => other !== transaction)),
    untouched: false,
  }
  return { held, ...handOn(left, held) }
}

/**
 * Free rows go to who waits for them: to the first that asked; under wait-die to the youngest and under wound-wait to the
 * oldest of them, so that those who go on waiting still wait only for younger ones, or only for older ones.
 */
function handOn(locks: Locks, rows: readonly number[]): { locks: Locks; granted: LockStep['granted'] } {
  const holder = [...locks.holder]
  const queue = [...locks.queue]
  const granted: { row: number; to: number }[] = []
  const stamp = (transaction: number): number => locks.transactions[transaction]!.stamp
  for (const row of rows) {
    const waiting = queue[row]!
    const [first] = waiting
    if (first === undefined) continue
    const sign = locks.rule === 'wait-die' ? -1 : 1
    const to = locks.rule === 'detect' ? first : waiting.toSorted((a, b) => sign * (stamp(a) - stamp(b)))[0]!
    holder[row] = to
    queue[row] = waiting.filter((other) => other !== to)
    granted.push({ row, to })
  }
  return { locks: { ...locks, holder, queue }, granted }
}
