// Words of the drawing: kinds, lines, refusals and structural faults.
import type { EdgeKindName, NodeKindName } from './kind-names.ts'

const kinds: Readonly<Record<NodeKindName, string>> = {
  host: 'Physical host',
  os: 'Operating system',
  device: 'PCI device',
  hypervisor: 'Hypervisor',
  vm: 'Virtual machine',
  libvirt: 'libvirt',
  engine: 'Container engine',
  runtime: 'Container runtime',
  container: 'Container',
  process: 'Process',
  namespace: 'Namespace',
  cgroup: 'Control group',
  overlay: 'Overlay file system',
  interface: 'Network interface',
  bridge: 'Bridge',
  network: 'Network',
  storage: 'Storage',
  vcenter: 'vCenter',
  vcluster: 'vSphere cluster',
  cluster: 'Kubernetes cluster',
  control: 'Control-plane part',
  node: 'Kubernetes node',
  deployment: 'Deployment',
  pod: 'Pod',
}

const edges: Readonly<Record<EdgeKindName, string>> = {
  veth: 'veth pair',
  attached: 'is attached to',
  uses: 'uses',
  passthrough: 'is given',
  migrates: 'migrates live to',
  manages: 'manages',
  member: 'is a member of',
}

export const texts = {
  /** A box that is shown without what lies in it. */
  folded: { label: 'folded up', set: 'Fold up', clear: 'Unfold' },
  inside: (count: number) => `${count} inside`,
  kinds,
  edges,
  marks: {
    free: 'as it should be',
    ring: 'breaks a rule',
    behind: 'at work or waiting',
    unsafe: 'in doubt',
    impossible: 'cannot be, or failed',
  },
  groups: {
    machines: 'Machines',
    virtual: 'Virtualisation',
    containers: 'Containers',
    kubernetes: 'Kubernetes',
    links: 'Network and storage',
  },
  refusals: {
    self: 'A thing is not connected to itself.',
    nothing: (from: string, to: string) =>
      `A line from “${from}” to “${to}” means nothing. To say that one runs on the other, put it into the other's box.`,
    turned: (from: string, to: string) => `Draw it the other way round: from “${from}” to “${to}”.`,
  },
  faults: {
    duplicateId: (id: string, earlier: string) =>
      `The id "${id}" is used twice, first at ${earlier}. Give each record an id of its own.`,
    missingNode: (id: string) => `There is no thing "${id}". Add it, or remove the line.`,
    missingParent: (id: string) => `There is no box "${id}" to lie in. Add it, or remove the field "parent".`,
    noBox: (id: string, kind: string) => `"${id}" is no box: nothing can lie in what is called “${kind}”.`,
  },
}
