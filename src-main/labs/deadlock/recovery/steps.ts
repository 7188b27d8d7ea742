// What ending and preempting make of a drawing, and the steps that each way of recovering takes. Pure functions.
import { RING } from '../engine/analysis.ts'
import type { DeadlockModel, ProcessNode } from '../model/schema.ts'
import {
  type Candidate,
  type MethodId,
  type MethodOutcome,
  type RecoveryStep,
  type Weights,
} from '../model/recovery.ts'
import { cheapestSet, lookAt, type Looked, ranking } from './costs.ts'

/** Held units of a process by type. */
export function heldBy(model: DeadlockModel, process: string): { resource: string; count: number }[] {
  return model.edges.flatMap((edge) =>
    edge.kind === 'assignment' && edge.to === process ? [{ resource: edge.from, count: edge.count }] : [],
  )
}

/** The process stays in the drawing without a line: it is gone, and what it held is free. Its kills are counted. */
export function ended(model: DeadlockModel, processes: readonly string[]): DeadlockModel {
  const gone = new Set(processes)
  return {
    ...model,
    nodes: model.nodes.map((node) =>
      node.kind === 'process' && gone.has(node.id) ? { ...node, kills: ((node as ProcessNode).kills ?? 0) + 1 } : node,
    ),
    edges: model.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
  }
}

/** Units go back, and the process asks for them again together with what it asks for already. */
export function preempted(
  model: DeadlockModel,
  { process, resource, count }: { process: string; resource: string; count: number },
  newId: string,
): DeadlockModel {
  const edges = model.edges.flatMap((edge) => {
    if (edge.kind !== 'assignment' || edge.from !== resource || edge.to !== process) return [edge]
    return edge.count === count ? [] : [{ ...edge, count: edge.count - count }]
  })
  const at = edges.findIndex((edge) => edge.kind === 'request' && edge.from === process && edge.to === resource)
  const before = edges[at]
  return {
    ...model,
    nodes: model.nodes.map((node) =>
      node.id === process ? { ...node, kills: ((node as ProcessNode).kills ?? 0) + 1 } : node,
    ),
    edges:
      before === undefined
        ? [...edges, { id: newId, kind: 'request' as const, from: process, to: resource, count }]
        : edges.with(at, { ...before, count: before.count + count }),
  }
}

/**
 * Types of which the process holds units that somebody else in the deadlock asks for. Those that somebody on a ring asks
 * for come first: to take others does not break the ring.
 */
export function contested(looked: Looked, process: string): { resource: string; count: number }[] {
  const { model, drawing, stuck, analysis } = looked
  const askedBy = (processes: readonly number[]): Set<string> => {
    const waiting = new Set(processes.map((one) => drawing.processes[one]!.id))
    const asks = model.edges.filter(({ kind, from }) => kind === 'request' && from !== process && waiting.has(from))
    return new Set(asks.map(({ to }) => to))
  }
  const byRing = askedBy(stuck.filter((one) => analysis.classes[one] === RING))
  const byAny = askedBy(stuck)
  const held = heldBy(model, process).filter(({ resource }) => byAny.has(resource))
  return [
    ...held.filter(({ resource }) => byRing.has(resource)),
    ...held.filter(({ resource }) => !byRing.has(resource)),
  ]
}

/**
 * The steps of one way to recover, with a detection after each, and what they cost.
 * @param model a drawing with a deadlock
 */
export function methodSteps(model: DeadlockModel, method: MethodId, weights: Weights): MethodOutcome {
  const events: RecoveryStep[] = [{ type: 'detect' }]
  let [now, cost, lost, units] = [model, 0, 0, 0]
  const victims: string[] = []
  const take = (candidate: Candidate): void => {
    victims.push(candidate.id)
    cost += candidate.cost
    lost += candidate.values.cpu
    units += candidate.values.held
  }
  for (let looked = lookAt(now); looked.stuck.length > 0; looked = lookAt(now)) {
    const ranked = ranking(looked, weights)
    const [first] = ranked.filter(({ onRing }) => onRing)
    if (method === 'all') {
      ranked.forEach(take)
      events.push({ type: 'kill-all' })
      now = ended(now, victims)
    } else if (method === 'least-cost') {
      const { ids } = cheapestSet(looked, ranked)
      ranked.filter(({ id }) => ids.includes(id)).forEach(take)
      // The deadlock stands until the last of them is gone.
      events.push(
        ...ids.flatMap((process): RecoveryStep[] => [{ type: 'kill', process }, { type: 'detect' }]).slice(0, -1),
      )
      now = ended(now, ids)
    } else {
      const victim = first ?? ranked[0]!
      const parts = contested(looked, victim.id)
      if (method === 'one-by-one' || parts.length === 0) {
        take(victim)
        events.push({ type: 'kill', process: victim.id })
        now = ended(now, [victim.id])
      } else {
        // One type at a time: it may be enough, or another may be the cheapest then.
        const step = { process: victim.id, ...parts[0]! }
        if (!victims.includes(victim.id)) cost += victim.cost
        victims.push(...(victims.includes(victim.id) ? [] : [victim.id]))
        units += step.count
        events.push({ type: 'preempt', ...step })
        now = preempted(now, step, `~${events.length}`)
      }
    }
    events.push({ type: 'detect' })
  }
  const detections = events.filter(({ type }) => type === 'detect').length
  return { method, events, victims, cost, lost, units, detections }
}
