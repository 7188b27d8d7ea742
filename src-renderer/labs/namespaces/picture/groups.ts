// Control groups as a tree with what is limited, used and counted, in version 1 and version 2 alike. Pure.
// Files and their meaning: Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst of the kernel.
import type { KernelSample } from '@contract/kernel.ts'

export interface Meter {
  what: 'memory' | 'cpu' | 'processes'
  /** bytes, CPUs, processes; null where it is not counted, or not yet */
  used: number | null
  /** null: no limit */
  limit: number | null
}

/** Something that is counted or set, as key and number for the texts. */
export type Fact =
  | { id: 'peak' | 'high'; bytes: number }
  | { id: 'weight' | 'shares'; value: number }
  | { id: 'throttled'; periods: number; of: number; seconds: number }
  | { id: 'frozen' }
  | { id: 'waiting-for-memory' }
  | { id: 'gives'; controllers: string }
  | { id: 'type'; value: string }

/** Something that has met a limit. */
export interface Alarm {
  id: 'oom-kills' | 'memory-hits' | 'fork-refusals'
  count: number
}

export interface Group {
  /** hierarchy and path */
  id: string
  path: string
  /** last part of the path */
  name: string
  meters: readonly Meter[]
  facts: readonly Fact[]
  alarms: readonly Alarm[]
  members: readonly number[]
  children: readonly Group[]
  changed: boolean
}

export interface Hierarchy {
  /** controllers as a process's paths name them; the unified one is "" */
  id: string
  unified: boolean
  groups: readonly Group[]
  /** all processes are in one group, and there is none below it: nothing to see */
  dull: boolean
}

type Files = Readonly<Record<string, string>>

/** From here on a limit of version 1 is none: it is rounded down to pages from 2^63 - 1. */
const NO_LIMIT = 2 ** 62
/** Shortest stretch of time over which use of the CPU is told, in milliseconds. */
const STRETCH = 900

const numberIn = (files: Files, name: string): number | null => {
  const text = files[name]?.trim()
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null
}

/** A limit file: `max`, -1 or a giant number are none. */
function limitIn(files: Files, ...names: string[]): number | null {
  for (const name of names) {
    const value = numberIn(files, name)
    if (value !== null) return value < 0 || value >= NO_LIMIT ? null : value
  }
  return null
}

/** A number of a file whose lines are a key and a number. */
export function entryIn(files: Files, name: string, key: string): number | null {
  for (const line of files[name]?.split('\n') ?? []) {
    const [word, value] = line.trim().split(/\s+/)
    if (word === key && value !== undefined) return Number(value)
  }
  return null
}

/** CPU time used so far, in milliseconds. */
function cpuTime(files: Files): number | null {
  const micro = entryIn(files, 'cpu.stat', 'usage_usec')
  if (micro !== null) return micro / 1000
  const nano = numberIn(files, 'cpuacct.usage')
  return nano === null ? null : nano / 1e6
}

/** CPUs that may be used at most; null without a quota. */
function quotaIn(files: Files): number | null {
  const [quota, period] = files['cpu.max']?.trim().split(/\s+/) ?? []
  if (quota !== undefined && quota !== 'max' && Number(period) > 0) return Number(quota) / Number(period)
  const old = numberIn(files, 'cpu.cfs_quota_us')
  const per = numberIn(files, 'cpu.cfs_period_us')
  return old === null || old < 0 || per === null || per <= 0 ? null : old / per
}

function metersOf(files: Files, earlier: { files: Files; ago: number } | null): Meter[] {
  const meters: Meter[] = []
  const memory = numberIn(files, 'memory.current') ?? numberIn(files, 'memory.usage_in_bytes')
  const most = limitIn(files, 'memory.max', 'memory.limit_in_bytes')
  if (memory !== null || most !== null) meters.push({ what: 'memory', used: memory, limit: most })
  const time = cpuTime(files)
  const quota = quotaIn(files)
  if (time !== null || quota !== null) {
    const was = earlier === null ? null : cpuTime(earlier.files)
    const used = time === null || was === null || earlier === null ? null : Math.max(0, time - was) / earlier.ago
    meters.push({ what: 'cpu', used, limit: quota })
  }
  const tasks = numberIn(files, 'pids.current')
  if (tasks !== null) meters.push({ what: 'processes', used: tasks, limit: limitIn(files, 'pids.max') })
  return meters
}

