// Tables as CSV (RFC 4180) and back. With a byte order mark, since spreadsheets take UTF-8 for something else without.
import type { GradeReport } from '../../contract/exercise.ts'
import { gradingTexts as texts } from './texts.ts'

/** Each row of the report with its student and the remarks on its hand-in. */
export function reportCsv({ handIns, rows }: GradeReport): string {
  const { columns, status } = texts
  const remarks = new Map(handIns.map((handIn) => [handIn.file, handIn]))
  const heading = [
    columns.file,
    columns.student,
    columns.number,
    columns.exercise,
    columns.question,
    columns.status,
    columns.points,
    columns.of,
    columns.expected,
    columns.found,
    columns.where,
    columns.sentence,
    columns.minutes,
    columns.handedIn,
    columns.remarks,
  ]
  const lines = rows.map((row) => {
    const handIn = remarks.get(row.file)
    const seconds = handIn?.seconds ?? null
    const handedIn = handIn?.handedIn ?? null
    return [
      row.file,
      row.student?.name ?? '',
      row.student?.number ?? '',
      row.exercise ?? '',
      row.part ?? '',
      status[row.status],
      row.points,
      row.of,
      row.expected,
      row.found,
      row.where,
      row.sentence,
      seconds === null ? '' : Math.round(seconds / 6) / 10,
      handedIn === null ? '' : new Date(handedIn).toISOString(),
      (handIn?.remarks ?? []).join(' '),
    ]
  })
  return csv([heading, ...lines])
}

export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe, which it shows as text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Cells of a CSV text, parted by commas, semicolons or tabs, whichever its first line has most of. */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '')
  const first = /^[^\r\n]*/.exec(source)?.[0] ?? ''
  const separator = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!
  const rows: string[][] = []
  let row: string[] = []
  let value = ''
  let quoted = false
  const endRow = (): void => {
    row.push(value)
    if (row.some((field) => field.trim() !== '')) rows.push(row)
    ;[row, value] = [[], '']
  }
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at]!
    if (quoted) {
      if (sign !== '"') value += sign
      else if (source[at + 1] === '"') {
        value += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"' && value === '') quoted = true
    else if (sign === separator) {
      row.push(value)
      value = ''
    } else if (sign === '\n') endRow()
    else if (sign !== '\r') value += sign
  }
  endRow()
  return rows
}
