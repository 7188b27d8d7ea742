// A small JSON file of the host's own, checked by a schema. A damaged one is replaced by its default with a line in the
// log; one that cannot be written is kept in memory.
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { z } from 'zod'
import { systemCode } from './files/errors.ts'
import { writeWhole } from './files/write.ts'

export interface JsonStore<T> {
  get(): Promise<T>
  /** Changes the value; changes happen in turn, each on what the file holds then. */
  update(change: (value: T) => T): Promise<T>
}

export function createJsonStore<T>(
  path: string,
  schema: z.ZodType<T>,
  initial: T,
  log: (line: string) => void,
): JsonStore<T> {
  const name = basename(path)
  /** set once the file could not be written; from then on it is the truth */
  let kept: T | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let told = false

  const tell = (line: string): void => {
    if (!told) log(line)
    told = true
  }

  const read = async (): Promise<T> => {
    if (kept !== null) return kept
    let text: string
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') tell(`${name} cannot be read (${systemCode(error)}); defaults are used.`)
      return initial
    }
    try {
      return schema.parse(JSON.parse(text))
    } catch {
      tell(`${name} is damaged; defaults are used, and the next change replaces it.`)
      return initial
    }
  }

  const write = async (value: T): Promise<void> => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`)
    } catch (error) {
      kept = value
      tell(`${name} cannot be written and is kept in memory: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return {
    get: () => turn.then(read),
    update(change) {
      const mine = turn.then(async () => {
        const before = await read()
        const after = change(before)
        if (kept !== null) kept = after
        else await write(after)
        return after
      })
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
