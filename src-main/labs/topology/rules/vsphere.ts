// vSphere, the KVM stack, and live migration.
import { slotAdmission, percentageAdmission } from '../cluster/ha.ts'
import { memory } from '../model/captions.ts'
import { hypervisorType } from '../model/kinds.ts'
import { isSet, listOf, numberOf, textOf } from '../model/properties.ts'
import type { TopologyNode } from '../model/schema.ts'
import { kvmIn } from './placement.ts'
import { type Rule, type Violation, named, set } from './rule.ts'
import type { Topology } from './topology.ts'

export interface Migration {
  edge: string
  vm: TopologyNode
  from: TopologyNode
  to: TopologyNode
}

/** Live migrations from one host to another. */
export function* migrations(topology: Topology): Iterable<Migration> {
  for (const { edge, from: vm, to: target } of topology.edges('migrates')) {
    const [from, to] = [topology.host(vm), topology.host(target)]
    if (from !== null && to !== null && from !== to) yield { edge: edge.id, vm, from, to }
  }
}

/** The network for live migration that joins two hosts; null when there is none. */
export function migrationNetwork(topology: Topology, from: TopologyNode, to: TopologyNode): TopologyNode | null {
  const reached = topology.targets(to, 'attached')
  const shared = topology.targets(from, 'attached').filter((one) => reached.includes(one))
  return shared.find((one) => textOf(one, 'purpose') === 'migration') ?? null
}

const hostsOf = (topology: Topology, cluster: TopologyNode): readonly TopologyNode[] => [
  ...topology.within(cluster, 'host'),
]
const machinesOf = (topology: Topology, cluster: TopologyNode): TopologyNode[] =>
  hostsOf(topology, cluster).flatMap((host) => [...topology.machinesOn(host)])

const onLocalDisk = (topology: Topology, vm: TopologyNode): boolean =>
  textOf(vm, 'storage') === 'local' ||
  topology.targets(vm, 'uses').some((one) => one.kind === 'storage' && textOf(one, 'reach') === 'local')

const cpuOf = (host: TopologyNode): number => numberOf(host, 'cpus') * numberOf(host, 'mhz')

