// The kinds of things and lines of a topology by their names in documents.

export const nodeKindNames = [
  'host',
  'os',
  'device',
  'hypervisor',
  'vm',
  'libvirt',
  'engine',
  'runtime',
  'container',
  'process',
  'namespace',
  'cgroup',
  'overlay',
  'interface',
  'bridge',
  'network',
  'storage',
  'vcenter',
  'vcluster',
  'cluster',
  'control',
  'node',
  'deployment',
  'pod',
] as const
export type NodeKindName = (typeof nodeKindNames)[number]

export const edgeKindNames = ['veth', 'attached', 'uses', 'passthrough', 'migrates', 'manages', 'member'] as const
export type EdgeKindName = (typeof edgeKindNames)[number]
