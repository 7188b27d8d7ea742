// Help of the topology lab, a page a topic.
import type { HelpEntry } from '../index.ts'

export const help: readonly HelpEntry[] = [
  {
    id: 'drawing',
    week: null,
    title: 'Drawing things that lie in each other',
    body: [
      'Drag a kind from the palette into a box, or a box into another one. While you drag, boxes in which it is at home have a dashed frame; the one it would go into has a heavy one. Nothing is refused: what is unusual can be drawn, and the verdict explains it.',
      'A box grows with what lies in it, and moving a box moves everything in it. Without a mouse, choose the box under “Lies in” in the inspector, or select a box and create something: it goes into the box.',
      'Lines are drawn from the handle of a thing, or with E: a veth pair between two interfaces, “uses” from a machine to its storage, “migrates live to” from a machine to a host.',
    ],
  },
  {
    id: 'hypervisors',
    week: 6,
    title: 'Hypervisors: what stands on what',
    body: [
      { term: 'Type 1', text: 'The first software on the hardware. There is no host operating system below it.' },
      { term: 'Type 2', text: 'A program of an operating system, beside other programs.' },
      {
        term: 'KVM and QEMU',
        text: 'KVM is a module that turns Linux itself into a hypervisor, so it fits neither type neatly. QEMU is a process: with KVM it supplies the devices while KVM runs the guest code; without KVM it imitates the whole machine, slowly, even one with another kind of processor.',
      },
      {
        term: 'Nested virtualisation',
        text: 'A hypervisor in a virtual machine works when the outer one shows VT-x or AMD-V to it.',
      },
    ],
    see: ['bare-metal', 'laptop', 'kvm-stack', 'nested-lab', 'hosted-on-hardware'],
  },
  {
    id: 'promises',
    week: 6,
    title: 'Promises: reservation, limit, overcommitment',
    body: [
      'The memory that machines are configured with may exceed what the host has: not all of it is used at once. What is reserved may not, since a reservation is a promise.',
      'When memory runs short, a hypervisor shares equal pages, inflates balloons in guests that have the driver, compresses, and swaps, in that order.',
    ],
    see: ['too-much-promised'],
  },
  {
    id: 'containers',
    week: 7,
    title: 'Containers: what isolates them',
    body: [
      'A container is a process with namespaces of its own, in a control group, on a file system of its own. It shares the kernel below it: a Linux container needs a Linux kernel.',
      {
        term: 'Namespaces',
        text: 'Linux has eight types: the six that courses name, and cgroup and time. A container that keeps one of the host sees there what the host sees.',
      },
      {
        term: 'User namespace',
        text: 'Root in a container without one is root on the host as soon as it gets out.',
      },
      {
        term: 'One writer, one path',
        text: 'In cgroup v2 there is one hierarchy, so a process has one path; groups that pass controllers down hold no processes themselves.',
      },
    ],
    see: ['docker-host', 'open-container'],
  },
  {
    id: 'clusters',
    week: 8,
    title: 'Clusters of hosts: DRS, HA, live migration',
    body: [
      {
        term: 'DRS',
        text: 'Distributed Resource Scheduler: moves running machines so that hosts are loaded evenly.',
      },
      {
        term: 'HA',
        text: 'High availability starts machines anew on other hosts. That is an outage: detection, placement and boot take their time.',
      },
      {
        term: 'Live migration',
        text: 'Moves a running machine. A short stop remains at its end. It needs storage that both hosts see, a network for it, and a target with the same kind of processor. Run one to see its rounds: each sends what was written during the one before, so a guest that writes faster than the network carries never comes to an end by itself.',
      },
    ],
    see: ['vsphere', 'live-migration', 'migration-refused'],
  },
  {
    id: 'kubernetes',
    week: 11,
    title: 'Kubernetes: who speaks to whom',
    body: [
      'All parts speak to the API server only; kubelets and the scheduler never to each other. The state of the cluster is kept by etcd, of whose members more than half must agree.',
      'A pod that crashes is started again on the same node, with a pause that doubles. When a node falls silent, its pods are made anew elsewhere only after the grace period and five minutes of toleration, by what manages them: a bare pod is not.',
      'What used to be a replication controller is now a replica set under a deployment.',
    ],
    see: ['kubernetes', 'pod-pending'],
  },
]
