// Preemption: which pods of lower priority would have to go so that a pod fits, and from which node they are taken.
// Follows kube-scheduler, plugins/defaultpreemption and framework/preemption, without disruption budgets.
import type { Cluster } from './cluster.ts'
import { type Finding, PodFilter } from './filter.ts'
import { countReasons } from './message.ts'
import type { PodSpec } from './spec.ts'

export interface Candidate {
  node: number
  victims: PodSpec[]
}

export interface Preemption {
  /** null: evicting does not help, or must not be tried */
  node: number | null
  victims: PodSpec[]
  /** nodes that were looked at, with whom each would lose */
  candidates: Candidate[]
  /** why the chosen node was preferred; what Kubernetes says when there is none */
  reason: string
}

/** Nodes on which victims are looked for: as many as the scheduler dry-runs, a tenth and at least 100. */
const SHARE = 10
const LEAST_NODES = 100

const UNHELPFUL = 'Preemption is not helpful for scheduling'
const NO_VICTIMS = 'No preemption victims found for incoming pod'

/**
 * @param findings why each node cannot take the pod
 * @param placedAt order in which pods were placed; of equals the one that came later goes first
 * @returns never changes the cluster, though it tries on it
 */
export function preempt(
  cluster: Cluster,
  pod: PodSpec,
  findings: readonly (readonly Finding[])[],
  placedAt: (pod: PodSpec) => number,
): Preemption {
  const nobody = { node: null, victims: [], candidates: [] }
  const count = cluster.nodes.length
  if (pod.preemption === 'Never') {
    return { ...nobody, reason: 'not eligible due to preemptionPolicy=Never' }
  }
  const helpful: number[] = []
  const refusals: string[] = []
  for (let node = 0; node < count; node += 1) {
    // The scheduler stops at the first filter that refuses; only its reasons decide whether evicting may help.
    const all = findings[node] ?? []
    const first = all.filter(({ plugin }) => plugin === all[0]?.plugin)
    if (first.every(({ evictable }) => evictable)) helpful.push(node)
    else refusals.push(UNHELPFUL)
  }
  const most = Math.max(LEAST_NODES, Math.ceil(count / SHARE))
  const candidates: Candidate[] = []
  for (const node of helpful) {
    if (candidates.length >= most) break
    const victims = victimsOn(cluster, pod, node, placedAt)
    if (victims === null) refusals.push(NO_VICTIMS)
    else candidates.push({ node, victims })
  }
  const [best, reason] = choose(candidates, placedAt)
  if (best === null) return { ...nobody, reason: `0/${count} nodes are available: ${countReasons(refusals)}` }
  return { node: best.node, victims: best.victims, candidates, reason }
}

/** Null when the pod does not fit even without all pods of lower priority, or there are none. */
function victimsOn(cluster: Cluster, pod: PodSpec, node: number, placedAt: (pod: PodSpec) => number): PodSpec[] | null {
  const lower = (cluster.pods[node] ?? []).filter(({ priority }) => priority < pod.priority)
  if (lower.length === 0) return null
  const fits = (): boolean => new PodFilter(cluster, pod).fits(node)
  for (const one of lower) cluster.remove(one, node)
  const victims: PodSpec[] = []
  const possible = fits()
  // The most important are spared first, as long as the pod still fits.
  for (const one of [...lower].sort((a, b) => b.priority - a.priority || placedAt(a) - placedAt(b))) {
    cluster.place(one, node)
    if (!possible || fits()) continue
    cluster.remove(one, node)
    victims.push(one)
  }
  for (const one of victims) cluster.place(one, node)
  return possible && victims.length > 0 ? victims : null
}

/** Lowest top priority, then lowest sum, then fewest, then the latest placed, then the first node. */
function choose(
  candidates: readonly Candidate[],
  placedAt: (pod: PodSpec) => number,
): [Candidate, string] | [null, string] {
  const measures: [(one: Candidate) => number, string][] = [
    [
      ({ victims }) => Math.max(...victims.map(({ priority }) => priority)),
      'the highest priority among its victims is lowest',
    ],
    // Each victim counts with an offset, so that more victims never cost less.
    [
      ({ victims }) => victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
      'the sum of its victims’ priorities is lowest',
    ],
    [({ victims }) => victims.length, 'it loses the fewest pods'],
    [
      ({ victims }) => {
        const top = Math.max(...victims.map(({ priority }) => priority))
        return -Math.min(...victims.filter(({ priority }) => priority === top).map(placedAt))
      },
      'its most important victims have run for the shortest time',
    ],
  ]
  let left = [...candidates]
  let reason = 'it is the only node where evicting helps'
  if (left.length > 1) {
    for (const [measure, why] of measures) {
      const least = Math.min(...left.map(measure))
      const next = left.filter((one) => measure(one) === least)
      if (next.length < left.length) reason = why
      left = next
      if (left.length === 1) break
    }
    if (left.length > 1) reason = 'it is the first of equals'
  }
  const [best] = left
  return best === undefined ? [null, ''] : [best, reason]
}
