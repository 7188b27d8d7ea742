// Samples made by hand, as a kernel could say them: a shell on the host, and what a test adds to it.
import type { KernelSample, MountSample, ProcessSample } from '@contract/kernel.ts'

export const HOST = { cgroup: 1, ipc: 2, mnt: 3, net: 4, pid: 5, time: 6, user: 7, uts: 8 } as const

export function process(pid: number, parent: number, more: Partial<ProcessSample> = {}): ProcessSample {
  return {
    pid,
    start: pid * 10,
    parent,
    name: 'bash',
    command: 'bash',
    state: 'S',
    cpu: 0,
    pids: [pid],
    uids: [1000, 1000, 1000, 1000],
    gids: [1000, 1000, 1000, 1000],
    namespaces: HOST,
    uidMap: [{ inside: 0, outside: 0, count: 4_294_967_295 }],
    gidMap: [{ inside: 0, outside: 0, count: 4_294_967_295 }],
    capabilities: { effective: '0', permitted: '0', inheritable: '0', bounding: '1ffffffffff', ambient: '0' },
    noNewPrivileges: false,
    seccomp: 0,
    signals: { caught: '0', ignored: '0', blocked: '0' },
    cgroups: { '': '/' },
    ...more,
  }
}

export function sample(processes: readonly ProcessSample[], more: Partial<KernelSample> = {}): KernelSample {
  return {
    time: 0,
    host: { namespaces: HOST, hostname: 'machine', uid: 1000 },
    shell: processes[0]?.pid ?? 0,
    processes: Object.fromEntries(processes.map((one) => [String(one.pid), one])),
    mounts: {},
    networks: {},
    hostnames: {},
    queues: {},
    cgroups: {},
    relations: {},
    files: {},
    ...more,
  }
}

export const mount = (id: number, point: string, more: Partial<MountSample> = {}): MountSample => ({
  id,
  parent: 1,
  root: '/',
  point,
  type: 'ext4',
  source: '/dev/vda1',
  options: 'rw',
  propagation: [],
  ...more,
})

export const byId = (mounts: readonly MountSample[]): Record<string, MountSample> =>
  Object.fromEntries(mounts.map((one) => [String(one.id), one]))
