// What differs between two state tables. Knows no simulation.
import type { StateTable } from '../contract/run.ts'
import type { StateView } from './simulation.ts'

/**
 * Fills in which cells differ from the table before. A row is the same row when its id is the same; without a table
 * before nothing has changed, and in a new row every cell has.
 */
export function withChanges(table: StateView<never>['table'], before: StateView<never>['table'] | null): StateTable {
  const earlier = new Map(before?.rows.map((row) => [row.id, row.cells]))
  const rows = table.rows.map((row) => {
    const cells = earlier.get(row.id)
    const changed = before === null ? [] : row.cells.flatMap((cell, index) => (cells?.[index] === cell ? [] : [index]))
    return { ...row, changed }
  })
  return { columns: table.columns, rows }
}
