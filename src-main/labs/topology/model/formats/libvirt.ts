// Machines, bridges and networks of a drawing as definitions for libvirt: a shell script that gives each to virsh, since
// libvirt takes one at a time. Written only.
import { InterlockError } from '../../../../contract/errors.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import { isSet, numberOf, textOf } from '../properties.ts'
import { hypervisorType } from '../kinds.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { type Tree, treeOf } from '../tree.ts'
import { comment } from './comment.ts'
import { labelsFor } from './names.ts'
import { texts } from './texts.ts'

export const libvirt: TextFormat<TopologyModel> = {
  id: 'libvirt',
  label: texts.libvirt.label,
  extensions: ['sh'],
  media: 'text/x-shellscript',
  recognises: () => false,
  write({ model, title, verdict }) {
    const tree = treeOf(model.nodes)
    const machines = model.nodes.filter(({ kind }) => kind === 'vm')
    if (machines.length === 0) throw new InterlockError('bad-input', texts.libvirt.nothing)
    const networks = model.nodes.filter((node) => node.kind === 'network' && textOf(node, 'purpose') === 'machines')
    const bridges = model.nodes.filter(({ kind }) => kind === 'bridge')
    const names = new Map([...labelsFor([...networks, ...bridges]), ...domainNames(machines)])
    const given = (command: string, xml: string): string => `virsh ${command} /dev/stdin <<'XML'\n${xml}\nXML\n`
    return [
      `#!/bin/sh\n${comment([title, verdict ?? ''], '# ')}set -e\n`,
      ...networks.map((network, index) =>
        given('net-define --validate', networkXml(names.get(network.id) ?? 'network', index)),
      ),
      ...machines.map((vm) => given('define --validate', domainXml(vm, model, tree, names))),
    ].join('\n')
  },
}

/**
 * Drawings have no addresses, and libvirt refuses address translation without them: each network gets a block of 256
 * private ones (RFC 1918) of its own.
 * @param index which network of the drawing it is, from 0
 */
function networkXml(name: string, index: number): string {
  const block = `10.${100 + (Math.floor(index / 256) % 156)}.${index % 256}`
  return [
    '<network>',
    `  <name>${name}</name>`,
    '  <forward mode="nat"/>',
    // without a name, libvirt finds one that is free
    '  <bridge stp="on" delay="0"/>',
    `  <ip address="${block}.1" netmask="255.255.255.0">`,
    `    <dhcp><range start="${block}.2" end="${block}.254"/></dhcp>`,
    '  </ip>',
    '</network>',
  ].join('\n')
}

function domainXml(
  vm: TopologyNode,
  { edges }: TopologyModel,
  tree: Tree<TopologyNode>,
  names: ReadonlyMap<string, string>,
): string {
  const [now, most] = [numberOf(vm, 'cpus'), Math.max(numberOf(vm, 'cpus'), numberOf(vm, 'maxCpus'))]
  const guest = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
  const host = tree.around(vm).find(({ kind }) => kind === 'host')
  const arch = (guest === undefined ? '' : textOf(guest, 'arch')) || (host === undefined ? '' : textOf(host, 'arch'))
  const [limit, reserved] = [numberOf(vm, 'limit'), numberOf(vm, 'reservation')]
  const nics = edges.flatMap(({ kind, from, to }) => {
    const net = tree.byId.get(to)
    if (kind !== 'attached' || from !== vm.id || net === undefined || !names.has(to)) return []
    const source = net.kind === 'bridge' ? `bridge="${names.get(to) ?? ''}"` : `network="${names.get(to) ?? ''}"`
    const type = net.kind === 'bridge' ? 'bridge' : 'network'
    return [
      `    <interface type="${type}">`,
      `      <source ${source}/>`,
      '      <model type="virtio"/>',
      '    </interface>',
    ]
  })
  return [
    `<domain type="${domainType(vm, tree)}">`,
    `  <name>${escaped(names.get(vm.id) ?? vm.name)}</name>`,
    `  <memory unit="MiB">${numberOf(vm, 'memory')}</memory>`,
    // min_guarantee, which the schema knows, is refused by the driver for QEMU
    ...(reserved > 0 ? [`  <!-- ${texts.libvirt.reserved(reserved)} -->`] : []),
    ...(limit > 0 ? ['  <memtune>', `    <hard_limit unit="MiB">${limit}</hard_limit>`, '  </memtune>'] : []),
    now === most ? `  <vcpu>${now}</vcpu>` : `  <vcpu current="${now}">${most}</vcpu>`,
    '  <os>',
    `    <type arch="${arch === 'arm64' ? 'aarch64' : 'x86_64'}">hvm</type>`,
    '    <boot dev="hd"/>',
    '  </os>',
    ...(isSet(vm, 'nested') ? ['  <cpu mode="host-passthrough"/>'] : []),
    '  <devices>',
    ...nics,
    `    <memballoon model="${isSet(vm, 'balloon') ? 'virtio' : 'none'}"/>`,
    '  </devices>',
    '</domain>',
  ].join('\n')
}

/** What was chosen, else what fits the hypervisor below: KVM runs guests itself, QEMU with it or without. */
function domainType(vm: TopologyNode, tree: Tree<TopologyNode>): 'kvm' | 'qemu' {
  const chosen = textOf(vm, 'domain')
  if (chosen === 'kvm' || chosen === 'qemu') return chosen
  const below = tree.around(vm).find(({ kind }) => kind === 'hypervisor')
  if (below === undefined) return 'qemu'
  return hypervisorType(below) === 'kvm' || isSet(below, 'usesKvm') ? 'kvm' : 'qemu'
}

/** As they were drawn, but without slashes, which libvirt refuses, and each of its own, which it asks for. */
function domainNames(machines: readonly TopologyNode[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    machines.map(({ id, name }) => {
      const base = name.replaceAll('/', '-')
      let unique = base
      for (let count = 2; taken.has(unique); count += 1) unique = `${base}-${count}`
      taken.add(unique)
      return [id, unique]
    }),
  )
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