function factsOf(files: Files): Fact[] {
  const facts: Fact[] = []
  const peak = numberIn(files, 'memory.peak') ?? numberIn(files, 'memory.max_usage_in_bytes')
  if (peak !== null && peak > 0) facts.push({ id: 'peak', bytes: peak })
  const high = limitIn(files, 'memory.high')
  if (high !== null) facts.push({ id: 'high', bytes: high })
  const weight = numberIn(files, 'cpu.weight')
  if (weight !== null) facts.push({ id: 'weight', value: weight })
  const shares = numberIn(files, 'cpu.shares')
  if (shares !== null) facts.push({ id: 'shares', value: shares })
  const of = entryIn(files, 'cpu.stat', 'nr_periods') ?? 0
  if (of > 0) {
    const micro = entryIn(files, 'cpu.stat', 'throttled_usec')
    const seconds = micro === null ? (entryIn(files, 'cpu.stat', 'throttled_time') ?? 0) / 1e9 : micro / 1e6
    facts.push({ id: 'throttled', periods: entryIn(files, 'cpu.stat', 'nr_throttled') ?? 0, of, seconds })
  }
  if (entryIn(files, 'cgroup.events', 'frozen') === 1 || files['freezer.state']?.trim() === 'FROZEN') {
    facts.push({ id: 'frozen' })
  }
  if (entryIn(files, 'memory.oom_control', 'under_oom') === 1) facts.push({ id: 'waiting-for-memory' })
  const gives = files['cgroup.subtree_control']?.trim() ?? ''
  if (gives !== '') facts.push({ id: 'gives', controllers: gives })
  const type = files['cgroup.type']?.trim() ?? ''
  if (type !== '' && type !== 'domain') facts.push({ id: 'type', value: type })
  return facts
}

function alarmsOf(files: Files): Alarm[] {
  const counts: Record<Alarm['id'], number> = {
    'oom-kills': entryIn(files, 'memory.events', 'oom_kill') ?? entryIn(files, 'memory.oom_control', 'oom_kill') ?? 0,
    'memory-hits': entryIn(files, 'memory.events', 'max') ?? numberIn(files, 'memory.failcnt') ?? 0,
    'fork-refusals': entryIn(files, 'pids.events', 'max') ?? 0,
  }
  return (Object.keys(counts) as Alarm['id'][]).filter((id) => counts[id] > 0).map((id) => ({ id, count: counts[id] }))
}

/** What people set; what goes on by itself is no change. */
const SETTINGS =
  /^(memory\.(max|high|limit_in_bytes)|cpu\.(max|weight|shares|cfs_quota_us)|pids\.max|cgroup\.(freeze|subtree_control|type)|freezer\.state)$/

/** Whether the group was there in a sample: with files, or with a process in it. */
const knows = (sample: KernelSample, hierarchy: string, path: string): boolean =>
  sample.cgroups[hierarchy]?.[path] !== undefined ||
  Object.values(sample.processes).some(({ cgroups }) => cgroups[hierarchy] === path)

function changedSince(files: Files, before: Files): boolean {
  const alarms = (of: Files): string => JSON.stringify(alarmsOf(of))
  return (
    Object.keys(files).some((name) => SETTINGS.test(name) && files[name] !== before[name]) ||
    alarms(files) !== alarms(before)
  )
}

const parentPath = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')))

/**
 * @param before the sample before it, to tell what changed
 * @param earlier samples before it, the newest last, to tell how much CPU is used
 */
export function hierarchiesOf(
  sample: KernelSample,
  before: KernelSample | null,
  earlier: readonly KernelSample[],
): Hierarchy[] {
  const from = earlier.findLast(({ time }) => sample.time - time >= STRETCH)
  const processes = Object.values(sample.processes)
  const ids = new Set([...Object.keys(sample.cgroups), ...processes.flatMap(({ cgroups }) => Object.keys(cgroups))])
  return [...ids]
    .map((id): Hierarchy => {
      const files = sample.cgroups[id] ?? {}
      const paths = new Set([...Object.keys(files), ...processes.flatMap(({ cgroups }) => cgroups[id] ?? [])])
      const build = (path: string): Group => {
        const own = files[path] ?? {}
        const old = from?.cgroups[id]?.[path]
        const was = old === undefined || from === undefined ? null : { files: old, ago: sample.time - from.time }
        return {
          id: `${id}:${path}`,
          path,
          name: path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1),
          meters: metersOf(own, was),
          facts: factsOf(own),
          alarms: alarmsOf(own),
          members: processes.filter(({ cgroups }) => cgroups[id] === path).map(({ pid }) => pid),
          children: below(path, paths).map(build),
          changed: before !== null && (!knows(before, id, path) || changedSince(own, before.cgroups[id]?.[path] ?? {})),
        }
      }
      const tops = [...paths].filter((path) => above(path, paths) === null).sort()
      return { id, unified: id === '', groups: tops.map(build), dull: paths.size <= 1 }
    })
    .sort((one, other) => Number(one.dull) - Number(other.dull) || (one.id < other.id ? -1 : 1))
}

/** The nearest path above it that is known; null when there is none. */
function above(path: string, paths: ReadonlySet<string>): string | null {
  for (let up = path; up !== '/';) {
    up = parentPath(up)
    if (paths.has(up)) return up
  }
  return null
}

const below = (path: string, paths: ReadonlySet<string>): string[] =>
  [...paths].filter((other) => other !== path && above(other, paths) === path).sort()
