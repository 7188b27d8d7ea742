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
        : 2 * letters <= MOST_BESIDE
          ? beside(matrices, types, set)
          : matrices.flatMap((one) => alone(one, types, set))
    const remark = latexRemark([...changed])
    const comments = [title, verdict ?? '', remark ?? ''].map(oneLine).filter((line) => line !== '')
    return [...comments.map((line) => `% ${line}`), ...body, ''].join('\n')
  },
}

type SetCell = (cell: string | number) => string

function beside(matrices: readonly MatrixRows[], types: number, set: SetCell): string[] {
  const [allocation, request, total, available] = matrices
  const heads = allocation?.rows[0]?.slice(1).map(set) ?? []
  const columns = 'r'.repeat(types)
  const row = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`
  const blank = heads.map(() => '')
  const span = (title: string, line: string): string => `\\multicolumn{${types}}{c${line}}{${set(title)}}`
  const rows = (allocation?.rows ?? []).slice(1).map((cells, index) => {
    const asked = request?.rows[index + 1]?.slice(1) ?? []
    return row([set(cells[0] ?? ''), ...cells.slice(1).map(set), ...asked.map(set)])
  })
  const vector = (one: MatrixRows | undefined): string =>
    row([set(one?.title ?? ''), ...(one?.rows[1]?.slice(1) ?? []).map(set), ...blank])
  return [
    `\\begin{tabular}{l|${columns}|${columns}}`,
    row(['', span(allocation?.title ?? '', '|'), span(request?.title ?? '', '')]),
    row(['', ...heads, ...heads]),
    '\\hline',
    ...rows,
    '\\hline',
    vector(total),
    vector(available),
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
