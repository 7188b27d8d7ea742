// How checks are put together: parameters that hold a drawing of their own, answers of the wrong form, judgements.
// Knows no single check.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Answer, Judgement } from '../../../contract/exercise.ts'
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

type Kind = Answer['kind']
type Of<K extends Kind> = Extract<Answer, { kind: K }>

/** @throws InterlockError `bad-input` when the answer has another form than the question asks for */
export function answerAs<K extends Kind>(answer: Answer, kind: K): Of<K> {
  if (answer.kind === kind) return answer as Of<K>
  throw new InterlockError('bad-input', texts.otherForm(kind, answer.kind))
}

export const right = (expected: string, found: string, sentence: string, at: string[] = []): Judgement => ({
  right: true,
  share: 1,
  expected,
  found,
  sentence,
  at,
})

/** @param share part of the points that it earns all the same, below 1 */
export const wrong = (expected: string, found: string, sentence: string, at: string[] = [], share = 0): Judgement => ({
  right: false,
  share,
  expected,
  found,
  sentence,
  at,
})

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
