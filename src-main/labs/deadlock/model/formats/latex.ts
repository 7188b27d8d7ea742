// The drawing as LaTeX tables: one table as in the books where it is narrow, else one below the other. Written only.
import type { TextFormat } from '../../../../contract/lab.ts'
import { latexRemark, latexText } from '../../../../formats/latex.ts'
import { oneLine } from '../../../../formats/refusal.ts'
import type { DeadlockModel } from '../schema.ts'
import { type MatrixRows, matrixRows } from './matrix-rows.ts'
import { texts } from './texts.ts'

/** Most letters in the head of a table that shows both matrices side by side on a page. */
const MOST_BESIDE = 66

export const latex: TextFormat<DeadlockModel> = {
  id: 'latex',
  label: texts.labels.latex,
  extensions: ['tex'],
  media: 'application/x-tex',
  recognises: () => false,
  write({ model, title, verdict }) {
    const changed = new Set<string>()
    const set = (cell: string | number): string => {
      const { tex, changed: here } = latexText(String(cell))
      for (const char of here) changed.add(char)
      // A minus is a sign of mathematics.
      return typeof cell === 'number' && cell < 0 ? `$${cell}$` : tex
    }
    const matrices = matrixRows(model)
    const heads = matrices[0]?.rows[0]?.slice(1) ?? []
    const types = heads.length
    // Two more for the room between columns.
    const letters = heads.reduce<number>((sum, head) => sum + Math.max(2, String(head).length) + 2, 0)
    const body =
      types === 0
        ? []
        : matrices.filter(({ kind }) => kind === 'matrix').length * letters <= MOST_BESIDE
          ? beside(matrices, types, set)
          : matrices.flatMap((one) => alone(one, types, set))
    const remark = latexRemark([...changed])
    const comments = [title, verdict ?? '', remark ?? ''].map(oneLine).filter((line) => line !== '')
    return [...comments.map((line) => `% ${line}`), ...body, ''].join('\n')
  },
}

type SetCell = (cell: string | number) => string

function beside(matrices: readonly MatrixRows[], types: number, set: SetCell): string[] {
  const tables = matrices.filter(({ kind }) => kind === 'matrix')
  const heads = tables[0]?.rows[0]?.slice(1).map(set) ?? []
  const columns = 'r'.repeat(types)
  const row = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`
  const blank = tables.slice(1).flatMap(() => heads.map(() => ''))
  const span = (title: string, line: string): string => `\\multicolumn{${types}}{c${line}}{${set(title)}}`
  const rows = (tables[0]?.rows ?? []).slice(1).map((cells, index) => {
    const units = tables.flatMap((table) => table.rows[index + 1]?.slice(1) ?? [])
    return row([set(cells[0] ?? ''), ...units.map(set)])
  })
  const vector = (one: MatrixRows): string => row([set(one.title), ...(one.rows[1]?.slice(1) ?? []).map(set), ...blank])
  return [
    `\\begin{tabular}{l|${tables.map(() => columns).join('|')}}`,
    row(['', ...tables.map(({ title }, index) => span(title, index === tables.length - 1 ? '' : '|'))]),
    row(['', ...tables.flatMap(() => heads)]),
    '\\hline',
    ...rows,
    '\\hline',
    ...matrices.filter(({ kind }) => kind === 'vector').map(vector),
    '\\end{tabular}',
  ]
}

function alone({ title, rows }: MatrixRows, types: number, set: SetCell): string[] {
  const [head = [], ...body] = rows
  const row = (cells: readonly (string | number)[]): string => `${cells.map(set).join(' & ')} \\\\`
  return [
    `\\noindent\\begin{tabular}{l|${'r'.repeat(types)}}`,
    row([title, ...head.slice(1)]),
    '\\hline',
    ...body.map(row),
    '\\end{tabular}',
    '',
  ]
}
