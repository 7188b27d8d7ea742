// The mounts of a mount namespace, from a process's mountinfo (Linux, Documentation/filesystems/proc, 3.5).
import type { MountSample } from '../../contract/kernel.ts'
import { type Proc } from './proc.ts'
import { TEXT } from './process.ts'

export type Mounts = Record<string, MountSample>

/** Blanks and backslashes in paths are written as octal numbers. */
const plain = (text: string): string =>
  (text.includes('\\')
    ? text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))
    : text
  ).slice(0, TEXT)

/** Mounts by their id. Options of the mount and of its file system are joined, each once. */
export function mountsOf(text: string): Mounts {
  const mounts: [string, MountSample][] = []
  for (const line of text.split('\n')) {
    const fields = line.split(' ')
    const dash = fields.indexOf('-', 6)
    if (dash < 0) continue
    const [id = '', parent = '', , root = '', point = '', own = ''] = fields
    const [type = '', source = '', whole = ''] = fields.slice(dash + 1)
    mounts.push([
      id,
      {
        id: Number(id),
        parent: Number(parent),
        root: plain(root),
        point: plain(point),
        type,
        source: plain(source),
        options: plain([...new Set([...own.split(','), ...whole.split(',')])].filter(Boolean).join(',')),
        propagation: fields.slice(6, dash),
      },
    ])
  }
  return Object.fromEntries(mounts)
}

/** Reads mounts of namespaces; equal text gives the same object. */
export function createMountReader(proc: Proc): {
  /** @param processes those in the namespace, the first of which is asked */
  read(inode: number, processes: readonly number[]): Mounts | null
  keep(inodes: ReadonlySet<number>): void
} {
  const known = new Map<number, { text: string; mounts: Mounts }>()
  return {
    read(inode, processes) {
      for (const pid of processes) {
        const text = proc.text(`/proc/${pid}/mountinfo`)
        // A process that ends between two looks leaves an empty text.
        if (!text) continue
        const before = known.get(inode)
        if (before?.text === text) return before.mounts
        const mounts = mountsOf(text)
        known.set(inode, { text, mounts })
        return mounts
      }
      return null
    },
    keep(inodes) {
      for (const inode of known.keys()) if (!inodes.has(inode)) known.delete(inode)
    },
  }
}
