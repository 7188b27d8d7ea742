// Reading clusters that an operation is given: short forms of our own, and manifests as kubectl prints them. Values are
// checked where they stand; a refusal names the place and the remedy.
import { bad, readFields, readWhole, said } from '../../../contract/operation-input.ts'
import { parseAmount, parseResource } from '../kubernetes/quantity.ts'
import { NodeSpec, PodSpec, type Resources, taintEffects } from '../kubernetes/spec.ts'
import { type Fields, list, onlyFields, readLabels, record, text } from './cluster-fields.ts'
import { readPodRules } from './pod-rules-input.ts'

/** Names that people give to resources, and what Kubernetes calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  mem: 'memory',
  storage: 'ephemeral-storage',
  ephemeralStorage: 'ephemeral-storage',
  gpu: 'nvidia.com/gpu',
}
const PLAIN_RESOURCES = ['cpu', 'memory', 'mem', 'storage', 'ephemeral-storage', 'ephemeralStorage', 'gpu'] as const

/** An object of quantities, or "cpu/memory" such as "500m/1Gi". */
export function readResources(value: unknown, at: string): Record<string, number> {
  if (typeof value === 'string') {
    const parts = value.split('/')
    if (parts.length !== 2) throw bad(at, `expected cpu/memory such as 500m/1Gi, found ${said(value)}.`)
    return { cpu: parseResource('cpu', parts[0], at), memory: parseResource('memory', parts[1], at) }
  }
  const amounts: Record<string, number> = {}
  for (const [key, amount] of Object.entries(record(value, at))) {
    const name = ALIASES[key] ?? key
    amounts[name] = parseResource(name, amount, `${at}.${key}`)
  }
  return amounts
}

const plain = (fields: Fields, at: string): Record<string, number> =>
  readResources(
    Object.fromEntries(PLAIN_RESOURCES.flatMap((name) => (name in fields ? [[name, fields[name]]] : []))),
    at,
  )

/** "key=value:Effect", "key:Effect", or an object with key, value and effect. */
function readTaint(value: unknown, at: string): unknown {
  if (typeof value !== 'string') {
    const fields = record(value, at)
    const effect = text(fields['effect'], `${at}.effect`, 'NoSchedule')
    if (!(taintEffects as readonly string[]).includes(effect)) {
      throw bad(`${at}.effect`, `expected ${taintEffects.join(', ')}, found ${said(effect)}.`)
    }
    return { key: text(fields['key'], `${at}.key`), value: text(fields['value'], `${at}.value`, ''), effect }
  }
  const match = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(value)
  if (match === null)
    throw bad(at, `expected key=value:Effect with one of ${taintEffects.join(', ')}, found ${said(value)}.`)
  return { key: match[1], value: match[2] ?? '', effect: match[3] }
}

/** A record of name and size, or the list that a node's status holds. */
function readImages(value: unknown, at: string): Record<string, number> {
  if (!Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(record(value, at)).map(([name, size]) => [name, parseAmount(size, `${at}.${name}`)]),
    )
  }
  return Object.fromEntries(
    value.flatMap((one: unknown, index) => {
      const fields = record(one, `${at}[${index}]`)
      const size = parseAmount(fields['sizeBytes'] ?? fields['size'], `${at}[${index}].size`)
      const names = fields['names'] ?? [fields['name']]
      return list(names, `${at}[${index}].names`).map((name) => [text(name, `${at}[${index}].names`), size] as const)
    }),
  )
}

const NODE_FIELDS = [
  ...PLAIN_RESOURCES,
  'name', 'pods', 'allocatable', 'capacity', 'used', 'requested', 'usedPods', 'labels', 'taints', 'unschedulable',
  'cordoned', 'images', 'maxVolumes', 'zone', 'apiVersion', 'kind', 'metadata', 'spec', 'status',
] // prettier-ignore

