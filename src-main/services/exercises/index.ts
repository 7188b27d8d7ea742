// Exercises: the copy of one student, what its questions ask for, how answers are judged, and the key. Right answers are
// computed by the lab's checks from the drawing that is given. Knows no lab by name, no file and no page.
import type { DocumentEnvelope, GraphModel } from '../../contract/document.ts'
import { InterlockError } from '../../contract/errors.ts'
import type { Answer, AnswerForm, Exercise, ExercisePart, Given, Judgement, Student } from '../../contract/exercise.ts'
import { firstIssue } from '../../contract/issues.ts'
import type { Check, LabEngine } from '../../contract/lab.ts'
import { makeDrawing } from '../generators.ts'
import { checkedModel } from '../models.ts'
import { seedOf, sealOf } from './seal.ts'

export { fieldsOf } from './fields.ts'
export { normalised, sealOf, seedOf } from './seal.ts'

export type BrokenForm = { kind: 'broken'; sentence: string }

/** The exercise of a document. @throws InterlockError `bad-input` when it has none */
export function exerciseOf(document: DocumentEnvelope): Exercise {
  if (document.exercise !== undefined) return document.exercise
  throw new InterlockError('bad-input', `“${document.title}” holds no exercise. Open one that does.`)
}

/**
 * The drawing that a student's questions are about.
 * @returns the exercise's own, or, where it varies, the one that the lab's generator makes from the student's seed
 */
function givenFor(lab: LabEngine, exercise: Exercise, student: Student): Given {
  if (exercise.variant === undefined) return exercise.given
  const { generator, values } = exercise.variant
  const { model, layout } = makeDrawing(lab, generator, values, seedOf(exercise, student))
  return { model, layout }
}

/** The exercise as this student gets it. Its seal is what a hand-in is compared with. */
export function exerciseFor(lab: LabEngine, exercise: Exercise, student: Student): Exercise {
  return { ...exercise, given: givenFor(lab, exercise, student) }
}

/**
 * The student's own copy: the given drawing on the page, an empty attempt under seal.
 * @throws InterlockError `bad-input` without an exercise, or when somebody has begun already
 */
export function begin(lab: LabEngine, document: DocumentEnvelope, student: Student, now: number): DocumentEnvelope {
  if (document.attempt !== undefined) {
    const { name } = document.attempt.student
    throw new InterlockError(
      'bad-input',
      `${name} has begun this copy already. Open the exercise itself to begin anew.`,
    )
  }
  const exercise = exerciseFor(lab, exerciseOf(document), student)
  return {
    ...document,
    model: exercise.given.model as DocumentEnvelope['model'],
    layout: exercise.given.layout,
    exercise,
    attempt: {
      student,
      answers: {},
      committed: [],
      seconds: 0,
      log: [{ at: now, did: 'begun' }],
      seal: sealOf(exercise),
      handedIn: null,
    },
  }
}

/** What each question asks for; one that cannot be asked says why, and never keeps the others from being asked. */
export function formsOf(lab: LabEngine, exercise: Exercise): Record<string, AnswerForm | BrokenForm> {
  const given = checkedModel(lab, exercise.given.model)
  return eachPart(exercise.parts, (part): AnswerForm | BrokenForm => {
    try {
      const { check, params } = checkOf(lab, part)
      return check.form(given, params)
    } catch (error) {
      return { kind: 'broken', sentence: refusal(error) }
    }
  })
}

/**
 * Judges answers; questions without an answer are left out.
 * @param drawing what the student's document holds now
 */
export function judgeParts(
  lab: LabEngine,
  exercise: Exercise,
  drawing: GraphModel,
  answers: Readonly<Record<string, Answer>>,
): Record<string, Judgement> {
  const given = checkedModel(lab, exercise.given.model)
  const answered = exercise.parts.filter(({ id }) => Object.hasOwn(answers, id))
  return eachPart(answered, (part) => {
    try {
      const { check, params } = checkOf(lab, part)
      return check.judge({ given, drawing, params }, answers[part.id]!)
    } catch (error) {
      return { right: false, share: 0, expected: '', found: '', sentence: refusal(error), at: [] }
    }
  })
}

/** Right answers in words; of a question that cannot be asked the reason. */
export function keyOf(lab: LabEngine, exercise: Exercise): Record<string, string> {
  const given = checkedModel(lab, exercise.given.model)
  return eachPart(exercise.parts, (part) => {
    try {
      const { check, params } = checkOf(lab, part)
      return check.key(given, params)
    } catch (error) {
      return refusal(error)
    }
  })
}

function checkOf(lab: LabEngine, part: ExercisePart): { check: Check; params: unknown } {
  const check = lab.checks?.find(({ id }) => id === part.check)
  if (check === undefined) {
    const known = (lab.checks ?? []).map(({ id }) => id).join(', ')
    throw new InterlockError('bad-input', `The lab ${lab.id} has no check "${part.check}". It has: ${known || 'none'}.`)
  }
  const params = check.params.safeParse(part.params)
  if (params.success) return { check, params: params.data }
  const { at, expected, found } = firstIssue(params.error, part.params)
  throw new InterlockError('bad-input', `params.${at}: expected ${expected}, found ${found}.`)
}

/** A refusal is the question's own sentence; a defect goes on to whoever logs it. */
function refusal(error: unknown): string {
  if (error instanceof InterlockError) return error.message
  throw error
}

const eachPart = <T>(parts: readonly ExercisePart[], make: (part: ExercisePart) => T): Record<string, T> =>
  Object.fromEntries(parts.map((part) => [part.id, make(part)]))
