// One line of a script of transactions: `T1 locks A`, `T1 commits`, `T2 rolls back`, `T2 begins`, `T2 begins again`,
// `T2 begins anew`, `rule wait-die`. Says what a line means, not whether it is possible. Knows no run.
import { databaseTexts as texts } from '../model/database-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'
import type { DatabaseEvent } from './database.ts'
import { type Word, nodeCalled, refuse, wordsOf, writtenName } from './script-names.ts'
import { slotsIn } from './script-patterns.ts'

const RULE = /^rule\s+(detect|wait-die|wound-wait)$/i

/**
 * @param line a statement without comment
 * @throws InterlockError `bad-input` with what was expected and where
 */
export function readTransactionLine(line: string, { nodes }: Pick<DeadlockModel, 'nodes'>): DatabaseEvent {
  const rule = RULE.exec(line)?.[1]?.toLowerCase()
  if (rule === 'detect' || rule === 'wait-die' || rule === 'wound-wait') return { type: 'rule', rule }
  if (/^rule\s+\S*$/i.test(line)) refuse(texts.line, { from: 0, to: line.length })
  const words = wordsOf(line)
  const subject = (slots: readonly Word[]): string => nodeCalled(nodes, 'process', slots[0]!)
  const locks = slotsIn(words, '_ locks _')
  if (locks !== null) {
    return { type: 'lock', process: subject(locks), resource: nodeCalled(nodes, 'resource', locks[1]!) }
  }
  for (const { pattern, event } of forms) {
    const slots = slotsIn(words, pattern)
    if (slots !== null) return event(subject(slots))
  }
  return refuse(texts.line, { from: 0, to: line.length })
}

const forms: readonly { pattern: string; event: (process: string) => DatabaseEvent }[] = [
  { pattern: '_ commits', event: (process) => ({ type: 'commit', process }) },
  { pattern: '_ rolls back', event: (process) => ({ type: 'roll-back', process }) },
  { pattern: '_ is rolled back', event: (process) => ({ type: 'roll-back', process }) },
  { pattern: '_ begins', event: (process) => ({ type: 'begin', process, age: 'new' }) },
  { pattern: '_ begins anew', event: (process) => ({ type: 'begin', process, age: 'new' }) },
  { pattern: '_ begins again', event: (process) => ({ type: 'begin', process, age: 'kept' }) },
]

/**
 * The line that `readTransactionLine` reads as this event.
 * @param first whether the transaction has not begun before
 */
export function writeTransactionLine(
  event: DatabaseEvent,
  { nodes }: Pick<DeadlockModel, 'nodes'>,
  first: boolean,
): string {
  if (event.type === 'rule') return `rule ${event.rule}`
  const name = writtenName(nodes, event.process)
  if (event.type === 'lock') return `${name} locks ${writtenName(nodes, event.resource)}`
  if (event.type === 'begin' && event.age === 'new') return `${name} begins${first ? '' : ' anew'}`
  if (event.type === 'begin') return `${name} begins again`
  return `${name} ${event.type === 'commit' ? 'commits' : 'rolls back'}`
}
