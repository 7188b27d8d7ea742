// How the operations on clocks read their input: each value is checked where it stands, and a refusal names the place.
// Knows no algorithm.
import { MAX_CLOCK_READING, MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { bad, said } from '../../../contract/operation-input.ts'
import { clockTexts as texts } from '../model/clock-texts.ts'

/**
 * @param form an example, for the refusal
 * @param most how many entries there may be, of what is called `plural`
 */
export function readList(value: unknown, at: string, form: string, most: number, plural: string): unknown[] {
  if (!Array.isArray(value)) throw bad(at, texts.noList(at, said(value), form))
  if (value.length > most) throw bad(at, texts.tooMany(value.length, plural, most))
  return value
}

/** A clock reading, or the difference of two. */
export function readReading(value: unknown, at: string): number {
  if (typeof value === 'number' && Math.abs(value) <= MAX_CLOCK_READING) return value
  throw bad(at, texts.noNumber(said(value), MAX_CLOCK_READING))
}

/** A length of time: a reading that is not negative. */
export function readLength(value: unknown, at: string): number {
  const length = readReading(value, at)
  if (length < 0) throw bad(at, texts.noLength(said(value)))
  return length
}

export function readName(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH) return value
  throw bad(at, texts.noName(said(value)))
}

/** Names that are all different. */
export function readNames(value: unknown, at: string, most: number): string[] {
  const seen = new Set<string>()
  for (const [index, item] of readList(value, at, '["P1", "P2"]', most, 'names').entries()) {
    const name = readName(item, `${at}[${index}]`)
    if (seen.has(name)) throw bad(`${at}[${index}]`, texts.twice(name))
    seen.add(name)
  }
  return [...seen]
}

/** Names for so many clocks: those that are given, or P1, P2 … */
export function readClockNames(value: unknown, at: string, count: number): string[] {
  if (value === undefined) return Array.from({ length: count }, (_, index) => `P${index + 1}`)
  const names = readNames(value, at, Number.MAX_SAFE_INTEGER)
  if (names.length !== count) throw bad(at, texts.names(names.length, count))
  return names
}
