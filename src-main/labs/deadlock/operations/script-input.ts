// Scripts in the input of an operation: lines as one text or as a list, played one by one. Knows no simulation.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_SCRIPT_EVENTS } from '../../../contract/limits.ts'
import { linesOf, statementOf } from '../../../simulation/lines.ts'
import { number } from '../model/words.ts'

const texts = {
  noScript: (example: string): string => `expected lines such as "${example}", as one text or as a list.`,
  tooMany: `A script has up to ${number(MAX_SCRIPT_EVENTS)} events. Shorten it.`,
}

export interface Statement {
  text: string
  /** counted from 1 */
  line: number
}

/**
 * @param at the field's name
 * @throws InterlockError `bad-input` when it is no script, `too-large` for too many events
 */
export function statementsIn(value: unknown, at: string, example: string): Statement[] {
  const lines = typeof value === 'string' ? linesOf(value) : value
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string')) {
    throw new InterlockError('bad-input', `${at}: ${texts.noScript(example)}`, { at })
  }
  const found = lines.flatMap((line, index): Statement[] => {
    const statement = statementOf(line)
    return statement === null ? [] : [{ text: statement.text, line: index + 1 }]
  })
  if (found.length > MAX_SCRIPT_EVENTS)
    throw new InterlockError('too-large', texts.tooMany, { most: MAX_SCRIPT_EVENTS })
  return found
}

/** Does something for a line; what goes wrong there names the line. */
export function atLine<T>(at: string, { line }: Statement, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error
    throw new InterlockError('bad-input', `${at}, line ${line}: ${error.message}`, { line })
  }
}
