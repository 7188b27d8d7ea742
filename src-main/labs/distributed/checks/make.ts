// The forms of this lab's questions: those of all labs, with times and counts as its runs say them, and tables of stamps.
import type { z } from 'zod'
import { checkForms } from '../../../contract/check-forms.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import type { Check } from '../../../contract/lab.ts'
import type { DistributedModel } from '../model/schema.ts'
import { texts } from './texts.ts'

export type DistributedCheck = Check<DistributedModel>

export const { check, choice, numeric, concept: conceptOf } = checkForms<DistributedModel>(texts.amount)

interface Named<Params> {
  id: string
  title: string
  params: z.ZodType<Params>
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
