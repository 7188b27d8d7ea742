// The records of one drawing, frozen, by collection and id. Every change goes through here and leaves a diff.
// Knows neither history nor what the records mean; a change says how history should take it.
import { compareIds } from '@contract/document-order.ts'
import { type Collection, type Key, type Rec, type RecordDiff, emptyDiff, isEmpty, sameValue } from './diff.ts'

/**
 * How history takes a change: `now` makes an entry at once, `later` joins the entry of the gesture that is under way,
 * `never` leaves no entry (loading, undo and redo themselves).
 */
export type Capture = 'now' | 'later' | 'never'

/** What an edit may do inside a change. */
export interface Draft {
  get(collection: Collection, id: string): Rec | undefined
  /** Adds or replaces. The record is copied and frozen, nested values too. */
  put(collection: Collection, rec: Rec): void
  remove(collection: Collection, id: string): void
}

const collections: readonly Collection[] = ['nodes', 'edges', 'positions', 'notes', 'meta']

// Entries are defined, not assigned: a field named `__proto__` in a file stays a field.
function frozen(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozen))
  if (typeof value !== 'object' || value === null) return value
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, frozen(inner)])))
}

export class RecordStore {
  readonly #records = new Map<Collection, Map<string, Rec>>(collections.map((name) => [name, new Map<string, Rec>()]))
  readonly #sorted = new Map<Collection, string[]>(collections.map((name) => [name, []]))
  readonly #listeners = new Set<(diff: RecordDiff, capture: Capture) => void>()

  get(collection: Collection, id: string): Rec | undefined {
    return this.#of(collection).get(id)
  }

  /** Records in the order of the document text. The order is kept up with each change, since sorting anew is slow. */
  all(collection: Collection): Rec[] {
    const records = this.#of(collection)
    return this.#order(collection).flatMap((id) => records.get(id) ?? [])
  }

  count(collection: Collection): number {
    return this.#of(collection).size
  }

  listen(listener: (diff: RecordDiff, capture: Capture) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Runs an edit as one change. When it throws, nothing of it stays. */
  change(capture: Capture, edit: (draft: Draft) => void): RecordDiff {
    const diff = emptyDiff()
    try {
      edit({
        get: (collection, id) => this.get(collection, id),
        put: (collection, rec) => this.#put(diff, collection, frozen(rec) as Rec),
        remove: (collection, id) => this.#remove(diff, collection, id),
      })
    } catch (error) {
      this.#undo(diff)
      throw error
    }
    if (!isEmpty(diff)) for (const listener of this.#listeners) listener(diff, capture)
    return diff
  }

  /** Replays a diff as one change. */
  apply(diff: RecordDiff, capture: Capture): void {
    this.change(capture, (draft) => {
      for (const key of diff.removed.keys()) draft.remove(...split(key))
      for (const [key, { after }] of diff.updated) draft.put(split(key)[0], after)
      for (const [key, rec] of diff.added) draft.put(split(key)[0], rec)
    })
  }

  #of(collection: Collection): Map<string, Rec> {
    const records = this.#records.get(collection)
    if (records === undefined) throw new Error(`no collection ${collection}`)
    return records
  }

  #order(collection: Collection): string[] {
    const order = this.#sorted.get(collection)
    if (order === undefined) throw new Error(`no collection ${collection}`)
    return order
  }

  #set(collection: Collection, rec: Rec): void {
    const records = this.#of(collection)
    if (!records.has(rec.id)) {
      const order = this.#order(collection)
      order.splice(placeIn(order, rec.id), 0, rec.id)
    }
    records.set(rec.id, rec)
  }

  #delete(collection: Collection, id: string): void {
    const order = this.#order(collection)
    if (this.#of(collection).delete(id)) order.splice(placeIn(order, id), 1)
  }

  #put(diff: RecordDiff, collection: Collection, after: Rec): void {
    const key: Key = `${collection}/${after.id}`
    const records = this.#of(collection)
    const before = records.get(after.id)
    if (before !== undefined && sameValue(before, after)) return
    this.#set(collection, after)
    const original = diff.removed.get(key) ?? diff.updated.get(key)?.before ?? before
    diff.removed.delete(key)
    if (diff.added.has(key) || original === undefined) diff.added.set(key, after)
    else if (sameValue(original, after)) diff.updated.delete(key)
    else diff.updated.set(key, { before: original, after })
  }

  #remove(diff: RecordDiff, collection: Collection, id: string): void {
    const key: Key = `${collection}/${id}`
    const before = this.#of(collection).get(id)
    if (before === undefined) return
    this.#delete(collection, id)
    if (diff.added.delete(key)) return
    diff.removed.set(key, diff.updated.get(key)?.before ?? before)
    diff.updated.delete(key)
  }

  #undo(diff: RecordDiff): void {
    const restore = (key: Key, rec: Rec): void => this.#set(split(key)[0], rec)
    for (const key of diff.added.keys()) this.#delete(...split(key))
    for (const [key, { before }] of diff.updated) restore(key, before)
    for (const [key, rec] of diff.removed) restore(key, rec)
  }
}

/** Index of an id in a sorted list, or where it belongs. Records mostly come in order, so the end is tried first. */
function placeIn(order: readonly string[], id: string): number {
  const last = order.at(-1)
  if (last === undefined || compareIds(last, id) < 0) return order.length
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareIds(order[middle] ?? '', id) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function split(key: Key): [Collection, string] {
  const slash = key.indexOf('/')
  return [key.slice(0, slash) as Collection, key.slice(slash + 1)]
}
