// Tables of cells as a drawing: Allocation, Request, Max, Need, Total and Available below each other or side by side, in any
// order, with the words that books and exercises use. A process or type that is called like a table, such as “Total”,
// can be taken for one. Knows no syntax of tables. Long, since one reading from top to bottom tells all layouts apart.
import type { ReadDrawing } from '../../../../contract/lab.ts'
import { MAX_INSTANCES } from '../../../../contract/limits.ts'
import { quoted, refuseAt } from '../../../../formats/refusal.ts'
import type { Cell } from '../../../../formats/tables/read.ts'
import type { DeadlockModel } from '../schema.ts'
import { Builder } from './builder.ts'
import { texts } from './texts.ts'

export type MatrixName = 'allocation' | 'request' | 'max' | 'need' | 'total' | 'available'

const words: readonly (readonly [MatrixName | 'other', RegExp])[] = [
  [
    'allocation',
    /^(?:current )?(?:allocation|allocated|alloc|assignment|assigned|holds|held|hold|has)(?: matrix)?(?: [a-z])?$/,
  ],
  [
    'request',
    /^(?:requests?|requested|requesting|wants|asks(?: for)?|waits(?: for)?|waiting(?: for)?)(?: matrix)?(?: [a-z])?$/,
  ],
  [
    'total',
    /^(?:totals?|instances|existing|exists|resources|resource vector|total instances|units)(?: vector)?(?: [a-z])?$/,
  ],
  ['available', /^(?:available|avail|free)(?: vector| units| instances)?(?: [a-z])?$/],
  ['max', /^(?:max|maximum|maxima|maximum (?:demand|need|claim)|claims?|declared)(?: matrix)?(?: [a-z])?$/],
  ['need', /^(?:remaining )?(?:needs?)(?: matrix)?(?: [a-z])?$/],
  ['other', /^(?:work|finish)(?: matrix| vector)?$/],
]

