// Removes a folder with all that is in it, and nothing that is not: links are removed and never followed, and what is
// mounted inside is unmounted or left. A folder without rights, as an overlay leaves one, gets them first.
import { chmod, lstat, readdir, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './ask.ts'
import { mountsOf } from './mounts.ts'
import { createProc } from './proc.ts'

const proc = createProc()

/** Mounts of this mount namespace at a folder or below it, the deepest first. */
function mountsBelow(folder: string): string[] {
  const all = Object.values(mountsOf(proc.text('/proc/self/mountinfo') ?? ''))
  return all
    .filter(({ point }) => point === folder || point.startsWith(`${folder}/`))
    .map(({ point }) => point)
    .sort((one, other) => other.length - one.length)
}

/**
 * @param folder absolute; a link or a file of that name is removed as such
 * @returns null when it is gone, else the reason why it is not, as the second half of a sentence
 */
export async function removeFolder(folder: string): Promise<string | null> {
  for (const point of mountsBelow(folder)) await run('umount', [point])
  const mounted = mountsBelow(folder)
  if (mounted[0] !== undefined) return `something is still mounted at ${mounted[0]}`
  try {
    const { dev } = await lstat(folder)
    return await remove(folder, dev)
  } catch (error) {
    return reasonOf(folder, error)
  }
}

async function remove(path: string, device: number): Promise<string | null> {
  const facts = await lstat(path)
  if (!facts.isDirectory()) {
    await unlink(path)
    return null
  }
  // A mount that no list shows still has another device.
  if (facts.dev !== device) return `another file system lies at ${path}`
  if ((facts.mode & 0o700) !== 0o700) await chmod(path, 0o700)
  let reason: string | null = null
  for (const name of await readdir(path)) {
    try {
      reason = (await remove(join(path, name), device)) ?? reason
    } catch (error) {
      reason = reasonOf(join(path, name), error)
    }
  }
  if (reason === null) await rmdir(path)
  return reason
}

function reasonOf(path: string, error: unknown): string | null {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return null
  if (code === 'EACCES' || code === 'EPERM') return `${path} belongs to another user`
  return `${path} cannot be removed (${code ?? String(error)})`
}
