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
      'U folds a selected box up and unfolds it again: what lies in it is hidden, what is wrong in it is still seen on the box, and the rules go on reading it.',
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
    see: [
      'bare-metal',
      'laptop',
      'kvm-stack',
      'nested-lab',
      'hosted-on-hardware',
      'two-guests',
      'nothing-below',
      'page-walks',
      'dear-instructions',
    ],
  },
  {
    id: 'promises',
    week: 6,
    title: 'Promises: reservation, limit, overcommitment',
    body: [
      'The memory that machines are configured with may exceed what the host has: not all of it is used at once. What is reserved may not, since a reservation is a promise.',
      'When memory runs short, a hypervisor shares equal pages, inflates balloons in guests that have the driver, compresses, and swaps, in that order.',
    ],
    see: ['too-much-promised', 'promised-memory'],
  },
  {
    id: 'resource-runs',
    week: 6,
    title: 'Runs: who gets what, and by which way',
    body: [
      'Beside the verdict stand the runs that the drawing has enough for. Choose what is to be told, then step: each step shows its formula with the numbers of your drawing. Events that begin with “If” change a property on the way, and it is told anew; step back to compare.',
      {
        term: 'Share the CPU',
        text: 'Shares count only while more is wanted than there is. In each round what is left is offered by shares; who needs less keeps only that. A quota counts always: who has used it up stands still until the next period.',
      },
      {
        term: 'Use all the memory',
        text: 'A host whose guests use all they were given takes memory back; who has the fewest shares for its pages gives first, and idle pages count fourfold. A container or control group drops page cache at its limit, then the OOM killer takes the process with the largest badness.',
      },
      {
        term: 'Follow an instruction',
        text: 'One instruction of a guest kernel goes through the technique of its hypervisor. popf is the one on which trap and emulate fails: it does not fault.',
      },
      {
        term: 'Follow a memory access',
        text: 'With nested paging every address in the guest’s tables is translated itself: 4 * 4 + 4 + 4 = 24 references. Shadow tables need 4, but each change of the guest’s tables traps.',
      },
    ],
    see: ['bare-metal', 'too-much-promised', 'docker-host'],
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
    see: ['docker-host', 'open-container', 'shares-of-cpu', 'doors-open', 'inner-group'],
  },
  {
    id: 'clusters',
    week: 11,
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
    see: ['vsphere', 'live-migration', 'migration-refused', 'rounds-and-stop', 'cannot-move', 'slots-for-all'],
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
    see: ['kubernetes', 'pod-pending', 'where-pods-land', 'node-silent'],
  },
  {
    id: 'runs',
    week: null,
    title: 'Runs: what happens, with its numbers',
    body: [
      'Below the drawing and in the verdict stand the runs that the drawing allows. Choose whom they are about among the possible events; each step lights up what is concerned, and says its formula with the numbers of the drawing put in.',
      { term: 'Share the CPU', text: 'Rounds in which shares decide, or periods in which a quota is used up.' },
      {
        term: 'Use all the memory',
        text: 'A host that runs short: page sharing, balloons, swapping, never what is reserved. Or a container at its limit, and exit code 137.',
      },
      {
        term: 'Follow an instruction, follow a memory access',
        text: 'One privileged instruction by the technique of the drawn hypervisor; one page walk, of 24 references with nested paging.',
      },
      {
        term: 'Start and stop a container',
        text: 'What the system does: namespaces, control group, mounts, pivot_root, capabilities, exec; SIGTERM and SIGKILL.',
      },
      {
        term: 'Balance the cluster, let a host fail',
        text: 'DRS moves machines while they run; HA starts them anew, which is an outage.',
      },
      {
        term: 'Schedule pods, run the cluster',
        text: 'Filters, scores and binding for each pod that waits; the reconcile loop when nodes fail.',
      },
      {
        term: 'Predict each step',
        text: 'With the lamp beside the transport, or Alt+A, each step is asked about before it is shown: fill in the numbers, check, go on. Wrong answers cost nothing.',
      },
    ],
    see: ['where-it-goes', 'too-much-promised', 'vsphere', 'open-container', 'live-migration'],
  },
  {
    id: 'views',
    week: null,
    title: 'Score board and comparison',
    body: [
      'The score board shows what the scheduler thinks of each node for one pod: which filter refuses it, or how many points each plugin gives and with which weight. A cell that is chosen says how it comes about. During a run it goes along.',
      'The comparison does the same work in several ways: the techniques of virtualisation on one stream of instructions, machines and containers on one host, and what a failed host means for HA, for Kubernetes and for a migration that was planned. The numbers are teaching values and can be changed.',
    ],
    see: ['where-it-goes', 'kubernetes'],
  },
  {
    id: 'exports',
    week: null,
    title: 'From and to other tools',
    body: [
      'Export writes pods and deployments as Kubernetes manifests, containers of an engine as a compose file or as OCI bundles, machines and networks as libvirt definitions, and everything as DOT, SVG, PNG, PDF or TikZ.',
      'Manifests and compose files can be opened, dropped on the window or pasted (Alt+I). What a drawing has no place for is said, not lost silently.',
    ],
  },
]
