// A cluster at a moment of its simulated time, and what comes next by itself: nothing is queued, everything due follows
// from the state. Times in s. Knows no drawing.
import type { ClusterSpec, ClusterTimes, Deployment, NodeSpec, PodSpec, Taint } from '../spec.ts'

export type NodeCondition = 'ready' | 'silent' | 'notReady'

export interface NodeState {
  readonly spec: NodeSpec
  readonly condition: NodeCondition
  readonly cordoned: boolean
  /** when it was last heard of, for a node that is not ready */
  readonly heard: number
  /** since when it counts as not ready */
  readonly notReadySince: number
}

export type PodPhase =
  /** waits for a node */
  | 'pending'
  /** bound; the kubelet starts its containers */
  | 'starting'
  | 'running'
  /** a container crashed and waits to be started again */
  | 'backoff'
  /** to be deleted, but its node does not confirm */
  | 'terminating'

export interface PodState {
  readonly spec: PodSpec
  /** null for a pod without a controller */
  readonly deployment: string | null
  readonly phase: PodPhase
  readonly node: string | null
  /** when it starts or starts again; since when it runs; when it was made while it is pending */
  readonly at: number
  /** crashes that count for the back-off */
  readonly crashes: number
  readonly restarts: number
  /** why it fits nowhere, and the change of the cluster up to which that holds */
  readonly message: string
  readonly triedAt: number
}

/** How long a deployment had fewer pods available than wanted, and none at all. */
export interface Outage {
  /** whether all replicas were available at once; before that it is only being started */
  readonly complete: boolean
  readonly shortSince: number | null
  readonly noneSince: number | null
  readonly longestShort: number
  readonly longestNone: number
}

export interface ClusterState {
  readonly times: ClusterTimes
  readonly seed: number
  readonly now: number
  readonly nodes: readonly NodeState[]
  readonly pods: readonly PodState[]
  readonly deployments: readonly Deployment[]
  /** pods made so far for each deployment */
  readonly made: Readonly<Record<string, number>>
  readonly outages: Readonly<Record<string, Outage>>
  /** grows with everything that could let a pending pod fit */
  readonly changes: number
  /** decisions of the scheduler so far */
  readonly decisions: number
  /** what the last event did, in a sentence; empty in the beginning */
  readonly said: string
}

export const noOutage: Outage = { complete: false, shortSince: null, noneSince: null, longestShort: 0, longestNone: 0 }

export const initialState = (spec: ClusterSpec, seed: number): ClusterState => ({
  times: spec.times,
  seed,
  now: 0,
  nodes: spec.nodes.map((node) => ({
    spec: node,
    condition: 'ready',
    cordoned: node.unschedulable,
    heard: 0,
    notReadySince: 0,
  })),
  pods: spec.pods.map(({ spec: pod, node, deployment }) => ({
    spec: pod,
    deployment,
    phase: node === null ? 'pending' : 'running',
    node,
    at: 0,
    crashes: 0,
    restarts: 0,
    message: '',
    triedAt: -1,
  })),
  deployments: spec.deployments,
  made: {},
  outages: Object.fromEntries(spec.deployments.map(({ name }): [string, Outage] => [name, noOutage])),
  changes: 0,
  decisions: 0,
  said: '',
})

export const unreachable = (effect: Taint['effect']): Taint => ({
  key: 'node.kubernetes.io/unreachable',
  value: '',
  effect,
})

/** The node as the scheduler sees it now. */
export const nodeNow = ({ spec, condition, cordoned }: NodeState): NodeSpec => ({
  ...spec,
  unschedulable: cordoned,
  taints:
    condition === 'notReady' ? [...spec.taints, unreachable('NoSchedule'), unreachable('NoExecute')] : spec.taints,
})

export const nodeOf = (state: ClusterState, name: string | null): NodeState | undefined =>
  state.nodes.find(({ spec }) => spec.name === name)

export const podOf = (state: ClusterState, name: string): PodState | undefined =>
  state.pods.find(({ spec }) => spec.name === name)

/** Pods that a controller counts: all but those that are on their way out. */
export const replicasOf = (state: ClusterState, deployment: string): PodState[] =>
  state.pods.filter((pod) => pod.deployment === deployment && pod.phase !== 'terminating')

/** A pod does its work when its containers run on a node that is heard of. */
export const isAvailable = (state: ClusterState, pod: PodState): boolean =>
  pod.phase === 'running' && nodeOf(state, pod.node)?.condition === 'ready'

export const availableOf = (state: ClusterState, deployment: string): number =>
  replicasOf(state, deployment).filter((pod) => isAvailable(state, pod)).length

/** s that the pod stays on a node that is unreachable; Infinity: for ever. */
export function tolerationOf({ spec }: PodState, times: ClusterTimes): number {
  const own = spec.tolerations.filter(
    ({ key, effect, operator }) =>
      (key === 'node.kubernetes.io/unreachable' || (key === '' && operator === 'Exists')) &&
      (effect === '' || effect === 'NoExecute'),
  )
  if (own.length === 0) return times.toleration
  return Math.min(...own.map(({ seconds }) => seconds ?? Infinity))
}

/** What happens by itself. */
export type OwnEvent =
  | { do: 'notReady'; node: string }
  | { do: 'evict' | 'run' | 'restart' | 'schedule'; pod: string }
  | { do: 'create' | 'reduce'; deployment: string }

export interface Due {
  at: number
  event: OwnEvent
}

/** Order of what is due at one time: the node first, then its pods, then controllers, then the scheduler. */
const ORDER: readonly OwnEvent['do'][] = ['notReady', 'evict', 'run', 'restart', 'reduce', 'create', 'schedule']

/** All that will happen by itself, the next first. */
export function dueIn(state: ClusterState): Due[] {
  const { now, times } = state
  const due: Due[] = []
  const conditions = new Map(state.nodes.map((node) => [node.spec.name, node]))
  for (const { spec, condition, heard } of state.nodes) {
    if (condition === 'silent') due.push({ at: heard + times.grace, event: { do: 'notReady', node: spec.name } })
  }
  for (const pod of state.pods) {
    const { spec, phase, node, at, triedAt } = pod
    const home = conditions.get(node ?? '')
    const heard = home?.condition === 'ready'
    if (phase === 'starting' && heard) due.push({ at, event: { do: 'run', pod: spec.name } })
    if (phase === 'backoff' && heard) due.push({ at, event: { do: 'restart', pod: spec.name } })
    if (phase === 'pending' && triedAt !== state.changes)
      due.push({ at: now, event: { do: 'schedule', pod: spec.name } })
    if (home?.condition === 'notReady' && phase !== 'terminating') {
      const until = home.notReadySince + tolerationOf(pod, times)
      if (until < Infinity) due.push({ at: until, event: { do: 'evict', pod: spec.name } })
    }
  }
  for (const { name, replicas } of state.deployments) {
    const count = replicasOf(state, name).length
    if (count < replicas) due.push({ at: now, event: { do: 'create', deployment: name } })
    if (count > replicas) due.push({ at: now, event: { do: 'reduce', deployment: name } })
  }
  const place = (one: Due): number => ORDER.indexOf(one.event.do)
  return due.map((one) => ({ ...one, at: Math.max(now, one.at) })).sort((a, b) => a.at - b.at || place(a) - place(b))
}
