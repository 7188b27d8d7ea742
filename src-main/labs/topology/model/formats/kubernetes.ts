// Deployments and pods of a drawing as manifests for `kubectl apply`. Nodes and control plane are what they are applied
// to.
import { stringify } from 'yaml'
import type { TextFormat } from '../../../../contract/lab.ts'
import { InterlockError } from '../../../../contract/errors.ts'
import { isSet, listOf, numberOf, textOf } from '../properties.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { type Tree, treeOf } from '../tree.ts'
import { comment } from './comment.ts'
import { readKubernetes } from './kubernetes-read.ts'
import { labelsFor, pairsOf } from './names.ts'
import { texts } from './texts.ts'

/** Does nothing: what stands for a container that was not drawn. */
const PAUSE = 'registry.k8s.io/pause:3.10'

export const kubernetes: TextFormat<TopologyModel> = {
  id: 'kubernetes',
  label: texts.kubernetes.label,
  extensions: ['yaml', 'yml'],
  media: 'application/yaml',
  recognises: (text) => /^apiVersion\s*:/m.test(text) && /^\s*-?\s*kind\s*:/m.test(text),
  read: readKubernetes,
  write({ model, title, verdict }) {
    const tree = treeOf(model.nodes)
    const deployments = model.nodes.filter(({ kind }) => kind === 'deployment')
    const pods = model.nodes.filter(({ kind }) => kind === 'pod')
    if (deployments.length + pods.length === 0) throw new InterlockError('bad-input', texts.kubernetes.nothing)
    const names = labelsFor([...deployments, ...pods])
    const managed = managedPods(model, tree)
    const owned = new Set([...managed.values()].flat())
    const manifests = [
      ...deployments.map((deployment) => deploymentOf(deployment, managed.get(deployment.id) ?? [], names, tree)),
      ...pods.filter(({ id }) => !owned.has(id)).map((pod) => podOf(pod, names, tree)),
    ]
    const head = comment([title, verdict ?? ''], '# ')
    return head + manifests.map((manifest) => stringify(manifest, { lineWidth: 0 })).join('---\n')
  },
}

/** By deployment: ids of the pods that it manages. Parts of the control plane can be drawn as managing pods, too. */
function managedPods({ edges }: TopologyModel, tree: Tree<TopologyNode>): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { kind, from, to } of edges) {
    if (kind !== 'manages' || tree.byId.get(from)?.kind !== 'deployment') continue
    const list = found.get(from)
    if (list === undefined) found.set(from, [to])
    else list.push(to)
  }
  return found
}

function deploymentOf(
  deployment: TopologyNode,
  managed: readonly string[],
  names: ReadonlyMap<string, string>,
  tree: Tree<TopologyNode>,
): object {
  const name = names.get(deployment.id) ?? 'deployment'
  const first = managed.map((id) => tree.byId.get(id)).find((pod) => pod?.kind === 'pod')
  const own = { app: name }
  const selector = pairsOf(listOf(deployment, 'selector'))
  const template = pairsOf(listOf(deployment, 'template'))
  const labels = Object.keys(template).length > 0 ? template : Object.keys(selector).length > 0 ? selector : own
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: numberOf(deployment, 'replicas'),
      selector: { matchLabels: Object.keys(selector).length > 0 ? selector : labels },
      template: { metadata: { labels }, spec: podSpec(first ?? null, labels, tree) },
    },
  }
}

function podOf(pod: TopologyNode, names: ReadonlyMap<string, string>, tree: Tree<TopologyNode>): object {
  const labels = pairsOf(listOf(pod, 'labels'))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: names.get(pod.id) ?? 'pod', ...(Object.keys(labels).length > 0 && { labels }) },
    spec: podSpec(pod, labels, tree),
  }
}

function podSpec(pod: TopologyNode | null, labels: object, tree: Tree<TopologyNode>): object {
  const drawn = pod === null ? [] : tree.childrenOf(pod.id).filter(({ kind }) => kind === 'container')
  const names = labelsFor(drawn)
  const shares = (key: 'net' | 'pid' | 'ipc'): boolean => drawn.some((one) => !isSet(one, key))
  const tolerations = pod === null ? [] : listOf(pod, 'tolerations').map(tolerationOf)
  return {
    containers:
      drawn.length === 0
        ? [{ name: 'main', image: PAUSE, ...undrawnPort(pod), ...resources(pod) }]
        : drawn.map((container, index) => containerOf(container, names, index === 0 ? pod : null)),
    ...(shares('net') && { hostNetwork: true }),
    ...(shares('pid') && { hostPID: true }),
    ...(shares('ipc') && { hostIPC: true }),
    ...(tolerations.length > 0 && { tolerations }),
    ...(pod !== null &&
      isSet(pod, 'spread') && {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' },
            ],
          },
        },
      }),
  }
}

/** The port of the node that is drawn at a pod without containers. */
function undrawnPort(pod: TopologyNode | null): object {
  const hostPort = pod === null ? 0 : numberOf(pod, 'hostPort')
  return hostPort > 0 ? { ports: [{ containerPort: hostPort, hostPort }] } : {}
}

/** What the pod asks for; drawn at the pod, asked for by its first container. */
function resources(pod: TopologyNode | null): object {
  if (pod === null) return {}
  const limits = {
    ...(numberOf(pod, 'cpuLimit') > 0 && { cpu: `${numberOf(pod, 'cpuLimit')}m` }),
    ...(numberOf(pod, 'memoryLimit') > 0 && { memory: `${numberOf(pod, 'memoryLimit')}Mi` }),
  }
  return {
    resources: {
      requests: { cpu: `${numberOf(pod, 'cpu')}m`, memory: `${numberOf(pod, 'memory')}Mi` },
      ...(Object.keys(limits).length > 0 && { limits }),
    },
  }
}

function containerOf(container: TopologyNode, names: ReadonlyMap<string, string>, pod: TopologyNode | null): object {
  const hostPort = numberOf(container, 'hostPort') || (pod === null ? 0 : numberOf(pod, 'hostPort'))
  const port = numberOf(container, 'port') || hostPort
  // in the network namespace of the node, a port is the node's own already
  const mapped = hostPort > 0 && isSet(container, 'net')
  const security = {
    ...(isSet(container, 'privileged') && { privileged: true }),
    ...(isSet(container, 'sysAdmin') && { capabilities: { add: ['SYS_ADMIN'] } }),
    ...(!isSet(container, 'root') && { runAsNonRoot: true }),
  }
  return {
    name: names.get(container.id) ?? 'main',
    image: textOf(container, 'image') || PAUSE,
    ...(port > 0 && { ports: [{ containerPort: port, ...(mapped && { hostPort }) }] }),
    ...resources(pod),
    ...(Object.keys(security).length > 0 && { securityContext: security }),
  }
}

/** `key=value:Effect` */
function tolerationOf(text: string): object {
  const [pair = '', effect = ''] = text.split(':')
  const [key = '', value = ''] = pair.split('=')
  return {
    key: key.trim(),
    ...(value.trim() === '' ? { operator: 'Exists' } : { operator: 'Equal', value: value.trim() }),
    ...(effect.trim() !== '' && { effect: effect.trim() }),
  }
}
