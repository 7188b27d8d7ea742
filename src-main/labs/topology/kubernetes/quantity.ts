// Quantities of Kubernetes: 500m, 2, 1Gi, 128974848, 1e3. CPU becomes thousandths of a core, everything else whole units,
// both rounded up as the scheduler does. Exact: no binary fractions. Knows no cluster.
import { bad, said } from '../../../contract/operation-input.ts'

/** Suffix to [factor, divisor]. */
const SUFFIXES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, 1_000_000_000n],
  u: [1n, 1_000_000n],
  m: [1n, 1_000n],
  '': [1n, 1n],
  k: [1_000n, 1n],
  M: [1_000n ** 2n, 1n],
  G: [1_000n ** 3n, 1n],
  T: [1_000n ** 4n, 1n],
  P: [1_000n ** 5n, 1n],
  E: [1_000n ** 6n, 1n],
  Ki: [1_024n, 1n],
  Mi: [1_024n ** 2n, 1n],
  Gi: [1_024n ** 3n, 1n],
  Ti: [1_024n ** 4n, 1n],
  Pi: [1_024n ** 5n, 1n],
  Ei: [1_024n ** 6n, 1n],
}

const FORM = /^\+?(\d+(?:\.\d*)?|\.\d+)(?:([eE])([+-]?\d{1,3})|([a-zA-Z]*))$/

/** The largest amount that is kept exactly. */
const MOST = BigInt(Number.MAX_SAFE_INTEGER)

const REMEDY = 'Write a number, with a suffix such as m, k, M, G or Ki, Mi, Gi, and no blank: 500m, 2, 1.5Gi.'

/**
 * @param value a number, or a text such as "500m" or "1Gi"
 * @param at the place in the input, for messages
 * @param parts how many parts of the unit are counted: 1000 for thousandths
 * @returns a whole number of parts, rounded up
 * @throws InterlockError `bad-input` with the remedy
 */
function exact(value: unknown, at: string, parts: bigint): number {
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw bad(at, `expected a quantity such as 500m or 1Gi, found ${said(value)}.`)
  }
  const text = String(value).trim()
  if (text.startsWith('-')) throw bad(at, `${said(value)} is negative; a quantity is 0 or more.`)
  const match = FORM.exec(text)
  const suffix = match?.[2] === undefined ? (match?.[4] ?? '') : ''
  const scale = SUFFIXES[suffix]
  if (match === null) throw bad(at, `${said(value)} is no quantity. ${REMEDY}`)
  if (scale === undefined) {
    const near = Object.keys(SUFFIXES).find((one) => one.toLowerCase() === suffix.replace(/b$/i, '').toLowerCase())
    const hint = near === undefined || near === '' ? REMEDY : `Did you mean ${match[1] ?? ''}${near}? ${REMEDY}`
    throw bad(at, `${said(value)} ends with the unknown suffix "${suffix}". ${hint}`)
  }
  const [whole = '', fraction = ''] = (match[1] ?? '0').split('.')
  const exponent = Number(match[3] ?? 0) - fraction.length
  const up = exponent > 0 ? 10n ** BigInt(exponent) : 1n
  const down = exponent < 0 ? 10n ** BigInt(-exponent) : 1n
  const top = BigInt(`${whole}${fraction}` || '0') * up * scale[0] * parts
  const bottom = down * scale[1]
  const amount = (top + bottom - 1n) / bottom
  if (amount > MOST) throw bad(at, `${said(value)} is more than ${MOST / parts}, the most that is calculated with.`)
  return Number(amount)
}

/** Thousandths of a core: "500m" and 0.5 are 500, 2 is 2000. @throws InterlockError `bad-input` with the remedy */
export const parseCpu = (value: unknown, at = 'cpu'): number => exact(value, at, 1_000n)

/** Whole units, for memory bytes: "1Gi" is 1073741824. @throws InterlockError `bad-input` with the remedy */
export const parseAmount = (value: unknown, at = 'memory'): number => exact(value, at, 1n)

/** What a resource is counted in: cpu in thousandths of a core, all others in whole units. */
export const parseResource = (name: string, value: unknown, at = name): number =>
  name === 'cpu' ? parseCpu(value, at) : parseAmount(value, at)

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const

/** As Kubernetes writes it: "500m", "2", "1Gi", "1.5Gi"; bytes that are no round number of a binary unit get two digits. */
export function showResource(name: string, amount: number): string {
  if (name === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`
  if (!isBytes(name)) return String(amount)
  let unit = 0
  let value = amount
  while (value >= 1024 && unit < BINARY.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${Math.round(value * 100) / 100}${BINARY[unit] ?? ''}`
}

/** Whether the resource is counted in bytes. */
export const isBytes = (name: string): boolean =>
  name === 'memory' || name.endsWith('storage') || name.startsWith('hugepages-')
