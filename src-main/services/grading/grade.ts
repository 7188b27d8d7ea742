// Grades hand-ins by the task of a pack. Whatever a hand-in carries besides its answers is compared, never trusted. Knows
// no lab by name and no file system: it is given texts.
import type { DocumentEnvelope } from '../../contract/document.ts'
import { parseDocument } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import type { Attempt, Exercise, GradedHandIn, GradeReport, GradeRow, Student } from '../../contract/exercise.ts'
import type { LabEngine, LabModel } from '../../contract/lab.ts'
import { canonical } from '../../simulation/canonical.ts'
import { exerciseFor, judgeParts, keyOf, normalised, sealOf } from '../exercises/index.ts'
import { checkedModel } from '../models.ts'
import type { Entry } from './read.ts'
import { gradingTexts as texts } from './texts.ts'

export interface Labs {
  findLab(id: string): LabEngine
  model(id: string): LabModel | undefined
}

export interface PackExercise {
  file: string
  document: DocumentEnvelope
  exercise: Exercise
}

/**
 * The exercises of a pack by id.
 * @throws InterlockError `bad-input` when a file of it cannot be read, an id is there twice, or there is no exercise
 */
export function readPack(entries: readonly Entry[], labs: Labs): Map<string, PackExercise> {
  const pack = new Map<string, PackExercise>()
  for (const entry of entries) {
    const read = parsed(entry, labs)
    if ('problem' in read) throw new InterlockError('bad-input', texts.packFile(entry.file, read.problem))
    const { document } = read
    const { exercise } = document
    if (exercise === undefined) continue
    const known = pack.get(exercise.id)
    if (known !== undefined) {
      throw new InterlockError('bad-input', texts.twice(exercise.id, known.file, entry.file))
    }
    pack.set(exercise.id, { file: entry.file, document, exercise })
  }
  if (pack.size === 0) throw new InterlockError('bad-input', texts.noExercise)
  return pack
}

/**
 * @param places how pack and folder are called in the report
 * @param progress is told the part of the hand-ins that is done, 0 to 1
 */
export function grade(
  pack: ReadonlyMap<string, PackExercise>,
  entries: readonly Entry[],
  places: { pack: string; folder: string },
  labs: Labs,
  progress?: (done: number) => void,
): GradeReport {
  const graded = entries.map((entry, index) => {
    progress?.(index / entries.length)
    return gradeOne(pack, entry, labs)
  })
  remarkOnCopies(graded)
  return {
    ...places,
    handIns: graded.map(({ handIn }) => handIn),
    rows: graded.flatMap(({ rows }) => rows),
  }
}

interface Graded {
  handIn: GradedHandIn
  rows: GradeRow[]
  attempt: Attempt | null
}

function parsed(entry: Entry, labs: Labs): { document: DocumentEnvelope } | { problem: string } {
  if ('problem' in entry) return entry
  try {
    return parseDocument(entry.text, labs.model)
  } catch (error) {
    if (error instanceof InterlockError) return { problem: error.message }
    throw error
  }
}

function gradeOne(pack: ReadonlyMap<string, PackExercise>, entry: Entry, labs: Labs): Graded {
  const read = parsed(entry, labs)
  if ('problem' in read) return refused(entry.file, 'unreadable', read.problem)
  const { document } = read
  const { exercise: carried, attempt = null } = document
  if (carried === undefined) return refused(entry.file, 'unknown-exercise', texts.noTask, document)
  const known = pack.get(carried.id)
  if (known === undefined) return refused(entry.file, 'unknown-exercise', texts.unknown(carried.id), document)
  if (known.document.lab !== document.lab) {
    return refused(entry.file, 'unknown-exercise', texts.otherLab(document.lab, known.document.lab), document)
  }
  const lab = labs.findLab(document.lab)
  const student = attempt?.student ?? null
  const exercise = student === null ? known.exercise : exerciseFor(lab, known.exercise, student)
  const rows = rowsOf(lab, entry.file, document, exercise, student)
  return {
    handIn: {
      file: entry.file,
      student,
      exercise: exercise.id,
      title: known.document.title,
      points: rounded(rows.reduce((sum, { points }) => sum + points, 0)),
      of: rows.reduce((sum, { of }) => sum + of, 0),
      seconds: attempt?.seconds ?? null,
      handedIn: attempt?.handedIn ?? null,
      remarks: remarksOn(carried, exercise, attempt),
    },
    rows,
    attempt,
  }
}

