// Cleaning up after an experiment: processes, control groups, named network namespaces, containers of runc and folders
// that came while a terminal was watched. What was there before is left alone. At the end it is looked again, and what is left is told.
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KernelSample } from '../../contract/kernel.ts'
import type { HostTerminal } from '../terminal/index.ts'
import { run } from './ask.ts'
import { markOf } from './followed.ts'
import { folderOf, type Hierarchy, hierarchiesOf, LAB_NAME, labGroups } from './groups.ts'
import { cgroupsOf, statOf } from './process.ts'
import { createProc } from './proc.ts'
import { removeFolder } from './remove-folder.ts'
import { removeGroup } from './trials.ts'

/** Things of experiments that are there, by what they are. */
export interface Inventory {
  /** by hierarchy: groups of experiments */
  groups: Map<string, Set<string>>
  /** groups of the terminal's shell, by hierarchy */
  shell: Record<string, string>
  /** named network namespaces */
  networks: Set<string>
  /** folders in which runc keeps what it knows of containers */
  containers: Set<string>
  /** names in the terminal's folder */
  folders: Set<string>
}

const NETWORKS = '/run/netns'
const proc = createProc()

const hierarchies = (): Hierarchy[] =>
  hierarchiesOf(proc.text('/proc/self/mountinfo') ?? '', proc.text('/proc/self/cgroup') ?? '')

/** What is there now. Reads a few folders only. */
export function inventoryOf({ shell, folder }: Pick<HostTerminal, 'shell' | 'folder'>): Inventory {
  const own = cgroupsOf(proc.short(`/proc/${shell.pid}/cgroup`))
  const lab = (name: string): boolean => name.startsWith(LAB_NAME)
  return {
    groups: new Map(
      hierarchies().map((hierarchy) => [
        hierarchy.key,
        new Set(labGroups(proc, hierarchy, [own[hierarchy.key] ?? '/'])),
      ]),
    ),
    shell: own,
    networks: new Set(proc.names(NETWORKS).filter(lab)),
    containers: new Set(
      runtimePlaces().flatMap((place) =>
        proc
          .names(place)
          .filter(lab)
          .map((name) => join(place, name)),
      ),
    ),
    folders: new Set(proc.names(folder).filter(lab)),
  }
}

/** Where runc keeps its containers: root's, and those of a person. */
const runtimePlaces = (): string[] => {
  const own = process.env['XDG_RUNTIME_DIR']
  return ['/run/runc', ...(own === undefined ? [] : [join(own, 'runc')])]
}

/**
 * Removes what came since `before`.
 * @param last the newest sample, which may know processes that got away
 * @returns what could not be removed, in sentences; empty when it was looked and nothing is left
 */
export async function cleanTerminal(
  terminal: HostTerminal,
  before: Inventory,
  last: KernelSample | null,
): Promise<string[]> {
  const since = (): New => newSince(before, inventoryOf(terminal), last)
  const came = since()
  // A frozen process ends only when it is let go.
  for (const { folder } of came.groups) await thaw(folder)
  const foreign = await terminal.family.endBelow()
  await endOthers(() => [...othersOf(terminal, last), ...inGroups(terminal, came)])
  await leaveGroups(terminal, before, came)
  for (const path of came.containers) await run('runc', ['--root', dirname(path), 'delete', '--force', basename(path)])
  for (const { folder } of came.groups) await removeGroup(folder)
  for (const name of came.networks) await run('ip', ['netns', 'delete', name])
  const folders = await Promise.all(
    came.folders.map(async (name) => [name, await removeFolder(join(terminal.folder, name))] as const),
  )
  const reasons = new Map(folders)
  return leftOver(terminal, since(), foreign, last, reasons)
}

interface New {
  groups: { hierarchy: Hierarchy; path: string; folder: string }[]
  networks: string[]
  containers: string[]
  folders: string[]
}

/** What is there now and was not before; groups with those that lie deepest in front. */
function newSince(before: Inventory, now: Inventory, last: KernelSample | null): New {
  const groups = hierarchies().flatMap((hierarchy) => {
    const here = now.groups.get(hierarchy.key) ?? new Set()
    // A group of a container lies where its runtime has put it, which the samples saw.
    const seen = Object.keys(last?.cgroups[hierarchy.key] ?? {})
    const paths = new Set([...here, ...labGroups(proc, hierarchy, seen)])
    return [...paths]
      .filter((path) => before.groups.get(hierarchy.key)?.has(path) !== true)
      .map((path) => ({ hierarchy, path, folder: folderOf(hierarchy, path) ?? '' }))
  })
  return {
    groups: groups.sort((one, other) => other.path.split('/').length - one.path.split('/').length),
    networks: [...now.networks].filter((name) => !before.networks.has(name)),
    containers: [...now.containers].filter((path) => !before.containers.has(path)),
    folders: [...now.folders].filter((name) => !before.folders.has(name)),
  }
}

