// How checks are put together: parameters typed inside and erased outside, and the forms that most questions have.
// Knows no single check.
import type { z } from 'zod'
import type { Answer, Judgement } from '../../../contract/exercise.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import type { Check } from '../../../contract/lab.ts'
import { show } from '../figures.ts'
import type { TopologyModel } from '../model/schema.ts'
import { texts } from './texts.ts'

export type TopologyCheck = Check<TopologyModel>

interface Named<Params> {
  id: string
  title: string
  params: z.ZodType<Params>
}

/** A check whose parameters are typed inside and erased outside, where only their schema counts. */
export function check<Params>(
  made: Named<Params> & {
    form(given: TopologyModel, params: Params): ReturnType<TopologyCheck['form']>
    judge(asked: { given: TopologyModel; drawing: TopologyModel; params: Params }, answer: Answer): Judgement
    key(given: TopologyModel, params: Params): string
  },
): TopologyCheck {
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
    options(given: TopologyModel, params: Params): readonly { value: string; label: string }[]
    /** the right one, and why; the reason is told only to those who chose it, and in the key */
    solve(given: TopologyModel, params: Params): { value: string; because: string; at?: string[] }
    /** what speaks against an answer, without naming the right one */
    against(value: string, given: TopologyModel, params: Params): string
  },
): TopologyCheck {
  const labelOf = (given: TopologyModel, params: Params, value: string): string =>
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
      const [expected, found] = [labelOf(given, params, solution), labelOf(given, params, value)]
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
    solve(given: TopologyModel, params: Params): { value: number; tolerance?: number; because: string; at?: string[] }
    /** what speaks against a number, without naming the right one */
    against(value: number, given: TopologyModel, params: Params): string
  },
): TopologyCheck {
  return check<Params>({
    ...made,
    form: (given, params) => (made.solve(given, params), { kind: 'number' }),
    judge({ given, params }, answer) {
      const { value } = answerAs(answer, 'number')
      const { value: solution, tolerance = 0, because, at = [] } = made.solve(given, params)
      const [expected, found] = [show(solution), show(value)]
      // A hair more than the tolerance, as 0.33 is not 0.01 from 0.34 in binary fractions.
      if (Math.abs(value - solution) <= tolerance + 1e-9) return right(expected, found, because, at)
      return wrong(expected, found, texts.notThat(found, made.against(value, given, params)))
    },
    key(given, params) {
      const { value, because } = made.solve(given, params)
      return texts.because(show(value), because)
    },
  })
}
