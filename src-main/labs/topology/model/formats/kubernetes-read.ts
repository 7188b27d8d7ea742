// Manifests as a drawing: deployments with their pods, bare pods, and nodes, in a cluster with a control plane. What a
// drawing has no place for is said. Fields: Kubernetes API v1 and apps/v1.
import type { ReadDrawing } from '../../../../contract/lab.ts'
import { quoted } from '../../../../formats/refusal.ts'
import { parseAmount, parseCpu } from '../../kubernetes/quantity.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { Builder, titleIn } from './builder.ts'
import { texts } from './texts.ts'
import { type YamlValue, readYaml } from './yaml-source.ts'

/** Pods of one deployment that are drawn; more say nothing new. */
const MOST_PODS = 20
const MIB = 1024 ** 2
const MAX_MIB = 67_108_864
const MAX_CPU = 1_000_000

/** Kinds that keep a number of equal pods; drawn as deployments. */
const keepers = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'])

/** @throws InterlockError `bad-input` with line and column */
export function readKubernetes(text: string): ReadDrawing<TopologyModel> {
  const manifests = readYaml(text).flatMap((document) =>
    document.get('kind').plain === 'List' ? document.get('items').wantedList() : [document.wantedMap()],
  )
  const builder = new Builder()
  const cluster = builder.add('cluster', 'cluster', null)
  const nodes = new Map<string, TopologyNode>()
  const ofKind = (fits: (kind: string) => boolean): YamlValue[] =>
    manifests.filter((manifest) => fits(kindOf(manifest)))
  for (const manifest of ofKind((kind) => kind === 'Node')) {
    nodes.set(nameOf(manifest), builder.add('node', nameOf(manifest), cluster, nodeFields(manifest)))
  }
  for (const manifest of ofKind((kind) => keepers.has(kind))) readKeeper(manifest, cluster, builder)
  for (const manifest of ofKind((kind) => kind === 'Pod')) {
    const home = nodes.get(manifest.get('spec').get('nodeName').text())
    readPod(manifest, nameOf(manifest), home ?? cluster, builder)
  }
  if (builder.nodes.length === 1) manifests[0]?.refuse(texts.kubernetes.noPods)
  for (const manifest of ofKind((kind) => kind !== 'Node' && kind !== 'Pod' && !keepers.has(kind))) {
    builder.leave(kindOf(manifest), nameOf(manifest))
  }
  surround(cluster, nodes.size, builder)
  return builder.done(titleIn(text))
}

/** What manifests are silent about, since they are applied to what is there. */
function surround(cluster: TopologyNode, nodes: number, builder: Builder): void {
  const parts = [
    ['API server', 'api'],
    ['etcd 1', 'etcd'],
    ['etcd 2', 'etcd'],
    ['etcd 3', 'etcd'],
    ['scheduler', 'scheduler'],
    ['controllers', 'controllers'],
  ] as const
  for (const [name, part] of parts) builder.add('control', name, cluster, { part })
  if (nodes === 0) for (const number of [1, 2]) builder.add('node', `worker ${number}`, cluster)
  builder.remark(nodes === 0 ? texts.kubernetes.added : texts.kubernetes.addedControl)
}

const kindOf = (manifest: YamlValue): string => manifest.get('kind').text() || manifest.refuse(texts.kubernetes.noKind)

const nameOf = (manifest: YamlValue): string =>
  manifest.get('metadata').get('name').text() ||
  manifest.get('metadata').get('generateName').text().replace(/-$/, '') ||
  kindOf(manifest).toLowerCase()

function nodeFields(manifest: YamlValue): object {
  const amounts = manifest.get('status').get('allocatable').there ? 'allocatable' : 'capacity'
  const has = manifest.get('status').get(amounts)
  const taints = manifest
    .get('spec')
    .get('taints')
    .wantedList()
    .map((taint) => {
      const [key, value] = [taint.get('key').text(), taint.get('value').text()]
      return `${key}${value === '' ? '' : `=${value}`}:${taint.get('effect').text()}`
    })
  return {
    cpu: has.get('cpu').there ? cpuOf(has.get('cpu')) : undefined,
    memory: has.get('memory').there ? memoryOf(has.get('memory'), Math.floor) : undefined,
    ...(taints.length > 0 && { taints: taints.join(', ') }),
    ...pairsText('labels', manifest.get('metadata').get('labels')),
  }
}

function readKeeper(manifest: YamlValue, cluster: TopologyNode, builder: Builder): void {
  const [kind, name, spec] = [kindOf(manifest), nameOf(manifest), manifest.get('spec').wantedMap()]
  const template = spec.get('template').wantedMap()
  const replicas = spec.get('replicas').whole(0, 10_000) ?? 1
  const selector = spec.get('selector').get('matchLabels')
  const labels = template.get('metadata').get('labels')
  if (kind !== 'Deployment') builder.remark(texts.kubernetes.asDeployment(kind, name))
  if (spec.get('selector').get('matchExpressions').there) builder.leave('matchExpressions', name)
  const deployment = builder.add('deployment', name, cluster, {
    replicas,
    ...pairsText(
      'selector',
      selector.there ? selector : kind === 'ReplicationController' ? spec.get('selector') : selector,
    ),
    ...pairsText('template', labels),
  })
  if (replicas > MOST_PODS) builder.remark(texts.kubernetes.pods(name, replicas, MOST_PODS))
  const drawn = Math.min(replicas, MOST_PODS)
  for (let number = 1; number <= drawn; number += 1) {
    builder.join('manages', deployment, readPod(template, `${name}-${number}`, cluster, builder))
  }
}

