// What the kernel says about a container's first process, read from outside, whoever made the container. The oracle of
// the tests: it knows nothing of plans and scripts.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Evidence {
  /** its number inside */
  pid: number
  name: string
  /** types of namespaces that are others than ours */
  own: string[]
  hostname: string
  bounding: string
  effective: string
  noNewPrivileges: number
  seccomp: number
  uidMap: string
  gidMap: string
  setgroups: string
  interfaces: string[]
  /** type of the file system at `/`; how many lines of mountinfo are for `/` */
  root: { type: string; lines: number }
  mounts: Map<string, { type: string; options: string[] }>
  /** of the group it is in, by controller */
  limits: { memory: string | null; pids: string | null; quota: string | null }
}

const read = (path: string): string => readFileSync(path, 'utf8').trim()
const line = (text: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? ''

/** @param pid as seen from here */
export function evidenceOf(pid: number): Evidence {
  const at = (file: string): string => `/proc/${pid}/${file}`
  const status = read(at('status'))
  const numbers = line(status, 'NSpid').split(/\s+/)
  const types = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts']
  const mounts = read(at('mountinfo'))
    .split('\n')
    .map((text) => {
      const [left = '', right = ''] = text.split(' - ')
      const [, , , , point = '', options = ''] = left.split(' ')
      return { point, options: options.split(','), type: right.split(' ')[0] ?? '' }
    })
  const roots = mounts.filter(({ point }) => point === '/')
  return {
    pid: numbers.length > 1 ? Number(numbers.at(-1)) : 0,
    name: read(at('comm')),
    own: types.filter((type) => readlinkSync(at(`ns/${type}`)) !== readlinkSync(`/proc/self/ns/${type}`)),
    hostname: hostnameOf(pid),
    bounding: line(status, 'CapBnd'),
    effective: line(status, 'CapEff'),
    noNewPrivileges: Number(line(status, 'NoNewPrivs')),
    seccomp: Number(line(status, 'Seccomp')),
    uidMap: read(at('uid_map')).replace(/ +/g, ' '),
    gidMap: read(at('gid_map')).replace(/ +/g, ' '),
    setgroups: read(at('setgroups')),
    interfaces: [...read(at('net/dev')).matchAll(/^ *([^ :]+):/gm)].map(([, name]) => name ?? ''),
    root: { type: roots.at(-1)?.type ?? '', lines: roots.length },
    mounts: new Map(mounts.map(({ point, type, options }) => [point, { type, options }])),
    limits: limitsOf(read(at('cgroup'))),
  }
}

/** Seen by entering its namespaces; one's own user namespace cannot be entered again. */
function hostnameOf(pid: number): string {
  const same = readlinkSync(`/proc/${pid}/ns/user`) === readlinkSync('/proc/self/ns/user')
  const enter = same ? ['--uts'] : ['--user', '--uts', '--preserve-credentials']
  return execFileSync('nsenter', ['--target', String(pid), ...enter, 'hostname'], { encoding: 'utf8' }).trim()
}

/** What a file of its group says: the group of a controller of version 1, or the one of version 2. */
function limitsOf(cgroup: string): Evidence['limits'] {
  const limit = (controller: string, one: string, two: string): string | null => {
    const lines = cgroup.split('\n').map((text) => text.split(':'))
    const own = lines.find(([, controllers]) => controllers?.split(',').includes(controller))
    const unified = lines.find(([number]) => number === '0')?.[2] ?? ''
    const folder = own === undefined ? `/sys/fs/cgroup${unified}` : `/sys/fs/cgroup/${own[1] ?? ''}${own[2] ?? ''}`
    const file = `${folder}/${own === undefined ? two : one}`
    return existsSync(file) ? read(file) : null
  }
  return {
    memory: limit('memory', 'memory.limit_in_bytes', 'memory.max'),
    pids: limit('pids', 'pids.max', 'pids.max'),
    quota: limit('cpu', 'cpu.cfs_quota_us', 'cpu.max')?.split(' ')[0] ?? null,
  }
}

/** Whether it still does anything; one that is dead and only waits to be collected does not. */
export function lives(pid: number): boolean {
  try {
    return !line(read(`/proc/${pid}/status`), 'State').startsWith('Z')
  } catch {
    return false
  }
}

/** The first process of a container below a process of ours: the one that is 1 in a namespace of its own. */
export function firstBelow(ancestor: number): number | null {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // ended meanwhile
    }
  }
  const below = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === ancestor || below(parent))
  }
  for (const pid of parents.keys()) {
    if (!below(pid)) continue
    try {
      const numbers = line(readFileSync(`/proc/${pid}/status`, 'utf8'), 'NSpid').split(/\s+/)
      if (numbers.length > 1 && numbers.at(-1) === '1') return pid
    } catch {
      // ended meanwhile
    }
  }
  return null
}
