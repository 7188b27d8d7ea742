// Files that an experiment looks at, as the host sees them and as processes in other mount namespaces do.
import { posix } from 'node:path'
import { type FileSample, HIDDEN } from '../../contract/kernel.ts'
import { type Proc, REFUSED } from './proc.ts'

export interface WatchedFile {
  /** how samples name it */
  name: string
  /** absolute */
  path: string
}

const MOST_LINKS = 20

/**
 * A file below a root.
 * @param root folder that is `/` for whoever looks, such as `/proc/7/root`; empty for the host
 * @param path absolute
 */
export function fileBelow(proc: Proc, root: string, path: string): FileSample {
  const found = resolved(proc, root, path)
  if (found === null) return { kind: 'none' }
  if (found === REFUSED) return { kind: HIDDEN }
  const facts = proc.look(root + found)
  if (facts === null) return { kind: 'none' }
  if (facts === REFUSED) return { kind: HIDDEN }
  const device = facts.isCharacterDevice() || facts.isBlockDevice()
  const kind: FileSample['kind'] = facts.isFile()
    ? 'file'
    : facts.isDirectory()
      ? 'folder'
      : facts.isSymbolicLink()
        ? 'link'
        : facts.isCharacterDevice() && facts.rdev === 0
          ? 'whiteout'
          : device
            ? 'device'
            : 'other'
  return { kind, ...(kind === 'file' ? { size: facts.size } : {}), uid: facts.uid }
}

/**
 * The path with links in its folders followed below the root. The kernel itself would follow an absolute link from our
 * root, and show a file of the host as one of the namespace.
 */
function resolved(proc: Proc, root: string, path: string): string | typeof REFUSED | null {
  if (root === '') return path
  let [done, links] = ['', 0]
  const waiting = posix.normalize(path).split('/').filter(Boolean)
  while (waiting.length > 1) {
    const name = waiting.shift() ?? ''
    if (name === '..') {
      done = posix.dirname(done).replace(/^\/$|^\.$/, '')
      continue
    }
    const next = `${done}/${name}`
    const facts = proc.look(root + next)
    if (facts === REFUSED || facts === null) return facts
    if (!facts.isSymbolicLink()) {
      done = next
      continue
    }
    const target = proc.link(root + next)
    if (target === REFUSED || target === null || (links += 1) > MOST_LINKS) return target === REFUSED ? REFUSED : null
    if (target.startsWith('/')) done = ''
    waiting.unshift(...target.split('/').filter((part) => part !== '' && part !== '.'))
  }
  return `${done}/${waiting[0] ?? ''}`
}
