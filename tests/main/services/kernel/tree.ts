// Trees of files as the kernel shows them, kept as JSON: what was captured from a real run is laid out as a folder, and
// whoever reads /proc and /sys reads that instead.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createProc, type Proc, REFUSED } from '../../../../src-main/services/kernel/proc.ts'

/** Text of a file, where a link leads, or an empty folder, by absolute path. */
export type Tree = Record<string, string | { link: string } | { folder: true }>

const files = [
  'stat',
  'status',
  'cmdline',
  'cgroup',
  'uid_map',
  'gid_map',
  'setgroups',
  'wchan',
  'mountinfo',
  'net/dev',
]

/** What /proc says about these processes and about ourselves, as far as samples read it. */
export function captured(pids: readonly number[]): Tree {
  const tree: Tree = {}
  for (const pid of ['self', ...pids.map(String)]) {
    const own = pid === 'self' ? ['cgroup', 'mountinfo'] : [...files, `task/${pid}/children`]
    for (const file of own) tree[`/proc/${pid}/${file}`] = readFileSync(`/proc/${pid}/${file}`, 'utf8')
    for (const name of readdirSync(`/proc/${pid}/ns`)) {
      try {
        tree[`/proc/${pid}/ns/${name}`] = { link: readlinkSync(`/proc/${pid}/ns/${name}`) }
      } catch {
        // A namespace that waits for its first process has no link.
      }
    }
  }
  return tree
}

export interface LaidOut {
  root: string
  proc: Proc
  remove(): void
}

/** @param refused processes of another user, into whose namespaces the kernel lets nobody look */
export function layOut(tree: Tree, refused: readonly number[] = []): LaidOut {
  const root = mkdtempSync(join(tmpdir(), 'interlock-tree-'))
  for (const [path, what] of Object.entries(tree)) {
    const at = join(root, path)
    mkdirSync(dirname(at), { recursive: true })
    if (typeof what === 'string') writeFileSync(at, what)
    else if ('link' in what) symlinkSync(what.link, at)
    else mkdirSync(at, { recursive: true })
  }
  const proc = createProc(root)
  return {
    root,
    proc: {
      ...proc,
      link: (path) => (refused.some((pid) => path.startsWith(`/proc/${pid}/ns/`)) ? REFUSED : proc.link(path)),
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Makes the kept tree `three-deep.json` anew: node tests/main/services/kernel/tree.ts PID… > three-deep.json */
if (process.argv[1] === import.meta.filename) {
  process.stdout.write(`${JSON.stringify(captured(process.argv.slice(2).map(Number)), null, 1)}\n`)
}
