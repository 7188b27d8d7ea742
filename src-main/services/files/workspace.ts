// The workspace folder as the page's own file dialog shows it: one folder at a time, hidden files left out.
import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import type { WorkspaceEntry } from '../../contract/api.ts'
import { compareIds } from '../../contract/document-text.ts'
import { InterlockError } from '../../contract/errors.ts'
import { fileError } from './errors.ts'
import { checkFileName, EXTENSION, insideWorkspace } from './paths.ts'

const MOST_ENTRIES = 5000

export interface Listing {
  folder: string
  parent: string | null
  entries: WorkspaceEntry[]
}

const slashed = (path: string): string => path.split(sep).join('/')

/**
 * @param readable endings of files, besides drawings, that can be opened as one
 * @throws InterlockError `outside-workspace`, `not-found`, `not-a-file` when it is no folder, `permission-denied`
 */
export async function listWorkspace(
  workspace: string,
  folder: string,
  readable: ReadonlySet<string>,
): Promise<Listing> {
  const real = await insideWorkspace(workspace, folder, true)
  const shown = slashed(relative(workspace, real))
  let names: string[]
  try {
    names = await readdir(real)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') {
      throw new InterlockError('not-a-file', `“${basename(real)}” is not a folder.`)
    }
    throw fileError(error, 'read', basename(real))
  }
  const visible = names.filter((name) => !name.startsWith('.')).slice(0, MOST_ENTRIES)
  const entries = (await Promise.all(visible.map((name) => entryOf(real, shown, name, readable)))).filter(
    (entry) => entry !== null,
  )
  const rank = (entry: WorkspaceEntry): number => (entry.kind === 'folder' ? 0 : 1)
  entries.sort((a, b) => rank(a) - rank(b) || compareIds(a.name.toLowerCase(), b.name.toLowerCase()))
  const parent = shown === '' ? null : shown.split('/').slice(0, -1).join('/')
  return { folder: shown, parent, entries }
}

async function entryOf(
  folder: string,
  shown: string,
  name: string,
  readable: ReadonlySet<string>,
): Promise<WorkspaceEntry | null> {
  try {
    const info = await stat(join(folder, name))
    const document = name.toLowerCase().endsWith(EXTENSION)
    const text = readable.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '')
    return {
      name,
      path: shown === '' ? name : `${shown}/${name}`,
      kind: info.isDirectory() ? 'folder' : !info.isFile() ? 'other' : document ? 'document' : text ? 'text' : 'other',
      size: info.isDirectory() ? 0 : info.size,
      modified: info.mtimeMs,
    }
  } catch {
    // Deleted meanwhile, or a link to nowhere: it is not there.
    return null
  }
}

/** @throws InterlockError `already-exists`, `bad-input` for a name that cannot be used, and as `listWorkspace` */
export async function makeWorkspaceFolder(workspace: string, folder: string): Promise<void> {
  const name = basename(folder)
  checkFileName(name)
  const path = await insideWorkspace(workspace, folder, false)
  try {
    await mkdir(path)
  } catch (error) {
    throw fileError(error, 'make', name)
  }
}