export function readNode(value: unknown, at: string, index: number): NodeSpec {
  const fields = readFields(
    value,
    at,
    `expected a node such as { "name": "n1", "cpu": "4", "memory": "8Gi" }, found ${said(value)}.`,
  )
  onlyFields(fields, at, NODE_FIELDS)
  const [metadata, spec, status] = ['metadata', 'spec', 'status'].map((key) => record(fields[key], `${at}.${key}`)) as [
    Fields,
    Fields,
    Fields,
  ]
  const name = text(fields['name'] ?? metadata['name'], `${at}.name`, `n${index + 1}`)
  const allocatable: Resources = {
    ...readResources(status['capacity'] ?? fields['capacity'], `${at}.capacity`),
    ...readResources(status['allocatable'] ?? fields['allocatable'], `${at}.allocatable`),
    ...plain(fields, at),
    ...(fields['pods'] === undefined ? {} : { pods: readWhole(fields['pods'], `${at}.pods`, 0, 1_000_000) }),
  }
  const used = readResources(fields['used'] ?? fields['requested'], `${at}.used`)
  if (fields['usedPods'] !== undefined) used['pods'] = readWhole(fields['usedPods'], `${at}.usedPods`, 0, 1_000_000)
  const zone = fields['zone'] === undefined ? {} : { 'topology.kubernetes.io/zone': text(fields['zone'], `${at}.zone`) }
  const maxVolumes = fields['maxVolumes']
  return NodeSpec.parse({
    name,
    allocatable,
    used,
    // Every node has its own name as a label, as the kubelet sets it.
    labels: {
      'kubernetes.io/hostname': name,
      ...zone,
      ...readLabels(metadata['labels'] ?? fields['labels'], `${at}.labels`),
    },
    taints: list(spec['taints'] ?? fields['taints'], `${at}.taints`).map((one, i) =>
      readTaint(one, `${at}.taints[${i}]`),
    ),
    unschedulable: (spec['unschedulable'] ?? fields['unschedulable'] ?? fields['cordoned'] ?? false) === true,
    images: readImages(status['images'] ?? fields['images'], `${at}.images`),
    ...(maxVolumes === undefined ? {} : { maxVolumes: readWhole(maxVolumes, `${at}.maxVolumes`, 0, 10_000) }),
  })
}

const POD_FIELDS = [
  ...PLAIN_RESOURCES,
  'name', 'namespace', 'labels', 'requests', 'limits', 'containers', 'image', 'images', 'priority', 'preemptionPolicy',
  'node', 'nodeName', 'nodeSelector', 'affinity', 'nodeAffinity', 'podAffinity', 'podAntiAffinity', 'tolerations',
  'spread', 'topologySpreadConstraints', 'hostPorts', 'volumes', 'apiVersion', 'kind', 'metadata', 'spec', 'status', 'count',
] // prettier-ignore

function readContainers(fields: Fields, at: string): unknown[] {
  const given = list(fields['containers'], `${at}.containers`)
  const images = fields['images'] ?? (fields['image'] === undefined ? [] : [fields['image']])
  const named = list(images, `${at}.images`).map((image, index) => text(image, `${at}.images[${index}]`))
  if (given.length === 0) {
    const requests = { ...readResources(fields['requests'], `${at}.requests`), ...plain(fields, at) }
    const limits = readResources(fields['limits'], `${at}.limits`)
    // A limit without a request is also the request, as the API server sets it.
    const first = { name: 'main', image: named[0] ?? '', requests: { ...limits, ...requests }, limits }
    return [
      first,
      ...named.slice(1).map((image, index) => ({ name: `c${index + 2}`, image, requests: {}, limits: {} })),
    ]
  }
  return given.map((one, index) => {
    const here = `${at}.containers[${index}]`
    const container = readFields(one, here)
    const resources = record(container['resources'], `${here}.resources`)
    const limits = readResources(resources['limits'] ?? container['limits'], `${here}.limits`)
    const requests = readResources(resources['requests'] ?? container['requests'], `${here}.requests`)
    return {
      name: text(container['name'], `${here}.name`, `c${index + 1}`),
      image: text(container['image'], `${here}.image`, ''),
      requests: { ...limits, ...requests, ...plain(container, here) },
      limits,
    }
  })
}

/** @returns the pod, and the node that it runs on already */
export function readPod(value: unknown, at: string, index: number): { pod: PodSpec; node: string | null } {
  const fields =
    typeof value === 'string'
      ? { requests: value }
      : readFields(
          value,
          at,
          `expected a pod such as { "name": "web", "cpu": "500m", "memory": "1Gi" }, found ${said(value)}.`,
        )
  onlyFields(fields, at, POD_FIELDS)
  const metadata = record(fields['metadata'], `${at}.metadata`)
  const spec = { ...fields, ...record(fields['spec'], `${at}.spec`) }
  const priority = spec['priority']
  const pod = PodSpec.parse({
    name: text(fields['name'] ?? metadata['name'], `${at}.name`, `pod${index + 1}`),
    namespace: text(fields['namespace'] ?? metadata['namespace'], `${at}.namespace`, 'default'),
    labels: readLabels(metadata['labels'] ?? fields['labels'], `${at}.labels`),
    containers: readContainers(spec, at),
    priority: priority === undefined ? 0 : readWhole(priority, `${at}.priority`, -2_147_483_648, 2_147_483_647),
    preemption: spec['preemptionPolicy'] === 'Never' ? 'Never' : 'PreemptLowerPriority',
    nodeName: text(spec['nodeName'], `${at}.nodeName`, ''),
    ...readPodRules(spec, at),
  })
  return { pod, node: fields['node'] === undefined ? null : text(fields['node'], `${at}.node`) }
}
