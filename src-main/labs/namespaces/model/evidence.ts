// What conditions ask of samples, in the terms of the field. A namespace is compared within one sample only, since its
// number means nothing later; "hidden" is neither the host's nor another one.
import {
  HIDDEN,
  type KernelSample,
  type MountSample,
  type NamespaceType,
  type ProcessSample,
} from '../../../contract/kernel.ts'

export const lastOf = (samples: readonly KernelSample[]): KernelSample => samples.at(-1)!

/** All processes of the terminal that are no zombies, the oldest first. */
export function processesOf({ processes }: KernelSample): ProcessSample[] {
  return Object.values(processes)
    .filter(({ state }) => state !== 'Z' && state !== 'X')
    .sort((a, b) => a.start - b.start || a.pid - b.pid)
}

/**
 * Whether a process is in another namespace of this type than Interlock itself.
 * @returns null when the kernel does not let us see
 */
export function apart(sample: KernelSample, { namespaces }: ProcessSample, type: NamespaceType): boolean | null {
  const [own, host] = [namespaces[type], sample.host.namespaces[type]]
  if (own === undefined || host === undefined || own === HIDDEN || host === HIDDEN) return null
  return own !== host
}

/** Processes of the terminal that are in namespaces of their own of all these types. */
export function insiders(sample: KernelSample, ...types: readonly NamespaceType[]): ProcessSample[] {
  return processesOf(sample).filter((process) => types.every((type) => apart(sample, process, type) === true))
}

/** Whether it is the first process of a PID namespace below ours. */
export const isFirst = ({ pids }: ProcessSample): boolean => pids.length > 1 && pids.at(-1) === 1

/** Mounts of the namespace that a process is in; null when they were not seen. */
export function mountsOf(sample: KernelSample, { namespaces }: ProcessSample): MountSample[] | null {
  const own = sample.mounts[String(namespaces.mnt)]
  return own === undefined ? null : Object.values(own)
}

/** The mount that is seen at a place: the one that was put there last. */
export function mountAt(mounts: readonly MountSample[], point: string): MountSample | undefined {
  return mounts.findLast((mount) => mount.point === point)
}

/** A process as it is told: "sleep (412)". */
export const named = ({ name, pid }: ProcessSample): string => `${name} (${pid})`

/** Names of capabilities are bits of these masks; how many are set. */
export const bits = (mask: string): number => [...BigInt(`0x${mask}`).toString(2)].filter((bit) => bit === '1').length

/** Whether a capability is in a mask. @param number as in linux/capability.h, 21 for CAP_SYS_ADMIN */
export const hasBit = (mask: string, number: number): boolean => ((BigInt(`0x${mask}`) >> BigInt(number)) & 1n) === 1n

/** The uid inside that a process has, by its own map; 65534 where nothing is mapped for it. */
export function uidInside({ uids, uidMap }: ProcessSample): number {
  const [, uid = 0] = uids
  const range = uidMap.find(({ outside, count }) => uid >= outside && uid < outside + count)
  return range === undefined ? 65534 : range.inside + uid - range.outside
}

/** Paths of control groups named interlock-lab…, by hierarchy, that are there in a sample. */
export function labGroups(sample: KernelSample): { hierarchy: string; path: string; files: Record<string, string> }[] {
  return Object.entries(sample.cgroups).flatMap(([hierarchy, groups]) =>
    Object.entries(groups)
      .filter(([path]) => path.split('/').some((part) => part.startsWith('interlock-lab')))
      .map(([path, files]) => ({ hierarchy, path, files })),
  )
}

/** The first whole number in a file of the kernel, or the one behind a key such as `oom_kill`. */
export function figure(text: string | undefined, key?: string): number | null {
  const line =
    key === undefined
      ? text
      : text
          ?.split('\n')
          .find((one) => one.startsWith(`${key} `))
          ?.slice(key.length)
  const found = /-?\d+/.exec(line ?? '')
  return found === null ? null : Number(found[0])
}
