// `interlock grade`: hand-ins of a class judged by a pack, as a table, CSV, a page or JSON.
import { resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import type { GradeReport } from '../contract/exercise.ts'
import { reportCsv } from '../services/grading/csv.ts'
import { gradeFolder, writeReport } from '../services/grading/index.ts'
import { gradingTexts } from '../services/grading/texts.ts'
import { parseArguments, textOption } from './arguments.ts'
import { RIGHT, WRONG } from './exit-codes.ts'
import { allLabs } from './grading-labs.ts'
import type { Io } from './io.ts'

export const gradeOptions = {
  csv: { value: 'FILE' },
  html: { value: 'FILE' },
  json: 'flag',
  overwrite: 'flag',
} as const

/** @returns the exit code */
export async function gradeHandIns(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock grade', argv, gradeOptions)
  const [pack, folder, ...more] = args.positionals
  if (pack === undefined || folder === undefined) {
    throw new InterlockError('bad-input', 'Name a pack and a folder, such as interlock grade pack.zip hand-ins.')
  }
  if (more.length > 0) throw new InterlockError('bad-input', 'Give one PACK and one FOLDER at a time.')
  const report = await gradeFolder(resolve(io.cwd, pack), resolve(io.cwd, folder), { pack, folder }, allLabs)
  const [csv, html] = [textOption(args, 'csv'), textOption(args, 'html')]
  const overwrite = args.values.has('overwrite')
  if (csv === '-') io.out(reportCsv(report))
  else if (csv !== null) await writeReport(resolve(io.cwd, csv), report, 'csv', overwrite)
  if (html !== null) await writeReport(resolve(io.cwd, html), report, 'html', overwrite)
  if (args.values.has('json')) io.out(`${JSON.stringify(report, null, 2)}\n`)
  else if (csv !== '-') io.out(table(report))
  return report.rows.every(({ status }) => status === 'right') ? RIGHT : WRONG
}

/** One line for each hand-in, its remarks below it. */
function table({ handIns, rows }: GradeReport): string {
  const { columns, report } = gradingTexts
  const lines = handIns.map(({ file, student, points, of, remarks }) => ({
    cells: [student?.name || student?.number || report.nobody, `${points} / ${of}`, file],
    remarks,
  }))
  const headings = [columns.student, columns.points, columns.file]
  const widths = headings.map((heading, at) => Math.max(heading.length, ...lines.map(({ cells }) => cells[at]!.length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd()
  const right = rows.filter(({ status }) => status === 'right').length
  return `${[
    line(headings),
    ...lines.flatMap(({ cells, remarks }) => [line(cells), ...remarks.map((remark) => `    ${remark}`)]),
    '',
    report.summary(handIns.length, right, rows.length),
  ].join('\n')}\n`
}
