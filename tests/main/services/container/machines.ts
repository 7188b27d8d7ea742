// Machines as facts, for plans that are looked at and not run.
import type { MachineFacts } from '../../../../src-main/contract/kernel.ts'
import type { Surroundings } from '../../../../src-main/services/container/settle.ts'

const tools = ['unshare', 'setpriv', 'mount', 'umount', 'pivot_root', 'hostname', 'ip', 'busybox', 'runc']

/** A machine of root with control groups of both versions, as lab machines have them. */
export const rootMachine: MachineFacts = {
  platform: 'linux',
  kernel: '6.1.0',
  uid: 0,
  cores: 2,
  memory: 8 * 1024 ** 3,
  swap: 0,
  types: ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'],
  userNamespaces: null,
  cgroups: 'hybrid',
  controllers: [],
  writable: {
    memory: '/sys/fs/cgroup/memory',
    'cpu,cpuacct': '/sys/fs/cgroup/cpu,cpuacct',
    pids: '/sys/fs/cgroup/pids',
    '': '/sys/fs/cgroup/unified',
  },
  tools: Object.fromEntries(tools.map((name) => [name, ''])),
  overlay: true,
}

export const v2Machine: MachineFacts = {
  ...rootMachine,
  cgroups: 'v2',
  controllers: ['memory', 'cpu', 'pids'],
  writable: { '': '/sys/fs/cgroup' },
}

export const userMachine: MachineFacts = { ...rootMachine, uid: 1000, writable: {} }

export const surroundings: Surroundings = { gid: 1000, folders: ['etc', 'usr'], refusal: null }

export function lacking(facts: MachineFacts, ...names: string[]): MachineFacts {
  return { ...facts, tools: Object.fromEntries(Object.entries(facts.tools).filter(([name]) => !names.includes(name))) }
}
