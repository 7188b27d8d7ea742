// Control groups: where their hierarchies are mounted (v1, v2 or both), which are of interest, and what their files say.
import { MAX_SAMPLED_GROUPS } from '../../contract/limits.ts'
import { mountsOf } from './mounts.ts'
import type { Proc } from './proc.ts'
import { TEXT } from './process.ts'

/** Groups of experiments, named network namespaces and folders begin with this. */
export const LAB_NAME = 'interlock-lab'
export const isLabPath = (path: string): boolean => path.split('/').some((part) => part.startsWith(LAB_NAME))

export interface Hierarchy {
  /** as in a process's `cgroups`: its controllers, empty for the unified one */
  key: string
  version: 1 | 2
  /** where it is mounted */
  point: string
  /** the group that is seen there */
  root: string
}

/** Where a group's files are, or null when it cannot be seen from here. */
export function folderOf({ point, root }: Hierarchy, path: string): string | null {
  if (path.includes('..')) return null
  if (root === '/') return path === '/' ? point : point + path
  return path === root || path.startsWith(`${root}/`) ? point + path.slice(root.length) : null
}

/**
 * Mounted hierarchies.
 * @param cgroup text of a `/proc/PID/cgroup`, which names them
 */
export function hierarchiesOf(mountinfo: string, cgroup: string): Hierarchy[] {
  const found = new Map<string, Hierarchy>()
  const keys = cgroup.split('\n').flatMap((line) => /^\d+:([^:]*):/.exec(line)?.[1] ?? [])
  for (const { type, options, point, root } of Object.values(mountsOf(mountinfo))) {
    if (type !== 'cgroup' && type !== 'cgroup2') continue
    const has = new Set(options.split(','))
    const key =
      type === 'cgroup2' ? '' : keys.find((one) => one !== '' && one.split(',').every((part) => has.has(part)))
    if (key !== undefined && !found.has(key)) found.set(key, { key, version: key === '' ? 2 : 1, point, root })
  }
  return [...found.values()]
}

/** Numbers that go on by themselves while a program runs. */
const counters = new Set([
  ...['cpu.stat', 'cpuacct.usage', 'memory.current', 'memory.peak', 'memory.events', 'memory.pressure', 'cpu.pressure'],
  ...['memory.swap.current', 'memory.usage_in_bytes', 'memory.max_usage_in_bytes', 'memory.failcnt'],
  ...['pids.current', 'pids.peak', 'pids.events'],
])
export const isCounter = (file: string): boolean => counters.has(file)

const core = {
  1: ['cgroup.procs'],
  2: [
    ...[
      'cgroup.procs',
      'cgroup.type',
      'cgroup.controllers',
      'cgroup.subtree_control',
      'cgroup.events',
      'cgroup.freeze',
    ],
    ...['cgroup.max.descendants', 'cgroup.max.depth', 'cpu.stat'],
  ],
} as const
const ofController: Readonly<Record<string, readonly string[]>> = {
  cpu: ['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.shares', 'cpu.stat'],
  cpuacct: ['cpuacct.usage'],
  cpuset: ['cpuset.cpus', 'cpuset.mems'],
  memory: [
    ...['memory.limit_in_bytes', 'memory.usage_in_bytes', 'memory.max_usage_in_bytes', 'memory.failcnt'],
    ...['memory.oom_control', 'memory.memsw.limit_in_bytes', 'memory.soft_limit_in_bytes'],
  ],
  pids: ['pids.max', 'pids.current', 'pids.events'],
  freezer: ['freezer.state'],
  devices: ['devices.list'],
}
const ofUnified: Readonly<Record<string, readonly string[]>> = {
  cpu: ['cpu.max', 'cpu.weight', 'cpu.pressure'],
  cpuset: ['cpuset.cpus', 'cpuset.cpus.effective', 'cpuset.mems'],
  memory: [
    ...['memory.max', 'memory.high', 'memory.low', 'memory.current', 'memory.peak', 'memory.events'],
    ...['memory.oom.group', 'memory.swap.max', 'memory.swap.current', 'memory.pressure'],
  ],
  pids: ['pids.max', 'pids.current', 'pids.peak', 'pids.events'],
  io: ['io.max', 'io.weight'],
}

