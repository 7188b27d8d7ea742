// Parameters of a check as an author types them: lists of names, and numbers by name. Knows no lab.

/** "P1, P2" as names. */
export function readNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** "R1: 2, R2: 1" as numbers by name; null when it is not written like that. A name may hold colons and blanks. */
export function readCounts(text: string): Record<string, number> | null {
  const pairs = readNames(text).map((part) => /^(.+?)\s*:\s*(\d{1,9})$/.exec(part))
  if (pairs.some((pair) => pair === null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, Number(pair![2])]))
}

/** A parameter as text that reads back as the same. */
export function writeParam(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ')
}
