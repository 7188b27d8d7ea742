// Mounts of each mount namespace as their difference to the host's. Pure.
import type { KernelSample, MountSample } from '@contract/kernel.ts'
import { type Names, type Seat, seatOf } from './names.ts'

export interface MountRow {
  mount: MountSample
  changed: boolean
}

export interface MountsOf {
  inode: number
  seat: Seat
  members: readonly number[]
  /** what is mounted here and not on the host, by where it is seen */
  added: readonly MountRow[]
  /** what the host has and this namespace does not */
  missing: readonly MountSample[]
  /** how many are the same on both sides */
  same: number
  /** what `/` is here when it is not the host's; null when it is */
  root: MountSample | null
}

/** Ids of mounts differ in every namespace, so a mount is the same when it shows the same folder at the same place. */
const signOf = ({ root, point, type, source }: MountSample): string => [point, root, type, source].join('\n')

/** The mount that is seen at `/`: of several on top of each other the last one. */
const rootOf = (mounts: readonly MountSample[]): MountSample | undefined =>
  mounts.filter(({ point }) => point === '/').at(-1)

/** `null` when the host's own mounts are not among what was sampled: then there is nothing to compare with. */
export function mountsOf(sample: KernelSample, names: Names, before: KernelSample | null): MountsOf[] | null {
  const host = sample.host.namespaces.mnt
  const outside = typeof host === 'number' ? sample.mounts[host] : undefined
  if (outside === undefined) return null
  const hosts = Object.values(outside)
  const processes = Object.values(sample.processes)
  return Object.entries(sample.mounts)
    .map(([inode, mounts]) => ({ inode: Number(inode), mounts: Object.values(mounts) }))
    .filter(({ inode }) => inode !== host)
    .map(({ inode, mounts }) => {
      const added = without(mounts, hosts)
      const [root, theirs] = [rootOf(mounts), rootOf(hosts)]
      const old = before?.mounts[inode]
      return {
        inode,
        seat: seatOf('mnt', inode, names),
        members: processes.filter(({ namespaces }) => namespaces.mnt === inode).map(({ pid }) => pid),
        added: added
          .toSorted((one, other) => (one.point < other.point ? -1 : 1))
          .map((mount) => ({ mount, changed: old !== undefined && old[mount.id] === undefined })),
        missing: without(hosts, mounts).toSorted((one, other) => (one.point < other.point ? -1 : 1)),
        same: mounts.length - added.length,
        root: root === undefined || (theirs !== undefined && signOf(root) === signOf(theirs)) ? null : root,
      }
    })
}

/** What is in the first list and not in the second, each as often as it is there more. */
function without(mounts: readonly MountSample[], others: readonly MountSample[]): MountSample[] {
  const left = new Map<string, number>()
  for (const mount of others) left.set(signOf(mount), (left.get(signOf(mount)) ?? 0) + 1)
  return mounts.filter((mount) => {
    const count = left.get(signOf(mount)) ?? 0
    left.set(signOf(mount), count - 1)
    return count <= 0
  })
}
