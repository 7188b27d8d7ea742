// Takes samples of what the kernel says about the processes of one terminal. Synchronous, for a thread of its own.
// Parts that are as they were stay the same objects. Knows no experiment, and not when samples are taken.
import { hostname } from 'node:os'
import { type KernelSample, namespaceTypes, type ProcessSample } from '../../contract/kernel.ts'
import { MAX_SAMPLED_PROCESSES } from '../../contract/limits.ts'
import { type Asked, queuesOf, type Relations } from './ask.ts'
import { fileBelow, type WatchedFile } from './files.ts'
import { createFollowed } from './followed.ts'
import { createGroupReader, hierarchiesOf } from './groups.ts'
import { createMountReader, type Mounts } from './mounts.ts'
import { type Interfaces, interfacesOf } from './networks.ts'
import { cgroupsOf, createProcessReader, kept, namespacesOf } from './process.ts'
import { createProc, type Proc } from './proc.ts'

export interface SamplerOptions {
  shell: { pid: number; start: number }
  /** absolute folder in which the terminal began */
  folder: string
  files: readonly WatchedFile[]
  /** who reads files; a test gives one that reads a folder laid out like a system */
  proc?: Proc
  /** ourselves, who must not be taken for a part of the terminal */
  never?: ReadonlySet<number>
  hostname?: () => string
  uid?: number
}

export interface Sampler {
  /** @param time ms since the recording began */
  sample(time: number, ended?: { status?: number }): KernelSample
  /** Follows these as well. */
  add(pids: readonly number[]): void
  /** Looks for processes that got away. */
  search(): void
  watch(files: readonly WatchedFile[]): void
  /** Takes in what was asked; it is told from the next sample on. */
  take(asked: Asked, relations: Relations | null): void
  /** The namespaces of the last sample by type and inode, and who is in them: what was asked holds as long as it does. */
  constellation(): string
}

type Seen<T> = Record<string, T>

