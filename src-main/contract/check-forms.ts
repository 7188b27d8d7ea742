// How the checks of all labs are put together: parameters typed inside and erased outside, and the forms that most
// questions have. Knows no lab and no single check.
import type { z } from 'zod'
import type { GraphModel } from './document.ts'
import type { Answer, Judgement } from './exercise.ts'
import { answerAs, because, noAnswer, notThat, right, wrong } from './judging.ts'
import type { Check } from './lab.ts'

interface Named<Params> {
  id: string
  title: string
  params: z.ZodType<Params>
}

interface Asked<M, Params> {
  /** the drawing that the question is about */
  given: M
  drawing: M
  params: Params
}

/** A question in words: its options in the order in which they are offered; the one that is `right` is the answer. */
export type Concept = readonly { value: string; label: string; right?: true; why: string }[]

/**
 * The forms of the questions of one lab.
 * @param show a number as the lab writes it
 * @param about the drawing that a question is about, where that need not be the one given
 */
export function checkForms<M extends GraphModel>(
  show: (value: number) => string = String,
  about: (given: M, params: unknown) => M = (given) => given,
) {
  /** A check whose parameters are typed inside and erased outside, where only their schema counts. */
  function check<Params>(
    made: Named<Params> & {
      form(given: M, params: Params): ReturnType<Check<M>['form']>
      judge(asked: Asked<M, Params>, answer: Answer): Judgement
      key(given: M, params: Params): string
    },
  ): Check<M> {
    const read = (params: unknown): Params => made.params.parse(params)
    return {
      id: made.id,
      title: made.title,
      params: made.params,
      form: (given, params) => made.form(about(given, params), read(params)),
      judge: ({ given, drawing, params }, answer) =>
        made.judge({ given: about(given, params), drawing, params: read(params) }, answer),
      key: (given, params) => made.key(about(given, params), read(params)),
    }
  }

  /** A question with a few answers, one of them right. */
  function choice<Params>(
    made: Named<Params> & {
      options(given: M, params: Params): readonly { value: string; label: string }[]
      /** the right one, and why; the reason is told only to those who chose it, and in the key */
      solve(given: M, params: Params): { value: string; because: string; at?: string[] }
      /** what speaks against an answer, without naming the right one */
      against(value: string, given: M, params: Params): string
    },
  ): Check<M> {
    const labelOf = (given: M, params: Params, value: string): string =>
      made.options(given, params).find((option) => option.value === value)?.label ?? noAnswer
    return check<Params>({
      ...made,
      form(given, params) {
        made.solve(given, params)
        return { kind: 'choice', options: made.options(given, params).map(({ value, label }) => ({ value, label })) }
      },
      judge({ given, params }, answer) {
        const { value } = answerAs(answer, 'choice')
        const { value: solution, because: reason, at = [] } = made.solve(given, params)
        const [expected, found] = [labelOf(given, params, solution), labelOf(given, params, value)]
        if (value === solution) return right(expected, found, reason, at)
        return wrong(expected, found, made.against(value, given, params))
      },
      key(given, params) {
        const solution = made.solve(given, params)
        return because(labelOf(given, params, solution.value), solution.because)
      },
    })
  }

  /** A question for a number. */
  function numeric<Params>(
    made: Named<Params> & {
      /** the right number, what may be missing to it, and why it is right */
      solve(given: M, params: Params): { value: number; tolerance?: number; because: string; at?: string[] }
      /** what speaks against a number, without naming the right one */
      against(value: number, given: M, params: Params): string
    },
  ): Check<M> {
    return check<Params>({
      ...made,
      form: (given, params) => (made.solve(given, params), { kind: 'number' }),
      judge({ given, params }, answer) {
        const { value } = answerAs(answer, 'number')
        const { value: solution, tolerance = 0, because: reason, at = [] } = made.solve(given, params)
        const [expected, found] = [show(solution), show(value)]
        // A hair more than the tolerance, as 0.33 is not 0.01 from 0.34 in binary fractions.
        if (Math.abs(value - solution) <= tolerance + 1e-9) return right(expected, found, reason, at)
        return wrong(expected, found, notThat(found, made.against(value, given, params)))
      },
      key(given, params) {
        const solution = made.solve(given, params)
        return because(show(solution.value), solution.because)
      },
    })
  }

  /** A question in words: the document names one, its options and reasons stand in the lab. */
  function concept<Params extends { question: string }>(
    made: Named<Params>,
    concepts: Readonly<Record<string, Concept>>,
  ): Check<M> {
    const optionsOf = ({ question }: Params): Concept => concepts[question] ?? []
    return choice<Params>({
      ...made,
      options: (_, params) => optionsOf(params),
      solve(_, params) {
        const { value, why } = optionsOf(params).find((option) => option.right)!
        return { value, because: why }
      },
      against: (value, _, params) => optionsOf(params).find((option) => option.value === value)?.why ?? noAnswer,
    })
  }

  return { check, choice, numeric, concept }
}
