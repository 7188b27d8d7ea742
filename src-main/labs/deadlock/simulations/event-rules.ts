// The rules of requesting, granting, releasing and withdrawing: what is possible in a drawing, and what it becomes. Knows no player.
import { z } from 'zod'
import { RecordId } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_INSTANCES } from '../../../contract/limits.ts'
import { findEntry } from '../engine/graph.ts'
import type { AssignmentEdge, DeadlockModel, RequestEdge } from '../model/schema.ts'
import { texts } from '../model/texts.ts'
import type { Drawing } from '../naming.ts'

export const ResourceEvent = z.strictObject({
  type: z.enum(['request', 'grant', 'release', 'withdraw']),
  /** record ids */
  process: RecordId,
  resource: RecordId,
  count: z.number().int().min(1).max(MAX_INSTANCES),
})
export type ResourceEvent = z.infer<typeof ResourceEvent>

/** Numbers of the pair an event is about, with what the process holds and asks for of the type. */
export interface Pair {
  process: number
  resource: number
  held: number
  asked: number
}

/** @throws InterlockError `bad-event` when the drawing has no such process or type */
export function pairOf(drawing: Drawing, event: ResourceEvent): Pair {
  const process = drawing.processOf.get(event.process)
  if (process === undefined) throw new InterlockError('bad-event', texts.events.noProcess(event.process))
  const resource = drawing.resourceOf.get(event.resource)
  if (resource === undefined) throw new InterlockError('bad-event', texts.events.noResource(event.resource))
  const { requests, holds } = drawing.graph
  const asked = findEntry(requests, process, resource)
  const held = findEntry(holds, process, resource)
  return {
    process,
    resource,
    asked: asked === -1 ? 0 : requests.count[asked]!,
    held: held === -1 ? 0 : holds.count[held]!,
  }
}

/** A process with a request that is not granted yet waits, and a waiting process does nothing else. */
export function isWaiting({ graph }: Drawing, process: number): boolean {
  return graph.requests.start[process + 1]! > graph.requests.start[process]!
}

/**
 * @returns why the event is not possible, or null when it is. A request is granted as a whole or not at all, and nobody
 *   asks for more than would make all units of a type his own. A request may be withdrawn as long as it stands, as by
 *   a process that waits only for a time. A process that has declared maxima asks for nothing above them.
 */
export function refusal(drawing: Drawing, event: ResourceEvent): string | null {
  const { process, resource, held, asked } = pairOf(drawing, event)
  const { total, available } = drawing.graph
  const name = drawing.processName(process)
  const type = drawing.resourceName(resource)
  const { events } = texts
  if (event.type === 'grant') {
    if (asked === 0) return events.notAsked(name, type)
    if (event.count !== asked) return events.grantedAsWhole(name, type, asked)
    return asked > available[resource]! ? events.notEnough(name, type, asked, Math.max(0, available[resource]!)) : null
  }
  if (event.type === 'withdraw') return event.count > asked ? events.asksLess(name, type, asked, event.count) : null
  if (isWaiting(drawing, process)) return events.waits(name)
  if (event.type === 'release') return event.count > held ? events.holdsLess(name, type, held, event.count) : null
  const most = mostUnits(drawing, process, resource)
  if (held + event.count <= most) return null
  return most < total[resource]!
    ? events.undeclared(name, type, held, event.count, most)
    : events.tooMuch(name, type, held, event.count, total[resource]!)
}

/** The most units of a type that a process may come to hold: all there are, or fewer by what it has declared. */
export function mostUnits({ graph, claims }: Drawing, process: number, resource: number): number {
  const declared = claims.get(process)
  return declared === undefined ? graph.total[resource]! : Math.min(graph.total[resource]!, declared.get(resource) ?? 0)
}

/** Gives ids to edges that events make: the drawing's own id where the pair had one, else one that no record has. */
export interface EdgeIds {
  readonly original: ReadonlyMap<string, string>
  readonly prefix: string
}

const key = (kind: string, process: number, resource: number): string => `${kind}~${process}~${resource}`

export function edgeIds(drawing: Drawing, model: DeadlockModel): EdgeIds {
  const original = new Map<string, string>()
  for (const edge of model.edges) {
    const [process, resource] = edge.kind === 'assignment' ? [edge.to, edge.from] : [edge.from, edge.to]
    original.set(key(edge.kind, drawing.processOf.get(process)!, drawing.resourceOf.get(resource)!), edge.id)
  }
  let prefix = '~'
  while ([...model.nodes, ...model.edges].some((record) => record.id.startsWith(prefix))) prefix += '~'
  return { original, prefix }
}

/** The id of a pair's edge in every state of a run. */
export function edgeIdOf(
  { original, prefix }: EdgeIds,
  kind: 'request' | 'assignment',
  process: number,
  resource: number,
) {
  const name = key(kind, process, resource)
  return original.get(name) ?? `${prefix}${name}`
}

/** The drawing after a possible event; the given one is not changed. */
export function play(model: DeadlockModel, drawing: Drawing, ids: EdgeIds, event: ResourceEvent): DeadlockModel {
  const { process, resource } = pairOf(drawing, event)
  const change = (
    edges: DeadlockModel['edges'],
    kind: 'request' | 'assignment',
    by: number,
  ): DeadlockModel['edges'] => {
    const [from, to] = kind === 'request' ? [event.process, event.resource] : [event.resource, event.process]
    const at = edges.findIndex((edge) => edge.kind === kind && edge.from === from && edge.to === to)
    const before = edges[at]
    if (before !== undefined) {
      const count = before.count + by
      return count === 0 ? edges.toSpliced(at, 1) : edges.with(at, { ...before, count })
    }
    const id = edgeIdOf(ids, kind, process, resource)
    const added: RequestEdge | AssignmentEdge =
      kind === 'request' ? { id, kind, from, to, count: by } : { id, kind, from, to, count: by }
    return [...edges, added]
  }
  const { edges } = model
  if (event.type === 'request') return { ...model, edges: change(edges, 'request', event.count) }
  if (event.type === 'withdraw') return { ...model, edges: change(edges, 'request', -event.count) }
  if (event.type === 'release') return { ...model, edges: change(edges, 'assignment', -event.count) }
  return { ...model, edges: change(change(edges, 'request', -event.count), 'assignment', event.count) }
}
