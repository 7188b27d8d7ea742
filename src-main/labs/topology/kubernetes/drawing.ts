// The bridge between the drawing of a topology and a cluster that is played: nodes, pods and deployments of the drawing
// as a specification, and a moment of the play as a drawing again. The only place here that knows the drawing's records.
import type { Mark } from '../../../contract/verdict.ts'
import { isSet, listOf, numberOf } from '../model/properties.ts'
import type { TopologyEdge, TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import type { ClusterBridge } from './reconcile/simulation.ts'
import { type ClusterState, type PodState, isAvailable } from './reconcile/state.ts'
import { ClusterSpec, type Deployment, NodeSpec, PodSpec, type StartingPod, taintEffects } from './spec.ts'

const MIB = 1024 ** 2
const HOSTNAME = 'kubernetes.io/hostname'

const CLUSTER_KINDS = ['node', 'pod', 'deployment'] as const
type ClusterKind = (typeof CLUSTER_KINDS)[number]

const ofKind = (model: TopologyModel, kind: ClusterKind): TopologyNode[] =>
  model.nodes.filter((node) => node.kind === kind)

/** What a record is called in the play: its name, with its id where another of its kind has the same. */
function namesIn(model: TopologyModel, kind: ClusterKind): ReadonlyMap<string, string> {
  const memory = memories.get(model) ?? new Map<ClusterKind, ReadonlyMap<string, string>>()
  memories.set(model, memory)
  const known = memory.get(kind)
  if (known !== undefined) return known
  const records = ofKind(model, kind)
  const count = new Map<string, number>()
  for (const { name } of records) count.set(name, (count.get(name) ?? 0) + 1)
  const names = new Map(records.map(({ id, name }) => [id, (count.get(name) ?? 0) > 1 ? `${name} (${id})` : name]))
  memory.set(kind, names)
  return names
}

/** Names of drawings that were asked for; a model is never changed once it is there. */
const memories = new WeakMap<TopologyModel, Map<ClusterKind, ReadonlyMap<string, string>>>()

const pairs = (node: TopologyNode, key: string): Record<string, string> =>
  Object.fromEntries(
    listOf(node, key).map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return [name.trim(), value.trim()]
    }),
  )

/** "key=value:Effect"; what is no taint or has no effect is left to the rules, which speak of it. */
function taintsOf(node: TopologyNode, key: string): { key: string; value: string; effect: string }[] {
  return listOf(node, key).map((text) => {
    const [pair = '', effect = ''] = text.split(':')
    const [name = '', value = ''] = pair.split('=')
    return { key: name.trim(), value: value.trim(), effect: effect.trim() }
  })
}

function nodeSpec(node: TopologyNode, name: string): NodeSpec {
  const effects: readonly string[] = taintEffects
  return NodeSpec.parse({
    name,
    allocatable: { cpu: numberOf(node, 'cpu'), memory: numberOf(node, 'memory') * MIB },
    labels: { [HOSTNAME]: name, ...pairs(node, 'labels') },
    taints: taintsOf(node, 'taints').filter(({ key, effect }) => key !== '' && effects.includes(effect)),
    // Nothing would start a pod there.
    unschedulable: !isSet(node, 'kubelet') || !isSet(node, 'cri'),
  })
}

function podSpec(pod: TopologyNode | null, name: string, extra: Record<string, string>): PodSpec {
  const amounts = (cpu: string, memory: string): Record<string, number> => {
    const [first, second] = pod === null ? [0, 0] : [numberOf(pod, cpu), numberOf(pod, memory) * MIB]
    return { ...(first > 0 && { cpu: first }), ...(second > 0 && { memory: second }) }
  }
  const labels = { ...(pod === null ? {} : pairs(pod, 'labels')), ...extra }
  const port = pod === null ? 0 : numberOf(pod, 'hostPort')
  const apart = { topologyKey: HOSTNAME, selector: { matchLabels: labels } }
  return PodSpec.parse({
    name,
    labels,
    containers: [{ requests: amounts('cpu', 'memory'), limits: amounts('cpuLimit', 'memoryLimit') }],
    tolerations: (pod === null ? [] : taintsOf(pod, 'tolerations')).map(({ key, value, effect }) => ({
      key,
      operator: value === '' ? 'Exists' : 'Equal',
      value,
      effect: (taintEffects as readonly string[]).includes(effect) ? effect : '',
    })),
    podAntiAffinity: { required: pod !== null && isSet(pod, 'spread') ? [apart] : [] },
    hostPorts: port > 0 ? [{ port }] : [],
  })
}

/** The deployment that manages each pod, by the lines of the drawing. */
const managers = (model: TopologyModel): ReadonlyMap<string, string> =>
  new Map(model.edges.flatMap(({ kind, from, to }) => (kind === 'manages' ? [[to, from] as const] : [])))

