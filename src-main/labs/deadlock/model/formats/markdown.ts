// The drawing as Markdown tables, one for each matrix under a heading of its own.
import type { TextFormat } from '../../../../contract/lab.ts'
import { oneLine } from '../../../../formats/refusal.ts'
import { readTable, tableKind } from '../../../../formats/tables/read.ts'
import { escapeMarkdown, writeMarkdown } from '../../../../formats/tables/write.ts'
import type { DeadlockModel } from '../schema.ts'
import { readMatrices } from './matrix-tables.ts'
import { matrixRows } from './matrix-rows.ts'
import { texts } from './texts.ts'

export const markdown: TextFormat<DeadlockModel> = {
  id: 'markdown',
  label: texts.labels.markdown,
  extensions: ['md', 'markdown'],
  media: 'text/markdown',
  recognises: (text, name) =>
    tableKind(text) === 'markdown' || (/\.(?:md|markdown)$/i.test(name) && text.includes('|')),
  read(text) {
    const comments = /<!--[\s\S]*?-->/g
    // A title of the writer's own stands before all tables; lines stay in their places.
    const title = /^#\s+(.+?)\s*#*\s*$/m.exec(text)?.[1] ?? ''
    const without = text.replace(comments, (comment) => comment.replace(/[^\n]/g, ''))
    const drawing = readMatrices(readTable(without, 'markdown').rows)
    const plain = title.replace(/\\([!-/:-@[-`{-~])/g, '$1')
    return { ...drawing, ...(plain === '' ? {} : { title: plain }) }
  },
  write: ({ model, title, verdict }) =>
    [
      ...(title === '' ? [] : [`# ${escapeMarkdown(oneLine(title))}\n`]),
      ...(verdict === null ? [] : [`<!-- ${oneLine(verdict).replace(/--/g, '- -')} -->\n`]),
      ...matrixRows(model).map(({ title: name, rows }) => `## ${name}\n\n${writeMarkdown(rows)}`),
    ].join('\n'),
}
