// Which processes belong to a terminal: what was started below its shell, remembered by pid and start wherever it goes;
// and what got away between two looks but has what only the terminal's processes have: its session, its device, its
// variable, or, where a container runtime has taken all these away, a group or root of the experiment.
import { MARK } from '../terminal/profiles.ts'
import { isLabPath, LAB_NAME } from './groups.ts'
import { mountsOf } from './mounts.ts'
import type { Proc } from './proc.ts'
import { cgroupsOf, type Stat, statOf } from './process.ts'

export interface Followed {
  /** All that live now, zombies too, each after the one that came before it. */
  now(): Stat[]
  /** Follows these as well. */
  add(pids: readonly number[]): void
  /** Looks through all processes for those that got away. */
  search(): void
}

/** How often a process is looked at before it counts as another's: a container takes its form in several steps. */
const LOOKS = 4

/**
 * @param folder absolute folder in which the terminal began
 * @param never processes that are not a part of it whatever they look like
 */
export function createFollowed(
  proc: Proc,
  shell: { pid: number; start: number },
  folder: string,
  never: ReadonlySet<number>,
): Followed {
  /** pid and start */
  const seen = new Map<number, number>([[shell.pid, shell.start]])
  /** looked at and not ours, with how often */
  let others = new Map<number, number>()
  const tellsChildren = proc.short(`/proc/${shell.pid}/task/${shell.pid}/children`) !== null
  const mark = markOf(proc, shell.pid)
  const labFolder = `${inFileSystem(proc, folder)}/${LAB_NAME}`.replace('//', '/')
  const ownMounts = proc.link('/proc/self/ns/mnt')

  const take = (pid: number): Stat | null => {
    const stat = never.has(pid) ? null : statOf(proc, pid)
    if (stat !== null) seen.set(pid, stat.start)
    return stat
  }
  const childrenOf = (stat: Stat): number[] => {
    const threads = stat.threads > 1 ? proc.names(`/proc/${stat.pid}/task`) : [String(stat.pid)]
    const found: number[] = []
    for (const thread of threads) {
      const text = proc.text(`/proc/${stat.pid}/task/${thread}/children`)
      if (text) for (const child of text.trim().split(' ')) found.push(Number(child))
    }
    return found
  }
  /** Where the kernel tells no children, everybody is asked for their parent. */
  const byParents = (): void => {
    const parents = new Map<number, number>()
    for (const pid of pids()) parents.set(pid, statOf(proc, pid)?.parent ?? 0)
    for (let more = true; more;) {
      more = false
      for (const [pid, parent] of parents) {
        if (seen.has(parent) && !seen.has(pid) && take(pid) !== null) more = true
      }
    }
  }
  const pids = (): number[] =>
    proc
      .names('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)

  /** Whether it is in a group of an experiment, or has a part of the experiment's folder as its file system. */
  const inLab = (pid: number): boolean => {
    const groups = cgroupsOf(proc.short(`/proc/${pid}/cgroup`))
    if (Object.values(groups).some(isLabPath)) return true
    if (proc.link(`/proc/${pid}/ns/mnt`) === ownMounts) return false
    const mounts = Object.values(mountsOf(proc.text(`/proc/${pid}/mountinfo`) ?? ''))
    return mounts.some(({ root }) => root.startsWith(labFolder))
  }
  // The file itself, not its name: each container may have a terminal /dev/pts/0 of its own.
  const isOurs = (stat: Stat, device: string | null): boolean => {
    const { pid } = stat
    const its = markOf(proc, pid)
    if (its !== undefined) return its === mark
    if (stat.session === shell.pid) return true
    if (device !== null && [0, 1, 2].some((file) => proc.identity(`/proc/${pid}/fd/${file}`) === device)) return true
    return inLab(pid)
  }

  return {
    now() {
      if (!tellsChildren) byParents()
      const found = new Map<number, Stat>()
      const queue = [...seen.keys()]
      for (let index = 0; index < queue.length; index += 1) {
        const pid = queue[index] ?? 0
        if (found.has(pid) || never.has(pid)) continue
        const stat = statOf(proc, pid)
        const start = seen.get(pid)
        if (stat === null || (start !== undefined && start !== stat.start)) {
          seen.delete(pid)
          continue
        }
        seen.set(pid, stat.start)
        found.set(pid, stat)
        if (tellsChildren && stat.state !== 'Z') queue.push(...childrenOf(stat))
      }
      return [...found.values()].sort((one, other) => one.start - other.start || one.pid - other.pid)
    },
    add(more) {
      for (const pid of more) if (!seen.has(pid)) take(pid)
    },
    search() {
      const device = proc.identity(`/proc/${shell.pid}/fd/0`)
      const left = new Map<number, number>()
      for (const pid of pids()) {
        if (seen.has(pid) || never.has(pid)) continue
        const looks = others.get(pid) ?? 0
        left.set(pid, LOOKS)
        if (looks >= LOOKS) continue
        const stat = statOf(proc, pid)
        if (stat === null || stat.start < shell.start || stat.parent === 2) continue
        if (isOurs(stat, device)) {
          left.delete(pid)
          seen.set(pid, stat.start)
        } else left.set(pid, looks + 1)
      }
      others = left
    },
  }
}

/** The variable by which processes of a terminal know each other; missing where it is not there or not ours to read. */
export const markOf = (proc: Proc, pid: number): string | undefined =>
  proc
    .text(`/proc/${pid}/environ`)
    ?.split('\0')
    .find((entry) => entry.startsWith(`${MARK}=`))

/** A folder as a path in its own file system, as mounts made of its parts show it. */
function inFileSystem(proc: Proc, folder: string): string {
  let [longest, path] = [-1, folder]
  for (const { point, root } of Object.values(mountsOf(proc.text('/proc/self/mountinfo') ?? ''))) {
    const below = point === '/' ? '' : point
    if ((folder !== point && !folder.startsWith(`${below}/`)) || point.length < longest) continue
    longest = point.length
    path = `${root === '/' ? '' : root}${folder.slice(below.length)}`
  }
  return path
}
