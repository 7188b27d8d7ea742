// What a person does to a matrix, as edits of the drawing: one entry in history each. Knows no table and no keys.
import type { DeadlockModel } from '@labs/deadlock/model/index.ts'
import {
  type CellChange,
  type Matrices,
  type Matrix,
  type ShownMatrix,
  pastedCells,
  unitsOf,
  withCells,
} from '@labs/deadlock/model/matrices.ts'
import { MAX_INSTANCES } from '@contract/limits.ts'
import type { Editor } from '../../../editor/editor.ts'
import { matrixTexts as words } from './matrix-texts.ts'

/** A place in the table: −1 is the head, the rows behind the processes are Total and Available. */
export interface Place {
  row: number
  column: number
}

export interface Block {
  from: Place
  to: Place
}

/** Writes what was typed into a cell. @returns why it cannot be, or null when it is done */
export function writeCell(
  editor: Editor,
  model: DeadlockModel,
  matrices: Matrices,
  matrix: Matrix,
  { row, column }: Place,
  text: string,
): string | null {
  const { processes, types } = matrices
  const [process, type] = [processes[row], types[column]]
  const named = row === -1 ? type : column === -1 ? process : undefined
  if (named !== undefined) {
    if (text.trim() === '') return words.noName(named.name)
    editor.rename(named.id, text)
  } else if (row === processes.length && type !== undefined) {
    const total = unitsOf(text)
    if (total === null || total < 1) return words.wrongTotal(MAX_INSTANCES)
    editor.setField(type.id, 'instances', total)
  } else if (process !== undefined && type !== undefined) {
    const units = unitsOf(text)
    if (units === null) return words.wrongUnits(MAX_INSTANCES)
    if (units === (matrices.cell(matrix, process.id, type.id)?.count ?? 0)) return null
    const change = { matrix, process: process.id, type: type.id, units }
    editor.whole.reconcile(words.edit(words.cell(matrix, process.name, type.name, units)), withCells(model, [change]))
  }
  return null
}

/** Empties the cells of a block; names and derived rows stay. */
export function clearBlock(
  editor: Editor,
  model: DeadlockModel,
  matrices: Matrices,
  matrix: Matrix,
  block: Block,
): void {
  const changes = cellsOf(matrices, matrix, block)
    .filter(({ process, type }) => matrices.cell(matrix, process, type) !== undefined)
    .map((cell) => ({ ...cell, units: 0 }))
  if (changes.length === 0) return
  editor.whole.reconcile(words.edit(words.clearLabel(changes.length)), withCells(model, changes))
}

function cellsOf({ processes, types }: Matrices, matrix: Matrix, { from, to }: Block): Omit<CellChange, 'units'>[] {
  const cells: Omit<CellChange, 'units'>[] = []
  for (const { id: process } of processes.slice(Math.max(0, from.row), to.row + 1)) {
    for (const { id: type } of types.slice(Math.max(0, from.column), to.column + 1))
      cells.push({ matrix, process, type })
  }
  return cells
}

/**
 * Puts pasted cells into the matrix, the first one at `at`. Rows of names around the numbers are left out.
 * @returns what happened, as a sentence
 * @throws InterlockError `bad-input` for quotes that are not closed
 */
export function pasteBlock(
  editor: Editor,
  model: DeadlockModel,
  matrices: Matrices,
  matrix: Matrix,
  at: Place,
  text: string,
): string {
  const rows = withoutNames(pastedCells(text))
  const changes: CellChange[] = []
  let outside = 0
  for (const [down, row] of rows.entries()) {
    for (const [right, cell] of row.entries()) {
      const units = unitsOf(cell)
      if (units === null) return words.notUnits(cell)
      const process = matrices.processes[Math.max(0, at.row) + down]
      const type = matrices.types[Math.max(0, at.column) + right]
      if (process === undefined || type === undefined) outside += 1
      else changes.push({ matrix, process: process.id, type: type.id, units })
    }
  }
  if (changes.length > 0) {
    editor.whole.reconcile(words.edit(words.pasteLabel(changes.length)), withCells(model, changes))
  }
  return [words.pasted(changes.length), ...(outside > 0 ? [words.outside(outside)] : [])].join(' ')
}

/** A head of names above and a column of names at the left come along when a whole table is copied. */
function withoutNames(rows: readonly string[][]): string[][] {
  const isName = (text: string): boolean => unitsOf(text) === null
  const headless = rows.length > 1 && rows[0]?.slice(1).every(isName) === true ? rows.slice(1) : rows
  const named = headless.length > 0 && headless.every((row) => row.length > 1 && isName(row[0] ?? ''))
  return headless.map((row) => (named ? row.slice(1) : [...row]))
}

/** The cells of a block as a spreadsheet takes them. A head is part of it when the block reaches into it. */
export function blockText(matrices: Matrices, matrix: ShownMatrix, { from, to }: Block): string {
  const lines: string[] = []
  for (let row = from.row; row <= to.row; row += 1) {
    const cells: string[] = []
    for (let column = from.column; column <= to.column; column += 1)
      cells.push(shownAt(matrices, matrix, { row, column }))
    lines.push(cells.join('\t'))
  }
  return lines.join('\n')
}

/** What stands in a cell. */
export function shownAt(matrices: Matrices, matrix: ShownMatrix, { row, column }: Place): string {
  const { processes, types, available } = matrices
  const [process, type] = [processes[row], types[column]]
  if (row === -1) return column === -1 ? words.process : (type?.name ?? '')
  if (process === undefined && matrix !== 'allocation') return ''
  if (row === processes.length) return column === -1 ? words.total : String(type?.instances ?? '')
  if (row === processes.length + 1) return column === -1 ? words.available : String(available[column] ?? '')
  if (process === undefined) return ''
  if (column === -1) return process.name
  return type === undefined ? '' : String(unitsAt(matrices, matrix, process.id, type.id))
}

/** Units of a cell; a maximum that is not declared is what is held and asked for. */
export function unitsAt(matrices: Matrices, matrix: ShownMatrix, process: string, type: string): number {
  if (matrix === 'need') return matrices.need(process, type)
  if (matrix === 'max') return matrices.maximum(process, type)
  return matrices.cell(matrix, process, type)?.count ?? 0
}
