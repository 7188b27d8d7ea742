// Paths that come from the page: relative to the workspace, checked after symbolic links are resolved. The page never
// learns an absolute path; what it may show is made here.
import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve, sep, win32 } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_NAME_LENGTH } from '../../contract/limits.ts'
import { fileError, systemCode } from './errors.ts'

export const EXTENSION = '.interlock'

/** A file name with the extension of drawings. */
export function withExtension(path: string): string {
  return path.toLowerCase().endsWith(EXTENSION) ? path : `${path}${EXTENSION}`
}

/** Whether `path` is `folder` or lies in it. Compared by relative path: a prefix of the text proves nothing. */
export function liesIn(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

const outside = (): InterlockError =>
  new InterlockError(
    'outside-workspace',
    'This path leads out of the workspace folder. Choose a file or folder in it, or upload the file.',
  )

/**
 * The absolute path of something in the workspace.
 * @param path relative, with `/` between parts; empty for the workspace itself
 * @param exists true: it must be there; false: its folder must be there
 * @throws InterlockError `outside-workspace`, `not-found`, `bad-input`, or what the system says
 */
export async function insideWorkspace(workspace: string, path: string, exists: boolean): Promise<string> {
  if (path.includes('\0')) throw new InterlockError('bad-input', 'A path cannot hold the character NUL.')
  if (isAbsolute(path) || win32.isAbsolute(path) || /^[A-Za-z]:/.test(path)) throw outside()
  if (path.split(/[/\\]/).includes('..')) throw outside()
  const name = basename(path) || 'the workspace folder'
  try {
    const root = await realpath(workspace)
    const wanted = resolve(root, path)
    if (!liesIn(root, wanted)) throw outside()
    const real = exists ? await realpath(wanted) : await realOrNew(wanted)
    if (!liesIn(root, real)) throw outside()
    return real
  } catch (error) {
    throw fileError(error, 'open', name)
  }
}

/** The real path of something that may not exist yet; its folder must. A link to nowhere is followed no further. */
export async function realOrNew(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    return join(await realpath(dirname(path)), basename(path))
  }
}

/** Refuses names that would hide a file or that other systems cannot keep. */
export function checkFileName(name: string): void {
  const problem =
    name === '' || name === EXTENSION
      ? 'A file needs a name.'
      : name.startsWith('.')
        ? 'A name that begins with a dot hides the file.'
        : name.length > MAX_NAME_LENGTH
          ? `A name has at most ${MAX_NAME_LENGTH} characters.`
          : /[\u0000-\u001f\u007f<>:"|?*\\]/.test(name)
            ? 'A file name cannot hold control characters or any of < > : " | ? * \\'
            : null
  if (problem !== null) throw new InterlockError('bad-input', `${problem} Choose another name.`)
}

/** A folder as it may be shown: from the workspace, else from the home folder, else its last two parts. */
export function showPlace(folder: string, workspace: string): string {
  return liesIn(workspace, folder) ? join(basename(workspace), relative(workspace, folder)) : showFolder(folder)
}

/** The same without a workspace, for the workspace itself. */
export function showFolder(folder: string): string {
  const home = homedir()
  if (liesIn(home, folder)) return join('~', relative(home, folder))
  const parts = folder.split(sep).filter((part) => part !== '')
  return parts.length > 2 ? `…${sep}${parts.slice(-2).join(sep)}` : folder
}
