// Hardware assistance and nesting.
import { isSet, textOf } from '../model/properties.ts'
import { type Rule, named, set } from './rule.ts'

const hardware = (node: Parameters<typeof textOf>[0]): boolean => textOf(node, 'technique') === 'hardware'

export const hardwareRules: readonly Rule[] = [
  {
    id: 'N-1',
    severity: 'error',
    week: 6,
    title: 'Hardware assistance needs VT-x or AMD-V',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        const host = topology.host(hypervisor)
        if (host === null || !hardware(hypervisor) || isSet(host, 'vt')) continue
        yield {
          at: [hypervisor.id, host.id],
          sentence: `${hypervisor.name} is hardware-assisted, and the CPU of ${host.name} has neither VT-x nor AMD-V: it cannot switch to a guest by itself.`,
          remedy: 'Choose binary translation or a paravirtual guest.',
          fix: { title: 'Choose binary translation', edits: [set(hypervisor.id, 'technique', 'binary')] },
        }
      }
    },
  },
  {
    id: 'N-2',
    severity: 'error',
    week: 6,
    title: 'A nested hypervisor needs nested virtualisation',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        const vm = topology.around(hypervisor, 'vm')
        if (vm === null || !hardware(hypervisor) || isSet(vm, 'nested')) continue
        yield {
          at: [hypervisor.id, vm.id],
          sentence: `${hypervisor.name} needs VT-x or AMD-V and runs in ${vm.name}, whose hypervisor hides them.`,
          remedy: `Switch nested virtualisation on for ${vm.name}.`,
          fix: { title: `Switch nested virtualisation on for ${vm.name}`, edits: [set(vm.id, 'nested', true)] },
        }
      }
    },
  },
  {
    id: 'N-3',
    severity: 'warning',
    week: 6,
    title: 'Not more than two levels of hypervisors',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        // QEMU and the KVM that it uses are one level.
        const levels = [hypervisor, ...topology.tree.around(hypervisor)].filter(({ kind }) => kind === 'hypervisor')
        if (levels.length <= 2) continue
        yield {
          at: [hypervisor.id],
          sentence: `${hypervisor.name} is level ${levels.length} of hypervisors: ${named([...levels].reverse(), 5)}. Each level multiplies the exits of the one above.`,
          remedy: 'Take a level out, or look at the cost model before you rely on it.',
        }
      }
    },
  },
  {
    id: 'N-4',
    severity: 'error',
    week: 6,
    title: 'A paravirtual guest knows the hypercalls',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        const hypervisor = topology.hypervisor(vm)
        if (hypervisor === null || textOf(hypervisor, 'technique') !== 'paravirtual') continue
        for (const guest of topology.guests(vm)) {
          if (isSet(guest, 'modified')) continue
          yield {
            at: [guest.id, hypervisor.id],
            sentence: `${hypervisor.name} is paravirtual, and ${guest.name} is unmodified: it does not know the hypercalls.`,
            remedy: 'Choose a guest that was changed for it, or another technique.',
            fix: { title: `Let ${guest.name} know the hypercalls`, edits: [set(guest.id, 'modified', true)] },
          }
        }
      }
    },
  },
  {
    id: 'N-5',
    severity: 'warning',
    week: 6,
    title: 'Nested paging spares exits',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        const host = topology.host(hypervisor)
        if (host === null || !hardware(hypervisor) || !isSet(host, 'vt') || isSet(host, 'nestedPaging')) continue
        yield {
          at: [hypervisor.id, host.id],
          sentence: `${host.name} has no nested paging, so ${hypervisor.name} keeps shadow page tables, and every change of a page table is an exit.`,
          remedy: 'Expect a cost for guests that change their page tables often, or choose a host with EPT or NPT.',
        }
      }
    },
  },
  {
    id: 'N-6',
    severity: 'error',
    week: 6,
    title: 'Passing a device through needs an IOMMU',
    *find(topology) {
      for (const { edge, from: vm, to: device } of topology.edges('passthrough')) {
        const host = topology.host(device) ?? topology.host(vm)
        if (host === null || isSet(host, 'iommu')) continue
        yield {
          at: [edge.id, vm.id, device.id, host.id],
          sentence: `${vm.name} is given ${device.name}, and ${host.name} has no IOMMU: the device could write to any memory.`,
          remedy: `Switch the IOMMU of ${host.name} on.`,
          fix: { title: `Switch the IOMMU of ${host.name} on`, edits: [set(host.id, 'iommu', true)] },
        }
      }
    },
  },
  {
    id: 'N-7',
    severity: 'error',
    week: 6,
    title: 'A device that is passed through has one owner',
    *find(topology) {
      for (const device of topology.of('device')) {
        const owners = topology.sources(device, 'passthrough').filter((vm) => isSet(vm, 'running'))
        if (owners.length < 2) continue
        yield {
          at: [device.id, ...owners.map(({ id }) => id)],
          sentence: `${device.name} is given to ${owners.length} machines that are powered on: ${named(owners)}.`,
          remedy: 'Give it to one of them, or power the others off.',
        }
      }
    },
  },
  {
    id: 'N-8',
    severity: 'warning',
    week: 11,
    title: 'A device that is passed through does not migrate',
    *find(topology) {
      for (const { edge, from: vm } of topology.edges('migrates')) {
        const [device] = topology.targets(vm, 'passthrough')
        if (device === undefined) continue
        yield {
          at: [edge.id, vm.id, device.id],
          sentence: `${vm.name} is to migrate live and owns ${device.name}; the state of the device does not travel with the pages of memory.`,
          remedy: 'Take the device away first, or move the machine while it is off.',
        }
      }
    },
  },
]
