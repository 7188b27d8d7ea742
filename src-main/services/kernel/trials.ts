// The trials of the probe. Each really does what experiments do, in the smallest form, and undoes it.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderOf, type Hierarchy, labGroups } from './groups.ts'
import { cgroupsOf } from './process.ts'
import type { Proc } from './proc.ts'

interface Outcome {
  ok: boolean
  /** first line of what it said */
  said: string
}

const TIMEOUT_MS = 5000
/** An ordinary user, when the person is root: nobody. */
const NOBODY = 65_534
const places = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin']

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [process.env['PATH'] ?? '', ...places].join(':'),
  LC_ALL: 'C',
})

function attempt(file: string, args: readonly string[], as: { uid?: number; gid?: number } = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { ...as, cwd: '/', env: environment(), timeout: TIMEOUT_MS, killSignal: 'SIGKILL' as const }
    execFile(file, [...args], options, (error, stdout, stderr) => {
      const text = `${stdout}\n${stderr}`.split('\n').find((line) => line.trim() !== '')
      resolve({ ok: error === null, said: (text ?? error?.message.split('\n')[0] ?? '').trim().slice(0, 200) })
    })
  })
}

const full = [
  '--user',
  '--map-root-user',
  '--fork',
  '--pid',
  '--mount',
  '--mount-proc',
  '--uts',
  '--ipc',
  '--net',
  '--cgroup',
]

/** Whether an ordinary user may make user namespaces and all others in them: null, or the reason as a sentence. */
export async function triedUserNamespaces(proc: Proc): Promise<string | null> {
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const first = await attempt('unshare', ['--user', '--map-root-user', 'true'], as)
  const second = first.ok ? await attempt('unshare', [...full, 'true'], as) : first
  if (second.ok) return null
  const setting = (path: string): string | null => proc.short(`/proc/sys/${path}`)?.trim() ?? null
  return refusalOf(second.said, {
    alone: first.ok,
    apparmor: setting('kernel/apparmor_restrict_unprivileged_userns'),
    clone: setting('kernel/unprivileged_userns_clone'),
    most: setting('user/max_user_namespaces'),
    seccomp: /^Seccomp:\s*(\d)/m.exec(proc.short('/proc/self/status') ?? '')?.[1] ?? '0',
  })
}

export interface Refusing {
  /** a user namespace by itself could be made */
  alone: boolean
  apparmor: string | null
  clone: string | null
  most: string | null
  seccomp: string
}

/** The likely cause of a refusal, from the settings that cause one, else what was said. */
export function refusalOf(said: string, { alone, apparmor, clone, most, seccomp }: Refusing): string {
  const refuses = 'This Linux refuses user namespaces to ordinary users'
  if (/ENOENT|not found/.test(said)) return 'The program unshare is missing. Install the package util-linux.'
  if (most === '0') {
    return `${refuses}: the setting user.max_user_namespaces is 0. Whoever looks after the machine can raise it.`
  }
  if (/no space left/i.test(said)) {
    return 'The kernel’s limit on namespaces is reached. Its message speaks of space, but the disk is fine. End other sandboxes, or raise user.max_user_namespaces.'
  }
  if (clone === '0') {
    return `${refuses}: the setting kernel.unprivileged_userns_clone is 0. Whoever looks after the machine can set it to 1.`
  }
  if (apparmor === '1') {
    return `${refuses}: AppArmor restricts them (kernel.apparmor_restrict_unprivileged_userns). Ask for a profile that allows them, or use root on a lab machine.`
  }
  if (seccomp !== '0') {
    return `${refuses}: Interlock itself runs in a sandbox or container that filters system calls. Start it outside of it.`
  }
  if (alone) return `A user namespace can be made here, but not all others in it: ${said}`
  return `${refuses}: ${said}`
}

const versionFlag: Readonly<Record<string, string>> = {
  ip: '-V',
  capsh: '--help',
  strace: '-V',
  busybox: '--help',
  ping: '-V',
}
/** Programs that are looked for. */
export const wanted = [
  ...['unshare', 'nsenter', 'lsns', 'ipcs', 'ipcmk', 'ipcrm', 'mount', 'umount', 'pivot_root', 'setpriv', 'hostname'],
  ...['pgrep', 'timeout', 'su'],
  ...['ip', 'ping', 'busybox', 'runc', 'strace', 'python3', 'capsh', 'newuidmap', 'newgidmap', 'taskset', 'ps', 'cc'],
]
/** These take a word that is not an option for what they should do, or have no version. */
const silent = new Set(['pivot_root', 'newuidmap', 'newgidmap', 'hostname', 'capsh', 'busybox'])

