// What namespaces are called in the picture: the host's is "host", each other one gets a letter of its type in the order
// in which it was first seen. Pure. Knows samples only.
import { HIDDEN, type KernelSample, type NamespaceType, namespaceTypes } from '@contract/kernel.ts'

export type Inode = number | typeof HIDDEN

/** One namespace as a process is in it. */
export interface Seat {
  kind: 'host' | 'own' | 'hidden' | 'unknown'
  type: NamespaceType
  /** `type:inode`; empty where it is not known */
  key: string
  /** empty for the host's and where it is not known */
  letter: string
  /** 1 to 6 for letters in turn, 0 for all others */
  tint: number
}

export const TINTS = 6

/** By `type:inode`: 0 for the host's, else the number of its letter. */
export type Names = ReadonlyMap<string, number>

export const keyOf = (type: NamespaceType, inode: number): string => `${type}:${inode}`

/** A, B, … Z, AA, AB, … for 1, 2, … */
export function letterOf(number: number): string {
  let letters = ''
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** Every namespace that a sample knows of, by type, those of processes in the order of their pids. */
export function namespacesIn(sample: KernelSample): Map<NamespaceType, Set<number>> {
  const found = new Map<NamespaceType, Set<number>>(namespaceTypes.map((type) => [type, new Set<number>()]))
  const note = (type: NamespaceType, inode: Inode | undefined): void => {
    if (typeof inode === 'number') found.get(type)?.add(inode)
  }
  const processes = Object.values(sample.processes).sort((one, other) => one.pid - other.pid)
  for (const process of processes) {
    for (const type of namespaceTypes) note(type, process.namespaces[type])
    note('pid', process.forChildren?.pid)
    note('time', process.forChildren?.time)
  }
  const keyed = [
    ['mnt', sample.mounts],
    ['net', sample.networks],
    ['uts', sample.hostnames],
    ['ipc', sample.queues],
  ] as const
  for (const [type, known] of keyed) for (const inode of Object.keys(known)) note(type, Number(inode))
  for (const key of Object.keys(sample.relations)) {
    const [type, inode] = key.split(':')
    const known = namespaceTypes.find((one) => one === type)
    if (known !== undefined) note(known, Number(inode))
  }
  return found
}

/**
 * Names over the samples of one run, as they come. A number of an inode that was free in between names another
 * namespace, so it gets another letter.
 */
export class Naming {
  readonly #names: Names[] = []
  readonly #next = new Map<NamespaceType, number>()

  get length(): number {
    return this.#names.length
  }

  add(sample: KernelSample): Names {
    const before = this.#names.at(-1)
    const names = new Map<string, number>()
    for (const [type, inodes] of namespacesIn(sample)) {
      const host = sample.host.namespaces[type]
      if (typeof host === 'number') names.set(keyOf(type, host), 0)
      for (const inode of inodes) {
        const key = keyOf(type, inode)
        if (inode === host) continue
        const known = before?.get(key)
        if (known !== undefined && known > 0) names.set(key, known)
        else {
          const number = (this.#next.get(type) ?? 0) + 1
          this.#next.set(type, number)
          names.set(key, number)
        }
      }
    }
    this.#names.push(names)
    return names
  }

  at(index: number): Names {
    return this.#names[index] ?? new Map<string, number>()
  }
}

/** How a namespace is shown. An inode without a name was not seen in the sample that the names are of. */
export function seatOf(type: NamespaceType, inode: Inode | undefined, names: Names): Seat {
  if (inode === HIDDEN) return { kind: 'hidden', type, key: '', letter: '', tint: 0 }
  const key = inode === undefined ? '' : keyOf(type, inode)
  const number = names.get(key)
  if (number === undefined) return { kind: 'unknown', type, key, letter: '', tint: 0 }
  if (number === 0) return { kind: 'host', type, key, letter: '', tint: 0 }
  return { kind: 'own', type, key, letter: letterOf(number), tint: ((number - 1) % TINTS) + 1 }
}
