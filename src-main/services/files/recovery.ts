// Finds unsaved work that no living window has: beside files of the workspace and of the recent list, and in the data
// folder. Read-only but for sweeping away old temporary files.
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Recovery } from '../../contract/api.ts'
import { InterlockError } from '../../contract/errors.ts'
import { besideFile, draftFolder, fileOfAutosave, originOf, removeDraft } from './autosaves.ts'
import { type LockState, lockState } from './locks.ts'
import { EXTENSION, showPlace } from './paths.ts'
import { removeFile, TEMPORARY } from './write.ts'

export interface Found {
  /** opaque to the page, the same as long as the work stands there */
  id: string
  /** the file it belongs to, or null */
  path: string | null
  /** where it stands in the data folder, or null when it stands beside the file */
  draft: string | null
  saved: number
}

export interface RecoveryOptions {
  data: string
  workspace: string
  /** absolute paths of recent files */
  recent(): Promise<string[]>
}

const MOST_FOLDERS = 500
const MOST_DEPTH = 4
const TEMPORARY_FOR = 3600 * 1000
/** Younger than this it may belong to another window that is writing just now. */
const BEING_WRITTEN_FOR = 10 * 1000

/** All unsaved work that is not in the hands of a living session, the given one included; newest first. */
export async function findUnsaved(options: RecoveryOptions, owner: string): Promise<Found[]> {
  const all = await everything(options, owner)
  return all
    .filter(({ state }) => state === 'none')
    .map(({ found }) => found)
    .sort((a, b) => b.saved - a.saved)
}

/**
 * @param draftsToo whether a draft that the session itself has opened counts as well
 * @throws InterlockError `not-found` when it was discarded or opened meanwhile
 */
export async function unsavedById(
  options: RecoveryOptions,
  owner: string,
  id: string,
  draftsToo: boolean,
): Promise<Found> {
  const all = await everything(options, owner)
  const item = all.find(({ found }) => found.id === id)
  if (item?.state === 'none' || (draftsToo && item?.state === 'ours' && item.found.draft !== null)) return item.found
  throw new InterlockError('not-found', 'This unsaved drawing is not there any more, or another window has opened it.')
}

export async function removeUnsaved(found: Found): Promise<void> {
  if (found.draft !== null) await removeDraft(found.draft)
  else if (found.path !== null) await removeFile(besideFile(found.path))
}

/**
 * Removes all unsaved work that no other living window has, and what killed processes left in the folder of drafts.
 * @param owner the session that asks; drafts that it has open go as well
 */
export async function forgetUnsaved(options: RecoveryOptions, owner: string): Promise<void> {
  for (const { found, state } of await everything(options, owner)) {
    if (state === 'none' || (state === 'ours' && found.draft !== null)) await removeUnsaved(found)
  }
  await tidyDrafts(options.data, BEING_WRITTEN_FOR)
}

/** What the page shows of it. */
export async function describe(found: Found, workspace: string): Promise<Recovery> {
  const where = found.draft ?? besideFile(found.path ?? '')
  return {
    id: found.id,
    title: (await titleIn(where)) ?? (found.path === null ? 'Untitled drawing' : basename(found.path, EXTENSION)),
    name: found.path === null ? null : basename(found.path),
    place: found.path === null ? '' : showPlace(dirname(found.path), workspace),
    saved: found.saved,
  }
}

interface Item {
  found: Found
  state: LockState
}

async function everything(options: RecoveryOptions, owner: string): Promise<Item[]> {
  const files = new Set(await autosavedFiles(options))
  const items = await Promise.all([...[...files].map((path) => beside(path, owner)), ...(await drafts(options, owner))])
  return items.filter((item) => item !== null)
}

const idOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 32)

async function timeOf(path: string): Promise<number | null> {
  try {
    const info = await stat(path)
    return info.isFile() ? info.mtimeMs : null
  } catch {
    return null
  }
}

