// Small readers that the operations on clusters share: objects, lists, texts, and fields that nobody knows.
import { didYouMean } from '../../../contract/near-names.ts'
import { bad, readFields, said } from '../../../contract/operation-input.ts'

export type Fields = Record<string, unknown>

/** Nothing counts as an empty object. @throws InterlockError `bad-input` */
export const record = (value: unknown, at: string): Fields =>
  value === undefined || value === null ? {} : readFields(value, at, `expected an object, found ${said(value)}.`)

/** Nothing counts as an empty list. @throws InterlockError `bad-input` */
export function list(value: unknown, at: string): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw bad(at, `expected a list, found ${said(value)}.`)
}

/** @throws InterlockError `bad-input` */
export function text(value: unknown, at: string, usual?: string): string {
  if (value === undefined && usual !== undefined) return usual
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw bad(at, `expected a text, found ${said(value)}.`)
}

/** One of several words. @throws InterlockError `bad-input` naming them all */
export function oneOf<T extends string>(value: unknown, at: string, words: readonly T[], usual?: T): T {
  if (value === undefined && usual !== undefined) return usual
  const found = words.find((word) => word === value)
  if (found === undefined) throw bad(at, `expected ${words.join(' or ')}, found ${said(value)}.`)
  return found
}

/** @throws InterlockError `bad-input` */
export function readNumber(value: unknown, at: string, min = -Infinity, max = Infinity): number {
  if (typeof value === 'number' && value >= min && value <= max) return value
  const range = min === -Infinity ? '' : max === Infinity ? ` of at least ${min}` : ` from ${min} to ${max}`
  throw bad(at, `expected a number${range}, found ${said(value)}.`)
}

/** @throws InterlockError `bad-input` */
export const readNumbers = (value: unknown, at: string, min = -Infinity, max = Infinity): number[] =>
  list(value, at).map((one, index) => readNumber(one, `${at}[${index}]`, min, max))

/** One thing or a list of them. */
export const oneOrMore = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

export const readLabels = (value: unknown, at: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value, at)).map(([key, one]) => [key, text(one, `${at}.${key}`)]))

/** @throws InterlockError `bad-input` for a field that nobody reads, which is usually a slip of the pen */
export function onlyFields(fields: Fields, at: string, known: readonly string[]): void {
  const strange = Object.keys(fields).find((name) => !known.includes(name))
  if (strange === undefined) return
  const hint = didYouMean(strange, known) || ` Known are ${known.join(', ')}.`
  throw bad(at === '' ? strange : `${at}.${strange}`, `this field is not known.${hint}`)
}

/** Answers a question from the value of its field. */
export type Question = (value: unknown, at: string) => object

/**
 * Answers all questions whose field is there, and the main one. A question that is asked alone is answered without its
 * name around it.
 * @param main null when its fields are not there
 * @throws InterlockError `bad-input` when nothing is asked
 */
export function answered(
  fields: Fields,
  questions: Readonly<Record<string, Question>>,
  mainFields: string,
  main: () => Record<string, unknown> | null,
): Record<string, unknown> {
  const asked = Object.entries(questions).filter(([name]) => fields[name] !== undefined)
  const answers = asked.map(([name, answer]) => [name, answer(fields[name], name)] as const)
  const whole = main()
  if (whole !== null) return { ...whole, ...Object.fromEntries(answers) }
  const [first, second] = answers
  if (first === undefined) throw bad('input', `expected ${mainFields}, or one of ${Object.keys(questions).join(', ')}.`)
  return second === undefined ? { ...first[1] } : Object.fromEntries(answers)
}
