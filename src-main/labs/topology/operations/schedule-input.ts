// Reading the cluster of `topology.schedule`: nodes, pods that run and pods that wait, from lists or from a drawing.
import { MAX_CLUSTER_NODES, MAX_CLUSTER_PODS } from '../../../contract/limits.ts'
import { bad, readWhole } from '../../../contract/operation-input.ts'
import { clusterOf } from '../kubernetes/drawing.ts'
import type { NodeSpec, PodSpec } from '../kubernetes/spec.ts'
import { type Fields, list } from './cluster-fields.ts'
import { readNode, readPod } from './cluster-input.ts'
import { readDrawing } from './drawing-input.ts'

export interface ClusterInput {
  nodes: NodeSpec[]
  running: { pod: PodSpec; node: number }[]
  waiting: PodSpec[]
}

/** A pod and the node that it runs on; null for one that waits. */
interface Read {
  pod: PodSpec
  node: string | null
  at: string
}

/** @throws InterlockError `bad-input` */
export function readCluster(fields: Fields): ClusterInput {
  if (fields['drawing'] !== undefined && fields['nodes'] !== undefined) {
    throw bad('drawing', 'give either nodes or a drawing, not both.')
  }
  const drawn = fields['drawing'] === undefined ? null : clusterOf(readDrawing({ drawing: fields['drawing'] }))
  const given = list(fields['nodes'], 'nodes')
  const nodes = drawn?.nodes ?? given.map((one, index) => readNode(one, `nodes[${index}]`, index))
  if (nodes.length > MAX_CLUSTER_NODES) {
    throw bad('nodes', `expected at most ${MAX_CLUSTER_NODES} nodes, found ${nodes.length}.`)
  }
  const indexOf = new Map(nodes.map(({ name }, index) => [name, index]))
  if (indexOf.size < nodes.length) {
    const twice = nodes.findIndex(({ name }, index) => indexOf.get(name) !== index)
    throw bad(`nodes[${twice}].name`, `there are two nodes called ${nodes[twice]?.name ?? ''}. Give each its own name.`)
  }
  const running: ClusterInput['running'] = []
  const waiting: PodSpec[] = []
  const names = new Set<string>()
  const pods = [
    ...(drawn?.pods ?? []).map(({ spec, node }): Read => ({ pod: spec, node, at: 'drawing' })),
    ...readPods(fields),
  ]
  for (const { pod, node, at } of pods) {
    const key = `${pod.namespace}/${pod.name}`
    if (names.has(key)) throw bad(`${at}.name`, `there are two pods called ${pod.name}. Give each its own name.`)
    names.add(key)
    const index = node === null ? null : indexOf.get(node)
    if (index === undefined) throw bad(`${at}.node`, `there is no node ${node ?? ''}.`)
    if (index === null) waiting.push(pod)
    else running.push({ pod, node: index })
  }
  return { nodes, running, waiting }
}

/** A pod as it was given, and whether it exists already. */
interface Given {
  one: unknown
  at: string
  exists: boolean
}

/** The pods of all three fields; those with a count several times, with numbers behind their names. */
function readPods(fields: Fields): Read[] {
  const single: Given[] = fields['pod'] === undefined ? [] : [{ one: fields['pod'], at: 'pod', exists: false }]
  const from = (name: string, exists: boolean): Given[] =>
    list(fields[name], name).map((one, index) => ({ one, at: `${name}[${index}]`, exists }))
  const found: Read[] = []
  for (const { one, at, exists } of [...from('existing', true), ...from('pods', false), ...single]) {
    const { pod, node } = readPod(one, at, found.length)
    const copies = readCopies(one, at)
    if (found.length + copies > MAX_CLUSTER_PODS) throw bad(at, `expected at most ${MAX_CLUSTER_PODS} pods.`)
    // What a manifest calls nodeName is, for a pod that exists, where it runs.
    const bound = node ?? (exists ? pod.nodeName : null)
    for (let copy = 1; copy <= copies; copy += 1) {
      found.push({ pod: copies === 1 ? pod : { ...pod, name: `${pod.name}-${copy}` }, node: bound, at })
    }
  }
  return found
}

function readCopies(value: unknown, at: string): number {
  const count = typeof value === 'object' && value !== null ? (value as Fields)['count'] : undefined
  return count === undefined ? 1 : readWhole(count, `${at}.count`, 1, MAX_CLUSTER_PODS)
}
