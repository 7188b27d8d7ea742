// Matrices as the operations take them: names, Available, Allocation, and Max or Request, each row and number checked.
import { MAX_MATRIX_CELLS, MAX_NAME_LENGTH, MAX_UNITS } from '../../../contract/limits.ts'
import { bad, readFields, said } from '../../../contract/operation-input.ts'
import { type Dense, rowOf } from '../engine/dense.ts'
import { matrixTexts as texts } from './matrix-texts.ts'

export interface MatrixInput {
  available?: unknown
  allocation?: unknown
  max?: unknown
  request?: unknown
  names?: unknown
  types?: unknown
  firstProcess?: unknown
}

export interface NamedDense {
  state: Dense
  names: readonly string[]
  types: readonly string[]
}

/** Help lines that all operations on matrices share. */
export const matrixHelp = (wanted: 'max' | 'request'): string[] => [
  '  available          units of each type that nobody holds',
  '  allocation         one row for each process, one number for each type: what it holds',
  wanted === 'max'
    ? '  max                rows like these: what it has declared to hold at most'
    : '  request            rows like these: what it asks for and has not got',
  '  names              optional: names of the processes; without them P0, P1 …',
  '  firstProcess       optional: number of the first process, for names that begin with P1; usually 0',
  '  types              optional: names of the types, for messages; without them R1, R2 …',
]

/**
 * @param wanted `max`: the state's `wanted` is Need, which is Max less Allocation; `request`: it is what is asked for
 * @throws InterlockError `bad-input` with the place in the input, what is wrong there and what to write instead
 */
export function readMatrices(input: unknown, wanted: 'max' | 'request'): NamedDense {
  const fields = readFields(input)
  const available = Float64Array.from(readRow(fields['available'], 'available', null))
  const rows = readRows(fields['allocation'], 'allocation')
  const [processes, types] = [rows.length, available.length]
  if (processes * types > MAX_MATRIX_CELLS) throw bad('allocation', texts.tooLarge(processes, types, MAX_MATRIX_CELLS))
  const names = readNames(fields['names'], 'names', processes, (index) => `P${firstOf(fields['firstProcess']) + index}`)
  const typeNames = readNames(fields['types'], 'types', types, (index) => `R${index + 1}`)
  const held = readMatrix(rows, 'allocation', types)
  const limitRows = readRows(fields[wanted], wanted)
  if (limitRows.length !== processes) throw bad(wanted, texts.rows(wanted, limitRows.length, processes))
  const limit = readMatrix(limitRows, wanted, types)
  if (wanted === 'max') {
    const above = held.findIndex((units, cell) => units > limit[cell]!)
    if (above !== -1) {
      const [process, type] = [Math.floor(above / types), above % types]
      const sentence = texts.aboveMax(names[process]!, typeNames[type]!, held[above]!, limit[above]!)
      throw bad(`max[${process}][${type}]`, sentence)
    }
    for (let cell = 0; cell < limit.length; cell += 1) limit[cell]! -= held[cell]!
  }
  return { state: { processes, types, available, held, wanted: limit }, names, types: typeNames }
}

/** The number of the process of this name. */
export function readProcess(value: unknown, at: string, names: readonly string[]): number {
  const found = typeof value === 'string' ? names.indexOf(value) : -1
  if (found !== -1) return found
  throw bad(at, texts.noProcess(said(value), names))
}

/**
 * One number for each type.
 * @param types how many there have to be; null takes as many as there are
 */
export function readRow(value: unknown, at: string, types: number | null): number[] {
  if (!Array.isArray(value)) throw bad(at, texts.noRow(at, said(value)))
  if (types !== null && value.length !== types) throw bad(at, texts.columns(at, value.length, types))
  return value.map((units, column) => readUnits(units, `${at}[${column}]`))
}

export function readUnits(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_UNITS) return value
  throw bad(at, texts.noUnits(said(value), MAX_UNITS))
}

function readRows(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value
  throw bad(at, texts.noRows(at, said(value)))
}

function readMatrix(rows: readonly unknown[], at: string, types: number): Int32Array {
  const matrix = new Int32Array(rows.length * types)
  rows.forEach((row, index) => matrix.set(readRow(row, `${at}[${index}]`, types), index * types))
  return matrix
}

function firstOf(value: unknown): number {
  return value === undefined ? 0 : readUnits(value, 'firstProcess')
}

function readNames(value: unknown, at: string, count: number, usual: (index: number) => string): string[] {
  if (value === undefined) return Array.from({ length: count }, (_, index) => usual(index))
  if (!Array.isArray(value) || value.length !== count) {
    throw bad(at, texts.names(at, Array.isArray(value) ? value.length : null, count))
  }
  const seen = new Set<string>()
  return value.map((name: unknown, index) => {
    const place = `${at}[${index}]`
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) throw bad(place, texts.noName)
    if (seen.has(name)) throw bad(place, texts.twice(name))
    seen.add(name)
    return name
  })
}

/** A flat matrix as rows. */
export function rowsOf({ processes, types }: Dense, matrix: Int32Array): number[][] {
  return Array.from({ length: processes }, (_, process) => rowOf(matrix, types, process))
}

/** A count of orders as JSON has it: a number, exact text beyond 2^53, or "more than …". */
export function countSaid(count: { exact: bigint } | { moreThan: number }): number | string {
  if ('moreThan' in count) return `more than ${count.moreThan}`
  return count.exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count.exact) : String(count.exact)
}