export type GroupFiles = Record<string, string>

/** Reads groups; a group whose files say the same stays the same object. */
export function createGroupReader(
  proc: Proc,
  hierarchies: readonly Hierarchy[],
): {
  /**
   * @param paths groups of processes, by hierarchy; what is named as a lab's group is added
   * @param plain groups of which limits matter and counters do not: they were there before
   */
  read(paths: ReadonlyMap<string, ReadonlySet<string>>, plain: ReadonlyMap<string, string>): Groups
} {
  let last: Groups = {}

  const filesOf = (hierarchy: Hierarchy, folder: string): readonly string[] => {
    if (hierarchy.version === 1)
      return [...core[1], ...hierarchy.key.split(',').flatMap((one) => ofController[one] ?? [])]
    const controllers = (proc.short(`${folder}/cgroup.controllers`) ?? '').trim().split(' ')
    return [...core[2], ...controllers.flatMap((one) => ofUnified[one] ?? [])]
  }
  const read = (hierarchy: Hierarchy, path: string, counting: boolean): GroupFiles | null => {
    const folder = folderOf(hierarchy, path)
    if (folder === null) return null
    const files: [string, string][] = []
    for (const name of filesOf(hierarchy, folder)) {
      if (!counting && (isCounter(name) || name === 'cgroup.procs')) continue
      const text = proc.text(`${folder}/${name}`)
      if (text !== null) files.push([name, text.trimEnd().slice(0, TEXT)])
    }
    if (files.length === 0) return null
    const before = last[hierarchy.key]?.[path]
    const now = Object.fromEntries(files)
    const equal =
      before !== undefined &&
      Object.keys(before).length === files.length &&
      files.every(([name, text]) => before[name] === text)
    return equal ? before : now
  }

  return {
    read(paths, plain) {
      const groups: [string, Record<string, GroupFiles>][] = []
      for (const hierarchy of hierarchies) {
        const { key } = hierarchy
        const wanted = new Set([...(paths.get(key) ?? []), ...labGroups(proc, hierarchy, paths.get(key))])
        wanted.delete('/')
        const found: [string, GroupFiles][] = []
        for (const path of [...wanted].sort().slice(0, MAX_SAMPLED_GROUPS)) {
          const files = read(hierarchy, path, isLabPath(path) || plain.get(key) !== path)
          if (files !== null) found.push([path, files])
        }
        if (found.length > 0) groups.push([key, Object.fromEntries(found)])
      }
      last = Object.fromEntries(groups)
      return last
    },
  }
}

export type Groups = Record<string, Record<string, GroupFiles>>

/** Groups with a lab's name below the root, below the groups of processes and those above them, and in each other. */
export function labGroups(proc: Proc, hierarchy: Hierarchy, near: Iterable<string> = []): string[] {
  const found = new Set<string>()
  const places = new Set([hierarchy.root])
  for (const path of near) {
    for (let place = path; place.length > 1; place = place.slice(0, place.lastIndexOf('/'))) places.add(place)
  }
  const below = (place: string, all: boolean): void => {
    const folder = folderOf(hierarchy, place)
    if (folder === null || found.size >= MAX_SAMPLED_GROUPS) return
    for (const name of proc.folders(folder)) {
      if (!all && !name.startsWith(LAB_NAME)) continue
      const path = place === '/' ? `/${name}` : `${place}/${name}`
      if (found.has(path)) continue
      found.add(path)
      below(path, true)
    }
  }
  for (const place of places) below(place, isLabPath(place))
  return [...found]
}
