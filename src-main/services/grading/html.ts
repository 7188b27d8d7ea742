// The report as one page that stands alone: no script, prints well, follows the reader's light or dark setting.
import type { GradedHandIn, GradeReport, GradeRow } from '../../contract/exercise.ts'
import { gradingTexts as texts } from './texts.ts'

const style = `
:root { color-scheme: light dark; --line: #c8ccd4; --soft: #f2f4f7; --good: #0b6b3a; --bad: #a3261a; --text: #16181d; --ground: #fff }
@media (prefers-color-scheme: dark) {
  :root { --line: #434955; --soft: #22262e; --good: #6fd39b; --bad: #ff9d91; --text: #e8eaee; --ground: #16181d }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); margin: 2rem auto; max-width: 84rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { background: var(--soft) }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.right { color: var(--good) } .wrong, .unanswered, .unreadable, .unknown-exercise { color: var(--bad) }
@media print { body { margin: 0; max-width: none; font-size: 10pt } thead { display: table-header-group } tr { break-inside: avoid } }
`

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const signs: Record<GradeRow['status'], string> = {
  right: '✓',
  partly: '◐',
  wrong: '✗',
  unanswered: '–',
  unreadable: '!',
  'unknown-exercise': '?',
}

export function reportHtml({ pack, folder, handIns, rows }: GradeReport): string {
  const { report, columns } = texts
  const right = rows.filter(({ status }) => status === 'right').length
  const byStudent = [...handIns].sort((a, b) => named(a).localeCompare(named(b), 'en') || (a.file < b.file ? -1 : 1))
  const of = new Map<string, GradeRow[]>()
  for (const row of rows) of.set(row.file, [...(of.get(row.file) ?? []), row])
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(report.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(report.title)}</h1>
<p>${escaped(`${pack} · ${folder}`)}<br>${escaped(report.summary(handIns.length, right, rows.length))}</p>
<h2>${escaped(report.handIns)}</h2>
${table(
  [columns.student, columns.number, columns.exercise, columns.points, columns.minutes, columns.file, columns.remarks],
  byStudent.map((handIn) => [
    text(named(handIn)),
    text(handIn.student?.number ?? ''),
    text(handIn.title || (handIn.exercise ?? '')),
    number(`${handIn.points} / ${handIn.of}`),
    number(handIn.seconds === null ? '' : String(Math.round(handIn.seconds / 6) / 10)),
    text(handIn.file),
    text(handIn.remarks.join(' ')),
  ]),
)}
<h2>${escaped(report.answers)}</h2>
${table(
  [
    columns.student,
    columns.question,
    columns.status,
    columns.points,
    columns.expected,
    columns.found,
    columns.where,
    columns.sentence,
  ],
  byStudent.flatMap((handIn) =>
    (of.get(handIn.file) ?? []).map((row) => [
      text(row.student === null ? row.file : named(handIn)),
      text(row.ask),
      `<td class="${row.status}">${escaped(`${signs[row.status]} ${texts.status[row.status]}`)}</td>`,
      number(`${row.points} / ${row.of}`),
      text(row.expected),
      text(row.found),
      text(row.where),
      text(row.sentence),
    ]),
  ),
)}
</body>
</html>
`
}

const named = ({ student }: GradedHandIn): string => student?.name || student?.number || texts.report.nobody
const text = (content: string): string => `<td>${escaped(content)}</td>`
const number = (content: string): string => `<td class="number">${escaped(content)}</td>`

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headings.map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n')
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`
}
