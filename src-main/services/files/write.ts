// Writes a whole file or nothing: a temporary file in the same folder, flushed, then renamed over the old one. Killed
// at any moment, it leaves the old content or the new one.
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileError, systemCode } from './errors.ts'

/** What writing needs of the file system; a test puts one in its place that fails. */
export interface WriteSystem {
  open(path: string, flags: string, mode: number): Promise<WriteHandle>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
}
export interface WriteHandle {
  writeFile(content: string | Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

const real: WriteSystem = { open, rename, unlink }

/** Names of temporary files end in this and random letters; recovery sweeps old ones away. */
export const TEMPORARY = '.tmp-'

/**
 * @param name what the message calls the file when it fails
 * @throws InterlockError `disk-full`, `permission-denied`, `not-found` for a vanished folder, or `io-error`
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  name = basename(path),
  system = real,
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, temporaryName(basename(path)))
  try {
    const old = await modeOf(path)
    let created = false
    try {
      const file = await system.open(temporary, 'wx', old?.mode ?? 0o666)
      created = true
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      if (old !== null) await keepModes(temporary, old)
      await renamePatiently(temporary, path, system)
    } catch (error) {
      if (created) await removeQuietly(temporary, system)
      throw error
    }
    await syncFolder(folder)
  } catch (error) {
    throw fileError(error, 'save', name)
  }
}

/** Most bytes of a file name on the file systems that people use. */
const MAX_NAME_BYTES = 255

/** Hidden, and ending as recovery knows it; a name that leaves no room for that is stood for by its hash. */
function temporaryName(name: string): string {
  const end = `${TEMPORARY}${randomBytes(6).toString('hex')}`
  const own = name.replace(/^\.?/, '.')
  if (Buffer.byteLength(own + end) <= MAX_NAME_BYTES) return own + end
  return `.${createHash('sha256').update(name).digest('hex').slice(0, 16)}${extname(name)}${end}`
}

/** What a share or a virus scanner answers while it holds the old file for a moment. On Unix the last two are final. */
const busy = new Set(process.platform === 'win32' ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'])
const PAUSES = [20, 60, 180, 400]

async function renamePatiently(from: string, to: string, system: WriteSystem): Promise<void> {
  for (const pause of PAUSES) {
    try {
      return await system.rename(from, to)
    } catch (error) {
      if (!busy.has(systemCode(error) ?? '')) throw error
      await sleep(pause)
    }
  }
  await system.rename(from, to)
}

interface Modes {
  mode: number
  uid: number
  gid: number
}

async function modeOf(path: string): Promise<Modes | null> {
  try {
    const { mode, uid, gid } = await stat(path)
    return { mode: mode & 0o7777, uid, gid }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** The new file keeps owner and permissions of the old one, as far as this account may give them. */
async function keepModes(path: string, old: Modes): Promise<void> {
  const now = await stat(path)
  if (now.uid !== old.uid || now.gid !== old.gid) await chown(path, old.uid, old.gid).catch(() => undefined)
  await chmod(path, old.mode).catch(() => undefined)
}

/** The temporary file is of no use any more; that it cannot be removed must not hide why writing failed. */
async function removeQuietly(path: string, system: WriteSystem): Promise<void> {
  await system.unlink(path).catch(() => undefined)
}

/** Makes the renaming itself last through a power cut, where the system can flush a folder. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows and some network file systems cannot; the content itself is flushed already.
  }
}

/** Removes a file; that it is gone already is fine. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, 'remove', basename(path))
  }
}
