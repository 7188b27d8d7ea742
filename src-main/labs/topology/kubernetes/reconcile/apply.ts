// What an event does to a cluster: the controllers, the scheduler, the kubelets, and a person's hand. Pure: the state that
// is given stays as it was.
import { InterlockError } from '../../../../contract/errors.ts'
import { delayAfter } from '../backoff.ts'
import { Cluster } from '../cluster.ts'
import { Scheduler, usualOptions } from '../schedule.ts'
import type { ClusterEvent } from './events.ts'
import {
  type ClusterState,
  type NodeState,
  type Outage,
  type PodState,
  availableOf,
  dueIn,
  isAvailable,
  noOutage,
  nodeNow,
  nodeOf,
  podOf,
  replicasOf,
} from './state.ts'
import { clusterTexts as texts } from './texts.ts'

function refuse(sentence: string): never {
  throw new InterlockError('bad-event', sentence)
}

/** @throws InterlockError `bad-event` */
export const needPod = (state: ClusterState, name: string): PodState => podOf(state, name) ?? refuse(texts.noPod(name))
/** @throws InterlockError `bad-event` */
export const needNode = (state: ClusterState, name: string): NodeState =>
  nodeOf(state, name) ?? refuse(texts.noNodeCalled(name))

/** What a person does; everything else happens by itself, at its time. */
const handDeeds: ReadonlySet<ClusterEvent['do']> = new Set([
  'crash',
  'silence',
  'return',
  'cordon',
  'uncordon',
  'drain',
  'delete',
  'scale',
  'wait',
])

/** @throws InterlockError `bad-event` when it cannot happen now */
export function applyEvent(state: ClusterState, event: ClusterEvent): ClusterState {
  if (handDeeds.has(event.do)) return watched(byHand(state, event))
  const wanted = JSON.stringify(event)
  const due = dueIn(state)
  const found = due.find((one) => one.at === due[0]?.at && JSON.stringify(one.event) === wanted)
  if (found === undefined) return refuse(texts.notNow)
  return watched(byItself({ ...state, now: found.at }, event))
}

function byItself(state: ClusterState, event: ClusterEvent): ClusterState {
  const { now } = state
  switch (event.do) {
    case 'create': {
      const deployment = state.deployments.find(({ name }) => name === event.deployment)
      if (deployment === undefined) return refuse(texts.noDeployment(event.deployment))
      let number = (state.made[deployment.name] ?? 0) + 1
      // Pods that were there from the beginning may have such names.
      while (podOf(state, `${deployment.name}-${number}`) !== undefined) number += 1
      const made = { ...state.made, [deployment.name]: number }
      const spec = { ...deployment.template, name: `${deployment.name}-${number}` }
      const pod: PodState = { spec, deployment: deployment.name, phase: 'pending', node: null, at: now, crashes: 0, restarts: 0, message: '', triedAt: -1 } // prettier-ignore
      return { ...state, made, pods: [...state.pods, pod], said: '' }
    }
    case 'reduce': {
      // Who does not run or does not answer goes first, then the youngest, much as the ReplicaSet controller ranks them.
      const phases: readonly PodState['phase'][] = ['pending', 'starting', 'backoff', 'running']
      const rank = (pod: PodState): number => phases.indexOf(pod.phase) + (isAvailable(state, pod) ? 1 : 0)
      const [first] = replicasOf(state, event.deployment)
        .reverse()
        .sort((a, b) => rank(a) - rank(b) || b.at - a.at)
      return first === undefined ? refuse(texts.notNow) : remove(state, [first.spec.name])
    }
    case 'schedule':
      return scheduleOne(state, needPod(state, event.pod))
    case 'run':
      return changePod(state, event.pod, { phase: 'running', at: now })
    case 'restart': {
      const { restarts } = needPod(state, event.pod)
      return changePod(state, event.pod, { phase: 'running', at: now, restarts: restarts + 1 })
    }
    case 'notReady':
      return changed(changeNode(state, event.node, { condition: 'notReady', notReadySince: now }))
    case 'evict':
      // The node does not answer, so nobody confirms the end of the pod; its place is taken elsewhere.
      return changed(changePod(state, event.pod, { phase: 'terminating', at: now }))
    default:
      return refuse(texts.notNow)
  }
}

