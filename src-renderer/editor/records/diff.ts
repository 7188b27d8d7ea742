// What a change did to the records, as data: diffs are squashed into one, inverted for undo, and applied at once.
// Knows nothing of what the records mean.

/** A record as the store keeps it: frozen, plain JSON values. */
export type Rec = { readonly id: string; readonly [field: string]: unknown }
export type Collection = 'nodes' | 'edges' | 'positions' | 'notes' | 'meta'
export type Key = `${Collection}/${string}`

export interface RecordDiff {
  added: Map<Key, Rec>
  updated: Map<Key, { before: Rec; after: Rec }>
  removed: Map<Key, Rec>
}

export const emptyDiff = (): RecordDiff => ({ added: new Map(), updated: new Map(), removed: new Map() })

export const isEmpty = (diff: RecordDiff): boolean =>
  diff.added.size === 0 && diff.updated.size === 0 && diff.removed.size === 0

/** Equality of plain JSON values; the order of keys does not count. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = new Map(Object.entries(a))
  const right = Object.entries(b)
  return left.size === right.length && right.every(([key, value]) => left.has(key) && sameValue(left.get(key), value))
}

/** The diff that takes back what `diff` did. */
export function invert(diff: RecordDiff): RecordDiff {
  const updated: RecordDiff['updated'] = new Map()
  for (const [key, { before, after }] of diff.updated) updated.set(key, { before: after, after: before })
  return { added: new Map(diff.removed), updated, removed: new Map(diff.added) }
}

/**
 * Adds `next` to `into`, so that applying `into` once does what both did one after the other. What ends where it
 * began disappears: a node dragged away and back leaves no trace.
 */
export function squash(into: RecordDiff, next: RecordDiff): void {
  for (const [key, rec] of next.added) {
    const before = into.removed.get(key)
    if (before === undefined) into.added.set(key, rec)
    else {
      into.removed.delete(key)
      if (!sameValue(before, rec)) into.updated.set(key, { before, after: rec })
    }
  }
  for (const [key, change] of next.updated) {
    if (into.added.has(key)) into.added.set(key, change.after)
    else {
      const before = into.updated.get(key)?.before ?? change.before
      if (sameValue(before, change.after)) into.updated.delete(key)
      else into.updated.set(key, { before, after: change.after })
    }
  }
  for (const [key, rec] of next.removed) {
    if (into.added.delete(key)) continue
    into.removed.set(key, into.updated.get(key)?.before ?? rec)
    into.updated.delete(key)
  }
}

/** Whether a diff touches a record of one of these collections. */
export function touched(diff: RecordDiff, collections: readonly Collection[]): boolean {
  const within = (key: Key): boolean => collections.some((collection) => key.startsWith(`${collection}/`))
  for (const part of [diff.added, diff.updated, diff.removed]) {
    for (const key of part.keys()) if (within(key)) return true
  }
  return false
}
