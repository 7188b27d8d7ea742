// Resources: processors, memory, limits.
import { memory } from '../model/captions.ts'
import { hypervisorType } from '../model/kinds.ts'
import { isSet, numberOf, textOf } from '../model/properties.ts'
import type { TopologyNode } from '../model/schema.ts'
import { type Rule, set } from './rule.ts'

/** vCPUs for each logical CPU above which a host is said to be crowded. */
const CROWDED = 4

/** Bytes of what was written to memory.max; null for no limit or what the kernel refuses. */
function bytesOf(text: string): number | null {
  const found = /^(\d+)([KMGT]?)$/i.exec(text.trim())
  if (found === null) return null
  return Number(found[1]) * 1024 ** ' KMGT'.indexOf((found[2] ?? '').toUpperCase() || ' ')
}

function accepted(text: string, version: string): boolean {
  if (text === '' || /^\d+[KMGT]?$/i.test(text)) return true
  return version === 'v1' ? text === '-1' : text === 'max'
}

/** Names, guarantee and cap of what has both. */
function pairsOf(node: TopologyNode): { what: string; least: number; most: number; field: string; unit: string }[] {
  const of = (what: string, field: string, cap: string, unit: string) => ({
    what,
    least: numberOf(node, field),
    most: numberOf(node, cap),
    field: cap,
    unit,
  })
  if (node.kind === 'vm') return [of('memory', 'reservation', 'limit', 'MiB')]
  if (node.kind === 'container') return [of('memory', 'request', 'memory', 'MiB')]
  return [of('CPU', 'cpu', 'cpuLimit', 'm'), of('memory', 'memory', 'memoryLimit', 'MiB')]
}