function byHand(state: ClusterState, event: ClusterEvent): ClusterState {
  const { now, times } = state
  switch (event.do) {
    case 'crash': {
      const pod = needPod(state, event.pod)
      if (pod.phase !== 'running' || nodeOf(state, pod.node)?.condition !== 'ready') return refuse(texts.notNow)
      const crashes = (now - pod.at >= times.backoffReset ? 0 : pod.crashes) + 1
      const delay = delayAfter(crashes, { first: times.backoff, most: times.backoffMost })
      const said = texts.backoff(event.pod, crashes, delay)
      return { ...changePod(state, event.pod, { phase: 'backoff', at: now + delay, crashes }), said }
    }
    case 'silence': {
      if (needNode(state, event.node).condition !== 'ready') return refuse(texts.notNow)
      return changeNode(state, event.node, { condition: 'silent', heard: now })
    }
    case 'return': {
      if (needNode(state, event.node).condition === 'ready') return refuse(texts.notNow)
      const gone = state.pods.filter(({ node, phase }) => node === event.node && phase === 'terminating')
      const names = gone.map(({ spec }) => spec.name)
      const back = without(changeNode(state, event.node, { condition: 'ready' }), names)
      // What was about to start while the node was silent starts now.
      const pods = back.pods.map((pod) =>
        pod.node === event.node && pod.phase === 'starting' ? { ...pod, at: Math.max(pod.at, now + times.start) } : pod,
      )
      return changed({ ...back, pods, said: texts.returned(event.node, names) })
    }
    case 'cordon':
    case 'uncordon': {
      const cordoned = event.do === 'cordon'
      if (needNode(state, event.node).cordoned === cordoned) return refuse(texts.notNow)
      return changed(changeNode(state, event.node, { cordoned }))
    }
    case 'drain': {
      needNode(state, event.node)
      const there = state.pods.filter(({ node, phase }) => node === event.node && phase !== 'terminating')
      const names = there.map(({ spec }) => spec.name)
      const lost = there.filter(({ deployment }) => deployment === null).map(({ spec }) => spec.name)
      const cordoned = changeNode(state, event.node, { cordoned: true })
      return changed({ ...remove(cordoned, names), said: texts.drained(event.node, names, lost) })
    }
    case 'delete':
      return remove(state, [needPod(state, event.pod).spec.name])
    case 'scale': {
      if (state.deployments.every(({ name }) => name !== event.deployment)) refuse(texts.noDeployment(event.deployment))
      const { deployment, replicas } = event
      const deployments = state.deployments.map((one) => (one.name === deployment ? { ...one, replicas } : one))
      return { ...state, deployments, said: '' }
    }
    case 'wait': {
      // Time does not run past what is due; that has to happen first.
      const next = dueIn(state)[0]
      if (next?.at === now) return refuse(texts.notNow)
      return { ...state, now: Math.min(now + event.seconds, next?.at ?? Infinity), said: '' }
    }
    default:
      return refuse(texts.notNow)
  }
}

function scheduleOne(state: ClusterState, pod: PodState): ClusterState {
  const { name } = pod.spec
  const cluster = new Cluster(state.nodes.map(nodeNow))
  const scheduler = new Scheduler(cluster, { ...usualOptions, seed: (state.seed + state.decisions) >>> 0 })
  for (const one of state.pods) {
    const index = cluster.indexOf.get(one.node ?? '')
    if (index !== undefined) scheduler.bind(one.spec, index)
  }
  const decision = scheduler.decide(pod.spec)
  const decided = { ...state, decisions: state.decisions + 1 }
  const victims = decision.refusal?.preemption?.victims.map((one) => one.name) ?? []
  const index = scheduler.carryOut(decision)
  if (index === null) {
    const message = decision.refusal?.message ?? ''
    return { ...changePod(decided, name, { message, triedAt: state.changes }), said: texts.noNode(name, message) }
  }
  const node = cluster.nodes[index]?.name ?? ''
  const total = decision.totals[decision.feasible.indexOf(index)] ?? 0
  const ties = decision.best.map((one) => cluster.nodes[one]?.name ?? '')
  const bound = changePod(remove(decided, victims), name, { node, phase: 'starting', at: state.now + state.times.start, message: '' }) // prettier-ignore
  return {
    ...bound,
    said: victims.length > 0 ? texts.preempts(name, node, victims) : texts.placed(name, node, total, ties),
  }
}

const changePod = (state: ClusterState, name: string, change: Partial<PodState>): ClusterState => ({
  ...state,
  pods: state.pods.map((pod) => (pod.spec.name === name ? { ...pod, ...change } : pod)),
  said: '',
})

const changeNode = (state: ClusterState, name: string, change: Partial<NodeState>): ClusterState => ({
  ...state,
  nodes: state.nodes.map((node) => (node.spec.name === name ? { ...node, ...change } : node)),
  said: '',
})

/** Something may fit now that did not before. */
const changed = (state: ClusterState): ClusterState => ({ ...state, changes: state.changes + 1 })

const without = (state: ClusterState, names: readonly string[]): ClusterState =>
  changed({ ...state, pods: state.pods.filter(({ spec }) => !names.includes(spec.name)), said: '' })

/** Deletes pods: at once where the node answers, otherwise they stay on their way out. */
function remove(state: ClusterState, names: readonly string[]): ClusterState {
  if (names.length === 0) return state
  const answers = (pod: PodState): boolean => pod.node === null || nodeOf(state, pod.node)?.condition === 'ready'
  const leaving = state.pods.filter((pod) => names.includes(pod.spec.name))
  const staying = leaving.filter((pod) => !answers(pod)).map(({ spec }) => spec.name)
  const gone = leaving.filter(answers).map(({ spec }) => spec.name)
  const rest = without(state, gone)
  return {
    ...rest,
    pods: rest.pods.map((pod) =>
      staying.includes(pod.spec.name) ? { ...pod, phase: 'terminating', at: state.now } : pod,
    ),
  }
}

/** Keeps the books about outages up to this moment. */
function watched(state: ClusterState): ClusterState {
  const { now } = state
  const outages: Record<string, Outage> = {}
  for (const { name, replicas } of state.deployments) {
    const before = state.outages[name] ?? noOutage
    const have = availableOf(state, name)
    const complete = before.complete || have >= replicas
    const lasted = (since: number | null): number => (since === null ? 0 : now - since)
    outages[name] = {
      complete,
      shortSince: have >= replicas || !complete ? null : (before.shortSince ?? now),
      noneSince: have > 0 || replicas === 0 || !complete ? null : (before.noneSince ?? now),
      longestShort: Math.max(before.longestShort, lasted(before.shortSince)),
      longestNone: Math.max(before.longestNone, lasted(before.noneSince)),
    }
  }
  return { ...state, outages }
}
