// The token: made at every start, kept in memory, compared in constant time, and, if asked for, written to a file
// that only its owner may read. Never logged.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'

const TOKEN_BYTES = 32

/** A fresh token of 32 random bytes, in the alphabet that needs no escaping in URLs and cookies. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** Whether two texts are equal, in a time that tells nothing about where or whether they differ, nor how long they are. */
export function sameToken(given: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(right))
}

/**
 * Writes a text to a file that only its owner may read. The file is made anew and renamed, so that neither the mode
 * of an older file nor a symbolic link in its place is taken over.
 * @throws InterlockError `io-error`
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const full = resolve(path)
  const temporary = join(dirname(full), `.interlock-${randomBytes(8).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    await rename(temporary, full)
  } catch (error) {
    await rm(temporary, { force: true })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new InterlockError('io-error', `${full} cannot be written (${code}). Name a file in a folder of your own.`)
  }
}
