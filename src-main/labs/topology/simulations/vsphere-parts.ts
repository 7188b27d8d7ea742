// Hosts of a vSphere cluster with their hypervisors and the machines that run on them, as DRS and HA see them.
import { numberOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import type { Tree } from '../model/tree.ts'

export interface ClusterMember {
  host: TopologyNode
  hypervisor: TopologyNode
  machines: readonly TopologyNode[]
}

/** Members of a cluster that have a hypervisor; machines that are switched off do not count. */
export function membersOf(cluster: TopologyNode, tree: Tree<TopologyNode>): ClusterMember[] {
  return tree.childrenOf(cluster.id).flatMap((host) => {
    const hypervisor = tree.childrenOf(host.id).find(({ kind }) => kind === 'hypervisor')
    if (host.kind !== 'host' || hypervisor === undefined) return []
    const machines = tree.childrenOf(hypervisor.id).filter((node) => node.kind === 'vm' && node['running'] !== false)
    return [{ host, hypervisor, machines }]
  })
}

/** Processors that a machine keeps busy. */
export function busyCpus(vm: TopologyNode): number {
  const [busy, cpus] = [numberOf(vm, 'busy'), numberOf(vm, 'cpus')]
  return busy > 0 ? Math.min(busy, cpus) : cpus
}

/** MiB that a host has for its machines. */
export const roomOf = (host: TopologyNode): number => Math.max(1, numberOf(host, 'memory') - numberOf(host, 'overhead'))

/** The drawing with a machine on another hypervisor. */
export const movedTo = (model: TopologyModel, vm: string, hypervisor: string): TopologyModel => ({
  ...model,
  nodes: model.nodes.map((node) => (node.id === vm ? { ...node, parent: hypervisor } : node)),
})
