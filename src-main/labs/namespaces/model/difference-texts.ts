// English sentences of what changed between two samples.
import type { NamespaceType } from '../../../contract/kernel.ts'

const kinds: Readonly<Record<NamespaceType, string>> = {
  cgroup: 'cgroup',
  ipc: 'IPC',
  mnt: 'mount',
  net: 'network',
  pid: 'PID',
  time: 'time',
  user: 'user',
  uts: 'UTS',
}
const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
const spaces = (types: readonly NamespaceType[]): string =>
  `${list(types.map((type) => kinds[type]))} namespace${types.length === 1 ? '' : 's'}`

export const says = {
  started: (who: string, into: readonly NamespaceType[], first: boolean) => {
    if (into.length === 0) return `${who} started.`
    const own = `${into.length === 1 ? 'a ' : ''}${spaces(into)} of its own`
    return `${who} started in ${own}${first ? ', where it is number 1' : ''}.`
  },
  manyStarted: (count: number, some: readonly string[]) => `${count} processes started, among them ${list(some)}.`,
  ended: (who: readonly string[]) => `${list(who)} ended.`,
  manyEnded: (count: number, some: readonly string[]) => `${count} processes ended, among them ${list(some)}.`,
  became: (before: string, who: string) => `${before} became ${who}: another program, the same process.`,
  moved: (who: string, types: readonly NamespaceType[], fresh: boolean) => {
    const one = fresh ? 'a new ' : 'another '
    return `${who} is in ${types.length === 1 ? one : fresh ? 'new ' : 'other '}${spaces(types)} now.`
  },
  children: (who: string, type: 'pid' | 'time') =>
    `Children of ${who} will be in a new ${kinds[type]} namespace; it stays where it is itself.`,
  mapped: (who: string, inside: number, outside: number, count: number) =>
    count === 1
      ? `${who} has an id map: uid ${inside} inside is uid ${outside} outside.`
      : `${who} has an id map: ${count} uids from ${inside} inside are those from ${outside} outside.`,
  noPowers: (who: string) => `${who} has no capabilities any more.`,
  powers: (who: string, before: number, now: number) => `${who} has ${now} capabilities now; there were ${before}.`,
  bounding: (who: string, before: number, now: number) =>
    `${who} can get ${now === 0 ? 'no capability' : `${now} capabilities`} at most now; it was ${before}.`,
  locked: (who: string) => `${who} can gain no new privileges any more.`,
  filtered: (who: string) => `${who} runs under a seccomp filter now.`,
  strict: (who: string) => `${who} runs under strict seccomp now.`,
  stopped: (who: string) => `${who} is stopped.`,
  group: (who: string, path: string, hierarchy: string) =>
    `${who} is in the control group ${path} of ${hierarchy} now.`,
  mounted: (type: string, point: string, source: string, where: string) =>
    `${type} from ${source} is mounted on ${point}${where}.`,
  unmounted: (type: string, point: string, where: string) => `The ${type} on ${point}${where} is gone.`,
  manyMounts: (count: number, where: string) => `${count} mounts changed${where}.`,
  inNamespaceOf: (type: NamespaceType, who: string) => `, in the ${kinds[type]} namespace of ${who}`,
  interface: (name: string, where: string) => `The interface ${name} is there${where}.`,
  noInterface: (name: string, where: string) => `The interface ${name} is gone${where}.`,
  up: (name: string, up: boolean, where: string) => `${name} is ${up ? 'up' : 'down'} now${where}.`,
  address: (name: string, address: string, where: string) => `${name} has the address ${address} now${where}.`,
  hostname: (name: string, where: string) => `The host name is ${name} now${where}.`,
  queue: (what: string, where: string) => `${what} is there${where}.`,
  noQueue: (what: string, where: string) => `${what} is gone${where}.`,
  made: (path: string, hierarchy: string) => `The control group ${path} was made in ${hierarchy}.`,
  removed: (path: string, hierarchy: string) => `The control group ${path} of ${hierarchy} is gone.`,
  set: (file: string, path: string, value: string) => `${file} of ${path} is ${value} now.`,
  killed: (path: string, count: number) => `The OOM killer ended a process of ${path}: oom_kill is ${count} now.`,
  throttled: (path: string, count: number) => `${path} was throttled: nr_throttled is ${count} now.`,
  refusedFork: (path: string, count: number) => `A fork in ${path} was refused at its limit: max is ${count} now.`,
  high: (path: string, count: number) => `${path} was slowed down above memory.high: high is ${count} now.`,
  file: (path: string, kind: string, where: string) => `${path} is ${kind} now, ${where}.`,
  onHost: 'seen from the host',
  seenIn: (who: string) => `seen by ${who}`,
  kinds: {
    file: 'a file',
    folder: 'a folder',
    link: 'a link',
    device: 'a device',
    whiteout: 'a whiteout, by which an overlay deletes',
    other: 'something else',
    none: 'not there',
    hidden: 'not to be seen',
  },
  status: (status: number) =>
    status > 128 && status < 193
      ? `A command ended with status ${status}: signal ${status - 128}.`
      : `A command ended with status ${status}.`,
  unified: 'the unified hierarchy',
} as const