const write = (path: string, text: string): Promise<boolean> =>
  writeFile(path, text, { flag: 'r+' }).then(
    () => true,
    () => false,
  )

async function thaw(folder: string): Promise<void> {
  await write(join(folder, 'freezer.state'), 'THAWED')
  await write(join(folder, 'cgroup.freeze'), '0')
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** Processes that the samples saw and that still live, but for the shell. */
function othersOf(terminal: HostTerminal, last: KernelSample | null): { pid: number; name: string }[] {
  return Object.values(last?.processes ?? {}).filter(({ pid, start }) => {
    const stat = pid === terminal.shell.pid ? null : statOf(proc, pid)
    return stat !== null && stat.start === start && stat.state !== 'Z'
  })
}

/** Processes in groups that came, but for the shell and for what another terminal has started. */
function inGroups({ shell }: HostTerminal, { groups }: New): { pid: number }[] {
  const own = markOf(proc, shell.pid)
  const found = new Set(groups.flatMap(({ folder }) => membersOf(folder)))
  return [...found]
    .filter((pid) => pid !== shell.pid && pid !== process.pid)
    .filter((pid) => [undefined, own].includes(markOf(proc, pid)))
    .map((pid) => ({ pid }))
}

const membersOf = (folder: string): number[] =>
  (proc.text(`${folder}/cgroup.procs`) ?? '').split('\n').filter(Boolean).map(Number)

async function endOthers(others: () => { pid: number }[]): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const living = others()
    if (living.length === 0) return
    let sent = false
    for (const { pid } of living) {
      try {
        process.kill(pid, 'SIGKILL')
        sent = true
      } catch {
        // Gone meanwhile, or another user's: it is told at the end.
      }
    }
    if (!sent) return
    await pause(20)
  }
}

/** The shell itself goes back to the groups in which it began. */
async function leaveGroups({ shell }: HostTerminal, before: Inventory, came: New): Promise<void> {
  const now = cgroupsOf(proc.short(`/proc/${shell.pid}/cgroup`))
  for (const { hierarchy } of came.groups) {
    const home = before.shell[hierarchy.key]
    if (home === undefined || home === now[hierarchy.key]) continue
    const folder = folderOf(hierarchy, home)
    if (folder !== null) await write(join(folder, 'cgroup.procs'), String(shell.pid))
  }
}

function leftOver(
  terminal: HostTerminal,
  left: New,
  foreign: number,
  last: KernelSample | null,
  reasons: ReadonlyMap<string, string | null>,
): string[] {
  const processes = othersOf(terminal, last).map(
    ({ pid, name }) => `The process ${pid} (${name}) still runs: it belongs to another user. End it as root.`,
  )
  if (processes.length === 0 && foreign > 0) {
    processes.push(`Processes of another user still run: ${foreign}. End them as root.`)
  }
  const groups = left.groups.map(({ path, folder }) => {
    const inside = membersOf(folder)
    const why = inside.includes(terminal.shell.pid)
      ? 'the shell of this terminal is in it and may not leave it. Close the terminal'
      : inside.length > 0
        ? `it holds processes of another terminal or user (${inside.join(', ')}). End them first`
        : 'it may not be removed by you. Remove it as root'
    return `The control group ${path} (${folder}) is still there: ${why}.`
  })
  const networks = left.networks.map(
    (name) => `The network namespace ${name} is still there. Remove it as root: ip netns delete ${name}.`,
  )
  const folders = left.folders.map((name) => {
    const reason = reasons.get(name) ?? null
    return `The folder ${name} is still there${reason === null ? '' : `: ${reason}`}.`
  })
  const containers = left.containers.map(
    (path) =>
      `The container ${basename(path)} is still there. Remove it as root: runc --root ${dirname(path)} delete --force ${basename(path)}.`,
  )
  return [...processes, ...groups, ...networks, ...containers, ...folders]
}
