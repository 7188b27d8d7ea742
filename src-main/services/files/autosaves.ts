// Unsaved work on the disk: beside the file it belongs to, or in the data folder when there is no file, when its folder
// is protected, or when another window keeps its own work there. Never in the file itself.
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { utf8Length } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_DOCUMENT_BYTES } from '../../contract/limits.ts'
import { fileError } from './errors.ts'
import { EXTENSION } from './paths.ts'
import { removeFile, writeWhole } from './write.ts'

/** What messages call the file of unsaved work. */
const KEEPING = 'the unsaved drawing'
const SUFFIX = '.autosave'

/** Where unsaved work of a file stands. */
export const besideFile = (path: string): string => join(dirname(path), `.${basename(path)}${SUFFIX}`)

/** The file that an autosave belongs to, or null when the name is not that of an autosave. */
export function fileOfAutosave(path: string): string | null {
  const name = basename(path)
  return name.startsWith('.') && name.endsWith(`${EXTENSION}${SUFFIX}`)
    ? join(dirname(path), name.slice(1, -SUFFIX.length))
    : null
}

export const draftFolder = (data: string): string => join(data, 'drafts')

/** The page's name for a draft becomes a file name that is safe whatever the page calls it. */
export function draftPath(data: string, draft: string): string {
  const name = createHash('sha256').update(draft).digest('hex').slice(0, 32)
  return join(draftFolder(data), `${name}${EXTENSION}`)
}

const Origin = z.object({ path: z.string() })
const originPath = (draft: string): string => draft.replace(/\.interlock$/, '.origin.json')

/** The file that a draft belongs to although it does not stand beside it, or null. */
export async function originOf(draft: string): Promise<string | null> {
  try {
    return Origin.parse(JSON.parse(await readFile(originPath(draft), 'utf8'))).path
  } catch {
    return null
  }
}

/** @throws InterlockError `too-large` */
export function checkText(text: string): void {
  if (utf8Length(text) > MAX_DOCUMENT_BYTES) {
    throw new InterlockError(
      'too-large',
      `This drawing is larger than ${MAX_DOCUMENT_BYTES / (1024 * 1024)} MB and cannot be kept. Remove a part of it, or split it in two.`,
    )
  }
}

/**
 * Keeps work beside its file.
 * @returns false when the folder does not take it, so that it has to go elsewhere
 */
export async function keepBeside(path: string, text: string): Promise<boolean> {
  try {
    await writeWhole(besideFile(path), text, KEEPING)
    return true
  } catch (error) {
    if (error instanceof InterlockError && error.code !== 'internal') return false
    throw error
  }
}

/** Makes the folder of drafts, readable by its owner only. */
export async function makeDraftFolder(data: string): Promise<void> {
  try {
    await mkdir(draftFolder(data), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw fileError(error, 'keep', KEEPING)
  }
}

/** Keeps work in the data folder. The origin is written first: a draft must never seem to have no file. */
export async function keepDraft(path: string, text: string, origin: string | null): Promise<void> {
  if (origin !== null) await writeWhole(originPath(path), JSON.stringify({ path: origin }), KEEPING)
  await writeWhole(path, text, KEEPING)
}

export async function removeDraft(path: string): Promise<void> {
  await removeFile(path)
  await removeFile(originPath(path))
}