export const resources: readonly Rule[] = [
  {
    id: 'R-1',
    severity: 'error',
    week: 6,
    title: 'No more virtual CPUs than logical CPUs',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        const count = numberOf(vm, 'cpus')
        if (count < 1) {
          yield {
            at: [vm.id],
            sentence: `${vm.name} has no virtual CPU.`,
            remedy: 'Give it at least one.',
            fix: { title: `Give ${vm.name} one vCPU`, edits: [set(vm.id, 'cpus', 1)] },
          }
          continue
        }
        const [host, hypervisor] = [topology.host(vm), topology.hypervisor(vm)]
        if (host === null || hypervisor === null || count <= numberOf(host, 'cpus')) continue
        const allows = ['kvm', 'qemu'].includes(String(hypervisorType(hypervisor)))
        yield {
          at: [vm.id, host.id],
          sentence: `${vm.name} has ${count} vCPUs, and ${host.name} has ${numberOf(host, 'cpus')} logical CPUs${allows ? '; KVM allows it, and it only slows the machine down' : ''}.`,
          remedy: `Give it at most ${numberOf(host, 'cpus')}.`,
          severity: allows ? 'warning' : 'error',
          fix: {
            title: `Give ${vm.name} ${numberOf(host, 'cpus')} vCPUs`,
            edits: [set(vm.id, 'cpus', numberOf(host, 'cpus'))],
          },
        }
      }
    },
  },
  {
    id: 'R-2',
    severity: 'warning',
    week: 6,
    title: 'Crowded processors make machines wait',
    *find(topology) {
      for (const host of topology.of('host')) {
        const cpus = numberOf(host, 'cpus')
        const asked = sum(topology.machinesOn(host), 'cpus')
        if (cpus === 0 || asked / cpus <= CROWDED) continue
        yield {
          at: [host.id],
          sentence: `On ${host.name} ${asked} vCPUs share ${cpus} logical CPUs: ${round(asked / cpus)} for each, more than ${CROWDED}.`,
          remedy: 'Expect ready time when they all work; move machines away, or give them fewer vCPUs.',
        }
      }
    },
  },
  {
    id: 'R-3',
    severity: 'error',
    week: 6,
    title: 'Reservations fit into the memory there is',
    *find(topology) {
      for (const host of topology.of('host')) {
        const there = numberOf(host, 'memory') - numberOf(host, 'overhead')
        const promised = sum(topology.machinesOn(host), 'reservation')
        if (promised <= there) continue
        yield {
          at: [host.id],
          sentence: `Machines on ${host.name} have ${memory(promised)} reserved, and ${memory(there)} are left for machines (${memory(numberOf(host, 'memory'))} less ${memory(numberOf(host, 'overhead'))} for the hypervisor).`,
          remedy: 'A reservation is a promise: reserve less, or move a machine away.',
        }
      }
    },
  },
  {
    id: 'R-4',
    severity: 'warning',
    week: 6,
    title: 'Overcommitted memory is reclaimed under load',
    *find(topology) {
      for (const host of topology.of('host')) {
        const have = numberOf(host, 'memory')
        const configured = sum(topology.machinesOn(host), 'memory')
        if (configured <= have) continue
        yield {
          at: [host.id],
          sentence: `Machines on ${host.name} are configured with ${memory(configured)}, and it has ${memory(have)}: overcommitted by ${memory(configured - have)}, ${round(configured / have)} times.`,
          remedy: 'Under load pages are shared, balloons inflated, memory compressed and swapped, in that order.',
        }
      }
    },
  },
  {
    id: 'R-5',
    severity: 'error',
    week: 6,
    title: 'A guarantee does not exceed its cap',
    *find(topology) {
      for (const node of [...topology.of('vm'), ...topology.of('container'), ...topology.of('pod')]) {
        for (const { what, least, most, field, unit } of pairsOf(node)) {
          if (most === 0 || least <= most) continue
          yield {
            at: [node.id],
            sentence: `${node.name} is guaranteed ${least} ${unit} of ${what} and capped at ${most} ${unit}.`,
            remedy: 'Raise the cap, or guarantee less.',
            fix: { title: `Raise the cap of ${node.name} to ${least} ${unit}`, edits: [set(node.id, field, least)] },
          }
        }
      }
    },
  },
  {
    id: 'R-6',
    severity: 'warning',
    week: 6,
    title: 'Ballooning needs a driver in the guest',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        if (!isSet(vm, 'balloon')) continue
        for (const guest of topology.guests(vm)) {
          if (isSet(guest, 'balloonDriver')) continue
          yield {
            at: [vm.id, guest.id],
            sentence: `Ballooning is on for ${vm.name}, and ${guest.name} has no balloon driver: the hypervisor cannot ask it for pages and has to swap without knowing which are used.`,
            remedy: `Install the driver in ${guest.name}.`,
            fix: { title: `Install the driver in ${guest.name}`, edits: [set(guest.id, 'balloonDriver', true)] },
          }
        }
      }
    },
  },
  {
    id: 'R-7',
    severity: 'error',
    week: 7,
    title: 'A limit is written as the kernel reads it',
    *find(topology) {
      for (const cgroup of topology.of('cgroup')) {
        const [text, version] = [textOf(cgroup, 'memory'), textOf(cgroup, 'version')]
        if (accepted(text, version)) continue
        const file = version === 'v1' ? 'memory.limit_in_bytes' : 'memory.max'
        yield {
          at: [cgroup.id],
          sentence: `“${text}” in ${file} of ${cgroup.name} is refused by the kernel.`,
          remedy: `Write a number, with K, M or G behind it if you like, or ${version === 'v1' ? '-1' : '“max”'} for no limit.`,
        }
      }
    },
  },
  {
    id: 'R-8',
    severity: 'note',
    week: 7,
    title: 'The smaller limit around it binds',
    *find(topology) {
      for (const cgroup of topology.of('cgroup')) {
        const own = bytesOf(textOf(cgroup, 'memory'))
        const outer = topology.parent(cgroup)
        const limit = outer?.kind === 'cgroup' ? bytesOf(textOf(outer, 'memory')) : null
        if (outer === null || own === null || limit === null || own <= limit) continue
        yield {
          at: [cgroup.id, outer.id],
          sentence: `${cgroup.name} may take ${textOf(cgroup, 'memory')}, and ${outer.name} around it ${textOf(outer, 'memory')}. That is allowed, and the limit of ${outer.name} binds.`,
          remedy: 'Nothing has to be done.',
        }
      }
    },
  },
  {
    id: 'R-9',
    severity: 'warning',
    week: 7,
    title: 'A quota has a least length',
    *find(topology) {
      const asked = [
        ...topology
          .of('container')
          .map((node) => ({ node, quota: numberOf(node, 'quota'), period: numberOf(node, 'period') })),
        ...topology.of('cgroup').map((node) => ({
          node,
          quota: Number(textOf(node, 'quota').replace(/^max$/, '') || 0),
          period: Number(textOf(node, 'period') || 100_000),
        })),
      ]
      for (const { node, quota, period } of asked) {
        const short = quota > 0 && quota < 1_000
        const off = quota > 0 && (period < 1_000 || period > 1_000_000)
        if (!short && !off) continue
        yield {
          at: [node.id],
          sentence: short
            ? `${node.name} has a CPU quota of ${quota} us; the kernel refuses less than 1000 us.`
            : `${node.name} has a period of ${period} us; the kernel takes from 1000 us to 1000000 us.`,
          remedy: short ? 'Give at least 1000 us, or a longer period.' : 'Choose a period of 100000 us, the usual one.',
        }
      }
    },
  },
  {
    id: 'R-10',
    severity: 'warning',
    week: 7,
    title: 'A container without a limit can take all memory',
    *find(topology) {
      for (const container of topology.of('container')) {
        const kernel = topology.kernel(container)
        if (kernel === null || numberOf(container, 'memory') > 0) continue
        const others = topology.within(kernel, 'container').length - 1
        if (others === 0) continue
        yield {
          at: [container.id, kernel.id],
          sentence: `${container.name} has no memory limit and shares ${kernel.name} with ${others} ${others === 1 ? 'other' : 'others'}. When memory runs out, the OOM killer decides who dies.`,
          remedy: 'Give it a limit.',
          fix: { title: `Limit ${container.name} to 512 MiB`, edits: [set(container.id, 'memory', 512)] },
        }
      }
    },
  },
]

const sum = (nodes: readonly TopologyNode[], key: string): number =>
  nodes.reduce((total, node) => total + numberOf(node, key), 0)
const round = (value: number): string => String(Math.round(value * 100) / 100)