function refused(
  file: string,
  status: 'unreadable' | 'unknown-exercise',
  sentence: string,
  document?: DocumentEnvelope,
): Graded {
  const attempt = document?.attempt ?? null
  const student = attempt?.student ?? null
  const exercise = document?.exercise?.id ?? null
  const row: GradeRow = {
    file,
    student,
    exercise,
    part: null,
    ask: '',
    status,
    expected: '',
    found: '',
    sentence,
    at: [],
    where: '',
    points: 0,
    of: 0,
  }
  const handIn: GradedHandIn = {
    file,
    student,
    exercise,
    title: document?.title ?? '',
    points: 0,
    of: 0,
    seconds: attempt?.seconds ?? null,
    handedIn: attempt?.handedIn ?? null,
    remarks: [sentence],
  }
  return { handIn, rows: [row], attempt }
}

function rowsOf(
  lab: LabEngine,
  file: string,
  document: DocumentEnvelope,
  exercise: Exercise,
  student: Student | null,
): GradeRow[] {
  const drawing = checkedModel(lab, document.model)
  const given = checkedModel(lab, exercise.given.model)
  const nameOf = new Map([...given.nodes, ...drawing.nodes].map(({ id, name }) => [id, name]))
  for (const { id, from, to } of [...given.edges, ...drawing.edges]) {
    nameOf.set(id, `${nameOf.get(from) ?? from} → ${nameOf.get(to) ?? to}`)
  }
  const judged = judgeParts(lab, exercise, drawing, document.attempt?.answers ?? {})
  const key = keyOf(lab, exercise)
  return exercise.parts.map(({ id, ask, points: of }): GradeRow => {
    const about = { file, student, exercise: exercise.id, part: id, ask, of }
    const judgement = judged[id]
    if (judgement === undefined) {
      const nothing = { found: texts.unanswered, sentence: texts.noAnswer, at: [], where: '', points: 0 }
      return { ...about, status: 'unanswered', expected: key[id] ?? '', ...nothing }
    }
    const { right, share, expected, found, sentence, at } = judgement
    const status = right ? 'right' : share > 0 ? 'partly' : 'wrong'
    const where = at.map((one) => nameOf.get(one) ?? one).join(', ')
    return { ...about, status, expected, found, sentence, at, where, points: rounded(share * of) }
  })
}

const rounded = (points: number): number => Math.round(points * 100) / 100

function remarksOn(carried: Exercise, own: Exercise, attempt: Attempt | null): string[] {
  const { remarks } = texts
  const found: string[] = []
  if (attempt === null) found.push(remarks.notBegun)
  else if (attempt.handedIn === null) found.push(remarks.notHandedIn)
  // A copy that nobody has begun holds the pack's own drawing even where drawings vary.
  const changes = changesOf(carried, own)
  const sealFits = attempt === null || attempt.seal === sealOf(carried)
  if (changes.length > 0) found.push(sealFits ? remarks.otherVersion(changes) : remarks.changed(changes))
  else if (!sealFits) found.push(remarks.badSeal)
  return found
}

/** In what two versions of an exercise differ, in words. */
function changesOf(carried: Exercise, own: Exercise): string[] {
  const differ = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b)
  const rules = ({ conceal, feedback, variant, afterword }: Exercise): unknown => ({
    conceal,
    feedback,
    variant,
    afterword,
  })
  const { changes } = texts
  const ids = ({ parts }: Exercise): string[] => parts.map(({ id }) => id)
  return [
    ...(carried.task === own.task ? [] : [changes.task]),
    ...(differ(carried.given, own.given) ? [changes.given] : []),
    ...(differ(rules(carried), rules(own)) ? [changes.rules] : []),
    ...(differ(ids(carried), ids(own))
      ? [changes.questions]
      : own.parts.flatMap((part, index) => (differ(part, carried.parts[index]) ? [changes.question(index + 1)] : []))),
  ]
}

/** Marks hand-ins with the same work, and several of one student for one exercise. Both are graded all the same. */
function remarkOnCopies(graded: readonly Graded[]): void {
  const groups = new Map<string, Graded[]>()
  const put = (key: string, one: Graded): void => void groups.set(key, [...(groups.get(key) ?? []), one])
  for (const one of graded) {
    const { attempt, handIn } = one
    if (attempt === null || handIn.exercise === null) continue
    const { answers, log, student } = attempt
    if (Object.keys(answers).length > 0) put(canonical(['work', handIn.exercise, answers, log]), one)
    const who = normalised(student.number) || normalised(student.name)
    put(canonical(['student', handIn.exercise, who]), one)
  }
  for (const [key, group] of groups) {
    if (group.length < 2) continue
    const remark = key.startsWith('["work"') ? texts.remarks.sameWork : texts.remarks.sameStudent
    for (const { handIn } of group) {
      handIn.remarks.push(remark(group.filter((other) => other.handIn !== handIn).map((other) => other.handIn.file)))
    }
  }
}
