// An exercise as part of a document: the task, its questions, and what a student answered. Right answers are never
// stored: a lab's checks compute them from the drawing that is given. Knows no lab.
import { z } from 'zod'
import { Layout, RecordId } from './document-parts.ts'
import {
  MAX_ANSWER_ITEMS,
  MAX_EXERCISE_PARTS,
  MAX_HINTS,
  MAX_LOG_ENTRIES,
  MAX_NAME_LENGTH,
  MAX_NOTE_LENGTH,
  MAX_POINTS,
} from './limits.ts'

const Slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'an id of small letters, digits and -')
const Line = z.string().max(MAX_NAME_LENGTH)
const Text = z.string().max(MAX_NOTE_LENGTH)

/** One question. The lab's check `check` says what form the answer has and judges it. */
export const ExercisePart = z.strictObject({
  id: Slug,
  /** the question, in one or two sentences */
  ask: Text,
  check: z.string().min(1).max(60),
  /** what the check wants to know besides the drawing, such as which process asks; judged by the check's own schema */
  params: z.record(z.string().max(60), z.unknown()),
  points: z.number().int().min(0).max(MAX_POINTS),
  /** shown one at a time, the gentlest first */
  hints: z.array(Text).max(MAX_HINTS),
})
export type ExercisePart = z.infer<typeof ExercisePart>

/** The drawing that questions are about. A student may change the drawing of the document; this one stays. */
export const Given = z.strictObject({ model: z.record(z.string(), z.unknown()), layout: Layout })
export type Given = z.infer<typeof Given>

export const Exercise = z.strictObject({
  id: Slug,
  /** the task in paragraphs, parted by empty lines */
  task: Text,
  parts: z.array(ExercisePart).min(1).max(MAX_EXERCISE_PARTS),
  /** the verdict, marks and runs stay hidden until every part has been answered and checked */
  conceal: z.boolean(),
  /** when a student is told whether an answer is right */
  feedback: z.enum(['at-once', 'after-hand-in']),
  given: Given,
  /** the drawing given is made anew for each student, by this generator of the lab from the student's own seed */
  variant: z
    .strictObject({
      generator: z.string().max(60),
      values: z.record(z.string().max(60), z.union([z.string().max(60), z.number()])),
    })
    .optional(),
  /** said when all answers are right or handed in, such as what a usual example gets wrong */
  afterword: Text.optional(),
})
export type Exercise = z.infer<typeof Exercise>

/** One parameter of a check, as an author sets it. */
export const CheckField = z.object({
  key: z.string(),
  label: z.string(),
  optional: z.boolean(),
  /** `yes` can only be set or left out; `names` is a list of names; `counts` a number by name */
  kind: z.enum(['text', 'number', 'yes', 'yes-no', 'choice', 'names', 'counts']),
  /** of a choice */
  options: z.array(z.string()).optional(),
})
export type CheckField = z.infer<typeof CheckField>

/** A check that questions can be made of. */
export const CheckInfo = z.object({ id: z.string(), title: z.string(), fields: z.array(CheckField) })
export type CheckInfo = z.infer<typeof CheckInfo>

/** What a question asks for, as the page lays it out. */
export const AnswerForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), options: z.array(z.object({ value: Line, label: Line })) }),
  /** records in an order; not all of them need to be used */
  z.object({ kind: z.literal('order'), items: z.array(z.object({ id: RecordId, label: Line })) }),
  /** some of the records, in no order; none is an answer too */
  z.object({ kind: z.literal('set'), items: z.array(z.object({ id: RecordId, label: Line })) }),
  z.object({ kind: z.literal('number') }),
  /** whole numbers in every cell; `given` cells are filled in and cannot be changed */
  z.object({
    kind: z.literal('table'),
    columns: z.array(Line),
    rows: z.array(Line),
    given: z.array(z.array(z.number().nullable())).optional(),
  }),
  /** the drawing itself is the answer */
  z.object({ kind: z.literal('drawing') }),
])
export type AnswerForm = z.infer<typeof AnswerForm>

