// Words of the topology lab's page.
export const texts = {
  title: 'Machines and containers',
  invitation:
    'Drag a physical host here, and put a hypervisor or an operating system into it. Boxes that fit light up while you drag.',
  templates: [
    { id: 'bare-metal', title: 'Bare-metal hypervisor' },
    { id: 'laptop', title: 'Laptop with VirtualBox' },
    { id: 'docker-host', title: 'Docker host' },
    { id: 'kubernetes', title: 'Kubernetes cluster' },
    { id: 'vsphere', title: 'vSphere cluster' },
    { id: 'kvm-stack', title: 'KVM, QEMU, libvirt' },
    { id: 'nested-lab', title: 'Nested lab' },
  ],
  legend: {
    uses: 'uses, is given, is a member of',
    attached: 'is attached to; veth pair',
    manages: 'manages',
    migrates: 'migrates live to',
  },
  rules: {
    title: 'Rules',
    say: 'Rules that are switched off are not asked in this drawing.',
    areas: {
      P: 'What may run on what',
      N: 'Hardware assistance and nesting',
      R: 'Resources',
      C: 'Containers and control groups',
      K: 'Kubernetes',
      V: 'vSphere, KVM and migration',
    } as Readonly<Record<string, string>>,
    count: (on: number, all: number) => (on === all ? `${all}` : `${on} of ${all}`),
    history: (id: string, on: boolean) => (on ? `Ask rule ${id}` : `Do not ask rule ${id}`),
  },
}
