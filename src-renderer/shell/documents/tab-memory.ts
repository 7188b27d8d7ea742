// What is open, kept in the storage of this tab: a reload brings it back whole, even while the host is away.
// Knows no document; it stores and reads plain entries, and never trusts what it reads.

const KEY = 'interlock.open'

export interface TabEntry {
  key: string
  name: string
  place: string
  /** null when it has no file, or is open to look only */
  stamp: string | null
  /** open to look only */
  look?: boolean
  text: string
  /** what it is compared with to know whether it is saved; null: the same as `text` */
  savedText: string | null
  active: boolean
}

function isEntry(value: unknown): value is TabEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Readonly<Record<string, unknown>>
  const text = (key: string): boolean => typeof entry[key] === 'string'
  const textOrNull = (key: string): boolean => text(key) || entry[key] === null
  return (
    ['key', 'name', 'place', 'text'].every(text) &&
    ['stamp', 'savedText'].every(textOrNull) &&
    typeof entry['active'] === 'boolean'
  )
}

export function remember(entries: readonly TabEntry[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries))
  } catch {
    // The storage is full or switched off: the host's own copies remain. What stood here before is out of date, and a
    // reload that brought it back would undo work.
    forgetTab()
  }
}

export function recall(): TabEntry[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}

/** Nothing of this tab is brought back any more. */
export function forgetTab(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // There is no storage at all.
  }
}