const Ids = z.array(RecordId).max(MAX_ANSWER_ITEMS)
export const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), value: Line }),
  z.strictObject({ kind: z.literal('order'), ids: Ids }),
  z.strictObject({ kind: z.literal('set'), ids: Ids }),
  z.strictObject({ kind: z.literal('number'), value: z.number() }),
  z.strictObject({ kind: z.literal('table'), cells: z.array(z.array(z.number().nullable())) }),
  z.strictObject({ kind: z.literal('drawing') }),
])
export type Answer = z.infer<typeof Answer>

/** How right an answer is, and where it goes wrong first. */
export const Judgement = z.object({
  right: z.boolean(),
  /** part of the points that it earns, 0 to 1; 1 exactly when it is right */
  share: z.number().min(0).max(1),
  /** a right answer in words, for the instructor and for a student after handing in */
  expected: z.string(),
  /** the answer given, in words */
  found: z.string(),
  /** what is wrong first and why, or why it is right; never gives away what `expected` says */
  sentence: z.string(),
  /** ids of the records concerned; the first one is where a click goes */
  at: z.array(z.string()),
})
export type Judgement = z.infer<typeof Judgement>

export const Student = z.strictObject({
  name: Line.min(1),
  /** matriculation number or other mark of the person; may be empty */
  number: Line,
})
export type Student = z.infer<typeof Student>

/** A student's work on the exercise of a document. */
export const Attempt = z.strictObject({
  student: Student,
  /** by id of the part */
  answers: z.record(Slug, Answer),
  /** parts whose answer was checked or committed at least once */
  committed: z.array(Slug).max(MAX_EXERCISE_PARTS),
  /** seconds in which the student worked: the document was open and something was done within the last minute */
  seconds: z.number().int().min(0),
  /** what was done when; `at` is milliseconds since 1970 */
  log: z
    .array(
      z.strictObject({
        at: z.number().int(),
        did: z.enum(['begun', 'opened', 'checked', 'hint', 'handed-in']),
        part: Slug.optional(),
        right: z.boolean().optional(),
      }),
    )
    .max(MAX_LOG_ENTRIES),
  /** SHA-256 over task and given drawing, as hexadecimal digits, since the work began */
  seal: z.string().regex(/^[0-9a-f]{64}$/),
  /** milliseconds since 1970; null until it was handed in */
  handedIn: z.number().int().nullable(),
})
export type Attempt = z.infer<typeof Attempt>

/** One row of a grading report: one check of one hand-in, or a hand-in that could not be graded (`part` null). */
export const GradeRow = z.object({
  /** path of the hand-in inside the graded folder, with `/` between parts */
  file: z.string(),
  student: Student.nullable(),
  /** id of the exercise, null when it is not known */
  exercise: z.string().nullable(),
  part: z.string().nullable(),
  ask: z.string(),
  status: z.enum(['right', 'partly', 'wrong', 'unanswered', 'unreadable', 'unknown-exercise']),
  expected: z.string(),
  found: z.string(),
  /** where it goes wrong first, or why it cannot be read */
  sentence: z.string(),
  /** ids of the records concerned, as in a judgement, and their names */
  at: z.array(z.string()),
  where: z.string(),
  points: z.number(),
  of: z.number(),
})
export type GradeRow = z.infer<typeof GradeRow>

export const GradedHandIn = z.object({
  file: z.string(),
  student: Student.nullable(),
  exercise: z.string().nullable(),
  title: z.string(),
  points: z.number(),
  of: z.number(),
  seconds: z.number().nullable(),
  handedIn: z.number().nullable(),
  /** what an instructor should know: a changed task, a broken seal, not handed in, the same answers as another */
  remarks: z.array(z.string()),
})
export type GradedHandIn = z.infer<typeof GradedHandIn>

export const GradeReport = z.object({
  pack: z.string(),
  folder: z.string(),
  handIns: z.array(GradedHandIn),
  rows: z.array(GradeRow),
})
export type GradeReport = z.infer<typeof GradeReport>
