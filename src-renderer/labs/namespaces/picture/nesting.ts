// Namespaces in each other: user namespaces with what they own, PID namespaces by their parents. Pure.
import { type KernelSample, type NamespaceType, namespaceTypes } from '@contract/kernel.ts'
import { type Names, type Seat, keyOf, namespacesIn, seatOf } from './names.ts'

export interface Nest {
  key: string
  seat: Seat
  inode: number
  /** pids of the processes in it */
  members: readonly number[]
  children: readonly Nest[]
  /** namespaces of other types that belong to it; user namespaces only */
  owned: readonly Nest[]
}

export interface Nests {
  user: readonly Nest[]
  pid: readonly Nest[]
  /** namespaces whose owner is not known */
  others: readonly Nest[]
  /** the kernel was asked for parents and owners in this sample */
  asked: boolean
}

/** The parent of each PID namespace as the processes show it: a process one level up among the ancestors of a member. */
export function pidParents(sample: KernelSample): Map<number, number> {
  const found = new Map<number, number>()
  for (const process of Object.values(sample.processes)) {
    const own = process.namespaces.pid
    if (typeof own !== 'number' || found.has(own)) continue
    let above = sample.processes[process.parent]
    for (let steps = 0; above !== undefined && steps < 1000; steps += 1) {
      const other = above.namespaces.pid
      if (typeof other === 'number' && other !== own && above.pids.length === process.pids.length - 1) {
        found.set(own, other)
        break
      }
      above = above.parent === above.pid ? undefined : sample.processes[above.parent]
    }
  }
  return found
}

export function nestsOf(sample: KernelSample, names: Names): Nests {
  const found = namespacesIn(sample)
  const fromTree = pidParents(sample)
  const parentOf = (type: NamespaceType, inode: number): number | undefined => {
    const said = sample.relations[keyOf(type, inode)]?.parent
    if (typeof said === 'number') return said
    return type === 'pid' ? fromTree.get(inode) : undefined
  }
  const members = (type: NamespaceType, inode: number): number[] =>
    Object.values(sample.processes)
      .filter(({ namespaces }) => namespaces[type] === inode)
      .map(({ pid }) => pid)
  const nest = (type: NamespaceType, inode: number, path: readonly number[]): Nest => ({
    key: keyOf(type, inode),
    seat: seatOf(type, inode, names),
    inode,
    members: members(type, inode),
    children: [...(found.get(type) ?? [])]
      .filter((other) => other !== inode && !path.includes(other) && parentOf(type, other) === inode)
      .map((other) => nest(type, other, [...path, inode])),
    owned: type === 'user' ? ownedBy(inode) : [],
  })
  const leaf = (type: NamespaceType, inode: number): Nest => ({
    key: keyOf(type, inode),
    seat: seatOf(type, inode, names),
    inode,
    members: members(type, inode),
    children: [],
    owned: [],
  })
  const owns = (type: NamespaceType, inode: number): number | undefined => {
    const owner = sample.relations[keyOf(type, inode)]?.owner
    return typeof owner === 'number' && found.get('user')?.has(owner) === true ? owner : undefined
  }
  const ownable = namespaceTypes.filter((type) => type !== 'user')
  const ownedBy = (user: number): Nest[] =>
    ownable.flatMap((type) =>
      [...(found.get(type) ?? [])].filter((inode) => owns(type, inode) === user).map((inode) => leaf(type, inode)),
    )
  const roots = (type: NamespaceType): Nest[] =>
    [...(found.get(type) ?? [])]
      .filter((inode) => {
        const parent = parentOf(type, inode)
        return parent === undefined || found.get(type)?.has(parent) !== true
      })
      .map((inode) => nest(type, inode, []))
  return {
    user: roots('user'),
    pid: roots('pid'),
    others: ownable
      .filter((type) => type !== 'pid')
      .flatMap((type) =>
        [...(found.get(type) ?? [])]
          .filter((inode) => owns(type, inode) === undefined)
          .map((inode) => leaf(type, inode)),
      ),
    asked: Object.keys(sample.relations).length > 0,
  }
}