/** Which table a cell announces, or null when it is a name or a number. */
export function matrixName(text: string): MatrixName | 'other' | null {
  const word = text
    .toLowerCase()
    .replace(/[*_:=()[\]]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words.find(([, pattern]) => pattern.test(word))?.[0] ?? null
}

interface Span {
  matrix: MatrixName | 'other'
  from: number
  /** one past the last column */
  to: number
  /** name of the type of each column; empty until the head is read */
  types: string[]
}

/** What the tables say of a process and a type; null where no table speaks of it. */
interface Units {
  held: number
  asked: number
  max: number | null
  need: number | null
}

class Reading {
  readonly #processes = new Map<string, Map<string, Units>>()
  readonly #order: string[] = []
  readonly #types = new Set<string>()
  readonly total = new Map<string, number>()
  readonly available = new Map<string, number>()
  readonly found = new Set<MatrixName>()
  readonly places = new Map<string, Cell>()

  /** Types and processes are told apart by name and by how often the name came before in the same table. */
  type(key: string, cell: Cell | undefined): void {
    this.#types.add(key)
    if (cell !== undefined && !this.places.has(key)) this.places.set(key, cell)
  }

  process(key: string): void {
    if (this.#processes.has(key)) return
    this.#processes.set(key, new Map())
    this.#order.push(key)
  }

  add(matrix: 'allocation' | 'request' | 'max' | 'need', process: string, type: string, count: number): void {
    const row = this.#processes.get(process)
    const units = row?.get(type) ?? { held: 0, asked: 0, max: null, need: null }
    if (matrix === 'allocation') units.held += count
    else if (matrix === 'request') units.asked += count
    else units[matrix] = (units[matrix] ?? 0) + count
    row?.set(type, units)
  }

  get processes(): readonly string[] {
    return this.#order
  }
  get typeCount(): number {
    return this.#types.size
  }
  get types(): readonly string[] {
    return [...this.#types]
  }
  units(process: string): ReadonlyMap<string, Units> {
    return this.#processes.get(process) ?? new Map<string, Units>()
  }
}

/** A name with the number of its earlier uses, so that twins stay two. */
function keysOf(names: readonly string[]): string[] {
  const uses = new Map<string, number>()
  return names.map((name) => {
    const n = uses.get(name) ?? 0
    uses.set(name, n + 1)
    return `${n}\0${name}`
  })
}
const nameOf = (key: string): string => key.slice(key.indexOf('\0') + 1)

/**
 * Reads tables of units.
 * @throws InterlockError `bad-input` with the place of the cell
 */
export function readMatrices(rows: readonly (readonly Cell[])[]): ReadDrawing<DeadlockModel> {
  const reading = new Reading()
  const remarks: string[] = []
  let spans: Span[] = []
  /** the spans wait for the row with the names of their types */
  let wantsHead = false
  let rowsOfBlock: string[] = []
  let last: readonly Cell[] = []
  let untitled = 0

  const begin = (found: Span[], row?: readonly Cell[]): void => {
    spans = found
    wantsHead = true
    rowsOfBlock = []
    for (const { matrix } of found) if (matrix !== 'other') reading.found.add(matrix)
    for (const { text } of row ?? []) if (matrixName(text) === 'other') remarks.push(texts.remarks.ignored(text))
  }
  const heads = (row: readonly Cell[]): void => {
    wantsHead = false
    for (const span of spans) {
      const cells = row.slice(span.from, span.to)
      while (cells.length > 0 && cells.at(-1)?.text === '') cells.pop()
      span.types = keysOf(cells.map(({ text }) => text))
      if (span.matrix !== 'other') span.types.forEach((key, index) => reading.type(key, cells[index]))
    }
  }

  for (const row of rows) {
    const filled = row.filter((cell) => cell.text !== '')
    const first = row[0]
    if (first === undefined || filled.length === 0) {
      // An empty row ends a table whose rows were read, but not a title that waits for its head.
      if (!wantsHead) spans = []
      continue
    }
    last = row
    const names = row.map((cell) => (cell.text === '' ? null : matrixName(cell.text)))
    const titles = names.flatMap((matrix, column) => (matrix === null ? [] : [{ matrix, column }]))
    const lead = titles[0]

    const everyTitle = filled.every((cell) => matrixName(cell.text) !== null || corner(cell, row))
    if (wantsHead && first.text !== '' && corner(first, row)) {
      heads(row)
      continue
    }
    // Prose, such as the heading of a whole text.
    if (row.length === 1 && lead === undefined && (wantsHead || spans.length === 0)) continue
    if (lead !== undefined && lead.column === 0 && filled.length > 1 && !everyTitle) {
      const { matrix } = lead
      const numbers = row.slice(1).every((cell) => cell.text === '' || isNumber(cell.text))
      if (numbers && reading.typeCount > 0 && (matrix === 'total' || matrix === 'available')) {
        // "Total, 3, 2": one row for the types of the tables above.
        reading.found.add(matrix)
        vector(reading, matrix, reading.types, row.slice(1))
        continue
      }
      begin([{ matrix, from: 1, to: Infinity, types: [] }], row)
      heads(row)
      continue
    }
    if (lead !== undefined && everyTitle) {
      // Titles, each over its columns; one at the very left stands over all of them.
      const starts = titles.map(({ column }) => (titles.length === 1 && column === 0 ? 1 : column))
      begin(
        titles.map(({ matrix }, index) => ({
          matrix,
          from: starts[index] ?? 1,
          to: starts[index + 1] ?? Infinity,
          types: [],
        })),
        row,
      )
      continue
    }
    const numeric = row.slice(1).some((cell) => isNumber(cell.text))
    if (wantsHead && !(numeric && reading.typeCount > 0)) {
      heads(row)
      continue
    }
    if (wantsHead) {
      // No head: the names of an earlier table hold.
      wantsHead = false
      for (const span of spans) span.types = [...reading.types]
    }
    if (spans.length === 0) {
      if (numeric && reading.typeCount === 0) refuseAt(first.place, texts.tables.noHead)
      const matrix = untitled === 0 && !reading.found.has('allocation') ? 'allocation' : 'request'
      untitled += 1
      remarks.push(texts.remarks.untitled(texts.matrices[matrix]))
      begin([{ matrix, from: 1, to: Infinity, types: [] }])
      wantsHead = false
      if (!numeric) {
        heads(row)
        continue
      }
      for (const span of spans) span.types = [...reading.types]
    }
    rowsOfBlock.push(first.text)
    const process = keysOf(rowsOfBlock).at(-1) ?? first.text
    readRow(reading, spans, row, process)
  }
  if (reading.typeCount === 0 || (reading.processes.length === 0 && reading.found.size === 0)) {
    refuseAt(last[0]?.place ?? { line: 1, column: 1 }, texts.tables.none)
  }
  return drawingOf(reading, remarks)
}

const isNumber = (text: string): boolean => /^[-−+]?\d/.test(text) || empty(text)
const empty = (text: string): boolean => /^[-–—·.]$/.test(text)

/** A label over the column of the processes, such as "Process". */
function corner(cell: Cell, row: readonly Cell[]): boolean {
  return row[0] === cell && /^(?:process(?:es)?|name|pid|#)?$/i.test(cell.text)
}

function unitsIn(cell: Cell | undefined): number | null {
  if (cell === undefined || cell.text === '') return null
  if (empty(cell.text)) return 0
  const digits = /^\+?(\d{1,7})(?:\.0+)?$/.exec(cell.text)?.[1]
  if (digits === undefined || Number(digits) > MAX_INSTANCES) {
    return refuseAt(cell.place, texts.tables.notUnits(quoted(cell.text)))
  }
  return Number(digits)
}

function readRow(reading: Reading, spans: readonly Span[], row: readonly Cell[], process: string): void {
  for (const span of spans) {
    if (span.matrix === 'other') continue
    const cells = row.slice(span.from, Math.min(span.to, Math.max(row.length, span.from)))
    const extra = cells.slice(span.types.length).find((cell) => cell.text !== '')
    if (extra !== undefined) refuseAt(extra.place, texts.tables.moreCells(span.types.length))
    const matrix = span.matrix
    if (matrix === 'total' || matrix === 'available') {
      vector(reading, matrix, span.types, cells)
      continue
    }
    reading.process(process)
    const units = cells.map(unitsIn)
    span.types.forEach((type, index) => {
      reading.add(matrix, process, type, units[index] ?? 0)
    })
  }
}

/** The first number of each type counts; below it there is nothing in the tables of books. */
function vector(
  reading: Reading,
  matrix: 'total' | 'available',
  types: readonly string[],
  cells: readonly Cell[],
): void {
  const extra = cells.slice(types.length).find((cell) => cell.text !== '')
  if (extra !== undefined) refuseAt(extra.place, texts.tables.moreCells(types.length))
  types.forEach((type, index) => {
    const cell = cells[index]
    // Where more is assigned than exists, what is available is less than nothing.
    const missing = matrix === 'available' ? /^[-−](\d{1,7})$/.exec(cell?.text ?? '')?.[1] : undefined
    const units = missing === undefined ? unitsIn(cell) : -Number(missing)
    if (units === null || reading[matrix].has(type)) return
    reading[matrix].set(type, units)
    if (cell !== undefined) reading.places.set(type, cell)
  })
}

function drawingOf(reading: Reading, remarks: string[]): ReadDrawing<DeadlockModel> {
  const builder = new Builder()
  const held = new Map<string, number>()
  for (const process of reading.processes) {
    for (const [type, units] of reading.units(process)) held.set(type, (held.get(type) ?? 0) + units.held)
  }
  const guessed: string[] = []
  const unlike: string[] = []
  const processIds = new Map(reading.processes.map((key) => [key, builder.process(nameOf(key))]))
  const typeIds = new Map(
    reading.types.map((key) => {
      const [total, available] = [reading.total.get(key), reading.available.get(key)]
      const name = nameOf(key)
      const sum = available === undefined ? undefined : available + (held.get(key) ?? 0)
      if (total !== undefined && sum !== undefined && total !== sum) unlike.push(name)
      const instances = total ?? sum
      if (instances === undefined) guessed.push(name)
      if (instances !== undefined && (instances < 1 || instances > MAX_INSTANCES)) {
        refuseAt(reading.places.get(key)?.place ?? { line: 1, column: 1 }, texts.tables.noInstances(name))
      }
      return [key, builder.type(name, instances ?? Math.min(MAX_INSTANCES, Math.max(1, held.get(key) ?? 0)))]
    }),
  )
  const needUnlike = new Set<string>()
  for (const process of reading.processes) {
    for (const [type, units] of reading.units(process)) {
      const { held: has, max, need } = units
      if (max !== null && need !== null && max - has !== need) needUnlike.add(nameOf(process))
      const [p, t] = [processIds.get(process) ?? '', typeIds.get(type) ?? '']
      builder.units('assignment', p, t, Math.min(MAX_INSTANCES, units.held))
      builder.units('request', p, t, Math.min(MAX_INSTANCES, units.asked))
      // Need alone says as much as Max does, since what is held is known.
      builder.units('claim', p, t, Math.min(MAX_INSTANCES, max ?? (need === null ? 0 : has + need)))
    }
  }
  const order: MatrixName[] = ['allocation', 'max', 'need', 'request', 'total', 'available']
  const understood = order.filter((matrix) => reading.found.has(matrix)).map((matrix) => texts.matrices[matrix])
  const all = [
    texts.remarks.understood(understood, reading.processes.length, reading.typeCount),
    ...builder.remarks,
    ...remarks,
    ...(guessed.length > 0 ? [texts.remarks.guessed(guessed)] : []),
    ...(needUnlike.size > 0 ? [texts.remarks.needUnlike([...needUnlike])] : []),
    ...(unlike.length > 0 ? [texts.remarks.inconsistent(unlike)] : []),
  ]
  return { model: builder.model, remarks: all }
}
