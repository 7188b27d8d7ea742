// How checks are put together: parameters that hold a drawing of their own, answers of the wrong form, judgements.
// Knows no single check.
import { z } from 'zod'
import type { Answer, Judgement } from '../../../contract/exercise.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import type { Check } from '../../../contract/lab.ts'
import { MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { textFormat } from '../model/text/format.ts'
import { texts } from './texts.ts'

export type DeadlockCheck = Check<DeadlockModel>

/** A question may be about a drawing that the task describes in words: it then stands here in the text form. */
export const About = z.strictObject({ about: z.string().max(MAX_NOTE_LENGTH).optional().describe(texts.params.about) })

/** The drawing a question is about: the one in its parameters, else the one given. */
function aboutOf(given: DeadlockModel, { about }: z.infer<typeof About>): DeadlockModel {
  return about === undefined ? given : readGraph(about)
}

/** @throws InterlockError `bad-input` with the place in the text */
export function readGraph(text: string): DeadlockModel {
  return textFormat.read!(text).model
}

interface Asked<Params> {
  /** the drawing that the question is about */
  given: DeadlockModel
  drawing: DeadlockModel
  params: Params
}

/** A check whose parameters are typed inside and erased outside, where only their schema counts. */
export function check<Params extends z.infer<typeof About>>(made: {
  id: string
  title: string
  params: z.ZodType<Params>
  form(given: DeadlockModel, params: Params): ReturnType<DeadlockCheck['form']>
  judge(asked: Asked<Params>, answer: Answer): Judgement
  key(given: DeadlockModel, params: Params): string
}): DeadlockCheck {
  const read = (params: unknown): Params => made.params.parse(params)
  return {
    id: made.id,
    title: made.title,
    params: made.params,
    form: (given, params) => made.form(aboutOf(given, read(params)), read(params)),
    judge: ({ given, drawing, params }, answer) =>
      made.judge({ given: aboutOf(given, read(params)), drawing, params: read(params) }, answer),
    key: (given, params) => made.key(aboutOf(given, read(params)), read(params)),
  }
}

/** A question with a few answers in words, one of them right. */
export function choice<Params extends z.infer<typeof About>>(made: {
  id: string
  title: string
  params: z.ZodType<Params>
  options: (params: Params) => readonly { value: string; label: string }[]
  /** the right one, and why; the reason is told only to those who chose it, and in the key */
  solve(given: DeadlockModel, params: Params): { value: string; because: string; at?: string[] }
  /** what speaks against an answer, without naming the right one */
  against(value: string, given: DeadlockModel, params: Params): string
}): DeadlockCheck {
  const labelOf = (params: Params, value: string): string =>
    made.options(params).find((option) => option.value === value)?.label ?? texts.noAnswer
  return check<Params>({
    id: made.id,
    title: made.title,
    params: made.params,
    form: (given, params) => {
      made.solve(given, params)
      return { kind: 'choice', options: made.options(params).map((option) => ({ ...option })) }
    },
    judge({ given, params }, answer) {
      const { value } = answerAs(answer, 'choice')
      const { value: solution, because, at = [] } = made.solve(given, params)
      const expected = labelOf(params, solution)
      const found = labelOf(params, value)
      if (value === solution) return right(expected, found, because, at)
      return wrong(expected, found, made.against(value, given, params))
    },
    key: (given, params) => {
      const { value, because } = made.solve(given, params)
      return texts.because(labelOf(params, value), because)
    },
  })
}
