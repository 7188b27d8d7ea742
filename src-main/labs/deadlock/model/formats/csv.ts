// The drawing as tables for a spreadsheet. Reads what a spreadsheet saves or copies: commas, semicolons, tabs, or columns
// set apart by blanks as in a book.
import type { TextFormat } from '../../../../contract/lab.ts'
import { type Cell, readTable, tableKind } from '../../../../formats/tables/read.ts'
import { writeCsv } from '../../../../formats/tables/write.ts'
import type { DeadlockModel } from '../schema.ts'
import { matrixName, readMatrices } from './matrix-tables.ts'
import { matrixRows } from './matrix-rows.ts'
import { texts } from './texts.ts'

export const csv: TextFormat<DeadlockModel> = {
  id: 'csv',
  label: texts.labels.csv,
  extensions: ['csv', 'tsv', 'tab'],
  media: 'text/csv',
  comments: false,
  recognises(text, name) {
    if (/\.(?:csv|tsv|tab)$/i.test(name)) return true
    if (tableKind(text) === 'markdown' || /->|[{}]/.test(text)) return false
    const lines = text.slice(0, 50_000).split(/\r\n?|\n/)
    const titled = lines.some((line) =>
      line.split(/[\t,;]| {2,}/).some((cell) => matrixName(cell.replace(/"/g, '')) !== null),
    )
    // Two numbers side by side: a table without a title.
    return titled
      ? lines.some((line) => /\d/.test(line))
      : /(?:^|[\t,; ])\d+[\t,; ]+\d+(?:[\t,; ]|$)/m.test(text.slice(0, 50_000))
  },
  read(text) {
    const { kind, rows } = readTable(text)
    return readMatrices(kind === 'blanks' ? underCorner(rows) : rows)
  },
  write: ({ model }) =>
    matrixRows(model)
      .map(({ title, rows }) => writeCsv([[title], ...rows]))
      .join('\n'),
}

/** Names of types over columns set apart by blanks have no cell over the names of the processes; it is put in. */
function underCorner(rows: readonly Cell[][]): Cell[][] {
  return rows.map((row, index) => {
    const next = rows.slice(index + 1).find((other) => other.length > 0)
    const first = row[0]
    const fits = first !== undefined && next !== undefined && next.length === row.length + 1
    return fits && next.slice(1).every(({ text }) => /^\d+$/.test(text)) && !/^\d+$/.test(first.text)
      ? [{ text: '', place: first.place }, ...row]
      : row
  })
}
