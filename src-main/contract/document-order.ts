// The one order of records and keys in a document text. Equal drawings give equal bytes, whatever was clicked first.
import type { DocumentEnvelope } from './document.ts'

/**
 * Order of ids: digits count as numbers, so that P2 comes before P10, as engines and people read them; the rest goes by
 * code units. Total: ids that differ only in leading zeros are told apart by their code units.
 */
export function compareIds(a: string, b: string): number {
  const parts = /\d+|\D+/g
  const left = a.match(parts) ?? []
  const right = b.match(parts) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const one = left[i] ?? ''
    const two = right[i] ?? ''
    const order = /^\d/.test(one) && /^\d/.test(two) ? compareDigits(one, two) : compareUnits(one, two)
    if (order !== 0) return order
  }
  return left.length - right.length || compareUnits(a, b)
}

function compareDigits(a: string, b: string): number {
  const one = a.replace(/^0+/, '')
  const two = b.replace(/^0+/, '')
  return one.length - two.length || compareUnits(one, two)
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const firstKeys = {
  document: [
    'format',
    'version',
    'lab',
    'title',
    'model',
    'layout',
    'notes',
    'script',
    'sources',
    'exercise',
    'attempt',
    'walkthrough',
  ],
  model: ['nodes', 'edges'],
  record: ['id', 'kind', 'name', 'from', 'to'],
  script: ['simulation', 'seed', 'events', 'branches'],
  place: ['x', 'y'],
} as const

type Plain = Record<string, unknown>

/** A copy whose keys stand in the given order, then the others by code units. */
function ordered(value: Plain, first: readonly string[], change: (key: string, inner: unknown) => unknown): Plain {
  const others = Object.keys(value)
    .filter((key) => !first.includes(key))
    .sort(compareUnits)
  const made: Plain = {}
  for (const key of [...first, ...others]) {
    if (Object.hasOwn(value, key) && value[key] !== undefined) made[key] = change(key, value[key])
  }
  return made
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values of fields we do not know: keys by code units at every level. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  return isPlain(value) ? ordered(value, [], (_key, inner) => canonical(inner)) : value
}

function idOf(record: unknown): string {
  return isPlain(record) && typeof record['id'] === 'string' ? record['id'] : ''
}

/** Records by id; a list whose members are no records keeps its order. */
function sortedRecords(list: unknown): unknown {
  if (!Array.isArray(list)) return canonical(list)
  const records = list.every((record) => idOf(record) !== '')
    ? [...(list as unknown[])].sort((a, b) => compareIds(idOf(a), idOf(b)))
    : (list as unknown[])
  return records.map((record) =>
    isPlain(record) ? ordered(record, firstKeys.record, (_key, inner) => canonical(inner)) : canonical(record),
  )
}

/** The document as it is written: records by id, keys in one order, unknown fields kept. */
export function orderedDocument(document: DocumentEnvelope): Plain {
  return ordered(document, firstKeys.document, (key, value) => {
    if (key === 'notes') return sortedRecords(value)
    if (!isPlain(value)) return canonical(value)
    if (key === 'model') return ordered(value, firstKeys.model, (_key, inner) => sortedRecords(inner))
    if (key === 'layout') return ordered(value, ['positions'], (name, inner) => orderedLayout(name, inner))
    if (key === 'script') return ordered(value, firstKeys.script, (_key, inner) => canonical(inner))
    return canonical(value)
  })
}

function orderedLayout(name: string, value: unknown): unknown {
  if (name !== 'positions' || !isPlain(value)) return canonical(value)
  const ids = Object.keys(value).sort(compareIds)
  return ordered(value, ids, (_id, place) =>
    isPlain(place) ? ordered(place, firstKeys.place, (_key, inner) => canonical(inner)) : place,
  )
}
