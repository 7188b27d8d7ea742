// What a container is asked to be, read from words and checked. Pure: knows no machine.
import { InterlockError } from '../../contract/errors.ts'
import {
  MAX_CONTAINER_CPUS,
  MAX_CONTAINER_MEMORY,
  MAX_CONTAINER_PROCESSES,
  MAX_FORBIDDEN_CALLS,
  MIN_CONTAINER_MEMORY,
} from '../../contract/limits.ts'
import { didYouMean } from '../../contract/near-names.ts'
import { usual } from '../../formats/oci/defaults.ts'
import { capabilitiesOf, capabilityNames } from './capabilities.ts'
import { texts } from './texts.ts'

export const roots = ['busybox', 'host'] as const
export const networks = ['none', 'loopback', 'veth'] as const

/** Who is root inside: root of the host, the person who starts it, or the first of a range of ids. */
export type Users = { kind: 'none' } | { kind: 'self' } | { kind: 'range'; first: number; count: number }

export interface ContainerOptions {
  root: (typeof roots)[number]
  hostname: string
  /** bytes; null is no limit, as with the next two */
  memory: number | null
  /** CPUs, such as 0.5 */
  cpu: number | null
  /** processes and threads */
  pids: number | null
  users: Users
  network: (typeof networks)[number]
  /** what is kept, in the order of their numbers, without the prefix */
  capabilities: readonly string[]
  /** programs inside may gain rights, as by a setuid bit */
  newPrivileges: boolean
  /** system calls that are refused; needs runc */
  forbidden: readonly string[]
  /** standard input and output are a terminal; only runc has to know */
  terminal: boolean
  /** program and arguments */
  command: readonly string[]
}

/** What the person asked for; the rest is left to Interlock, which may do without it where it is not possible. */
export type Wishes = Partial<ContainerOptions>

export const usualOptions: ContainerOptions = {
  root: 'busybox',
  hostname: 'interlock',
  memory: 512 * 1024 * 1024,
  cpu: null,
  pids: 256,
  users: { kind: 'none' },
  network: 'loopback',
  capabilities: capabilityNames.filter((name) => usual.includes(name)),
  newPrivileges: false,
  forbidden: [],
  terminal: false,
  command: ['sh'],
}

/** The options as words, as they stand on a command line; null where one is not given. */
export interface Words {
  root?: string | null
  hostname?: string | null
  memory?: string | null
  cpu?: string | null
  pids?: string | null
  users?: string | null
  network?: string | null
  keep?: string | null
  forbid?: string | null
  newPrivileges?: boolean
  command?: readonly string[]
}

/** @throws InterlockError `bad-input` with the remedy */
export function wishesOf(words: Words): Wishes {
  const { root, hostname, memory, cpu, pids, users, network, keep, forbid, newPrivileges, command = [] } = words
  const given = <T>(text: string | null | undefined, read: (text: string) => T): T | undefined =>
    text === null || text === undefined ? undefined : read(text)
  const wishes = {
    root: given(root, (text) => oneOf('--root', text, roots)),
    hostname: given(hostname, hostnameOf),
    memory: given(memory, memoryOf),
    cpu: given(cpu, cpuOf),
    pids: given(pids, pidsOf),
    users: given(users, usersOf),
    network: given(network, (text) => oneOf('--network', text, networks)),
    capabilities: given(keep, capabilitiesOf),
    forbidden: given(forbid, callsOf),
    newPrivileges: newPrivileges === true ? true : undefined,
    command: command.length === 0 ? undefined : commandOf(command),
  }
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Wishes
}

const refuse = (sentence: string): never => {
  throw new InterlockError('bad-input', sentence)
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  return known.find((one) => one === text) ?? refuse(texts.bad.choice(option, text, known, didYouMean(text, known)))
}

function hostnameOf(text: string): string {
  const good = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(text)
  return good ? text : refuse(texts.bad.hostname(text))
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

function memoryOf(text: string): number | null {
  if (text === 'none') return null
  const [, digits = '', unit = ''] = /^(\d{1,13}(?:\.\d{1,3})?)([kmg]?)(?:i?b)?$/i.exec(text) ?? []
  const bytes = digits === '' ? 0 : Math.floor(Number(digits) * (units[unit.toLowerCase()] ?? 1))
  return bytes >= MIN_CONTAINER_MEMORY && bytes <= MAX_CONTAINER_MEMORY ? bytes : refuse(texts.bad.memory(text))
}

function cpuOf(text: string): number | null {
  if (text === 'none') return null
  const cpus = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0
  // The kernel takes no quota below a millisecond in a period of a tenth of a second.
  return cpus >= 0.01 && cpus <= MAX_CONTAINER_CPUS ? cpus : refuse(texts.bad.cpu(text))
}

function pidsOf(text: string): number | null {
  if (text === 'none') return null
  const most = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return most >= 1 && most <= MAX_CONTAINER_PROCESSES ? most : refuse(texts.bad.pids(text))
}

/** Ids are 32 bits, and the last one means "none". */
const MAX_ID = 4_294_967_294

function usersOf(text: string): Users {
  if (text === 'none' || text === 'self') return { kind: text }
  const [, first, count] = /^(\d{1,10}):(\d{1,10})$/.exec(text) ?? []
  const range = { kind: 'range', first: Number(first), count: Number(count) } as const
  const fits = range.first >= 1 && range.count >= 1 && range.first + range.count - 1 <= MAX_ID
  return fits ? range : refuse(texts.bad.users(text))
}

function callsOf(text: string): string[] {
  const calls = [...new Set(text.split(',').map((name) => name.trim()))]
  const wrong = calls.find((name) => !/^[a-z][a-z0-9_]{0,40}$/.test(name))
  if (wrong !== undefined) return refuse(texts.bad.call(wrong))
  return calls.length <= MAX_FORBIDDEN_CALLS ? calls : refuse(texts.bad.calls(MAX_FORBIDDEN_CALLS))
}

function commandOf(command: readonly string[]): readonly string[] {
  return command.some((word) => word.includes('\0')) || command[0] === '' ? refuse(texts.bad.command) : command
}
