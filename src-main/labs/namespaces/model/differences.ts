// What changed from one sample to the next, as sentences in the order in which a person would tell them. Namespaces are
// compared only where a process of both samples holds them, since their numbers are given anew.
import {
  HIDDEN,
  type KernelSample,
  type MountSample,
  type NamespaceType,
  type ProcessSample,
  namespaceTypes,
} from '../../../contract/kernel.ts'
import { says } from './difference-texts.ts'
import { bits, figure, isFirst, named, processesOf } from './evidence.ts'

export interface Change {
  says: string
  /** processes that it is about */
  pids: readonly number[]
}

/** So many are named one by one; of more, their number and the first. */
const MOST = 4
/** Files of control groups that a person sets; others count by themselves. */
const SET =
  /^(memory\.(limit_in_bytes|memsw\.limit_in_bytes|max|high|swap\.max|oom\.group)|cpu\.(cfs_quota_us|cfs_period_us|shares|max|weight)|pids\.max|freezer\.state|cgroup\.(freeze|subtree_control|max\.descendants)|cpuset\.(cpus|mems))$/

const hierarchyNamed = (hierarchy: string): string => (hierarchy === '' ? says.unified : hierarchy)

/** Somebody whose namespace of this type it is, in both samples: the shell where it is its own. */
function holderOf(before: KernelSample, next: KernelSample, type: NamespaceType, inode: string): ProcessSample | null {
  const stays = ({ pid, start, namespaces }: ProcessSample): boolean => {
    const then = before.processes[String(pid)]
    return String(namespaces[type]) === inode && then?.start === start && then.namespaces[type] === namespaces[type]
  }
  return processesOf(next).findLast(stays) ?? null
}

function processChanges(before: KernelSample, next: KernelSample): Change[] {
  const changes: Change[] = []
  const tell = (text: string, ...pids: number[]): void => void changes.push({ says: text, pids })
  const [were, are] = [processesOf(before), processesOf(next)]
  const then = (process: ProcessSample): ProcessSample | undefined => {
    const found = before.processes[String(process.pid)]
    return found?.start === process.start ? found : undefined
  }
  const started = are.filter((process) => then(process) === undefined)
  const into = (process: ProcessSample): NamespaceType[] => {
    const parent = next.processes[String(process.parent)]
    return namespaceTypes.filter((type) => {
      const [own, of] = [process.namespaces[type], parent?.namespaces[type] ?? next.host.namespaces[type]]
      return own !== undefined && own !== HIDDEN && of !== undefined && of !== HIDDEN && own !== of
    })
  }
  const notable = started.filter((process) => into(process).length > 0)
  const rest = started.filter((process) => !notable.includes(process))
  for (const process of notable) tell(says.started(named(process), into(process), isFirst(process)), process.pid)
  if (rest.length > MOST)
    tell(says.manyStarted(rest.length, rest.slice(0, MOST).map(named)), ...rest.map(({ pid }) => pid))
  else for (const process of rest) tell(says.started(named(process), [], false), process.pid)

  for (const process of are) {
    const was = then(process)
    if (was !== undefined) changes.push(...changesOf(was, process, before))
  }

  const ended = were.filter(({ pid, start }) => {
    const now = next.processes[String(pid)]
    return now?.start !== start || now.state === 'Z' || now.state === 'X'
  })
  const pids = ended.map(({ pid }) => pid)
  if (ended.length > MOST) tell(says.manyEnded(ended.length, ended.slice(0, MOST).map(named)), ...pids)
  else if (ended.length > 0) tell(says.ended(ended.map(named)), ...pids)
  return changes
}

