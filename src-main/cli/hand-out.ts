// `interlock hand-out`: each student's own copy of the exercises of a pack, and the key for the instructor.
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import type { Student } from '../contract/exercise.ts'
import { fileError } from '../services/files/errors.ts'
import { csv } from '../services/grading/csv.ts'
import { readPack } from '../services/grading/grade.ts'
import { type HandOut, handOut, readStudents } from '../services/grading/hand-out.ts'
import { writeNew } from '../services/grading/index.ts'
import { readEntries } from '../services/grading/read.ts'
import { gradingTexts } from '../services/grading/texts.ts'
import { type Arguments, parseArguments, textOption } from './arguments.ts'
import { RIGHT } from './exit-codes.ts'
import { allLabs } from './grading-labs.ts'
import { type Io, readText } from './io.ts'

export const handOutOptions = {
  to: { value: 'FOLDER' },
  students: { value: 'FILE' },
  name: { value: 'NAME' },
  number: { value: 'NUMBER' },
  key: { value: 'FILE' },
  overwrite: 'flag',
} as const

/** @returns the exit code */
export async function handOutCopies(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock hand-out', argv, handOutOptions)
  const [pack, ...more] = args.positionals
  const to = textOption(args, 'to')
  if (pack === undefined || to === null) {
    throw new InterlockError(
      'bad-input',
      'Name a pack and a folder, such as interlock hand-out pack.zip --students list.csv --to copies.',
    )
  }
  if (more.length > 0) throw new InterlockError('bad-input', 'Give one PACK at a time.')
  const students = await readWho(args, io)
  const exercises = readPack(await readEntries(resolve(io.cwd, pack)), allLabs)
  const copies = handOut(exercises, students, allLabs, Date.now())
  const folder = resolve(io.cwd, to)
  const overwrite = args.values.has('overwrite')
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, 'save', to)
  })
  for (const { file, text } of copies) await writeNew(join(folder, file), text, overwrite)
  const key = textOption(args, 'key')
  if (key !== null) await writeNew(resolve(io.cwd, key), keyCsv(copies), overwrite)
  io.out(`${copies.length === 1 ? '1 copy' : `${copies.length} copies`} written to ${to}.\n`)
  return RIGHT
}

async function readWho(args: Arguments, io: Io): Promise<Student[]> {
  const [list, name, number] = [textOption(args, 'students'), textOption(args, 'name'), textOption(args, 'number')]
  const single = name !== null || number !== null
  if ((list !== null) === single) {
    throw new InterlockError('bad-input', 'Say for whom: --students FILE for a list, or --name and --number for one.')
  }
  if (list !== null) return readStudents(await readText(io, list))
  return [{ name: name ?? number ?? '', number: number ?? '' }]
}

function keyCsv(copies: readonly HandOut[]): string {
  const { columns, report } = gradingTexts
  return csv([
    [columns.student, columns.number, columns.exercise, columns.file, columns.question, report.key],
    ...copies.flatMap(({ student, exercise, file, key }) =>
      key.map(({ ask, answer }) => [student.name, student.number, exercise, file, ask, answer]),
    ),
  ])
}
