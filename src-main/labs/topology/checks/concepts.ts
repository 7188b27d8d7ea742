// Questions in words about the ideas of the lab, each with answers to choose from and what is to be said for or against
// each. They stand here and not in documents, so that a hand-out does not hold its own key. Where course material says it
// shorter than it is, the reason of the right answer holds the correcting note.
import type { Concept } from '../../../contract/check-forms.ts'

export const concepts: Readonly<Record<string, Concept>> = {
  'kvm-type': [
    {
      value: 'type-2',
      label: 'Type 2: it needs Linux below it, as VirtualBox does.',
      why: 'VirtualBox is a program beside others. Is KVM a program that Linux runs?',
    },
    {
      value: 'part',
      label: 'KVM turns Linux itself into the hypervisor; QEMU beside it supplies the devices.',
      right: true,
      why: 'Lists put KVM under Type 1 and QEMU under Type 2. Used together they are one stack: KVM runs the guest code, QEMU is the process with the devices. QEMU without KVM imitates the whole machine.',
    },
    {
      value: 'libvirt',
      label: 'Neither: libvirt runs the guests, and KVM only stores them.',
      why: 'libvirt manages machines. No instruction of a guest passes through it.',
    },
  ],
  'why-translate': [
    {
      value: 'speed',
      label: 'Translated code is faster than the original.',
      why: 'Translating costs something, and the code grows a little. What would go wrong without it?',
    },
    {
      value: 'silent',
      label: 'Early x86 had sensitive instructions that do not trap, so that trapping alone gave wrong results.',
      right: true,
      why: 'Full virtualisation is older than binary translation: where every sensitive instruction traps (Popek and Goldberg), trap and emulate is enough. On x86 before VT-x seventeen did not trap.',
    },
    {
      value: 'source',
      label: 'The guest’s source code has to be changed for the hypervisor.',
      why: 'That is paravirtualisation. Translation works on the binary, and the guest knows nothing of it.',
    },
  ],
  'fastest-always': [
    {
      value: 'always',
      label: 'Yes: with VT-x or AMD-V a guest costs nothing.',
      why: 'Every exit to the hypervisor still costs more than a thousand cycles. What makes a guest exit?',
    },
    {
      value: 'depends',
      label: 'Mostly for computing; for devices, calls of a paravirtual driver cost fewer exits.',
      right: true,
      why: 'With nested paging page tables no longer make the guest exit, but each operation on an imitated device does. That is why machines with VT-x use paravirtual drivers for disks and networks.',
    },
    {
      value: 'never',
      label: 'No: binary translation is faster, as there are no exits.',
      why: 'It avoids some exits, but pays for translating and for page tables. Compare them in the comparison view.',
    },
  ],
  hypercall: [
    {
      value: 'ask',
      label: 'A guest that knows it is virtual asks the hypervisor for a privileged operation.',
      right: true,
      why: 'It is to the hypervisor what a system call is to the kernel. Several wishes can go in one call.',
    },
    {
      value: 'user',
      label: 'A program in the guest asks the guest’s kernel for something.',
      why: 'That is a system call. Who asks whom in a hypercall?',
    },
    {
      value: 'trap',
      label: 'The CPU hands an instruction that the guest may not run to the hypervisor.',
      why: 'That is a trap or an exit. It happens to a guest; a hypercall is what a guest does.',
    },
  ],
  'shared-kernel': [
    {
      value: 'one',
      label: 'A hole in the kernel opens all containers at once; machines have kernels of their own.',
      right: true,
      why: 'Containers are processes of one kernel. Between machines stands the hypervisor, which is smaller and offers less to attack.',
    },
    {
      value: 'none',
      label: 'None: namespaces keep them apart as well as machines.',
      why: 'Namespaces change what a process sees. Which code carries out its system calls?',
    },
    {
      value: 'network',
      label: 'Containers cannot have networks of their own.',
      why: 'They can: each network namespace has interfaces, routes and ports of its own.',
    },
  ],
  'limits-by': [
    {
      value: 'namespaces',
      label: 'Namespaces',
      why: 'They decide what a process sees, not how much it may use.',
    },
    {
      value: 'cgroups',
      label: 'Control groups',
      right: true,
      why: 'memory.max for the 512 MiB, cpu.max with 50000 of 100000 microseconds for half a CPU.',
    },
    {
      value: 'capabilities',
      label: 'Capabilities',
      why: 'They divide the powers of root. None of them is an amount of memory.',
    },
  ],
  'union-layers': [
    {
      value: 'share',
      label: 'Containers share read-only layers; each writes into a layer of its own.',
      right: true,
      why: 'A changed file is copied up first. What is deleted is hidden by a whiteout and stays in the layer below.',
    },
    {
      value: 'copy',
      label: 'Each container gets a full copy of the image when it starts.',
      why: 'Then ten containers would take ten times the disk. What is written, and where?',
    },
    {
      value: 'memory',
      label: 'They keep the image in memory, so that starting is fast.',
      why: 'Layers are directories on a disk. Fast is that nothing needs to be copied.',
    },
  ],
  'mount-namespace': [
    {
      value: 'hidden',
      label: 'No: what is made in a mount namespace stays there.',
      why: 'The namespace has a list of mounts of its own. Which file system lies under /tmp in it?',
    },
    {
      value: 'seen',
      label: 'Yes, unless something was mounted in the namespace at that place before.',
      right: true,
      why: 'A new mount namespace begins as a copy of the mounts, over the same file systems. Mount a tmpfs in it first, and files made there are hidden from the host.',
    },
    {
      value: 'root',
      label: 'Only root sees it.',
      why: 'Permissions are as anywhere else. Look at which file system is written to.',
    },
  ],
  'namespace-types': [
    { value: 'six', label: 'Six', why: 'Six are usually listed. Look at /proc/self/ns.' },
    {
      value: 'eight',
      label: 'Eight',
      right: true,
      why: 'pid, net, mnt, uts, ipc and user, and since then cgroup and time.',
    },
    { value: 'one', label: 'One for each container', why: 'A container has several. The question is how many kinds.' },
  ],
  'root-inside': [
    {
      value: 'mapped',
      label: 'A user namespace maps it to an id without power outside.',
      right: true,
      why: 'Only then. Without a user namespace root in a container is root on the host as soon as it gets out.',
    },
    {
      value: 'pid',
      label: 'It has another process id outside.',
      why: 'It does, but powers hang on the user, not on the process id.',
    },
    {
      value: 'always',
      label: 'It is never dangerous, as a container cannot be left.',
      why: 'Mounts of the host, privileges and holes in the kernel lead out.',
    },
  ],
  'one-hierarchy': [
    {
      value: 'path',
      label: 'A process has one path for all controllers, so that they can work together.',
      right: true,
      why: 'In v1 each controller may have a hierarchy of its own. That one manager writes to a subtree is advice besides, and a third rule is that groups which pass controllers down hold no processes.',
    },
    {
      value: 'faster',
      label: 'A process may be in several groups at once.',
      why: 'That is v1, a group for each hierarchy. What is unified in v2?',
    },
    {
      value: 'none',
      label: 'Limits of a parent no longer hold for its children.',
      why: 'They hold in both versions.',
    },
  ],
  'file-and-processes': [
    {
      value: 'mnt-pid',
      label: 'mnt and pid',
      right: true,
      why: 'mnt for mounts of its own, pid for a process tree that begins with 1. /proc has to be mounted anew to show it.',
    },
    { value: 'uts-ipc', label: 'uts and ipc', why: 'uts is for the host name, ipc for queues and shared memory.' },
    { value: 'net-user', label: 'net and user', why: 'net is for interfaces and ports, user for ids.' },
  ],
  etcd: [
    {
      value: 'log',
      label: 'Its members agree on one order of all writes by a leader and a majority.',
      right: true,
      why: 'Raft elects a leader and copies its log. A write counts when more than half have it, so that two halves cannot both go on.',
    },
    {
      value: 'cache',
      label: 'It keeps copies that may differ for good.',
      why: 'Then two schedulers could see two clusters. What does a write wait for?',
    },
    {
      value: 'scheduler',
      label: 'It decides on which node a pod runs.',
      why: 'The scheduler does. etcd keeps what was decided.',
    },
  ],
  'kubelet-scheduler': [
    {
      value: 'direct',
      label: 'The scheduler tells the kubelet of that node.',
      why: 'Pictures are often drawn so. Whom do all parts of the control plane talk to?',
    },
    {
      value: 'api',
      label: 'From the API server, where the scheduler wrote it.',
      right: true,
      why: 'All parts talk to the API server only. The kubelet watches it for pods that are bound to its node.',
    },
    {
      value: 'etcd',
      label: 'It reads etcd.',
      why: 'Only the API server reads and writes etcd.',
    },
  ],
  'ha-or-live': [
    {
      value: 'same',
      label: 'In both the machine goes on without a break.',
      why: 'Where would its memory come from when the host is dead?',
    },
    {
      value: 'restart',
      label:
        'After a failure machines boot anew elsewhere; a live migration moves them running, with a short stop at its end.',
      right: true,
      why: 'High availability means an outage of detection, placement and boot. Live migration is often called without downtime, yet the last pages and the state of the devices are sent while the machine stands still.',
    },
    {
      value: 'reverse',
      label: 'Live migration saves machines of a host that has failed.',
      why: 'It copies memory while the source runs. A host that has failed sends nothing.',
    },
  ],
  'libvirt-role': [
    {
      value: 'manage',
      label: 'It manages: defines, starts, stops and watches machines of several hypervisors in one way.',
      right: true,
      why: 'It starts the QEMU process and talks to it. The guest’s instructions do not pass through it.',
    },
    {
      value: 'run',
      label: 'It runs the instructions of the guest.',
      why: 'KVM lets the CPU do that. Machines run on when libvirt is stopped.',
    },
    {
      value: 'translate',
      label: 'It translates privileged instructions.',
      why: 'Nobody does on hardware with VT-x or AMD-V.',
    },
  ],
  'crash-or-loss': [
    {
      value: 'same-node',
      label: 'On the same node, after a pause that grows with each crash.',
      right: true,
      why: 'The kubelet starts the container anew where it was. Only when a whole node is silent are pods made anew elsewhere, after the grace period and 300 seconds of toleration.',
    },
    {
      value: 'other-node',
      label: 'On another node, at once.',
      why: 'A pod never moves. Who starts containers on a node?',
    },
    {
      value: 'never',
      label: 'Nowhere: somebody has to start it.',
      why: 'That would be restartPolicy Never. What is usual?',
    },
  ],
}
