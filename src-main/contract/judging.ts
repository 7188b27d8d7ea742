// What the checks of all labs use to judge an answer: its form, and what is said of a right and of a wrong one.
import { InterlockError } from './errors.ts'
import type { Answer, Judgement } from './exercise.ts'

type Kind = Answer['kind']
type Of<K extends Kind> = Extract<Answer, { kind: K }>

/** @throws InterlockError `bad-input` when the answer has another form than the question asks for */
export function answerAs<K extends Kind>(answer: Answer, kind: K): Of<K> {
  if (answer.kind === kind) return answer as Of<K>
  throw new InterlockError(
    'bad-input',
    `The question asks for an answer of the form "${kind}", and this one has the form "${answer.kind}". Answer it again.`,
  )
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

/** Said of a question that was left. */
export const noAnswer = 'no answer'

/** An answer with its reason. */
export const because = (answer: string, why: string): string => `${answer.replace(/\.$/, '')}. ${why}`

/** What speaks against a number that was given. */
export const notThat = (found: string, why: string): string => `${found} is not the number. ${why}`
