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
}

/**
 * Works out the wait-for graph (Silberschatz, Galvin, Gagne: Operating System Concepts, deadlock detection).
 * @param most the largest number of waits that is wanted; there may be as many as requesters times holders
 */
export function waitForOf(model: DeadlockModel, most: number): WaitForGraph {
  const names = new Map<string, string>()
  for (const node of model.nodes) {
    if (node.kind === 'resource') names.set(node.id, node.name)
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
  return { processes, waits: [...waits.values()], left: left.size }
}

/**
 * Whether somebody waits in a circle, told from requests and assignments themselves: there are few of them where the
 * waits they make are too many to list. Takes away what no arrow leaves until nothing more goes; a cycle is left over.
 */
export function hasCycle({ nodes, edges }: DeadlockModel): boolean {
  const leaving = new Map<string, number>()
  const before = new Map<string, string[]>()
  for (const { from, to } of edges) {
    leaving.set(from, (leaving.get(from) ?? 0) + 1)
    const list = before.get(to)
    if (list === undefined) before.set(to, [from])
    else list.push(from)
  }
  const ends = nodes.map(({ id }) => id).filter((id) => !leaving.has(id))
  for (let id = ends.pop(); id !== undefined; id = ends.pop()) {
    for (const other of before.get(id) ?? []) {
      const left = (leaving.get(other) ?? 0) - 1
      leaving.set(other, left)
      if (left === 0) ends.push(other)
    }
  }
  return [...leaving.values()].some((left) => left > 0)
}

/** What the wait-for graph alone tells about a drawing. */
export interface Proof {
  /** `withheld`: more units are held than exist, and no answer can be trusted until that is mended */
  says: 'withheld' | 'noWaits' | 'singleCycle' | 'singleNone' | 'severalCycle' | 'severalNone'
  /** a process asks for more than exists: it never finishes, with a cycle or without, and the graph does not show it */
  impossible: boolean
}

/** A cycle proves a deadlock where each type has one unit; having none rules it out always. */
export function proofOf(model: DeadlockModel): Proof {
  const instances = new Map<string, number>()
  const held = new Map<string, number>()
  for (const node of model.nodes) if (node.kind === 'resource') instances.set(node.id, node.instances)
  let impossible = false
  for (const { kind, from, to, count } of model.edges) {
    if (kind === 'assignment') held.set(from, (held.get(from) ?? 0) + count)
    else if (count > (instances.get(to) ?? 0)) impossible = true
  }
  if ([...held].some(([id, units]) => units > (instances.get(id) ?? 0))) return { says: 'withheld', impossible }
  if (!model.edges.some(({ kind, to }) => kind === 'request' && held.has(to))) return { says: 'noWaits', impossible }
  const single = [...instances.values()].every((units) => units === 1)
  const cycle = hasCycle(model)
  if (single) return { says: cycle ? 'singleCycle' : 'singleNone', impossible }
  return { says: cycle ? 'severalCycle' : 'severalNone', impossible }
}
