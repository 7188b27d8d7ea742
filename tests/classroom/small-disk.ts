// A small disk in a file, mounted for one test: the real answers of a real file system that is full. Needs root on Linux.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SmallDisk {
  /** where it is mounted */
  folder: string
  /** Leaves no room for anything. */
  fill(): void
  /** Gives the room back. */
  empty(): void
  remove(): void
}

/**
 * Mounts a disk: ext4 on a loop device, or memory of the same size where loop devices are not allowed.
 * @param root folder for the image and the mount
 * @param kilobytes size of the disk
 * @returns why not, where mounting is not permitted
 */
export function smallDisk(root: string, kilobytes: number): SmallDisk | { why: string } {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { why: 'mounting a small disk needs root on Linux' }
  const folder = join(root, 'small disk')
  mkdirSync(folder)
  const why = mountImage(join(root, 'disk.img'), folder, kilobytes) && mountMemory(folder, kilobytes)
  if (why !== null) return { why: `mounting a small disk is not allowed here: ${why}` }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => {
      // In falling sizes, so that the last bytes are taken as well.
      for (const [index, size] of [64, 16, 4, 1].entries()) {
        for (let part = 0; tryWrite(`${filler} ${index} ${part}`, size * 1024); part += 1);
      }
    },
    empty: () => void spawnSync('sh', ['-c', 'rm -f "$0"*', filler]),
    remove: () => void spawnSync('umount', [folder]),
  }
}

function tryWrite(path: string, size: number): boolean {
  try {
    writeFileSync(path, Buffer.alloc(size, 1))
    return true
  } catch {
    rmSync(path, { force: true })
    return false
  }
}

/** @returns null when it is mounted, else what the system said */
function mountImage(image: string, folder: string, kilobytes: number): string | null {
  writeFileSync(image, Buffer.alloc(kilobytes * 1024))
  const made = spawnSync('mkfs.ext4', ['-q', '-O', '^has_journal', image], { encoding: 'utf8' })
  if (made.status !== 0) return made.error?.message ?? made.stderr
  const mounted = spawnSync('mount', ['-o', 'loop', image, folder], { encoding: 'utf8' })
  return mounted.status === 0 ? null : mounted.stderr.trim()
}

function mountMemory(folder: string, kilobytes: number): string | null {
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'interlock-test', folder]
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' })
  return status === 0 ? null : stderr.trim()
}
