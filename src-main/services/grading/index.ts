// Grading of a whole folder, and the report as a file. Used by the command line and the host alike.
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'
import type { GradeReport } from '../../contract/exercise.ts'
import type { Progress } from '../../contract/lab.ts'
import { writeWhole } from '../files/write.ts'
import { reportCsv } from './csv.ts'
import { grade, type Labs, readPack } from './grade.ts'
import { reportHtml } from './html.ts'
import { readEntries } from './read.ts'

/**
 * @param pack absolute path of a folder, a zip file or a drawing with an exercise
 * @param folder absolute path of a folder, a zip file or a drawing with answers
 * @param shown how the report calls them
 * @throws InterlockError when either cannot be read, or the pack holds no exercise; a hand-in is never a reason
 */
export async function gradeFolder(
  pack: string,
  folder: string,
  shown: { pack: string; folder: string },
  labs: Labs,
  progress?: Progress,
): Promise<GradeReport> {
  const exercises = readPack(await readEntries(pack), labs)
  return grade(exercises, await readEntries(folder), shown, labs, progress)
}

/** @throws InterlockError `already-exists` unless `overwrite`, and as files are written */
export async function writeReport(
  path: string,
  report: GradeReport,
  format: 'csv' | 'html',
  overwrite: boolean,
): Promise<void> {
  await writeNew(path, format === 'csv' ? reportCsv(report) : reportHtml(report), overwrite)
}

/** Writes a file; one that is there already is refused unless it may be replaced. */
export async function writeNew(path: string, text: string, overwrite: boolean): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  if (exists && !overwrite) {
    throw new InterlockError(
      'already-exists',
      `“${basename(path)}” exists already. Choose another name, or overwrite it.`,
    )
  }
  await writeWhole(path, text)
}
