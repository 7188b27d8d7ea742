// How the engines of this lab calculate and show figures: without the dust of binary fractions, and readable in a
// formula. Knows no formula.

/** Digits that a result keeps: more than any question has, fewer than where binary fractions show their dust. */
const DIGITS = 12

/** The same number without dust: 0.1 + 0.2 is 0.3. Every result of an engine passes through here once. */
export const tidy = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value)

/** a / b rounded down; a quotient that is whole but for dust counts as whole. */
export const floorOf = (a: number, b = 1): number => Math.floor(tidy(a / b))

/** a / b rounded up; a quotient that is whole but for dust counts as whole. */
export const ceilOf = (a: number, b = 1): number => Math.ceil(tidy(a / b))

/** Whether a <= b, dust aside. */
export const atMost = (a: number, b: number): boolean => a <= b || tidy(a) <= tidy(b)

/** Whether a < b by more than dust. */
export const below = (a: number, b: number): boolean => a < b && tidy(a) < tidy(b)

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** A number as a formula shows it: at most four digits behind the point, three digits together: 105,800,000 or 0.2625. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  // Small numbers keep four digits that say something, so that a share of 0.00002 does not become 0; huge ones four in all.
  const far = value !== 0 && (Math.abs(value) < 0.001 || Math.abs(value) >= 1e16)
  const rounded = far ? Number(value.toPrecision(4)) : Math.round(value * 10_000) / 10_000
  const [whole = '0', rest] = String(rounded).split('.')
  if (whole.includes('e') || rest?.includes('e')) return String(rounded)
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return rest === undefined ? grouped : `${grouped}.${rest}`
}

/** "4 + 8 + 12", shortened in the middle when there are many. */
export function showSum(values: readonly number[]): string {
  if (values.length === 0) return '0'
  if (values.length <= 12) return values.map(show).join(' + ')
  return `${values.slice(0, 10).map(show).join(' + ')} + … + ${show(values.at(-1) ?? 0)}`
}

/** "1 period", "2 periods". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${show(count)} ${count === 1 ? noun : plural}`
