// Reads a drawing's file with limits that hold before anything is read, and tells its content by a stamp.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { tooManyBytes } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_DOCUMENT_BYTES } from '../../contract/limits.ts'
import { fileError, systemCode } from './errors.ts'

export interface ReadFile {
  text: string
  stamp: string
}

/** The stamp of a content: equal contents have equal stamps, so touching a file is no change of it. */
export function stampOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 32)
}

async function readBytes(path: string): Promise<Buffer> {
  // Not blocking, so that a named pipe answers at once instead of waiting for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const info = await file.stat()
    if (info.isDirectory()) throw new InterlockError('not-a-file', `“${basename(path)}” is a folder. Choose a file.`)
    if (!info.isFile()) {
      throw new InterlockError(
        'not-a-file',
        `“${basename(path)}” is not a plain file. Choose a file that holds a drawing.`,
      )
    }
    if (info.size > MAX_DOCUMENT_BYTES) throw tooManyBytes()
    // A file that grows while it is read is cut at the limit and then refused by its length.
    const bytes = Buffer.alloc(Math.min(info.size + 1, MAX_DOCUMENT_BYTES + 1))
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      length += bytesRead
      if (bytesRead === 0 || length === bytes.length) break
    }
    if (length > MAX_DOCUMENT_BYTES) throw tooManyBytes()
    return bytes.subarray(0, length)
  } finally {
    await file.close()
  }
}

/**
 * @throws InterlockError `not-found`, `not-a-file`, `too-large`, `permission-denied`, `not-json` for bytes that are no
 *   UTF-8, or `io-error`
 */
export async function readDocumentFile(path: string): Promise<ReadFile> {
  try {
    const bytes = await readBytes(path)
    const stamp = stampOf(bytes)
    try {
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), stamp }
    } catch {
      throw new InterlockError(
        'not-json',
        `“${basename(path)}” is not a text in UTF-8, as drawings are. Save it as UTF-8, or choose another file.`,
      )
    }
  } catch (error) {
    throw fileError(error, 'open', basename(path))
  }
}

/** The stamp of what the file holds now, or null when it is gone. A file beyond all limits has changed for sure. */
export async function currentStamp(path: string): Promise<string | null> {
  try {
    return stampOf(await readBytes(path))
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'too-large') return 'too-large'
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw fileError(error, 'read', basename(path))
  }
}

/** Whether the system lets this account write to the file. */
export async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
