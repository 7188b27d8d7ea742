// How the operations of this lab read their input: one operation answers several kinds of question, told apart by the
// fields that are there; each value is checked where it stands, and a refusal names the place and the remedy.
// Knows no formula.
import { MAX_FIGURE, MAX_FIGURES, MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { didYouMean } from '../../../contract/near-names.ts'
import { bad, readFields, said } from '../../../contract/operation-input.ts'
import { show } from '../figures.ts'

/** A kind of question: the fields that make it this kind, and those that it may have besides. */
export interface Question<Kind extends string = string> {
  kind: Kind
  needs: readonly string[]
  may: readonly string[]
}

export type Fields = Readonly<Record<string, unknown>>

/**
 * The fields of an input with their proper names.
 * @param aliases short or other names, such as the letters of a formula
 * @throws InterlockError `bad-input`
 */
export function readNamed(input: unknown, aliases: Readonly<Record<string, string>> = {}, at = 'input'): Fields {
  const fields: Record<string, unknown> = {}
  const cameAs: Record<string, string> = {}
  for (const [given, value] of Object.entries(readFields(input, at))) {
    const name = Object.hasOwn(aliases, given) ? aliases[given]! : given
    if (Object.hasOwn(fields, name)) throw bad(given, `this is ${cameAs[name] ?? name} once more. Keep one of them.`)
    fields[name] = value
    cameAs[name] = given
  }
  return fields
}

/**
 * Which kind of question is asked: the one with the most fields of those that are complete.
 * @throws InterlockError `bad-input` when no kind is complete, or a field belongs to none
 */
export function kindOf<Kind extends string>(fields: Fields, questions: readonly Question<Kind>[]): Kind {
  const known = [...new Set(questions.flatMap(({ needs, may }) => [...needs, ...may]))]
  for (const field of Object.keys(fields)) {
    if (!known.includes(field)) throw bad(field, `there is no such field.${didYouMean(field, known)} See --help.`)
  }
  const has = (field: string): boolean => fields[field] !== undefined
  const complete = questions.filter(({ needs }) => needs.every(has))
  const chosen = complete.reduce<Question<Kind> | null>(
    (best, one) => (best === null || one.needs.length > best.needs.length ? one : best),
    null,
  )
  if (chosen === null) {
    const begun = questions.filter(({ needs }) => needs.some(has))
    const asked = (begun.length === 0 ? questions : begun)
      .map(({ kind, needs }) => `${kind} needs ${needs.join(' and ')}`)
      .join('; ')
    throw bad('input', `the question is not complete: ${asked}. See --help.`)
  }
  for (const field of Object.keys(fields)) {
    if (!chosen.needs.includes(field) && !chosen.may.includes(field)) {
      throw bad(field, `${chosen.needs.join(' and ')} ask for ${chosen.kind}, which has no ${field}. Leave one out.`)
    }
  }
  return chosen.kind
}

/** Bounds of a number: from `min` to `max`, or above `above`. */
export interface Bounds {
  min?: number
  above?: number
  max?: number
  whole?: boolean
}

/** @throws InterlockError `bad-input` */
export function readNumber(
  value: unknown,
  at: string,
  { min = 0, above, max = MAX_FIGURE, whole }: Bounds = {},
): number {
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (above === undefined ? value >= min : value > above) &&
    value <= max &&
    (whole !== true || Number.isInteger(value))
  if (fits) return value
  const kind = whole === true ? 'a whole number' : 'a number'
  const from = above === undefined ? `from ${show(min)}` : `above ${show(above)}`
  // The largest number of all is only worth a word to somebody who went beyond it.
  const usual = max === MAX_FIGURE && !(typeof value === 'number' && value > max)
  const to = usual ? '' : above === undefined ? ` to ${show(max)}` : ` and at most ${show(max)}`
  throw bad(at, `expected ${kind} ${from}${to}, found ${said(value)}.`)
}

/** A number that may be missing. */
export function readOptional<T>(value: unknown, usual: T, read: (value: unknown) => T): T {
  return value === undefined || value === null ? usual : read(value)
}

/** @param form an example, for the refusal */
export function readList(value: unknown, at: string, form: string, least = 1, most = MAX_FIGURES): unknown[] {
  if (Array.isArray(value) && value.length >= least && value.length <= most) return value
  const found = Array.isArray(value) ? `a list of ${show(value.length)}` : said(value)
  throw bad(at, `expected a list of ${show(least)} to ${show(most)} entries such as ${form}, found ${found}.`)
}

export function readName(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH) return value
  throw bad(at, `expected a name of 1 to ${MAX_NAME_LENGTH} characters, found ${said(value)}.`)
}

/** @throws InterlockError `bad-input` naming the first name that is there twice */
export function refuseTwice(names: readonly string[], at: string): void {
  const seen = new Set<string>()
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) throw bad(`${at}[${index}]`, `${said(name)} is there twice. Give each a name of its own.`)
    seen.add(name)
  }
}

export function readFlag(value: unknown, at: string): boolean {
  if (typeof value === 'boolean') return value
  throw bad(at, `expected true or false, found ${said(value)}.`)
}

export function readChoice<const T extends string | number>(value: unknown, at: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw bad(at, `expected ${choices.map((choice) => JSON.stringify(choice)).join(' or ')}, found ${said(value)}.`)
}

/** MiB of each unit that a size may be written with. Plain letters mean powers of 1000, as in Kubernetes. */
const MIB: Readonly<Record<string, number>> = {
  B: 1 / 1024 ** 2,
  Ki: 1 / 1024,
  Mi: 1,
  Gi: 1024,
  Ti: 1024 ** 2,
  K: 1000 / 1024 ** 2,
  M: 1000 ** 2 / 1024 ** 2,
  G: 1000 ** 3 / 1024 ** 2,
  T: 1000 ** 4 / 1024 ** 2,
}

/**
 * A size in MiB: a number in the unit that is usual there, or a text with a unit such as "8Gi" or "64 MiB".
 * @param unit what a plain number means
 */
export function readSize(value: unknown, at: string, unit: 'Mi' | 'Gi' | 'B', bounds: Bounds = {}): number {
  if (typeof value !== 'string') return readNumber(value, at, bounds) * MIB[unit]!
  const [, digits, letters] = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]i?)?B?\s*$/i.exec(value) ?? []
  if (digits === undefined) throw bad(at, `expected a size such as 64, "64Mi" or "8Gi", found ${said(value)}.`)
  const wanted = letters === undefined ? 'B' : `${letters[0]!.toUpperCase()}${letters.length > 1 ? 'i' : ''}`
  readNumber(Number(digits), at, bounds)
  return Number(digits) * MIB[wanted]!
}

/** Thousandths of a CPU: a number of them, or a text as in Kubernetes: "250m", "0.5". */
export function readMilliCpu(value: unknown, at: string, bounds: Bounds = {}): number {
  if (typeof value !== 'string') return readNumber(value, at, bounds)
  const [, digits, milli] = /^\s*(\d+(?:\.\d+)?)\s*(m)?\s*$/.exec(value) ?? []
  if (digits === undefined)
    throw bad(at, `expected thousandths of a CPU such as 250, "250m" or "0.25", found ${said(value)}.`)
  const cpus = Number(digits)
  return readNumber(milli === undefined ? Number((cpus * 1000).toPrecision(12)) : cpus, at, bounds)
}
