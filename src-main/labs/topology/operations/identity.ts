// The operation `topology.identity`: what a user or group id inside a namespace is outside, and the other way round.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_ID_LINES, MAX_USER_NAMESPACES } from '../../../contract/limits.ts'
import { anything, bad, said } from '../../../contract/operation-input.ts'
import { type IdRange, insideOf, MAX_ID, type MappedId, outsideOfAll, overlap } from '../images/id-map.ts'
import { type Fields, kindOf, type Question, readList, readNamed, readNumber } from './input.ts'

const ids = ['uid', 'uids', 'outside'] as const

const questions: readonly Question<'map' | 'chain'>[] = [
  { kind: 'map', needs: ['map'], may: [...ids] },
  { kind: 'chain', needs: ['chain'], may: ['uid', 'uids'] },
]

const aliases = { gid: 'uid', gids: 'uids', id: 'uid', ids: 'uids', maps: 'map', nested: 'chain', hostUid: 'outside' }

const readId = (value: unknown, at: string): number => readNumber(value, at, { min: 0, max: MAX_ID, whole: true })

/** A line as "0 100000 65536", [0, 100000, 65536], or with the fields inner, outer and count. */
function readLine(value: unknown, at: string): IdRange {
  let [inner, outer, count]: unknown[] = []
  if (typeof value === 'string') {
    const numbers = value.trim().split(/[\s,]+/)
    if (numbers.length !== 3) throw bad(at, `expected a line such as "0 100000 65536", found ${said(value)}.`)
    ;[inner, outer, count] = numbers.map((text) => (/^\d+$/.test(text) ? Number(text) : text))
  } else if (Array.isArray(value)) {
    if (value.length !== 3) throw bad(at, `expected [inside, outside, count], found ${said(value)}.`)
    ;[inner, outer, count] = value as unknown[]
  } else {
    const fields = readNamed(value, { inside: 'inner', outside: 'outer', size: 'count', length: 'count' }, at)
    ;({ inner, outer, count } = fields as { inner?: unknown; outer?: unknown; count?: unknown })
  }
  const range = {
    inner: readId(inner, `${at}: inner`),
    outer: readId(outer, `${at}: outer`),
    count: readNumber(count, `${at}: count`, { min: 1, max: MAX_ID + 1, whole: true }),
  }
  if (Math.max(range.inner, range.outer) + range.count - 1 > MAX_ID) {
    throw bad(at, `the range goes beyond ${MAX_ID}, the largest id. Make count smaller.`)
  }
  return range
}

/** A map: lines, or one line that stands alone. */
function readMap(value: unknown, at: string): IdRange[] {
  const one = Array.isArray(value) && value.length === 3 && value.every((item) => typeof item === 'number')
  const text = typeof value === 'string' ? value.trim().split('\n') : value
  const single = one || (typeof value === 'object' && value !== null && !Array.isArray(value))
  const lines = single ? [value] : readList(text, at, '[[0, 100000, 65536]]', 1, MAX_ID_LINES)
  const map = lines.map((line, index) => readLine(line, single ? at : `${at}[${index}]`))
  const both = overlap(map)
  if (both !== null) {
    const side = both.side === 'inner' ? 'inside' : 'outside'
    throw bad(
      `${at}[${both.second}]`,
      `lines ${both.first} and ${both.second} claim the same ids ${side}. Keep them apart.`,
    )
  }
  return map
}

function readIds(fields: Fields): { ids: number[]; one: boolean } {
  if (fields['uid'] !== undefined && fields['uids'] !== undefined) throw bad('uids', 'give uid or uids, not both.')
  const value = fields['uid'] ?? fields['uids']
  if (value === undefined) throw bad('uid', 'expected an id or a list of ids. Add uid, uids or outside.')
  if (!Array.isArray(value)) return { ids: [readId(value, 'uid')], one: true }
  return { ids: readList(value, 'uids', '[0, 1000]').map((id, index) => readId(id, `uids[${index}]`)), one: false }
}

const row = ({ id, mapped, shownAs }: MappedId, from: string, to: string): object => ({
  [from]: id,
  [to]: mapped,
  unmapped: mapped === null,
  shownAs,
})

/** One answer by its fields, several as rows with the list of results beside them. */
function answer(results: readonly MappedId[], one: boolean, from: string, to: string): object {
  const rows = results.map((result) => row(result, from, to))
  const working = results.map(({ working }) => working)
  if (one) return { ...rows[0], working }
  return { results: results.map(({ mapped }) => mapped), rows, working }
}

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  if (kind === 'map' && fields['outside'] !== undefined) {
    if (fields['uid'] !== undefined || fields['uids'] !== undefined) {
      throw bad('outside', 'give uid (inside) or outside, not both.')
    }
    const map = readMap(fields['map'], 'map')
    const value = fields['outside']
    const given = Array.isArray(value) ? readList(value, 'outside', '[100000]') : [value]
    const found = given.map((id, index) =>
      insideOf(map, readId(id, Array.isArray(value) ? `outside[${index}]` : 'outside')),
    )
    return answer(found, !Array.isArray(value), 'outside', 'inside')
  }
  const maps =
    kind === 'map'
      ? [readMap(fields['map'], 'map')]
      : readList(fields['chain'], 'chain', '[[[0, 1000, 1]], [[1000, 100000, 1]]]', 1, MAX_USER_NAMESPACES).map(
          (map, index) => readMap(map, `chain[${index}]`),
        )
  const { ids: wanted, one } = readIds(fields)
  const results = wanted.map((id) => outsideOfAll(maps, id))
  const said = answer(results, one, 'uid', 'outside')
  if (kind === 'map') return said
  return { ...said, steps: results.map(({ steps }) => steps.map(({ id, mapped }) => ({ id, mapped }))) }
}

const example = { map: [[0, 100_000, 65_536]], uids: [0, 1000, 70_000] }

export const identity: Operation<unknown, object> = {
  summary: 'User and group ids across user namespaces: what an id inside is outside, also through nested ones.',
  input: anything(),
  help: [
    'Input:',
    '  map      lines of uid_map: [inside, outside, count], {"inner", "outer", "count"} or "0 100000 65536"',
    '  uid      an id inside; or uids, a list of them (gid and gids are read as well)',
    '  outside  instead: an id of the parent, or a list, to be seen from inside',
    '  chain    instead of map: the maps of nested namespaces, the innermost first',
    'Output:',
    '  outside (or inside)  the mapped id, null when unmapped',
    '  unmapped, shownAs    whether no line covers it, and how it is shown: 65534 when unmapped',
    '  results, rows        for several ids: the mapped ids, and the same fields for each',
    '  steps                with chain: each id on its way outwards',
    '  working              the formula with its numbers',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