/** Every node, pod and deployment that is drawn, as one cluster; pods that lie on a node run there. */
export function clusterOf(model: TopologyModel): ClusterSpec {
  const [nodeNames, podNames, deploymentNames] = CLUSTER_KINDS.map((kind) => namesIn(model, kind))
  const manager = managers(model)
  const tree = treeOf(model.nodes)
  const pods = ofKind(model, 'pod')
  return ClusterSpec.parse({
    nodes: ofKind(model, 'node').map((node) => nodeSpec(node, nodeNames?.get(node.id) ?? '')),
    pods: pods.map((pod): StartingPod => ({
      spec: podSpec(pod, podNames?.get(pod.id) ?? '', {}),
      node: nodeNames?.get(tree.parentOf(pod)?.id ?? '') ?? null,
      deployment: deploymentNames?.get(manager.get(pod.id) ?? '') ?? null,
    })),
    deployments: ofKind(model, 'deployment').map((deployment): Deployment => {
      const name = deploymentNames?.get(deployment.id) ?? ''
      // New pods are like the first that it manages, with the labels of the template.
      const like = pods.find(({ id }) => manager.get(id) === deployment.id) ?? null
      const replicas = Math.min(1000, numberOf(deployment, 'replicas'))
      return { name, replicas, template: podSpec(like, name, pairs(deployment, 'template')) }
    }),
  })
}

function markOf(pod: PodState, state: ClusterState): Mark {
  if (pod.phase === 'terminating') return 'impossible'
  if (isAvailable(state, pod)) return 'free'
  return pod.phase === 'running' ? 'unsafe' : 'behind'
}

/** Longest part of a deployment's id that the ids of its new pods begin with. */
const MOST_PREFIX = 80

/** The record id of a pod that was made while the cluster was played: `web-3` of the deployment with the id d is `d~3`. */
function madeId(model: TopologyModel, name: string): string | null {
  const [, deployment, number] = /^(.*)-(\d+)$/s.exec(name) ?? []
  for (const [id, one] of namesIn(model, 'deployment')) {
    if (one === deployment) return `${id.slice(0, MOST_PREFIX)}~${number ?? ''}`
  }
  return null
}

/** Record ids of the pods of a moment, by name: those of the drawing, and made ones for the others. */
function podIds(model: TopologyModel, state: ClusterState): ReadonlyMap<string, string> {
  const own = new Map([...namesIn(model, 'pod')].map(([id, name]) => [name, id]))
  return new Map(
    state.pods.flatMap(({ spec: { name } }) => {
      const id = own.get(name) ?? madeId(model, name)
      return id === null ? [] : [[name, id] as const]
    }),
  )
}

/** The drawing at a moment: pods lie on their nodes, new ones are there and deleted ones are not. */
function show(model: TopologyModel, state: ClusterState): { model: TopologyModel; marks: Record<string, Mark> } {
  const nodeIds = new Map([...namesIn(model, 'node')].map(([id, name]) => [name, id]))
  const deploymentIds = new Map([...namesIn(model, 'deployment')].map(([id, name]) => [name, id]))
  const ids = podIds(model, state)
  const records = new Map(model.nodes.map((node) => [node.id, node]))
  const tree = treeOf(model.nodes)
  const cluster = model.nodes.find(({ kind }) => kind === 'cluster')?.id
  const here = new Set(ids.values())
  const gone = new Set(
    ofKind(model, 'pod').flatMap(({ id }) => (here.has(id) ? [] : [id, ...tree.within(id).map((one) => one.id)])),
  )
  const marks: Record<string, Mark> = {}
  for (const { spec, condition, cordoned } of state.nodes) {
    const id = nodeIds.get(spec.name)
    if (id === undefined) continue
    if (condition !== 'ready') marks[id] = condition === 'silent' ? 'unsafe' : 'impossible'
    else if (cordoned) marks[id] = 'behind'
  }
  const manages: TopologyEdge[] = []
  const pods = state.pods.flatMap((pod): TopologyNode[] => {
    const { name } = pod.spec
    const id = ids.get(name)
    if (id === undefined) return []
    marks[id] = markOf(pod, state)
    const deployment = deploymentIds.get(pod.deployment ?? '')
    const record = records.get(id)
    const like =
      record ?? tree.byId.get(model.edges.find(({ kind, from }) => kind === 'manages' && from === deployment)?.to ?? '')
    if (record === undefined && deployment !== undefined) {
      manages.push({ id: `${id}~manages`, kind: 'manages', from: deployment, to: id })
    }
    // A pod without a node waits in its cluster.
    const parent = nodeIds.get(pod.node ?? '') ?? cluster
    const drawn: TopologyNode = { ...like, kind: 'pod', id, name: record?.name ?? name }
    if (parent === undefined) delete drawn['parent']
    else drawn['parent'] = parent
    return [drawn]
  })
  return {
    model: {
      ...model,
      nodes: [...model.nodes.filter((node) => node.kind !== 'pod' && !gone.has(node.id)), ...pods],
      edges: [...model.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)), ...manages],
    },
    marks,
  }
}

export const clusterBridge: ClusterBridge<TopologyModel> = {
  specOf: clusterOf,
  show,
  recordOf(model, thing, name) {
    for (const [id, one] of namesIn(model, thing)) if (one === name) return id
    return thing === 'pod' ? madeId(model, name) : null
  },
}