/** What changed about one process that was there before. */
function changesOf(was: ProcessSample, is: ProcessSample, before: KernelSample): Change[] {
  const who = named(is)
  const changes: string[] = []
  if (was.name !== is.name) changes.push(says.became(was.name, who))
  const moved = namespaceTypes.filter((type) => {
    const [old, now] = [was.namespaces[type], is.namespaces[type]]
    return old !== undefined && now !== undefined && old !== HIDDEN && now !== HIDDEN && old !== now
  })
  const known = (type: NamespaceType): boolean =>
    before.host.namespaces[type] === is.namespaces[type] ||
    processesOf(before).some(({ namespaces }) => namespaces[type] === is.namespaces[type])
  for (const fresh of [true, false]) {
    const types = moved.filter((type) => known(type) !== fresh)
    if (types.length > 0) changes.push(says.moved(who, types, fresh))
  }
  for (const type of ['pid', 'time'] as const) {
    const now = is.forChildren?.[type]
    if (now !== undefined && now !== was.forChildren?.[type]) changes.push(says.children(who, type))
  }
  const [range] = is.uidMap
  if (was.uidMap.length === 0 && range !== undefined && !moved.includes('user')) {
    changes.push(says.mapped(who, range.inside, range.outside, range.count))
  }
  const [could, can] = [bits(was.capabilities.effective), bits(is.capabilities.effective)]
  if (can !== could) changes.push(can === 0 ? says.noPowers(who) : says.powers(who, could, can))
  const [most, mostNow] = [bits(was.capabilities.bounding), bits(is.capabilities.bounding)]
  if (mostNow < most) changes.push(says.bounding(who, most, mostNow))
  if (is.noNewPrivileges && !was.noNewPrivileges) changes.push(says.locked(who))
  if (is.seccomp > was.seccomp) changes.push(is.seccomp === 2 ? says.filtered(who) : says.strict(who))
  if (is.state === 'T' && was.state !== 'T') changes.push(says.stopped(who))
  for (const [hierarchy, path] of Object.entries(is.cgroups)) {
    const old = was.cgroups[hierarchy]
    if (old !== undefined && old !== path) changes.push(says.group(who, path, hierarchyNamed(hierarchy)))
  }
  return changes.map((text) => ({ says: text, pids: [is.pid] }))
}

/** Parts of two samples that are kept by the inode of a namespace which somebody held in both. */
function* inBoth<Part>(
  before: KernelSample,
  next: KernelSample,
  type: NamespaceType,
  part: (sample: KernelSample) => Readonly<Record<string, Part>>,
): Generator<{ was: Part; is: Part; holder: ProcessSample; where: string }> {
  for (const [inode, is] of Object.entries(part(next))) {
    const was = part(before)[inode]
    const holder = holderOf(before, next, type, inode)
    if (was === undefined || was === is || holder === null) continue
    const host = String(next.host.namespaces[type]) === inode
    yield { was, is, holder, where: host ? '' : says.inNamespaceOf(type, named(holder)) }
  }
}

function mountChanges(before: KernelSample, next: KernelSample): Change[] {
  return [...inBoth(before, next, 'mnt', ({ mounts }) => mounts)].flatMap(({ was, is, holder, where }) => {
    const key = ({ point, type, source, root }: MountSample): string => JSON.stringify([point, type, source, root])
    const [old, now] = [Object.values(was), Object.values(is)]
    const [known, there] = [new Set(old.map(key)), new Set(now.map(key))]
    const sentences = [
      ...now.filter((mount) => !known.has(key(mount))).map((m) => says.mounted(m.type, m.point, m.source, where)),
      ...old.filter((mount) => !there.has(key(mount))).map((m) => says.unmounted(m.type, m.point, where)),
    ]
    const told = sentences.length > 2 * MOST ? [says.manyMounts(sentences.length, where)] : sentences
    return told.map((text) => ({ says: text, pids: [holder.pid] }))
  })
}

function networkChanges(before: KernelSample, next: KernelSample): Change[] {
  return [...inBoth(before, next, 'net', ({ networks }) => networks)].flatMap(({ was, is, holder, where }) => {
    const sentences: string[] = []
    for (const [name, now] of Object.entries(is)) {
      const old = was[name]
      if (old === undefined) sentences.push(says.interface(name, where))
      if (typeof now.up === 'boolean' && now.up !== (old?.up ?? false)) {
        // What was not asked before is no change.
        if (old === undefined ? now.up : typeof old.up === 'boolean') sentences.push(says.up(name, now.up, where))
      }
      for (const address of now.addresses) {
        if (old?.up !== undefined && !old.addresses.includes(address))
          sentences.push(says.address(name, address, where))
      }
    }
    for (const name of Object.keys(was)) if (!(name in is)) sentences.push(says.noInterface(name, where))
    return sentences.map((text) => ({ says: text, pids: [holder.pid] }))
  })
}