function* admission(topology: Topology, cluster: TopologyNode): Iterable<Violation> {
  const hosts = hostsOf(topology, cluster)
  const machines = machinesOf(topology, cluster)
  const reserved = machines.map((vm) => ({ cpu: numberOf(vm, 'cpuReservation'), memory: numberOf(vm, 'reservation') }))
  if (hosts.length < 2 || reserved.every(({ cpu, memory: bytes }) => cpu === 0 && bytes === 0)) return
  const sizes = hosts.map((host) => ({ name: host.name, cpu: cpuOf(host), memory: numberOf(host, 'memory') }))
  if (textOf(cluster, 'admission') === 'slots') {
    const { tolerated, slot, hostSlots } = slotAdmission(sizes, reserved)
    const wanted = numberOf(cluster, 'failures')
    if (tolerated >= wanted) return
    yield {
      at: [cluster.id],
      sentence: `${cluster.name} is to survive ${wanted} host failure${wanted === 1 ? '' : 's'} and survives ${tolerated}: a slot is ${slot.cpu} MHz and ${memory(slot.memory)}, the hosts have ${hostSlots.join(', ')} slots, and ${machines.length} machines are powered on.`,
      remedy: 'Power a machine off, reserve less, or add a host.',
    }
    return
  }
  const total = { cpu: sum(sizes.map(({ cpu }) => cpu)), memory: sum(sizes.map((one) => one.memory)) }
  const used = { cpu: sum(reserved.map(({ cpu }) => cpu)), memory: sum(reserved.map((one) => one.memory)) }
  const percent = numberOf(cluster, 'percent')
  if (total.cpu === 0 || total.memory === 0) return
  const { admitted, failover } = percentageAdmission(total, used, { cpu: percent, memory: percent })
  if (admitted) return
  const round = (value: number): number => Math.round(value * 10) / 10
  yield {
    at: [cluster.id],
    sentence: `${cluster.name} keeps ${percent} % for fail-over, and ${round(failover.cpu)} % of CPU and ${round(failover.memory)} % of memory are left: the next power-on is refused.`,
    remedy: 'Power a machine off, reserve less, or add a host.',
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const vsphere: readonly Rule[] = [
  {
    id: 'V-1',
    severity: 'error',
    week: 11,
    title: 'Live migration needs storage that both hosts see',
    *find(topology) {
      for (const { edge, vm, from, to } of migrations(topology)) {
        if (!onLocalDisk(topology, vm)) continue
        yield {
          at: [edge, vm.id],
          sentence: `${vm.name} is to migrate live from ${from.name} to ${to.name}, and its disk lies on ${from.name} only.`,
          remedy: 'Put the disk on shared storage, or migrate the storage with it.',
          fix: { title: `Put the disk of ${vm.name} on shared storage`, edits: [set(vm.id, 'storage', 'shared')] },
        }
      }
    },
  },
  {
    id: 'V-2',
    severity: 'error',
    week: 11,
    title: 'The target has the same kind of CPU',
    *find(topology) {
      for (const { edge, vm, from, to } of migrations(topology)) {
        if (textOf(from, 'vendor') !== textOf(to, 'vendor')) {
          yield {
            at: [edge, vm.id, from.id, to.id],
            sentence: `${vm.name} runs on a CPU by ${vendor(from)} in ${from.name}, and ${to.name} has one by ${vendor(to)}: a running guest cannot change over.`,
            remedy: 'Choose a target with the same maker of CPU, or move the machine while it is off.',
          }
          continue
        }
        const lacking = listOf(from, 'features').filter((feature) => !listOf(to, 'features').includes(feature))
        const cluster = topology.around(to, 'vcluster')
        if (lacking.length === 0 || (cluster !== null && isSet(cluster, 'masked'))) continue
        yield {
          at: [edge, vm.id, to.id],
          sentence: `${to.name} lacks ${lacking.join(' and ')}, which ${vm.name} may be using on ${from.name}.`,
          remedy: 'Switch the compatibility mask of the cluster on, or choose another target.',
          ...(cluster !== null && {
            fix: { title: `Switch the mask of ${cluster.name} on`, edits: [set(cluster.id, 'masked', true)] },
          }),
        }
      }
    },
  },
  {
    id: 'V-3',
    severity: 'error',
    week: 11,
    title: 'A network for migration joins the two hosts',
    *find(topology) {
      for (const { edge, vm, from, to } of migrations(topology)) {
        if (migrationNetwork(topology, from, to) !== null) continue
        yield {
          at: [edge, vm.id, from.id, to.id],
          sentence: `${vm.name} is to migrate live, and no migration network joins ${from.name} and ${to.name}.`,
          remedy: 'Draw a network for live migration and attach both hosts to it.',
        }
      }
    },
  },
  {
    id: 'V-4',
    severity: 'error',
    week: 11,
    title: 'The target can keep the reservation',
    *find(topology) {
      for (const { edge, vm, to } of migrations(topology)) {
        const there = numberOf(to, 'memory') - numberOf(to, 'overhead')
        const free = there - sum(topology.machinesOn(to).map((one) => numberOf(one, 'reservation')))
        if (numberOf(vm, 'reservation') <= free) continue
        yield {
          at: [edge, vm.id, to.id],
          sentence: `${vm.name} has ${memory(numberOf(vm, 'reservation'))} reserved, and ${to.name} can still promise ${memory(Math.max(0, free))}.`,
          remedy: 'Reserve less, or choose another target.',
        }
      }
    },
  },
  {
    id: 'V-5',
    severity: 'error',
    week: 11,
    title: 'A cluster has somewhere to go',
    *find(topology) {
      for (const cluster of topology.of('vcluster')) {
        const hosts = hostsOf(topology, cluster)
        if (hosts.length !== 1 || (!isSet(cluster, 'ha') && !isSet(cluster, 'drs'))) continue
        yield {
          at: [cluster.id, ...hosts.map(({ id }) => id)],
          sentence: `${cluster.name} has one host, ${named(hosts)}: neither HA nor DRS has anywhere to move a machine to.`,
          remedy: 'Add a host.',
        }
      }
    },
  },
  {
    id: 'V-6',
    severity: 'error',
    week: 11,
    title: 'Enough is kept for fail-over',
    *find(topology) {
      for (const cluster of topology.of('vcluster')) {
        if (isSet(cluster, 'ha') && textOf(cluster, 'admission') !== 'off') yield* admission(topology, cluster)
      }
    },
  },
  {
    id: 'V-7',
    severity: 'error',
    week: 11,
    title: 'Machines kept apart need a host each',
    *find(topology) {
      for (const cluster of topology.of('vcluster')) {
        const groups = new Map<string, TopologyNode[]>()
        for (const vm of machinesOf(topology, cluster)) {
          const group = textOf(vm, 'apart').trim()
          if (group !== '') groups.set(group, [...(groups.get(group) ?? []), vm])
        }
        const hosts = hostsOf(topology, cluster).length
        for (const [group, machines] of groups) {
          if (machines.length <= hosts) continue
          yield {
            at: [cluster.id, ...machines.map(({ id }) => id)],
            sentence: `${machines.length} machines of the group “${group}” (${named(machines)}) must be on different hosts, and ${cluster.name} has ${hosts}.`,
            remedy: 'Add hosts, or take a machine out of the group.',
          }
        }
      }
    },
  },
  {
    id: 'V-8',
    severity: 'warning',
    week: 11,
    title: 'HA needs disks that survivors can read',
    *find(topology) {
      for (const cluster of topology.of('vcluster')) {
        if (!isSet(cluster, 'ha')) continue
        const local = machinesOf(topology, cluster).filter((vm) => onLocalDisk(topology, vm))
        if (local.length === 0) continue
        yield {
          at: [cluster.id, ...local.map(({ id }) => id)],
          sentence: `HA is on for ${cluster.name}, and the disk of ${named(local)} lies on one host only: the survivors cannot read it.`,
          remedy: 'Put the disks on shared storage.',
          fix: {
            title: 'Put these disks on shared storage',
            edits: local.map(({ id }) => set(id, 'storage', 'shared')),
          },
        }
      }
    },
  },
  {
    id: 'V-9',
    severity: 'error',
    week: 11,
    title: 'A kvm domain needs KVM',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        const kernel = topology.kernel(vm)
        if (textOf(vm, 'domain') !== 'kvm') continue
        const hypervisor = topology.hypervisor(vm)
        const isKvm = hypervisor !== null && hypervisorType(hypervisor) === 'kvm'
        if (isKvm || (kernel !== null && kvmIn(topology, kernel))) continue
        yield {
          at: [vm.id],
          sentence: `The libvirt domain ${vm.name} is of the type kvm, and there is no KVM below it.`,
          remedy: 'Choose the type qemu, or add KVM.',
          fix: { title: `Make ${vm.name} a domain of the type qemu`, edits: [set(vm.id, 'domain', 'qemu')] },
        }
      }
    },
  },
  {
    id: 'V-10',
    severity: 'note',
    week: 11,
    title: 'libvirt manages and does not execute',
    *find(topology) {
      for (const libvirt of topology.of('libvirt')) {
        if (!isSet(libvirt, 'inPath')) continue
        yield {
          at: [libvirt.id],
          sentence: `${libvirt.name} is drawn as a layer that instructions pass through. It manages; the QEMU process and KVM execute.`,
          remedy: 'Draw it beside them, with lines to what it manages.',
          fix: { title: 'Take it out of the path', edits: [set(libvirt.id, 'inPath', false)] },
        }
      }
    },
  },
  {
    id: 'V-11',
    severity: 'error',
    week: 11,
    title: 'libvirt takes the definition',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        if (textOf(vm, 'domain') === '') continue
        const [now, most] = [numberOf(vm, 'cpus'), numberOf(vm, 'maxCpus')]
        if (vm.name.includes('/')) {
          yield {
            at: [vm.id],
            sentence: `The domain is called “${vm.name}”; libvirt refuses a name with a slash.`,
            remedy: 'Take the slash out of the name.',
            fix: { title: 'Put dashes for slashes', edits: [set(vm.id, 'name', vm.name.replaceAll('/', '-'))] },
          }
        }
        if (most > 0 && now > most) {
          yield {
            at: [vm.id],
            sentence: `${vm.name} has ${now} vCPUs now and at most ${most}; libvirt refuses that.`,
            remedy: `Give it at most ${most} now.`,
            fix: { title: `Allow ${now} vCPUs`, edits: [set(vm.id, 'maxCpus', now)] },
          }
        }
        if (textOf(vm, 'osType') === '') {
          yield {
            at: [vm.id],
            sentence: `${vm.name} has no os type; libvirt refuses that, although its schema accepts it.`,
            remedy: 'Choose hvm.',
            fix: { title: 'Choose hvm', edits: [set(vm.id, 'osType', 'hvm')] },
          }
        }
      }
    },
  },
]

const vendor = (host: TopologyNode): string =>
  ({ intel: 'Intel', amd: 'AMD', arm: 'Arm' })[textOf(host, 'vendor')] ?? textOf(host, 'vendor')
