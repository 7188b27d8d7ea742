// A text that cannot be read as its format: where, what stands there, what to write instead. Knows no format.
import { InterlockError } from '../contract/errors.ts'

/** A place in a text: line and column from 1, the column in UTF-16 units. */
export interface Place {
  line: number
  column: number
}

/** @throws InterlockError `bad-input`, always, with `line` and `column` in its details */
export function refuseAt({ line, column }: Place, problem: string): never {
  throw new InterlockError('bad-input', `Line ${line}, column ${column}: ${problem}`, { line, column })
}

/** The place of an offset of a text. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, Math.max(0, offset))
  const line = before.split('\n').length
  return { line, column: before.length - before.lastIndexOf('\n') }
}

/** A piece of a text as it is quoted in a message: one line, not long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`
}

/** A line that may stand in a comment of one line. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ').trim()
}
