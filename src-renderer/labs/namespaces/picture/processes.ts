// The matrix of processes and namespaces as rows: the tree below the terminal's shell, and where each process is. Pure.
import { type KernelSample, type NamespaceType, type ProcessSample, namespaceTypes } from '@contract/kernel.ts'
import { type Names, type Seat, seatOf } from './names.ts'

export interface Cell extends Seat {
  /** where its children will be, when that is elsewhere */
  children: Seat | null
  /** it was elsewhere, or its children's place was, one sample before */
  changed: boolean
}

export interface Row {
  /** pid and start name one process for ever */
  id: string
  process: ProcessSample
  depth: number
  cells: readonly Cell[]
  /** it was not there one sample before */
  fresh: boolean
}

/** Columns in the order of the course: what it names first, then the two it leaves out. */
export const columns: readonly NamespaceType[] = ['pid', 'user', 'mnt', 'net', 'uts', 'ipc', 'cgroup', 'time']

/** Most rows that are drawn; beyond that nobody finds anything in a picture. */
export const MOST_ROWS = 300

export const idOf = ({ pid, start }: Pick<ProcessSample, 'pid' | 'start'>): string => `${pid}:${start}`

/** Processes parents first, children by pid; whose parent is not among them stands at the margin. */
export function treeOf(
  processes: KernelSample['processes'],
  shell: number,
): { process: ProcessSample; depth: number }[] {
  const all = Object.values(processes).sort((one, other) => one.pid - other.pid)
  const known = new Set(all.map(({ pid }) => pid))
  const below = new Map<number, ProcessSample[]>()
  const roots: ProcessSample[] = []
  for (const process of all) {
    if (process.pid === shell || process.parent === process.pid || !known.has(process.parent)) roots.push(process)
    else below.set(process.parent, [...(below.get(process.parent) ?? []), process])
  }
  roots.sort((one, other) => Number(other.pid === shell) - Number(one.pid === shell))
  const found: { process: ProcessSample; depth: number }[] = []
  const seen = new Set<number>()
  const open = roots.reverse().map((process) => ({ process, depth: 0 }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { process, depth } = next
    if (seen.has(process.pid)) continue
    seen.add(process.pid)
    found.push(next)
    const children = below.get(process.pid) ?? []
    for (const child of children.toReversed()) open.push({ process: child, depth: depth + 1 })
  }
  return found
}

/**
 * @param names of this sample
 * @param before the sample before it, to tell what changed; null for the first
 */
export function rowsOf(sample: KernelSample, names: Names, before: KernelSample | null): { rows: Row[]; left: number } {
  const all = treeOf(sample.processes, sample.shell)
  const shown = all.slice(0, MOST_ROWS)
  const rows = shown.map(({ process, depth }): Row => {
    const was = before?.processes[process.pid]
    const old = was?.start === process.start ? was : undefined
    return {
      id: idOf(process),
      process,
      depth,
      fresh: before !== null && old === undefined,
      cells: columns.map((type) => cellOf(process, type, names, old)),
    }
  })
  return { rows, left: all.length - shown.length }
}

function cellOf(process: ProcessSample, type: NamespaceType, names: Names, old: ProcessSample | undefined): Cell {
  const inode = process.namespaces[type]
  const next = childrenOf(process, type)
  const children = next !== undefined && next !== inode ? seatOf(type, next, names) : null
  const changed = old !== undefined && (old.namespaces[type] !== inode || childrenOf(old, type) !== next)
  return { ...seatOf(type, inode, names), children, changed }
}

const childrenOf = (process: ProcessSample, type: NamespaceType): number | 'hidden' | undefined =>
  type === 'pid' || type === 'time' ? process.forChildren?.[type] : undefined

/** Types that this kernel knows, as far as the sample tells. */
export const knownTypes = (sample: KernelSample): readonly NamespaceType[] =>
  namespaceTypes.filter((type) => sample.host.namespaces[type] !== undefined)
