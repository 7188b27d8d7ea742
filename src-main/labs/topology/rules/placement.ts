// Placement: what may run on what.
import { hypervisorType } from '../model/kinds.ts'
import { isSet, textOf } from '../model/properties.ts'
import type { TopologyNode } from '../model/schema.ts'
import { type Rule, named, set } from './rule.ts'
import type { Topology } from './topology.ts'

const type2 = (node: TopologyNode): boolean => [2, 'qemu'].includes(hypervisorType(node))

/** The architecture that a thing runs on: what a system below it was built for, else that of the host. */
function archBelow(topology: Topology, node: TopologyNode): string | null {
  for (const outer of topology.tree.around(node)) {
    const arch = outer.kind === 'os' || outer.kind === 'host' ? textOf(outer, 'arch') : ''
    if (arch !== '') return arch
  }
  return null
}

const emulates = (topology: Topology, node: TopologyNode): boolean =>
  topology.tree
    .around(node)
    .some((outer) => outer.kind === 'hypervisor' && textOf(outer, 'product') === 'qemu' && !isSet(outer, 'usesKvm'))

export const placement: readonly Rule[] = [
  {
    id: 'P-1',
    severity: 'error',
    week: 6,
    title: 'A virtual machine runs on a hypervisor',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        const parent = topology.parent(vm)
        if (parent?.kind === 'hypervisor') continue
        yield {
          at: [vm.id],
          sentence:
            parent === null
              ? `${vm.name} is a virtual machine with no hypervisor below it.`
              : `${vm.name} lies in ${parent.name}, which is no hypervisor.`,
          remedy: 'Put it into a hypervisor, of Type 1 or Type 2.',
        }
      }
    },
  },
  {
    id: 'P-2',
    severity: 'error',
    week: 6,
    title: 'A Type 1 hypervisor takes the place of the host system',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        const parent = topology.parent(hypervisor)
        if (hypervisorType(hypervisor) !== 1 || parent?.kind !== 'os') continue
        yield {
          at: [hypervisor.id, parent.id],
          sentence: `${hypervisor.name} is a Type 1 hypervisor and stands on the operating system ${parent.name}; it would be the first software on the hardware itself.`,
          remedy: `Take ${hypervisor.name} out of ${parent.name} and put it on the host, or choose a Type 2 hypervisor.`,
        }
      }
    },
  },
  {
    id: 'P-3',
    severity: 'error',
    week: 6,
    title: 'A Type 2 hypervisor is a program of an operating system',
    *find(topology) {
      for (const hypervisor of topology.of('hypervisor')) {
        const parent = topology.parent(hypervisor)
        if (!type2(hypervisor) || (parent?.kind !== 'host' && parent?.kind !== 'vm')) continue
        const os = `os-of-${hypervisor.id}`
        yield {
          at: [hypervisor.id, parent.id],
          sentence: `${hypervisor.name} is a Type 2 hypervisor and lies directly on ${parent.name}. It is a program and cannot start without an operating system.`,
          remedy: `Put an operating system on ${parent.name} and ${hypervisor.name} into it.`,
          fix: {
            title: `Put an operating system below ${hypervisor.name}`,
            edits: [
              { do: 'add', node: { id: os, kind: 'os', name: 'Linux', parent: parent.id } },
              set(hypervisor.id, 'parent', os),
            ],
          },
        }
      }
    },
  },
  {
    id: 'P-4',
    severity: 'error',
    week: 6,
    title: 'KVM is a part of Linux',
    *find(topology) {
      for (const kvm of topology.of('hypervisor')) {
        const parent = topology.parent(kvm)
        if (hypervisorType(kvm) !== 'kvm' || parent === null) continue
        if (parent.kind === 'os' && textOf(parent, 'family') === 'linux') continue
        yield {
          at: [kvm.id, parent.id],
          sentence: `${kvm.name} is KVM, a module of the Linux kernel, and ${parent.name} is ${parent.kind === 'os' ? 'another system' : 'no operating system'}.`,
          remedy: 'Put it into a Linux system, or choose another hypervisor.',
        }
      }
    },
  },
  {
    id: 'P-5',
    severity: 'error',
    week: 6,
    title: 'A virtual machine boots one guest system',
    *find(topology) {
      for (const vm of topology.of('vm')) {
        const guests = topology.guests(vm)
        if (guests.length === 1) continue
        if (guests.length > 1) {
          yield {
            at: [vm.id, ...guests.map(({ id }) => id)],
            sentence: `${vm.name} holds ${guests.length} operating systems: ${named(guests)}. A machine boots one at a time.`,
            remedy: `Give each system a virtual machine of its own.`,
          }
        } else {
          yield {
            at: [vm.id],
            sentence: `${vm.name} has no guest system; there is nothing in it to boot.`,
            remedy: `Put an operating system into ${vm.name}.`,
            fix: {
              title: `Put an operating system into ${vm.name}`,
              edits: [
                { do: 'add', node: { id: `os-of-${vm.id}`, kind: 'os', name: `Guest of ${vm.name}`, parent: vm.id } },
              ],
            },
          }
        }
      }
    },
  },
  {
    id: 'P-6',
    severity: 'error',
    week: 7,
    title: 'A container engine needs a kernel',
    *find(topology) {
      for (const engine of topology.of('engine')) {
        const parent = topology.parent(engine)
        if (parent === null || !['host', 'hypervisor', 'vm'].includes(parent.kind)) continue
        const os = `os-of-${engine.id}`
        yield {
          at: [engine.id, parent.id],
          sentence: `${engine.name} lies directly on ${parent.name}. Its containers share the kernel of an operating system, and there is none.`,
          remedy:
            parent.kind === 'hypervisor'
              ? 'Put a virtual machine with an operating system in between.'
              : 'Put an operating system in between.',
          ...(parent.kind !== 'hypervisor' && {
            fix: {
              title: `Put an operating system below ${engine.name}`,
              edits: [
                { do: 'add' as const, node: { id: os, kind: 'os', name: 'Linux', parent: parent.id } },
                set(engine.id, 'parent', os),
              ],
            },
          }),
        }
      }
    },
  },
  {
    id: 'P-7',
    severity: 'error',
    week: 7,
    title: 'A Linux container needs a Linux kernel',
    *find(topology) {
      for (const container of topology.of('container')) {
        const kernel = topology.kernel(container)
        if (kernel === null || textOf(container, 'family') !== 'linux' || textOf(kernel, 'family') === 'linux') continue
        yield {
          at: [container.id, kernel.id],
          sentence: `${container.name} is made for Linux and shares the kernel of ${kernel.name}, which is another one.`,
          remedy: `Draw the Linux virtual machine that desktop products hide: a hypervisor in ${kernel.name}, in it a machine with Linux, and the engine in that.`,
        }
      }
    },
  },
  {
    id: 'P-8',
    severity: 'error',
    week: 7,
    title: 'A Windows container needs a Windows kernel',
    *find(topology) {
      for (const container of topology.of('container')) {
        const kernel = topology.kernel(container)
        if (kernel === null || textOf(container, 'family') !== 'windows') continue
        if (textOf(kernel, 'family') === 'windows') continue
        yield {
          at: [container.id, kernel.id],
          sentence: `${container.name} is made for Windows and shares the kernel of ${kernel.name}, which is another one.`,
          remedy: 'Run it on Windows, or in a virtual machine with Windows.',
        }
      }
    },
  },
  {
    id: 'P-9',
    severity: 'error',
    week: 6,
    title: 'Code fits the processor',
    *find(topology) {
      for (const thing of [...topology.of('os'), ...topology.of('container')]) {
        const [own, below] = [textOf(thing, 'arch'), archBelow(topology, thing)]
        if (own === '' || below === null || own === below || emulates(topology, thing)) continue
        yield {
          at: [thing.id],
          sentence: `${thing.name} is built for ${own} and would run on ${below}.`,
          remedy: `Choose one built for ${below}, or put QEMU without KVM below it, which emulates ${own} slowly.`,
        }
      }
    },
  },
  {
    id: 'P-10',
    severity: 'error',
    week: 6,
    title: 'Nothing contains itself',
    *find(topology) {
      const reached = new Set(topology.tree.top.map(({ id }) => id))
      for (const id of reached) for (const child of topology.tree.childrenOf(id)) reached.add(child.id)
      const told = new Set<string>()
      for (const node of topology.model.nodes) {
        if (reached.has(node.id) || told.has(node.id)) continue
        const ring = [node, ...topology.tree.around(node)]
        for (const { id } of [...ring, ...topology.tree.within(node.id)]) told.add(id)
        yield {
          at: ring.map(({ id }) => id),
          sentence: `${named(ring)} lie in each other in a circle, so ${node.name} would contain itself.`,
          remedy: 'Take one of them out of the box it lies in.',
        }
      }
    },
  },
  {
    id: 'P-11',
    severity: 'warning',
    week: 6,
    title: 'One owner of VT-x or AMD-V at a time',
    *find(topology) {
      for (const os of topology.of('os')) {
        const wanting = topology.children(os, 'hypervisor').filter((one) => {
          const own = textOf(one, 'technique') === 'hardware'
          const throughOther =
            isSet(one, 'usesKvm') || topology.targets(one, 'uses').some(({ kind }) => kind === 'hypervisor')
          return own && !throughOther
        })
        if (wanting.length < 2) continue
        yield {
          at: wanting.map(({ id }) => id),
          sentence: `${named(wanting)} all want the virtualisation extension of the CPU below ${os.name}; only one can own it at a time.`,
          remedy: 'Run one of them at a time, or let one use the interface of the other (draw “uses” between them).',
        }
      }
    },
  },
  {
    id: 'P-12',
    severity: 'error',
    week: 6,
    title: 'QEMU with KVM needs KVM',
    *find(topology) {
      for (const qemu of topology.of('hypervisor')) {
        if (textOf(qemu, 'product') !== 'qemu' || !isSet(qemu, 'usesKvm')) continue
        const kernel = topology.kernel(qemu)
        if (kernel === null || kvmIn(topology, kernel)) continue
        yield {
          at: [qemu.id, kernel.id],
          sentence: `${qemu.name} is to run its guests with KVM, and ${kernel.name} has no KVM.`,
          remedy: `Add KVM to ${kernel.name}, or accept pure emulation.`,
          ...(textOf(kernel, 'family') === 'linux' && {
            fix: {
              title: `Add KVM to ${kernel.name}`,
              edits: [
                {
                  do: 'add' as const,
                  node: {
                    id: `kvm-of-${kernel.id}`,
                    kind: 'hypervisor',
                    name: 'KVM',
                    product: 'kvm',
                    parent: kernel.id,
                  },
                },
              ],
            },
          }),
        }
      }
    },
  },
]

export const kvmIn = (topology: Topology, kernel: TopologyNode): boolean =>
  topology.children(kernel, 'hypervisor').some((one) => hypervisorType(one) === 'kvm')
