// The seal over a task, and the seed that is a student's own. Both are SHA-256 of a text that anybody can write down.
import { createHash } from 'node:crypto'
import type { Exercise, Student } from '../../contract/exercise.ts'
import { canonical } from '../../simulation/canonical.ts'

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

/** @returns 64 hexadecimal digits: SHA-256 over the exercise, its given drawing included, as JSON with sorted keys */
export function sealOf(exercise: Exercise): string {
  return sha256(canonical(exercise)).toString('hex')
}

/**
 * The seed of a student's variant: the first 32 bits of SHA-256 over the exercise's id, a line feed, and the number, or
 * the name of somebody without one.
 * @returns a whole number from 0 to 2^32 - 1
 */
export function seedOf(exercise: Pick<Exercise, 'id'>, student: Student): number {
  const own = normalised(student.number) || normalised(student.name)
  return sha256(`${exercise.id}\n${own}`).readUInt32BE(0)
}

/** A name or number as it is compared: NFC, small letters, no space around it and one space within. */
export function normalised(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}
