// One process as the kernel tells of it. What did not change since the last look stays the same object, so that neither
// comparing nor writing costs anything for processes that only sleep. Decides nothing.
import { HIDDEN, type IdRange, namespaceTypes, type NamespaceType, type ProcessSample } from '../../contract/kernel.ts'
import { type Proc, REFUSED } from './proc.ts'

export type Inode = number | typeof HIDDEN
export type Namespaces = Partial<Record<NamespaceType, Inode>>

/** Longest text of a sample; what is longer is cut. */
export const TEXT = 4096
/** Ticks of the clock in a second, as programs see them: 100 wherever Linux runs today. */
const TICKS = 100

/** What `/proc/PID/stat` says. */
export interface Stat {
  pid: number
  name: string
  state: string
  parent: number
  session: number
  start: number
  threads: number
  /** ms */
  cpu: number
}

export function statOf(proc: Proc, pid: number): Stat | null {
  const text = proc.short(`/proc/${pid}/stat`)
  if (text === null) return null
  // The name stands in parentheses, and may itself hold spaces and parentheses.
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  const fields = text.slice(close + 2).split(' ')
  const number = (index: number): number => Number(fields[index])
  const state = fields[0] ?? ''
  if (close < 0 || state === 'X' || state === 'x') return null
  return {
    pid,
    name: text.slice(open + 1, close),
    state,
    parent: number(1),
    session: number(3),
    threads: number(17),
    start: number(19),
    cpu: ((number(11) + number(12)) * 1000) / TICKS,
  }
}

const inodeOf = (link: string): number => Number(/\[(\d+)\]/.exec(link)?.[1] ?? 0)

/** Namespaces of a process; all are hidden when one is, since one permission opens them all. */
export function namespacesOf(proc: Proc, pid: number | 'self'): Namespaces {
  const found: Namespaces = {}
  for (const type of namespaceTypes) {
    const link = proc.link(`/proc/${pid}/ns/${type}`)
    if (link === REFUSED) return Object.fromEntries(namespaceTypes.map((hidden) => [hidden, HIDDEN]))
    if (link !== null) found[type] = inodeOf(link)
  }
  return found
}

