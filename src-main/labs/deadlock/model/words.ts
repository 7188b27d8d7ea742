// How lists and quantities are said in this lab's sentences. Knows no graph.

/** "P1", "P1 and P2", "P1, P2 and P3"; beyond `most` names "P1, P2 and 7 more". */
export function list(names: readonly string[], most = names.length, total = names.length): string {
  const shown = names.slice(0, most)
  const rest = total - shown.length
  const parts = rest > 0 ? [...shown, `${number(rest)} more`] : shown
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** "P1", "P1, then P2", "P1, then P2, then P3"; beyond `most` names "…, then 7 more". */
export function sequence(names: readonly string[], total: number): string {
  const rest = total - names.length
  return [...names, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(', then ')
}

/** "1 unit", "3 units" */
export function units(count: number): string {
  return count === 1 ? '1 unit' : `${number(count)} units`
}

/** Digits in groups of three with commas, whatever the machine's language is: a verdict is the same everywhere. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** "1 cycle", "2 cycles" */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** "R1 2, R2 0"; beyond `most` entries "R1 2, … and 7 more". `total` counts the entries there are in all. */
export function vector<T>(entries: readonly T[], say: (entry: T) => string, most: number, total: number): string {
  const shown = entries.slice(0, most).map(say)
  if (shown.length === 0) return total === 0 ? 'nothing' : 'unchanged'
  return total > shown.length ? `${shown.join(', ')} and ${number(total - shown.length)} more` : shown.join(', ')
}

/** "T1 → T2 → T1"; beyond `most` names "T1 → T2 → 7 more → T1". */
export function ring(names: readonly string[], most = 6): string {
  const rest = names.length - most
  const shown = rest > 0 ? [...names.slice(0, most), `${number(rest)} more`] : names
  return [...shown, ...names.slice(0, 1)].join(' → ')
}
