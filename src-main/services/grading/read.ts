// Reads packs and hand-ins: a folder with everything below it, a zip file, or a single drawing. What cannot be read is an
// entry with a sentence; only a place that cannot be read at all is an error. Knows no exercise.
import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type UnzipFileInfo, unzipSync } from 'fflate'
import { compareIds, tooManyBytes } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_DOCUMENT_BYTES, MAX_GRADED_FILES, MAX_INPUT_BYTES } from '../../contract/limits.ts'
import { fileError } from '../files/errors.ts'
import { gradingTexts as texts } from './texts.ts'

/** A file that may be a drawing: its text, or why there is none. */
export type Entry = { file: string; text: string } | { file: string; problem: string }

/**
 * All drawings of a folder, a zip file or a file, in natural order of their names. A file counts when its name holds
 * ".interlock" or its text is a drawing; hidden files, links and everything else are passed over. Zip files inside a
 * folder are read as folders.
 * @param path absolute
 * @throws InterlockError `not-found`, `not-a-file`, `permission-denied`, `too-large`, `bad-input` for a damaged zip file
 */
export async function readEntries(path: string): Promise<Entry[]> {
  try {
    const info = await lstat(path)
    if (info.isDirectory()) return await readFolder(path, '', { left: MAX_GRADED_FILES })
    if (isZip(path)) return unpack(await readBounded(path, MAX_INPUT_BYTES), '')
    return drawingsOf(basename(path), await readBounded(path, MAX_DOCUMENT_BYTES), true)
  } catch (error) {
    throw error instanceof InterlockError ? error : fileError(error, 'open', basename(path))
  }
}

const isZip = (name: string): boolean => name.toLowerCase().endsWith('.zip')

async function readFolder(folder: string, inside: string, budget: { left: number }): Promise<Entry[]> {
  const found = await readdir(folder, { withFileTypes: true })
  const entries: Entry[] = []
  for (const item of found.sort((a, b) => compareIds(a.name, b.name))) {
    if (item.name.startsWith('.')) continue
    const [path, file] = [join(folder, item.name), inside === '' ? item.name : `${inside}/${item.name}`]
    if (item.isDirectory()) entries.push(...(await readFolder(path, file, budget)))
    if (!item.isFile()) continue
    budget.left -= 1
    if (budget.left < 0) throw new InterlockError('too-large', texts.tooManyFiles(MAX_GRADED_FILES))
    entries.push(...(await readOne(path, file)))
  }
  return entries
}

async function readOne(path: string, file: string): Promise<Entry[]> {
  try {
    if (isZip(file)) return unpack(await readBounded(path, MAX_INPUT_BYTES), file)
    return drawingsOf(file, await readBounded(path, MAX_DOCUMENT_BYTES), looksLikeDrawing(file))
  } catch (error) {
    if (!isZip(file) && !looksLikeDrawing(file)) return []
    return [{ file, problem: (error instanceof InterlockError ? error : fileError(error, 'open', file)).message }]
  }
}

async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  const { size } = await lstat(path)
  if (size <= limit) return readFile(path)
  if (limit === MAX_DOCUMENT_BYTES) throw tooManyBytes()
  throw new InterlockError('too-large', texts.tooLarge(basename(path), limit))
}

/** "ring.interlock", and what mail programs and browsers make of it: "ring.interlock.txt", "ring.interlock (1)". */
const looksLikeDrawing = (file: string): boolean => basename(file).toLowerCase().includes('.interlock')

/** @param always whether a file that is no text is told of; other files are passed over in silence */
function drawingsOf(file: string, bytes: Uint8Array, always: boolean): Entry[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return always ? [{ file, problem: texts.noText }] : []
  }
  if (always) return [{ file, text }]
  return /^\s*\{/.test(text) && /"format"\s*:\s*"interlock"/.test(text) ? [{ file, text }] : []
}

/** @param inside path of the zip file itself, or empty */
function unpack(bytes: Uint8Array, inside: string): Entry[] {
  let [files, size] = [0, 0]
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (name.endsWith('/') || hidden(name)) return false
    files += 1
    size += originalSize
    if (files > MAX_GRADED_FILES) throw new InterlockError('too-large', texts.tooManyFiles(MAX_GRADED_FILES))
    if (size > MAX_INPUT_BYTES)
      throw new InterlockError('too-large', texts.tooLarge(inside || 'The zip file', MAX_INPUT_BYTES))
    return originalSize <= MAX_DOCUMENT_BYTES
  }
  let contents: Record<string, Uint8Array>
  try {
    contents = unzipSync(bytes, { filter: wanted })
  } catch (error) {
    if (error instanceof InterlockError) throw error
    throw new InterlockError('bad-input', texts.badZip)
  }
  return Object.keys(contents)
    .sort(compareIds)
    .flatMap((name) => drawingsOf(inside === '' ? name : `${inside}/${name}`, contents[name]!, looksLikeDrawing(name)))
}

/** Hidden files, what other systems put into zip files, and names that lead out of the zip file. */
const hidden = (name: string): boolean =>
  name.split(/[\\/]/).some((part) => part.startsWith('.') || part === '__MACOSX') || /^([\\/]|[a-z]:)/i.test(name)
