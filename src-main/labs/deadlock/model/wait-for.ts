// The wait-for graph of a drawing: who waits for whom, and through which types. A process waits for every holder of a
// type it asks for; where free units would do, the request is still drawn, as nobody has granted it yet.
import type { DeadlockModel, ProcessNode } from './schema.ts'

export interface Wait {
  /** id of the process that waits */
  from: string
  /** id of the process that holds; the same as `from` when a process waits for units it holds itself */
  to: string
  /** names of the types it waits for there, in the order of the drawing */
  through: string[]
  /** ids of the request and assignment edges that make this wait */
  edges: string[]
}

export interface WaitForGraph {
  processes: readonly ProcessNode[]
  waits: readonly Wait[]
  /** waits that were left out because there are more than `most`; 0 when all are there */
  left: number
  /** whether each type has one unit; then a cycle of this graph is a deadlock */
  single: boolean
}

/**
 * Works out the wait-for graph (Silberschatz, Galvin, Gagne: Operating System Concepts, deadlock detection).
 * @param most the largest number of waits that is wanted; there may be as many as requesters times holders
 */
export function waitForOf(model: DeadlockModel, most: number): WaitForGraph {
  const names = new Map<string, string>()
  let single = true
  for (const node of model.nodes) {
    if (node.kind !== 'resource') continue
    names.set(node.id, node.name)
    if (node.instances > 1) single = false
  }
  const holders = new Map<string, { process: string; edge: string }[]>()
  for (const { id, kind, from, to } of model.edges) {
    if (kind !== 'assignment') continue
    const list = holders.get(from)
    if (list === undefined) holders.set(from, [{ process: to, edge: id }])
    else list.push({ process: to, edge: id })
  }
  const waits = new Map<string, Wait>()
  const left = new Set<string>()
  for (const { id, kind, from, to } of model.edges) {
    if (kind !== 'request') continue
    for (const holder of holders.get(to) ?? []) {
      const key = `${from} ${holder.process}`
      const known = waits.get(key)
      if (known !== undefined) {
        known.through.push(names.get(to) ?? to)
        known.edges.push(id, holder.edge)
      } else if (waits.size < most) {
        waits.set(key, { from, to: holder.process, through: [names.get(to) ?? to], edges: [id, holder.edge] })
      } else left.add(key)
    }
  }
  const processes = model.nodes.filter((node) => node.kind === 'process')
  return { processes, waits: [...waits.values()], left: left.size, single }
}

/**
 * Whether somebody waits in a circle. Takes away processes that wait for nobody until none is left: what remains waits
 * in a cycle or for one.
 */
export function hasCycle({ processes, waits }: WaitForGraph): boolean {
  const waiting = new Map<string, number>()
  const waiters = new Map<string, string[]>()
  for (const { from, to } of waits) {
    waiting.set(from, (waiting.get(from) ?? 0) + 1)
    const list = waiters.get(to)
    if (list === undefined) waiters.set(to, [from])
    else list.push(from)
  }
  const done = processes.map(({ id }) => id).filter((id) => !waiting.has(id))
  for (let id = done.pop(); id !== undefined; id = done.pop()) {
    for (const other of waiters.get(id) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1
      waiting.set(other, left)
      if (left === 0) done.push(other)
    }
  }
  return [...waiting.values()].some((left) => left > 0)
}