/** Lines of an id map. */
export const idMap = (text: string | null): IdRange[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((line) => line.length === 3)
    .map(([inside = 0, outside = 0, count = 0]) => ({ inside, outside, count }))

type FromStatus = Pick<
  ProcessSample,
  'pids' | 'uids' | 'gids' | 'capabilities' | 'noNewPrivileges' | 'seccomp' | 'filters' | 'signals'
>

function statusOf(text: string): FromStatus {
  const field = (name: string): string => {
    const from = text.indexOf(`\n${name}:\t`)
    if (from < 0) return ''
    const begin = from + name.length + 3
    const end = text.indexOf('\n', begin)
    return text.slice(begin, end < 0 ? undefined : end)
  }
  const numbers = (name: string): number[] => field(name).split(/\s+/).filter(Boolean).map(Number)
  const mask = (name: string): string => field(name).trim() || '0'
  const filters = field('Seccomp_filters')
  return {
    pids: numbers('NSpid'),
    uids: numbers('Uid'),
    gids: numbers('Gid'),
    capabilities: {
      effective: mask('CapEff'),
      permitted: mask('CapPrm'),
      inheritable: mask('CapInh'),
      bounding: mask('CapBnd'),
      ambient: mask('CapAmb'),
    },
    noNewPrivileges: field('NoNewPrivs').trim() === '1',
    seccomp: Number(field('Seccomp')),
    ...(filters === '' ? {} : { filters: Number(filters) }),
    signals: { caught: mask('SigCgt'), ignored: mask('SigIgn'), blocked: mask('SigBlk') },
  }
}

/** Path of a process in each hierarchy, by the controllers as the kernel names them. */
export function cgroupsOf(text: string | null): Record<string, string> {
  const found: [string, string][] = []
  for (const line of (text ?? '').split('\n')) {
    const first = line.indexOf(':')
    const second = line.indexOf(':', first + 1)
    if (first > 0 && second > 0) found.push([line.slice(first + 1, second), line.slice(second + 1, second + 1 + TEXT)])
  }
  return Object.fromEntries(found)
}

interface Known {
  sample: ProcessSample
  status: string
  fromStatus: FromStatus
  cgroup: string | null
  maps: { user: Inode | undefined; uid: IdRange[]; gid: IdRange[]; setgroups: string | undefined }
}

/** The object that was there before where this one holds the same, so that what is equal is also the same object. */
export function kept<T extends object>(before: T | undefined, now: T): T {
  if (before === undefined) return now
  const [old, next] = [Object.entries(before), Object.entries(now)]
  return old.length === next.length && next.every(([key, value]) => before[key as keyof T] === value) ? before : now
}

/** Reads processes, and remembers each by pid and start. */
export function createProcessReader(proc: Proc): {
  read(stat: Stat): ProcessSample | null
  /** Forgets all that are not among these. */
  keep(pids: ReadonlySet<number>): void
} {
  const all = new Map<number, Known>()

  const maps = (pid: number, user: Inode | undefined, before: Known | undefined): Known['maps'] => {
    // A map can be written once: what has one keeps it for as long as it stays in that namespace.
    if (before !== undefined && before.maps.user === user && before.maps.uid.length > 0 && before.maps.gid.length > 0) {
      return before.maps
    }
    return {
      user,
      uid: idMap(proc.text(`/proc/${pid}/uid_map`)),
      gid: idMap(proc.text(`/proc/${pid}/gid_map`)),
      setgroups: proc.short(`/proc/${pid}/setgroups`)?.trim(),
    }
  }
  /** Read each time: a program that becomes another one of the same name, as busybox does, has another command line. */
  const commandOf = (pid: number): string =>
    (proc.short(`/proc/${pid}/cmdline`) ?? '').split('\0').join(' ').trim().slice(0, TEXT)
  const children = (pid: number, own: Namespaces): ProcessSample['forChildren'] => {
    const found: { pid?: Inode; time?: Inode } = {}
    for (const type of ['pid', 'time'] as const) {
      const mine = own[type]
      if (mine === HIDDEN || mine === undefined) continue
      const link = proc.link(`/proc/${pid}/ns/${type}_for_children`)
      // A PID namespace that waits for its first process has no link yet: it is another one, and not to be seen.
      const inode = typeof link === 'string' ? inodeOf(link) : HIDDEN
      if (inode !== mine) found[type] = inode
    }
    return found.pid === undefined && found.time === undefined ? undefined : found
  }

  return {
    read(stat) {
      const { pid, start, state } = stat
      const last = all.get(pid)
      const before = last?.sample.start === start ? last : undefined
      const status = proc.short(`/proc/${pid}/status`)
      if (status === null) return null
      const fromStatus = before?.status === status ? before.fromStatus : statusOf(status)
      const cgroup = proc.short(`/proc/${pid}/cgroup`)
      const zombie = state === 'Z'
      const namespaces = kept(before?.sample.namespaces, zombie ? {} : namespacesOf(proc, pid))
      const map = maps(pid, namespaces.user, before)
      const wchan = state === 'R' || zombie ? '' : (proc.short(`/proc/${pid}/wchan`) ?? '')
      const forChildren = zombie ? undefined : children(pid, namespaces)
      const command = zombie ? '' : commandOf(stat.pid)
      const old = before?.sample
      const sample: ProcessSample = {
        pid,
        start,
        parent: stat.parent,
        name: stat.name.slice(0, 60),
        command,
        state,
        ...(wchan === '' || wchan === '0' ? {} : { wchan: wchan.slice(0, 100) }),
        cpu: stat.cpu,
        ...fromStatus,
        namespaces,
        ...(forChildren === undefined ? {} : { forChildren }),
        uidMap: map.uid,
        gidMap: map.gid,
        ...(map.setgroups === undefined ? {} : { setgroups: map.setgroups }),
        capabilities: kept(old?.capabilities, fromStatus.capabilities),
        signals: kept(old?.signals, fromStatus.signals),
        cgroups: cgroup === before?.cgroup && old !== undefined ? old.cgroups : cgroupsOf(cgroup),
      }
      all.set(pid, { sample, status, fromStatus, cgroup, maps: map })
      return sample
    },
    keep(pids) {
      for (const pid of all.keys()) if (!pids.has(pid)) all.delete(pid)
    },
  }
}
