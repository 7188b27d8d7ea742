// The matrices of a drawing as rows of names and numbers, for whoever writes tables.
import { InterlockError } from '../../../../contract/errors.ts'
import { MAX_TABLE_CELLS } from '../../../../contract/limits.ts'
import type { DeadlockModel } from '../schema.ts'
import { listed } from './builder.ts'
import { texts } from './texts.ts'

export interface MatrixRows {
  /** a matrix has a row for each process, a vector one row of numbers */
  kind: 'matrix' | 'vector'
  title: string
  /** the first row is the head, the first column holds names */
  rows: (string | number)[][]
}

/**
 * Allocation, Request, Total and Available, in this order. With claims Max and Need come after Allocation, and Request only
 * if anything is asked for. Available is Total minus what is allocated, and negative where more is allocated than exists.
 * @throws InterlockError `too-large` when the tables would have more than MAX_TABLE_CELLS cells
 */
export function matrixRows(model: DeadlockModel): MatrixRows[] {
  const { processes, types, pairs } = listed(model)
  const declared = pairs.some(({ claimed }) => claimed > 0)
  if ((declared ? 4 : 2) * processes.length * types.length > MAX_TABLE_CELLS) {
    throw new InterlockError('too-large', texts.tables.tooWide(processes.length, types.length, MAX_TABLE_CELLS))
  }
  const empty = (): number[][] => processes.map(() => types.map(() => 0))
  const [allocation, request, max, need] = [empty(), empty(), empty(), empty()]
  const available = types.map(({ instances }) => instances)
  for (const { process, type, held, asked, claimed } of pairs) {
    max[process]![type] = claimed > 0 ? claimed : held + asked
    need[process]![type] = Math.max(asked, max[process]![type]! - held)
    allocation[process]![type] = held
    request[process]![type] = asked
    available[type]! -= held
  }
  const names = types.map(({ name }) => name)
  const matrix = (title: string, units: number[][]): MatrixRows => ({
    kind: 'matrix',
    title,
    rows: [[texts.process, ...names], ...processes.map(({ name }, index) => [name, ...(units[index] ?? [])])],
  })
  const vector = (title: string, units: number[]): MatrixRows => ({
    kind: 'vector',
    title,
    rows: [
      ['', ...names],
      ['', ...units],
    ],
  })
  return [
    matrix(texts.matrices.allocation, allocation),
    ...(declared ? [matrix(texts.matrices.max, max), matrix(texts.matrices.need, need)] : []),
    ...(!declared || pairs.some(({ asked }) => asked > 0) ? [matrix(texts.matrices.request, request)] : []),
    vector(
      texts.matrices.total,
      types.map(({ instances }) => instances),
    ),
    vector(texts.matrices.available, available),
  ]
}
