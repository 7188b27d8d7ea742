// Reads small files of the kernel quickly: one buffer for all, no promises, no error texts. Synchronous, so it belongs
// into a thread of its own. Knows paths and nothing of what stands in the files.
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, type Stats, statSync } from 'node:fs'

/** The kernel lets us see that it is there and no more. */
export const REFUSED = Symbol('refused')
export type Refused = typeof REFUSED

export interface Proc {
  /** Text of a file that the kernel writes in one piece, such as `status`; null when it is gone or refused. */
  short(path: string): string | null
  /** Text of any file up to 1 MiB; null when it is gone or refused. */
  text(path: string): string | null
  /** Where a link leads; null when it is gone. */
  link(path: string): string | Refused | null
  /** Names in a folder; empty when it is gone or refused. */
  names(path: string): string[]
  /** Names of the folders in a folder; empty when it is gone or refused. */
  folders(path: string): string[]
  /** What is the same for two paths that lead to one file, and for no others; null when it is gone or refused. */
  identity(path: string): string | null
  /** Facts of a file, of a link itself; null when it is not there. */
  look(path: string): Stats | Refused | null
}

const MOST = 1024 * 1024

export const refusal = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EACCES' || code === 'EPERM'
}

/** @param root what stands before every path; a test gives a folder that is laid out like a system */
export function createProc(root = ''): Proc {
  let buffer = Buffer.allocUnsafe(65_536)

  const read = (path: string, once: boolean): string | null => {
    let file: number
    try {
      file = openSync(root + path, 'r')
    } catch {
      return null
    }
    try {
      let length = 0
      for (;;) {
        const got = readSync(file, buffer, length, buffer.length - length, null)
        length += got
        if (got === 0 || (once && length < buffer.length)) break
        if (length < buffer.length) continue
        if (length >= MOST) break
        const larger = Buffer.allocUnsafe(buffer.length * 4)
        buffer.copy(larger)
        buffer = larger
      }
      return buffer.toString('utf8', 0, Math.min(length, MOST))
    } catch {
      return null // it ended while it was read, or it answers with an error
    } finally {
      closeSync(file)
    }
  }

  return {
    short: (path) => read(path, true),
    text: (path) => read(path, false),
    link(path) {
      try {
        return readlinkSync(root + path)
      } catch (error) {
        return refusal(error) ? REFUSED : null
      }
    },
    names(path) {
      try {
        return readdirSync(root + path)
      } catch {
        return []
      }
    },
    folders(path) {
      try {
        return readdirSync(root + path, { withFileTypes: true }).flatMap((entry) =>
          entry.isDirectory() ? [entry.name] : [],
        )
      } catch {
        return []
      }
    },
    identity(path) {
      try {
        const { dev, ino } = statSync(root + path)
        return `${dev}:${ino}`
      } catch {
        return null
      }
    },
    look(path) {
      try {
        return lstatSync(root + path, { throwIfNoEntry: false }) ?? null
      } catch (error) {
        return refusal(error) ? REFUSED : null
      }
    },
  }
}
