// Network namespaces as boxes with their interfaces, and which interface is the other end of which. Pure.
import type { InterfaceSample, KernelSample } from '@contract/kernel.ts'
import { type Names, type Seat, seatOf } from './names.ts'

export interface Port {
  /** `inode/name` */
  id: string
  name: string
  sample: InterfaceSample
  /** the other end of the cable: a port's id, `away` when it is in no namespace that is seen, null when there is none */
  other: string | null
  changed: boolean
}

export interface NetBox {
  inode: number
  seat: Seat
  ports: readonly Port[]
  /** pids of the processes in it */
  members: readonly number[]
}

/** Two ends of one cable, each as a port's id; the first box's end first. */
export interface Cable {
  id: string
  ends: readonly [string, string]
  up: boolean
}

export const AWAY = 'away'

export interface NetPicture {
  boxes: readonly NetBox[]
  cables: readonly Cable[]
}

interface End {
  id: string
  inode: number
  sample: InterfaceSample
  may: boolean
}

/**
 * A veth interface names its other end by that end's index, and indexes are counted anew in each network namespace. So
 * two interfaces are a pair when each names the other's index; where more than one would fit, none is called the other end.
 */
function pairsOf(ends: readonly End[]): Map<string, string> {
  const cabled = ends.filter(({ may }) => may)
  const fits = (one: End, other: End): boolean =>
    one !== other &&
    one.sample.peer === other.sample.index &&
    other.sample.peer === one.sample.index &&
    (one.inode !== other.inode || one.sample.index !== one.sample.peer)
  const pairs = new Map<string, string>()
  for (const one of cabled) {
    const found = cabled.filter((other) => fits(one, other))
    const other = found[0]
    if (other === undefined || found.length > 1) continue
    if (cabled.filter((third) => fits(other, third)).length === 1) pairs.set(one.id, other.id)
  }
  return pairs
}

/**
 * Whether an interface may have another end. `lo` and real cards name themselves; but where indexes are counted anew, both
 * ends of a cable may have the same one, so outside the host naming oneself says nothing.
 */
const mayBeEnd = ({ index, peer }: InterfaceSample, name: string, host: boolean): boolean =>
  index !== undefined && peer !== undefined && peer !== 0 && name !== 'lo' && (peer !== index || !host)

export function networkOf(sample: KernelSample, names: Names, before: KernelSample | null): NetPicture {
  const host = sample.host.namespaces.net
  const inodes = Object.keys(sample.networks).map(Number)
  inodes.sort((one, other) => Number(other === host) - Number(one === host) || one - other)
  const processes = Object.values(sample.processes)
  const ends = inodes.flatMap((inode) =>
    Object.entries(sample.networks[inode] ?? {}).map(([name, of]): End => {
      return { id: `${inode}/${name}`, inode, sample: of, may: mayBeEnd(of, name, inode === host) }
    }),
  )
  const pairs = pairsOf(ends)
  // Those that are joined stand side by side; of them, and of the others, the host comes first.
  const joined = new Set([...pairs.keys()].map((id) => Number(id.split('/')[0])))
  inodes.sort((one, other) => Number(joined.has(other)) - Number(joined.has(one)))
  const boxes = inodes.map((inode): NetBox => {
    const ports = Object.entries(sample.networks[inode] ?? {})
    ports.sort(([one, a], [other, b]) => (a.index ?? 0) - (b.index ?? 0) || (one < other ? -1 : 1))
    return {
      inode,
      seat: seatOf('net', inode, names),
      members: processes.filter(({ namespaces }) => namespaces.net === inode).map(({ pid }) => pid),
      ports: ports.map(([name, of]) => {
        const id = `${inode}/${name}`
        return {
          id,
          name,
          sample: of,
          other: pairs.get(id) ?? (of.peer !== undefined && of.peer !== 0 && of.peer !== of.index ? AWAY : null),
          changed: before !== null && !sameLook(before.networks[inode]?.[name], of),
        }
      }),
    }
  })
  const cables = [...pairs]
    .filter(([one, other]) => ends.findIndex(({ id }) => id === one) < ends.findIndex(({ id }) => id === other))
    .map(([one, other]): Cable => {
      const up = [one, other].every((end) => ends.find(({ id }) => id === end)?.sample.up === true)
      return { id: `${one} ${other}`, ends: [one, other], up }
    })
  return { boxes, cables }
}

/** Counters go on all the time; that is no change of the picture. */
function sameLook(one: InterfaceSample | undefined, other: InterfaceSample): boolean {
  return (
    one !== undefined &&
    one.up === other.up &&
    one.peer === other.peer &&
    one.addresses.join() === other.addresses.join()
  )
}