function readPod(pod: YamlValue, name: string, parent: TopologyNode, builder: Builder): TopologyNode {
  const spec = pod.get('spec').wantedMap()
  const containers = spec.get('containers').wantedList()
  if (containers.length === 0) (spec.there ? spec : pod).refuse(texts.kubernetes.noContainers(name))
  for (const key of ['initContainers', 'volumes', 'nodeSelector']) if (spec.get(key).there) builder.leave(key, name)
  const apart = spec.get('affinity').get('podAntiAffinity')
  const spread = apart
    .get('requiredDuringSchedulingIgnoredDuringExecution')
    .list()
    .some((term) => term.get('topologyKey').plain === 'kubernetes.io/hostname')
  if (spec.get('affinity').get('nodeAffinity').there) builder.leave('nodeAffinity', name)
  const tolerations = spec
    .get('tolerations')
    .wantedList()
    .map((one) => tolerationOf(one))
  const labels = pairsText('labels', pod.get('metadata').get('labels'))
  const box = builder.add('pod', name, parent, {
    // Requests that are not made are none; the drawing's usual ones would be more.
    cpu: sum(containers, 'cpu', 'requests', cpuOf),
    memory: sum(containers, 'memory', 'requests', memoryOf),
    cpuLimit: sumOfAll(containers, 'cpu', cpuOf),
    memoryLimit: sumOfAll(containers, 'memory', memoryOf),
    ...labels,
    ...(spread && { spread: true }),
    ...(tolerations.length > 0 && { tolerations: tolerations.join(', ') }),
  })
  for (const container of containers) readContainer(container.wantedMap(), spec, box, builder)
  return box
}

function readContainer(container: YamlValue, spec: YamlValue, pod: TopologyNode, builder: Builder): void {
  const name = container.get('name').text() || 'main'
  const ports = container.get('ports').wantedList()
  const [first, ...more] = ports
  if (more.length > 0) builder.remark(texts.kubernetes.onePort(name))
  const port = first?.get('containerPort').whole(1, 65_535)
  const hostPort = first?.get('hostPort').whole(1, 65_535)
  const security = container.get('securityContext')
  const added = security
    .get('capabilities')
    .get('add')
    .wantedList()
    .map((one) => one.text())
  const plain =
    security.get('runAsNonRoot').plain === true || spec.get('securityContext').get('runAsNonRoot').plain === true
  const user =
    security.get('runAsUser').whole(0, 2_147_483_647) ??
    spec.get('securityContext').get('runAsUser').whole(0, 2_147_483_647)
  builder.add('container', name, pod, {
    image: container.get('image').text() || undefined,
    port,
    hostPort,
    memory: sumOfAll([container], 'memory', memoryOf) ?? 0,
    ...(spec.get('hostNetwork').plain === true && { net: false }),
    ...(spec.get('hostPID').plain === true && { pid: false }),
    ...(spec.get('hostIPC').plain === true && { ipc: false }),
    ...(security.get('privileged').plain === true && { privileged: true }),
    ...(added.some((one) => one === 'SYS_ADMIN' || one === 'ALL') && { sysAdmin: true }),
    ...((plain || (user ?? 0) > 0) && { root: false }),
  })
  for (const key of ['env', 'volumeMounts', 'livenessProbe', 'readinessProbe', 'envFrom']) {
    if (container.get(key).there) builder.leave(key, name)
  }
}

type Reader = (value: YamlValue) => number

const amount = (container: YamlValue, sort: string, resource: string): YamlValue =>
  container.get('resources').get(sort).get(resource)

/** A request that is not made is the limit, if there is one (API reference, ResourceRequirements). */
function sum(containers: readonly YamlValue[], resource: string, sort: 'requests', read: Reader): number {
  return containers.reduce((total, container) => {
    const asked = amount(container, sort, resource)
    const limit = amount(container, 'limits', resource)
    return total + (asked.there ? read(asked) : limit.there ? read(limit) : 0)
  }, 0)
}

/** A pod is limited when each of its containers is. */
function sumOfAll(containers: readonly YamlValue[], resource: string, read: Reader): number | undefined {
  const limits = containers.map((container) => amount(container, 'limits', resource))
  return limits.every(({ there }) => there) ? limits.reduce((total, limit) => total + read(limit), 0) : undefined
}

function quantity(value: YamlValue, read: (text: string) => number, most: number): number {
  try {
    const found = read(value.text())
    return found <= most ? found : value.refuse(texts.kubernetes.tooMuch(quoted(value.text())))
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    // the quantity's own message begins with the place in an input, which is not ours
    return message.startsWith(': ') ? value.refuse(message.slice(2)) : raise(error)
  }
}

function raise(error: unknown): never {
  throw error
}

const cpuOf: Reader = (value) => quantity(value, (text) => parseCpu(text, ''), MAX_CPU)
const memoryOf = (value: YamlValue, round: (mib: number) => number = Math.ceil): number =>
  quantity(value, (text) => round(parseAmount(text, '') / MIB), MAX_MIB)

function pairsText(key: string, map: YamlValue): object {
  const pairs = map
    .wantedMap()
    .keys()
    .map((name) => `${name}=${map.get(name).text()}`)
  return pairs.length > 0 ? { [key]: pairs.join(', ') } : {}
}

function tolerationOf(one: YamlValue): string {
  const [key, value, effect] = [one.get('key').text(), one.get('value').text(), one.get('effect').text()]
  return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`
}
