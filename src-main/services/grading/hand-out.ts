// One copy of each exercise for each student of a list, begun and sealed, and the key for the instructor.
import { DOCUMENT_FORMAT, type DocumentEnvelope } from '../../contract/document.ts'
import { serialiseDocument } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import type { Student } from '../../contract/exercise.ts'
import { begin, exerciseOf, keyOf, normalised } from '../exercises/index.ts'
import { readCsv } from './csv.ts'
import type { Labs, PackExercise } from './grade.ts'
import { gradingTexts as texts } from './texts.ts'

export interface HandOut {
  /** name of the file, unique without regard to case */
  file: string
  text: string
  student: Student
  exercise: string
  /** right answers by question */
  key: { ask: string; answer: string }[]
}

const nameHeadings = new Set(['name', 'student', 'full name'])
const numberHeadings = new Set(['number', 'no', 'no.', 'id', 'student number', 'student id', 'matriculation number'])

/**
 * Students of a CSV text whose first line names its columns.
 * @throws InterlockError `bad-input` with the line
 */
export function readStudents(text: string): Student[] {
  const [heading, ...lines] = readCsv(text)
  if (heading === undefined || lines.length === 0) throw new InterlockError('bad-input', texts.students.empty)
  const titles = heading.map(normalised)
  const nameAt = titles.findIndex((title) => nameHeadings.has(title))
  const numberAt = titles.findIndex((title) => numberHeadings.has(title))
  if (nameAt === -1 && numberAt === -1) {
    throw new InterlockError('bad-input', texts.students.heading(heading.join(', ')))
  }
  const seen = new Set<string>()
  return lines.map((line, index) => {
    const [name, number] = [(line[nameAt] ?? '').trim(), (line[numberAt] ?? '').trim()]
    if (name === '' && number === '') throw new InterlockError('bad-input', texts.students.noName(index + 2))
    const own = normalised(number) || normalised(name)
    if (seen.has(own)) throw new InterlockError('bad-input', texts.students.twice(name || number, index + 2))
    seen.add(own)
    return { name: name || number, number }
  })
}

export function handOut(
  pack: ReadonlyMap<string, PackExercise>,
  students: readonly Student[],
  labs: Labs,
  now: number,
): HandOut[] {
  const taken = new Set<string>()
  return students.flatMap((student) =>
    [...pack.values()].map(({ document }): HandOut => {
      const lab = labs.findLab(document.lab)
      const copy: DocumentEnvelope = { ...begin(lab, document, student, now), format: DOCUMENT_FORMAT }
      const exercise = exerciseOf(copy)
      const answers = keyOf(lab, exercise)
      return {
        file: unique(`${exercise.id}-${fileName(student)}`, taken),
        text: serialiseDocument(copy),
        student,
        exercise: exercise.id,
        key: exercise.parts.map(({ id, ask }) => ({ ask, answer: answers[id] ?? '' })),
      }
    }),
  )
}

/** The student in a name of a file that every system takes. */
function fileName({ name, number }: Student): string {
  const said = number || name
  return (
    said
      .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
      .replace(/^[.\s]+|[.\s]+$/g, '')
      .slice(0, 80) || 'student'
  )
}

function unique(wanted: string, taken: Set<string>): string {
  for (let copy = 1; ; copy += 1) {
    const file = `${wanted}${copy === 1 ? '' : `-${copy}`}.interlock`
    if (taken.has(file.toLowerCase())) continue
    taken.add(file.toLowerCase())
    return file
  }
}
