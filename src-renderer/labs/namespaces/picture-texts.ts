// Words of the picture of the namespaces lab: the six views of what the kernel says at one moment.
import type { NamespaceType } from '@contract/kernel.ts'
import type { Seat } from './picture/names.ts'

const types: Readonly<Record<NamespaceType, string>> = {
  pid: 'PID',
  user: 'user',
  mnt: 'mount',
  net: 'network',
  uts: 'host name (UTS)',
  ipc: 'IPC',
  cgroup: 'control group',
  time: 'time',
}

const count = (number: number, one: string, many: string): string => (number === 1 ? `1 ${one}` : `${number} ${many}`)

const seat = ({ kind, type, letter }: Seat): string => {
  if (kind === 'host') return `${types[type]} namespace of the host`
  if (kind === 'own') return `${types[type]} namespace ${letter}`
  return kind === 'hidden' ? `${types[type]} namespace: not permitted to see` : `${types[type]} namespace: not known`
}

const bytes = (amount: number): string => {
  if (amount < 1024) return `${amount} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let [value, unit] = [amount / 1024, 0]
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1]
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`
}

export const pictureTexts = {
  label: 'What the kernel says',
  tabs: {
    matrix: 'Processes',
    nesting: 'Nesting',
    groups: 'Control groups',
    mounts: 'Mounts',
    network: 'Network',
    identity: 'Identity',
  },
  types,
  seat,
  host: 'host',
  hidden: 'not permitted to see',
  members: (pids: readonly number[]) =>
    pids.length === 0 ? 'no process of this terminal' : count(pids.length, 'process', 'processes'),
  pid: (pid: number) => `pid ${pid}`,
  changed: 'changed',
  bytes,

  matrix: {
    label: 'Processes and their namespaces',
    process: 'Process',
    outside: 'pid',
    outsideLong: 'Process id on the host',
    inside: 'inside',
    insideLong: 'Process ids in the namespaces further in, the innermost last',
    column: (type: NamespaceType) => `${types[type]} namespace`,
    children: (where: string) => `its children: ${where}`,
    unborn: 'its children: another namespace, in which there is no process yet',
    unlisted: (number: number) => `${count(number, 'further process is', 'further processes are')} not in the sample.`,
    legend: 'A column is a type of namespace. The same letter in it means the same namespace.',
    hint: 'Point at a letter, or go there with the arrow keys, to see who shares it. Enter shows who the process is.',
    shares: (where: Seat, inode: string, names: readonly string[]) =>
      `${seat(where)}${inode === '' ? '' : ` (${inode})`}: ${names.length === 0 ? 'no process of this terminal is in it' : names.join(', ')}.`,
    more: (names: number) => `and ${names} more`,
    left: (number: number) =>
      `${count(number, 'further process is', 'further processes are')} not drawn. End some to see the rest.`,
    zombie: 'has ended, its parent has not asked',
    fresh: 'new',
  },

  nesting: {
    user: 'User namespaces and what they own',
    userWhy: 'Whoever has capabilities in a user namespace has them over the namespaces it owns.',
    pid: 'PID namespaces in each other',
    pidWhy: 'A process is seen in its own namespace and in all around it, with a number in each.',
    others: 'Owner not known',
    unasked: 'Parents and owners of user namespaces have not been asked at this moment.',
    ask: 'Ask now',
    owned: 'owns',
    empty: 'none',
  },

  groups: {
    version: (unified: boolean, id: string) => (unified ? 'Version 2, one tree for all' : `Version 1: ${id}`),
    both: 'This machine has both versions: each controller belongs to one of them.',
    dull: (number: number) => `${count(number, 'hierarchy', 'hierarchies')} in which all processes share one group`,
    none: 'No control group is seen here.',
    root: 'top',
    members: (names: readonly string[]) => names.join(', '),
    meters: { memory: 'Memory', cpu: 'CPU', processes: 'Processes' },
    of: (used: string, limit: string) => `${used} of ${limit}`,
    unlimited: (used: string) => `${used}, no limit`,
    unused: (limit: string) => `limit ${limit}`,
    cpus: (amount: number) => `${amount.toFixed(2)} CPU`,
    fact: {
      peak: (amount: string) => `at most so far ${amount}`,
      high: (amount: string) => `slowed down from ${amount}`,
      weight: (value: number) => `weight ${value}`,
      shares: (value: number) => `shares ${value}`,
      throttled: (periods: number, of: number, seconds: number) =>
        `stopped in ${periods} of ${of} periods, ${seconds.toFixed(1)} s in all`,
      frozen: 'frozen',
      waiting: 'at its limit: processes wait for memory',
      gives: (controllers: string) => `gives its children: ${controllers}`,
      type: (value: string) => `type: ${value}`,
    },
    alarm: {
      'oom-kills': (number: number) => `${count(number, 'process was', 'processes were')} ended for want of memory`,
      'memory-hits': (number: number) => `met its memory limit ${count(number, 'time', 'times')}`,
      'fork-refusals': (number: number) => `refused ${count(number, 'new process', 'new processes')}`,
    },
  },

  mounts: {
    none: 'All processes of this terminal see the mounts of the host.',
    unknown: 'The mounts of the host could not be read, so there is nothing to compare with.',
    root: (type: string, source: string) => `/ is another one here: ${type} from ${source}`,
    added: 'Mounted here and not on the host',
    missing: 'On the host and not here',
    same: (number: number) => `${count(number, 'mount is', 'mounts are')} the same as on the host.`,
    point: 'Where',
    type: 'Type',
    source: 'From',
    spread: 'Spread',
    private: 'private',
    more: (number: number) => `and ${number} more`,
    nothing: 'nothing',
  },

  network: {
    none: 'No network namespace is seen here.',
    up: 'up',
    down: 'down',
    hidden: 'not permitted to see whether it is up',
    unasked: 'not asked yet',
    address: 'no address',
    cable: (name: string, where: string) => `cable to ${name}, ${where}`,
    away: 'its other end is in a namespace that is not seen here',
    counters: (received: number, sent: number) => `in ${received}, out ${sent}`,
    countersLong: (received: number, sent: number) => `${count(received, 'packet', 'packets')} received, ${sent} sent`,
    more: (number: number) => `${count(number, 'further interface', 'further interfaces')}`,
    nobody: 'No process of this terminal is in it.',
  },

  identity: {
    choose: 'Process',
    option: (name: string, pid: number) => `${name} (${pid})`,
    who: 'Who am I',
    inside: 'Inside',
    outside: 'Outside',
    uid: 'user',
    gid: 'group',
    nobody: '65534, nobody: not mapped',
    root: '0, root',
    uidMap: 'Map of users',
    gidMap: 'Map of groups',
    unmapped: 'Nothing is mapped yet, so everybody is nobody (65534) inside.',
    whole: 'Every id is itself, as on the host.',
    range: (inside: number, outside: number, length: number) =>
      length === 1
        ? `${inside} inside is ${outside} outside`
        : `${inside} to ${inside + length - 1} inside are ${outside} to ${outside + length - 1} outside`,
    setgroups: (value: string) => `setgroups: ${value}`,
    may: 'What it may do',
    effective: 'Capabilities in effect',
    bounding: 'Capabilities it could ever get',
    ambient: 'Handed on to programs it starts',
    all: (number: number) => `all ${number}`,
    noneOf: 'none',
    noNewPrivileges: 'No new privileges',
    yes: 'yes: no program it starts can gain rights',
    no: 'no',
    seccomp: 'Seccomp',
    modes: ['none', 'strict: only read, write, exit and return', 'filter'] as readonly string[],
    filters: (mode: string, number: number) => `${mode}, ${count(number, 'program', 'programs')}`,
    signals: 'Signals it handles',
    program: 'Program',
    state: 'State',
    waits: (where: string) => `waits in ${where}`,
    states: {
      R: 'running',
      S: 'sleeping',
      D: 'waiting, cannot be interrupted',
      T: 'stopped',
      t: 'stopped by a debugger',
      Z: 'ended, not yet asked for by its parent',
      I: 'idle',
    } as Readonly<Record<string, string>>,
  },
}