/** Programs that were found, with their version where they tell one. */
export async function versionsOfTools(): Promise<Record<string, string>> {
  const found = await Promise.all(
    wanted.map(async (name): Promise<[string, string] | null> => {
      const there = await attempt('sh', ['-c', `command -v "$1"`, 'sh', name])
      if (!there.ok) return null
      if (silent.has(name)) return [name, '']
      const { said } = await attempt(name, [versionFlag[name] ?? '--version'])
      return [name, /\d+(\.\d+)+[\w.-]*/.exec(said)?.[0] ?? '']
    }),
  )
  return Object.fromEntries(found.filter((one) => one !== null))
}

/** Whether two layers can be mounted over each other: by root here, by others in namespaces of their own. */
export async function triedOverlay(namespaces: boolean): Promise<boolean> {
  const root = process.getuid?.() === 0
  if (!root && !namespaces) return false
  const folder = mkdtempSync(join(tmpdir(), 'interlock-overlay-'))
  try {
    for (const name of ['lower', 'upper', 'work', 'both']) mkdirSync(join(folder, name))
    const at = (name: string): string => join(folder, name)
    const layers = `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')}`
    const user = root ? [] : ['--user', '--map-root-user']
    const command = ['mount', '-t', 'overlay', 'overlay', '-o', layers, at('both')]
    return (await attempt('unshare', [...user, '--mount', ...command])).ok
  } finally {
    // The kernel leaves a folder without any rights in the work folder.
    await attempt('chmod', ['-R', 'u+rwx', folder])
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

/**
 * Hierarchies in which a group can be made and a process of ours be put into it, each with the highest place where that
 * can be done; and the controllers that the unified one offers there.
 */
export async function triedGroups(
  proc: Proc,
  hierarchies: readonly Hierarchy[],
  cgroup: string,
): Promise<{ writable: Record<string, string>; controllers: string[] }> {
  const own = cgroupsOf(cgroup)
  const tried = await Promise.all(
    hierarchies.map(async (hierarchy): Promise<[string, string] | null> => {
      const prepared = labGroups(proc, hierarchy).filter((path) => path.split('/').length === 2)
      const above = ancestors(own[hierarchy.key] ?? '/')
      for (const path of [...above, ...prepared]) {
        const folder = folderOf(hierarchy, path)
        if (folder !== null && (await triedGroup(folder))) return [hierarchy.key, folder]
      }
      return null
    }),
  )
  const writable = Object.fromEntries(tried.filter((one) => one !== null))
  const unified = writable['']
  const controllers = (unified === undefined ? '' : (proc.short(`${unified}/cgroup.controllers`) ?? '')).trim()
  return { writable, controllers: controllers.split(' ').filter(Boolean) }
}

/** A path and all above it, the highest first. */
function ancestors(path: string): string[] {
  const parts = path.split('/').filter(Boolean)
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)]
}

async function triedGroup(parent: string): Promise<boolean> {
  const folder = join(parent, `interlock-probe-${process.pid}`)
  try {
    mkdirSync(folder)
  } catch {
    return false
  }
  try {
    // A group of cpuset takes nobody before it has CPUs and memory.
    const command = `for f in cpus mems; do [ -w "$1/cpuset.$f" ] && cat "$1/../cpuset.$f" > "$1/cpuset.$f"; done 2>/dev/null; echo $$ > "$1/cgroup.procs"`
    return (await attempt('sh', ['-c', command, 'sh', folder])).ok
  } finally {
    await removeGroup(folder)
  }
}

/** Removes a group; the kernel may count a process that has ended for a moment longer. @returns whether it is gone */
export async function removeGroup(folder: string): Promise<boolean> {
  for (let round = 0; round < 100; round += 1) {
    try {
      rmdirSync(folder)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return true
      if (code !== 'EBUSY') return false
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  return false
}
