// How checks are put together: answers of the wrong form, judgements, and the four forms that most questions have.
// Knows no single check.
import type { z } from 'zod'
import type { Answer, Judgement } from '../../../contract/exercise.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import type { Check } from '../../../contract/lab.ts'
import type { DistributedModel } from '../model/schema.ts'
import { texts } from './texts.ts'

export type DistributedCheck = Check<DistributedModel>

interface Asked<Params> {
  given: DistributedModel
  drawing: DistributedModel
  params: Params
}

interface Named<Params> {
  id: string
  title: string
  params: z.ZodType<Params>
}

/** A check whose parameters are typed inside and erased outside, where only their schema counts. */
export function check<Params>(
  made: Named<Params> & {
    form(given: DistributedModel, params: Params): ReturnType<DistributedCheck['form']>
    judge(asked: Asked<Params>, answer: Answer): Judgement
    key(given: DistributedModel, params: Params): string
  },
): DistributedCheck {
  const read = (params: unknown): Params => made.params.parse(params)
  return {
    id: made.id,
    title: made.title,
    params: made.params,
    form: (given, params) => made.form(given, read(params)),
    judge: ({ given, drawing, params }, answer) => made.judge({ given, drawing, params: read(params) }, answer),
    key: (given, params) => made.key(given, read(params)),
  }
}

/** A question with a few answers, one of them right. */
export function choice<Params>(
  made: Named<Params> & {
    options(given: DistributedModel, params: Params): readonly { value: string; label: string }[]
    /** the right one, and why; the reason is told only to those who chose it, and in the key */
    solve(given: DistributedModel, params: Params): { value: string; because: string; at?: string[] }
    /** what speaks against an answer, without naming the right one */
    against(value: string, given: DistributedModel, params: Params): string
  },
): DistributedCheck {
  const labelOf = (given: DistributedModel, params: Params, value: string): string =>
    made.options(given, params).find((option) => option.value === value)?.label ?? texts.noAnswer
  return check<Params>({
    ...made,
    form(given, params) {
      made.solve(given, params)
      return { kind: 'choice', options: made.options(given, params).map((option) => ({ ...option })) }
    },
    judge({ given, params }, answer) {
      const { value } = answerAs(answer, 'choice')
      const { value: solution, because, at = [] } = made.solve(given, params)
      const expected = labelOf(given, params, solution)
      const found = labelOf(given, params, value)
      if (value === solution) return right(expected, found, because, at)
      return wrong(expected, found, made.against(value, given, params))
    },
    key(given, params) {
      const { value, because } = made.solve(given, params)
      return texts.because(labelOf(given, params, value), because)
    },
  })
}

/** A question for a number. */
export function numeric<Params>(
  made: Named<Params> & {
    /** the right number, what may be missing to it, and why it is right */
    solve(given: DistributedModel, params: Params): { value: number; tolerance?: number; because: string }
    /** what speaks against a number, without naming the right one */
    against(value: number, given: DistributedModel, params: Params): string
  },
): DistributedCheck {
  return check<Params>({
    ...made,
    form: (given, params) => (made.solve(given, params), { kind: 'number' }),
    judge({ given, params }, answer) {
      const { value } = answerAs(answer, 'number')
      const { value: solution, tolerance = 0, because } = made.solve(given, params)
      const [expected, found] = [texts.amount(solution), texts.amount(value)]
      if (Math.abs(value - solution) <= tolerance) return right(expected, found, because)
      return wrong(expected, found, texts.notThat(found, made.against(value, given, params)))
    },
    key(given, params) {
      const { value, because } = made.solve(given, params)
      return texts.because(texts.amount(value), because)
    },
  })
}

export interface Table {
  rows: string[]
  columns: string[]
  cells: number[][]
  /** the rule that the numbers of a row follow, for whoever got one wrong */
  rule(row: number): string
}

const rowSaid = (row: readonly (number | null)[]): string =>
  `(${row.map((cell) => (cell === null ? '–' : texts.amount(cell))).join(', ')})`

/** A question for a table of numbers. As long as some are wrong, at most half of the points are earned. */
export function table<Params>(
  made: Named<Params> & { solve(given: DistributedModel, params: Params): Table },
): DistributedCheck {
  return check<Params>({
    ...made,
    form(given, params) {
      const { rows, columns } = made.solve(given, params)
      return { kind: 'table', columns, rows }
    },
    judge({ given, params }, answer) {
      const { rows, columns, cells, rule } = made.solve(given, params)
      const answered = answerAs(answer, 'table').cells
      const expected = keySaid(rows, cells)
      const found = answered.map(rowSaid).join(' ')
      if (answered.length !== rows.length || answered.some((row) => row.length !== columns.length)) {
        return wrong(expected, found, texts.tables.shape(rows.length, columns.length))
      }
      const flat = cells.flatMap((row, r) => row.map((cell, c) => ({ r, c, good: answered[r]?.[c] === cell })))
      const first = flat.find(({ good }) => !good)
      if (first === undefined) return right(expected, found, texts.tables.all)
      const good = flat.filter((cell) => cell.good).length
      const value = answered[first.r]?.[first.c] ?? null
      const place = texts.tables.place(rows[first.r] ?? '', columns[first.c] ?? '')
      const sentence =
        value === null ? texts.tables.empty(place) : `${texts.tables.cell(place, texts.amount(value))} ${rule(first.r)}`
      const share = Math.floor((good / flat.length) * 2) / 4
      return wrong(expected, found, `${sentence} ${texts.tables.some(good, flat.length)}`, [], share)
    },
    key(given, params) {
      const { rows, cells } = made.solve(given, params)
      return keySaid(rows, cells)
    },
  })
}

const keySaid = (rows: readonly string[], cells: readonly (readonly number[])[]): string =>
  cells.map((row, index) => `${rows[index] ?? ''} ${rowSaid(row)}`).join(', ')