/** The work beside a file, if it is newer than the file and says something else. */
async function beside(path: string, owner: string): Promise<Item | null> {
  const work = besideFile(path)
  const saved = await timeOf(work)
  if (saved === null) return null
  const file = await timeOf(path)
  if (file !== null && (saved < file || (await sameContent(work, path)))) return null
  return { found: { id: idOf(work), path, draft: null, saved }, state: await lockState(path, owner) }
}

async function drafts(options: RecoveryOptions, owner: string): Promise<Promise<Item | null>[]> {
  const folder = draftFolder(options.data)
  const names = (await entriesOf(folder)).map((entry) => entry.name)
  await tidyDrafts(options.data, TEMPORARY_FOR)
  return names
    .filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.'))
    .map(async (name): Promise<Item | null> => {
      const draft = join(folder, name)
      const saved = await timeOf(draft)
      if (saved === null) return null
      const path = await originOf(draft)
      const state = await lockState(draft, owner)
      if (path !== null && (await sameContent(draft, path))) {
        // The file says the same, so nothing is lost with it.
        if (state === 'none') await removeDraft(draft)
        return null
      }
      return { found: { id: idOf(draft), path, draft, saved }, state }
    })
}

async function sameContent(one: string, two: string): Promise<boolean> {
  try {
    if ((await stat(one)).size !== (await stat(two)).size) return false
    return (await readFile(one)).equals(await readFile(two))
  } catch {
    return false
  }
}

/** The title in a drawing's text, wherever the text is whole enough to have one. */
async function titleIn(path: string): Promise<string | null> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
    const title = typeof parsed === 'object' && parsed !== null && 'title' in parsed ? parsed.title : null
    return typeof title === 'string' && title !== '' ? title : null
  } catch {
    return null
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Files with unsaved work beside them: in the workspace down to a few levels, and where recent files stand. */
async function autosavedFiles(options: RecoveryOptions): Promise<string[]> {
  const files: string[] = []
  const waiting = [{ folder: options.workspace, depth: 0 }]
  const seen = new Set<string>()
  for (const path of await options.recent()) waiting.push({ folder: dirname(path), depth: MOST_DEPTH })
  for (let next = waiting.shift(); next !== undefined && seen.size < MOST_FOLDERS; next = waiting.shift()) {
    const { folder, depth } = next
    if (seen.has(folder)) continue
    seen.add(folder)
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (depth < MOST_DEPTH && !entry.name.startsWith('.')) waiting.push({ folder: path, depth: depth + 1 })
      } else if (entry.name.includes(`${EXTENSION}${TEMPORARY}`) || entry.name.includes(`.autosave${TEMPORARY}`)) {
        await sweep(path)
      } else {
        const file = fileOfAutosave(path)
        if (file !== null) files.push(file)
      }
    }
  }
  return files
}

/** A process that was killed while it wrote leaves its temporary file; one that is old belongs to nobody. */
async function sweep(path: string, olderThan = TEMPORARY_FOR): Promise<void> {
  const time = await timeOf(path)
  if (time !== null && Date.now() - time >= olderThan) await removeFile(path).catch(() => undefined)
}

/**
 * The folder of drafts holds work and nothing else for long: temporary files, and what belonged to a draft that is gone,
 * are swept away. A draft itself is never removed by age: it is somebody's work.
 */
async function tidyDrafts(data: string, olderThan: number): Promise<void> {
  const names = (await entriesOf(draftFolder(data))).map((entry) => entry.name)
  const drafts = new Set(names.filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.')))
  for (const name of names) {
    if (drafts.has(name)) continue
    const draft = name.replace(/\.origin\.json$/, EXTENSION).replace(/^\.(.*)\.lock$/, '$1')
    if (name.includes(TEMPORARY) || (draft !== name && !drafts.has(draft))) {
      await sweep(join(draftFolder(data), name), olderThan)
    }
  }
}
