// What can be drawn in a topology, what may lie in what, and what a line between two things means.
import type { EdgeRecord, NodeRecord } from '../../../contract/document.ts'
import type { Connection, EdgeKind, NodeKind } from '../../../contract/lab.ts'
import type { EdgeKindName, NodeKindName } from './kind-names.ts'
import { properties, textOf } from './properties.ts'
import { texts } from './texts.ts'

interface Own {
  group: keyof typeof texts.groups
  prefix: string
  key?: string
}

const own: Readonly<Record<NodeKindName, Own>> = {
  host: { group: 'machines', prefix: 'host', key: 'M' },
  os: { group: 'machines', prefix: 'os', key: 'O' },
  device: { group: 'machines', prefix: 'device' },
  hypervisor: { group: 'virtual', prefix: 'hv', key: 'Y' },
  vm: { group: 'virtual', prefix: 'vm', key: 'I' },
  libvirt: { group: 'virtual', prefix: 'libvirt' },
  vcenter: { group: 'virtual', prefix: 'vcenter' },
  vcluster: { group: 'virtual', prefix: 'vsphere' },
  engine: { group: 'containers', prefix: 'engine', key: 'G' },
  runtime: { group: 'containers', prefix: 'runtime' },
  container: { group: 'containers', prefix: 'ctr', key: 'C' },
  process: { group: 'containers', prefix: 'proc', key: 'P' },
  namespace: { group: 'containers', prefix: 'ns' },
  cgroup: { group: 'containers', prefix: 'cg' },
  overlay: { group: 'containers', prefix: 'overlay' },
  cluster: { group: 'kubernetes', prefix: 'k8s', key: 'K' },
  control: { group: 'kubernetes', prefix: 'control' },
  node: { group: 'kubernetes', prefix: 'node' },
  deployment: { group: 'kubernetes', prefix: 'deploy' },
  pod: { group: 'kubernetes', prefix: 'pod' },
  interface: { group: 'links', prefix: 'eth' },
  bridge: { group: 'links', prefix: 'br' },
  network: { group: 'links', prefix: 'net' },
  storage: { group: 'links', prefix: 'store' },
}

/** Kinds that others can lie in. */
const boxes: ReadonlySet<string> = new Set<NodeKindName>([
  'host',
  'os',
  'hypervisor',
  'vm',
  'engine',
  'container',
  'namespace',
  'cgroup',
  'vcenter',
  'vcluster',
  'cluster',
  'node',
  'pod',
])

export const nodeKinds: readonly NodeKind[] = (Object.entries(own) as [NodeKindName, Own][]).map(
  ([kind, { group, prefix, key }]) => ({
    kind,
    label: texts.kinds[kind],
    prefix,
    group: texts.groups[group],
    fields: [],
    properties: properties[kind] ?? [],
    ...(boxes.has(kind) && { flags: [{ key: 'folded', ...texts.folded, letter: 'U' }] }),
    defaults: {},
    ...(key !== undefined && { key }),
  }),
)

const edge = (kind: EdgeKindName, undirected?: true): EdgeKind => ({
  kind,
  label: texts.edges[kind],
  fields: [],
  defaults: {},
  ...(undirected !== undefined && { undirected }),
})
export const edgeKinds: readonly EdgeKind[] = [
  edge('veth', true),
  edge('attached'),
  edge('uses'),
  edge('passthrough'),
  edge('migrates'),
  edge('manages'),
  edge('member'),
]

export const holds = (kind: string): boolean => boxes.has(kind)

export type HypervisorType = 1 | 2 | 'kvm' | 'qemu'
/** KVM is a part of Linux, and QEMU is a program with or without it: both are neither plain Type 1 nor plain Type 2. */
export function hypervisorType(node: NodeRecord): HypervisorType {
  const product = textOf(node, 'product')
  if (product === 'kvm' || product === 'qemu') return product
  return product === 'virtualbox' || product === 'workstation' ? 2 : 1
}

/** What is at home in what, by kind; null: beside everything. What a product asks for besides is for the rules. */
const homes: Readonly<Record<NodeKindName, readonly (NodeKindName | null)[]>> = {
  host: [null, 'vcluster', 'vcenter'],
  os: ['host', 'vm'],
  device: ['host'],
  hypervisor: ['host', 'os', 'vm'],
  vm: ['hypervisor'],
  libvirt: ['os'],
  engine: ['os'],
  runtime: ['engine', 'node'],
  container: ['engine', 'pod'],
  process: ['os', 'container', 'cgroup', 'namespace'],
  namespace: ['os', 'container', 'namespace'],
  cgroup: ['os', 'cgroup'],
  overlay: ['container', 'engine'],
  interface: ['os', 'vm', 'namespace', 'container', 'pod'],
  bridge: ['os', 'hypervisor', 'namespace'],
  network: [null, 'vcluster', 'cluster'],
  storage: [null, 'host', 'vcluster', 'cluster'],
  vcenter: [null],
  vcluster: [null, 'vcenter'],
  cluster: [null],
  control: ['cluster', 'os'],
  node: ['cluster', 'os'],
  deployment: ['cluster'],
  pod: ['node', 'cluster'],
}

export function athome(parent: NodeRecord | null, kind: string): boolean {
  return ((homes as Record<string, readonly (string | null)[]>)[kind] ?? []).includes(parent?.kind ?? null)
}

const ends: readonly (readonly [EdgeKindName, readonly NodeKindName[], readonly NodeKindName[]])[] = [
  ['veth', ['interface'], ['interface']],
  ['attached', ['interface', 'vm', 'host', 'container', 'pod'], ['bridge', 'network']],
  ['member', ['process', 'container', 'interface'], ['namespace', 'cgroup']],
  ['passthrough', ['vm'], ['device']],
  ['uses', ['vm', 'host', 'container', 'pod', 'engine', 'hypervisor', 'vcluster'], ['storage', 'overlay']],
  ['uses', ['engine', 'node'], ['runtime']],
  ['uses', ['hypervisor'], ['hypervisor']],
  ['migrates', ['vm'], ['host', 'hypervisor']],
  ['manages', ['deployment'], ['pod']],
  ['manages', ['vcenter'], ['vcluster', 'host']],
  ['manages', ['libvirt'], ['hypervisor', 'vm']],
  ['manages', ['control'], ['node', 'pod', 'deployment', 'control']],
]

export function connect(from: NodeRecord, to: NodeRecord): Connection {
  if (from.id === to.id) return { refused: texts.refusals.self }
  const fits = (one: NodeRecord, other: NodeRecord) =>
    ends.find(
      ([, starts, stops]) => starts.includes(one.kind as NodeKindName) && stops.includes(other.kind as NodeKindName),
    )
  const found = fits(from, to)
  if (found !== undefined) return { kind: found[0] }
  const label = (node: NodeRecord): string => texts.kinds[node.kind as NodeKindName] ?? node.kind
  return {
    refused:
      fits(to, from) === undefined
        ? texts.refusals.nothing(label(from), label(to))
        : texts.refusals.turned(label(to), label(from)),
  }
}

/** There is nothing to count: the line that is there stays. */
export const merge = (existing: EdgeRecord): EdgeRecord => existing