export function createSampler({
  shell,
  folder,
  files: watched,
  proc = createProc(),
  never = new Set([0, 1, 2, process.pid, process.ppid]),
  hostname: ownName = hostname,
  uid = process.getuid?.() ?? 0,
}: SamplerOptions): Sampler {
  const followed = createFollowed(proc, shell, folder, never)
  const processes = createProcessReader(proc)
  const mounts = createMountReader(proc)
  const ownGroups = proc.text('/proc/self/cgroup') ?? ''
  const groups = createGroupReader(proc, hierarchiesOf(proc.text('/proc/self/mountinfo') ?? '', ownGroups))
  /** the groups in which the terminal began; what was there before is not the experiment's */
  const firstGroups = new Map(Object.entries(cgroupsOf(proc.short(`/proc/${shell.pid}/cgroup`))))
  const host = { namespaces: namespacesOf(proc, 'self'), hostname: ownName(), uid }
  let files = watched
  let asked: Asked = { hostnames: new Map(), interfaces: new Map(), queues: new Map() }
  let relations: Relations = {}
  let last: KernelSample | null = null

  /** By inode: who is in each namespace of a type, the one that began first in front. */
  const members = (all: readonly ProcessSample[], type: 'mnt' | 'net' | 'uts' | 'ipc'): Map<number, number[]> => {
    const found = new Map<number, number[]>()
    for (const { pid, namespaces } of all) {
      const inode = namespaces[type]
      if (typeof inode !== 'number') continue
      const there = found.get(inode)
      if (there === undefined) found.set(inode, [pid])
      else there.push(pid)
    }
    return found
  }
  const mountsNow = (by: Map<number, number[]>): Seen<Mounts> => {
    mounts.keep(new Set(by.keys()))
    return Object.fromEntries(
      [...by].flatMap(([inode, pids]) => {
        const read = mounts.read(inode, pids)
        return read === null ? [] : [[String(inode), read]]
      }),
    )
  }
  const networksNow = (by: Map<number, number[]>): Seen<Interfaces> =>
    Object.fromEntries(
      [...by].flatMap(([inode, pids]) => {
        for (const pid of pids) {
          const text = proc.text(`/proc/${pid}/net/dev`)
          if (!text) continue
          const before = last?.networks[inode]
          return [[String(inode), kept(before, interfacesOf(text, asked.interfaces.get(inode), before))]]
        }
        return []
      }),
    )
  const queuesNow = (by: Map<number, number[]>): KernelSample['queues'] => {
    const found: KernelSample['queues'] = {}
    for (const inode of by.keys()) {
      if (inode === host.namespaces.ipc) {
        found[inode] = queuesOf((proc.text('/proc/sysvipc/shm') ?? '') + (proc.text('/proc/sysvipc/msg') ?? ''))
      } else {
        const queues = asked.queues.get(inode)
        if (queues !== undefined) found[inode] = queues
      }
    }
    return found
  }
  const hostnamesNow = (by: Map<number, number[]>): KernelSample['hostnames'] => {
    const found: KernelSample['hostnames'] = {}
    for (const inode of by.keys()) {
      const name = inode === host.namespaces.uts ? ownName() : asked.hostnames.get(inode)
      if (name !== undefined) found[inode] = name
    }
    return found
  }
  const groupsNow = (all: readonly ProcessSample[]): KernelSample['cgroups'] => {
    const paths = new Map<string, Set<string>>()
    for (const { cgroups } of all) {
      for (const [key, path] of Object.entries(cgroups)) {
        const there = paths.get(key)
        if (there === undefined) paths.set(key, new Set([path]))
        else there.add(path)
      }
    }
    return groups.read(paths, firstGroups)
  }
  const filesNow = (by: Map<number, number[]>): KernelSample['files'] => {
    if (files.length === 0) return {}
    const seen: KernelSample['files'] = {}
    const places: [string, string][] = [['host', '']]
    for (const [inode, [pid]] of by) {
      if (inode !== host.namespaces.mnt && pid !== undefined) places.push([String(inode), `/proc/${pid}/root`])
    }
    for (const [who, from] of places) {
      seen[who] = Object.fromEntries(files.map(({ name, path }) => [name, fileBelow(proc, from, path)]))
    }
    return seen
  }

  return {
    sample(time, ended) {
      // Errors are answers here, and there may be thousands: none needs to say where it was thrown.
      const depth = Error.stackTraceLimit
      Error.stackTraceLimit = 0
      try {
        const stats = followed.now()
        processes.keep(new Set(stats.map(({ pid }) => pid)))
        const all = stats
          .slice(0, MAX_SAMPLED_PROCESSES)
          .map((stat) => processes.read(stat))
          .filter((sample) => sample !== null)
        const unlisted = Math.max(0, stats.length - MAX_SAMPLED_PROCESSES)
        const [mnt, net] = [members(all, 'mnt'), members(all, 'net')]
        const sample: KernelSample = {
          time: Math.round(time),
          ...(ended === undefined ? {} : { ended }),
          host: kept(last?.host, { ...host, hostname: ownName() }),
          shell: shell.pid,
          processes: Object.fromEntries(all.map((one) => [String(one.pid), one])),
          ...(unlisted === 0 ? {} : { unlisted }),
          mounts: kept(last?.mounts, mountsNow(mnt)),
          networks: kept(last?.networks, networksNow(net)),
          hostnames: kept(last?.hostnames, hostnamesNow(members(all, 'uts'))),
          queues: queuesNow(members(all, 'ipc')),
          cgroups: groupsNow(all),
          relations,
          files: filesNow(mnt),
        }
        last = sample
        return sample
      } finally {
        Error.stackTraceLimit = depth
      }
    },
    add: followed.add,
    search: followed.search,
    watch(next) {
      files = next
    },
    take(next, told) {
      asked = next
      if (told !== null) relations = told
    },
    constellation: () =>
      Object.values(last?.processes ?? {})
        .map(({ pid, start, namespaces }) => `${pid}:${start}:${namespaceTypes.map((type) => namespaces[type]).join()}`)
        .join('\n'),
  }
}
