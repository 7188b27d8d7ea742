// What can be asked about the next step of a run before it is shown: the numbers that its sentence will hold, or which of
// several sentences will be true. Made from the sentences alone; knows no simulation.

/** A piece of the sentence: words as they are, or a number that is left out; `again`: it was asked for before. */
export type Piece = { words: string } | { gap: number; value: string; again: boolean }

/** `happens` is told with the question; empty where the question itself tells it. */
export type Question = { happens: string } & (
  | { kind: 'numbers'; pieces: readonly Piece[]; values: readonly string[] }
  | { kind: 'choice'; options: readonly string[]; right: string }
)

/** What is known of a step when it is asked about. */
export interface Ahead {
  /** what is so now, in a sentence */
  now: string
  /** what happens */
  text: string
  /** what is so afterwards */
  status: string
  /** what would be so after other steps that could come */
  others: readonly string[]
}

const MOST_GAPS = 3
const MOST_OPTIONS = 4
/** Shorter numbers, such as the 8 of "8 of 8", occur by chance as well. */
const TELLING = 3

/** Numbers that stand alone: not the 4 of P4, nor a part of a version or an address. */
const number = /(?<![\w.,:/])\d[\d,]*(?:\.\d+)?(?![\w/]|[.:,]\d)/g
/** What follows a number that is worked with and is no result. */
const operator = /^\s*[*/+×x^-]\s*[\d(]/

interface Found {
  value: string
  from: number
  to: number
}

const numbersIn = (text: string): Found[] =>
  [...text.matchAll(number)].map((match) => ({
    value: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }))

const resultsIn = (text: string): Found[] =>
  numbersIn(text).filter(({ from, to }) => /=\s*$/.test(text.slice(0, from)) && !operator.test(text.slice(to)))

/** @returns null when there is nothing that could be foretold */
export function questionOf({ now, text, status, others }: Ahead): Question | null {
  const known = new Set(numbersIn(now).map(({ value }) => value))
  const happens = status.startsWith(text) ? '' : text
  const ways = [
    { happens: '', sentence: text, found: resultsIn(text) },
    { happens, sentence: status, found: resultsIn(status) },
    { happens, sentence: status, found: numbersIn(status).filter(({ value }) => !known.has(value)) },
  ]
  const way = ways.find(({ found }) => found.length > 0)
  if (way !== undefined) {
    return { kind: 'numbers', happens: way.happens, ...gapped(way.sentence, way.found.slice(0, MOST_GAPS)) }
  }
  const options = [...new Set([status, now, ...others])].slice(0, MOST_OPTIONS)
  return options.length < 2 ? null : { kind: 'choice', happens: text, options: options.sort(), right: status }
}

function gapped(text: string, asked: readonly Found[]): { pieces: Piece[]; values: string[] } {
  const repeated = numbersIn(text).filter(
    (one) => one.value.length >= TELLING && asked.some(({ value, from }) => value === one.value && from !== one.from),
  )
  const places = [
    ...asked.map((one) => ({ ...one, again: false })),
    ...repeated.filter(({ from }) => !asked.some((one) => one.from === from)).map((one) => ({ ...one, again: true })),
  ]
  const pieces: Piece[] = []
  const values: string[] = []
  let at = 0
  for (const { value, from, to, again } of places.sort((a, b) => a.from - b.from)) {
    if (from > at) pieces.push({ words: text.slice(at, from) })
    pieces.push({ gap: again ? values.indexOf(value) : values.push(value) - 1, value, again })
    at = to
  }
  if (at < text.length) pieces.push({ words: text.slice(at) })
  return { pieces, values }
}

/** A number as it is written: with a point or a comma for decimals where only one is used; null when it is none. */
function read(text: string): number | null {
  const plain = text.trim().replaceAll(/[\s\u202f_]/g, '')
  if (!/^[+-]?[\d.,]+$/.test(plain) || !/\d/.test(plain)) return null
  // A single comma that is not before three digits can only be for decimals.
  const decimal = /^[+-]?\d+,\d+$/.test(plain) && !/,\d{3}$/.test(plain)
  const value = Number(decimal ? plain.replace(',', '.') : plain.replaceAll(',', ''))
  return Number.isFinite(value) ? value : null
}

/**
 * Whether what was written is the number that was left out: to half a per cent, or to half a unit of the last place that
 * is told, whichever is more.
 */
export function fits(written: string, value: string): boolean {
  const [given, right] = [read(written), Number(value.replaceAll(',', ''))]
  if (given === null) return false
  const places = value.split('.')[1]?.length ?? 0
  const exact = Number.isInteger(right) && places === 0 && Math.abs(right) < 200
  const room = exact ? 0 : Math.max(Math.abs(right) * 0.005, places === 0 ? 0 : 0.5 * 10 ** -places)
  return Math.abs(given - right) <= room + Number.EPSILON
}