function nameChanges(before: KernelSample, next: KernelSample): Change[] {
  const changes: Change[] = []
  for (const { was, is, holder, where } of inBoth(before, next, 'uts', ({ hostnames }) => hostnames)) {
    if (was !== HIDDEN && is !== HIDDEN) changes.push({ says: says.hostname(is, where), pids: [holder.pid] })
  }
  for (const { was, is, holder, where } of inBoth(before, next, 'ipc', ({ queues }) => queues)) {
    if (was === HIDDEN || is === HIDDEN) continue
    const sentences = [
      ...is.filter((one) => !was.includes(one)).map((one) => says.queue(one, where)),
      ...was.filter((one) => !is.includes(one)).map((one) => says.noQueue(one, where)),
    ]
    changes.push(...sentences.map((text) => ({ says: text, pids: [holder.pid] })))
  }
  return changes
}

function groupChanges(before: KernelSample, next: KernelSample): Change[] {
  const sentences: string[] = []
  for (const hierarchy of new Set([...Object.keys(before.cgroups), ...Object.keys(next.cgroups)])) {
    const [old, groups] = [before.cgroups[hierarchy] ?? {}, next.cgroups[hierarchy] ?? {}]
    for (const [path, files] of Object.entries(groups)) {
      const were = old[path]
      if (were === undefined && hasBeenMade(before, hierarchy, path)) {
        sentences.push(says.made(path, hierarchyNamed(hierarchy)))
      }
      sentences.push(...fileChanges(path, were, files))
    }
    for (const path of Object.keys(old)) {
      if (!(path in groups) && isLab(path)) sentences.push(says.removed(path, hierarchyNamed(hierarchy)))
    }
  }
  return sentences.map((text) => ({ says: text, pids: [] }))
}

const isLab = (path: string): boolean => path.includes('/interlock-lab')

/** A group that comes into sight because a process entered it was there before, unless it is one of an experiment. */
const hasBeenMade = (before: KernelSample, hierarchy: string, path: string): boolean =>
  isLab(path) && !processesOf(before).some(({ cgroups }) => cgroups[hierarchy] === path)

function fileChanges(
  path: string,
  were: Readonly<Record<string, string>> | undefined,
  files: Record<string, string>,
): string[] {
  const sentences: string[] = []
  for (const [file, value] of Object.entries(files)) {
    const old = were?.[file]
    if (old === value || old === undefined) continue
    if (SET.test(file)) sentences.push(says.set(file, path, readable(file, value)))
    const risen = (key: string, tell: (path: string, count: number) => string): void => {
      const [was, is] = [figure(old, key), figure(value, key)]
      if (was !== null && is !== null && is > was) sentences.push(tell(path, is))
    }
    if (file === 'memory.events' || file === 'memory.oom_control') risen('oom_kill', says.killed)
    if (file === 'memory.events') risen('high', says.high)
    if (file === 'cpu.stat') risen('nr_throttled', says.throttled)
    if (file === 'pids.events') risen('max', says.refusedFork)
  }
  return sentences
}

const MIB = 1024 * 1024
/** Above this a limit of v1 means none: the largest page count as bytes. */
const NO_LIMIT = 0x7000_0000_0000_0000

function readable(file: string, value: string): string {
  if (!file.startsWith('memory.') || !/^\d+$/.test(value)) return value
  const bytes = Number(value)
  if (bytes >= NO_LIMIT) return 'no limit'
  return bytes >= MIB && bytes % MIB === 0 ? `${bytes / MIB} MiB` : `${bytes} bytes`
}

function watchedChanges(before: KernelSample, next: KernelSample): Change[] {
  return Object.entries(next.files).flatMap(([eyes, files]) => {
    const were = before.files[eyes]
    const holder = eyes === 'host' ? null : holderOf(before, next, 'mnt', eyes)
    if (were === undefined || (eyes !== 'host' && holder === null)) return []
    const where = holder === null ? says.onHost : says.seenIn(named(holder))
    return Object.entries(files)
      .filter(([path, { kind }]) => were[path] !== undefined && were[path].kind !== kind)
      .map(([path, { kind }]) => ({
        says: says.file(path, says.kinds[kind], where),
        pids: holder === null ? [] : [holder.pid],
      }))
  })
}

/** What changed between two samples of one run, `next` the later one. */
export function differences(before: KernelSample, next: KernelSample): Change[] {
  const status = next.ended?.status
  return [
    ...processChanges(before, next),
    ...mountChanges(before, next),
    ...networkChanges(before, next),
    ...nameChanges(before, next),
    ...groupChanges(before, next),
    ...watchedChanges(before, next),
    ...(status === undefined || status === 0 ? [] : [{ says: says.status(status), pids: [] }]),
  ]
}
