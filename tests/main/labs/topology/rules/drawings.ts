// For each rule a drawing that breaks it and one that does not, as small as they can be.
interface Pair {
  broken: unknown
  clean: unknown
}

type Fields = Record<string, unknown>
const thing = (kind: string, name: string, own: Fields = {}, children: unknown[] = []): Fields => ({
  kind,
  name,
  ...own,
  children,
})
const host = (children: unknown[], own: Fields = {}): Fields => thing('host', 'H', own, children)
const linux = (children: unknown[] = [], own: Fields = {}, name = 'L'): Fields => thing('os', name, own, children)
const esxi = (children: unknown[] = [], own: Fields = {}, name = 'E'): Fields =>
  thing('hypervisor', name, { product: 'esxi', ...own }, children)
const vm = (own: Fields = {}, name = 'V', guest: Fields = {}): Fields =>
  thing('vm', name, own, [linux([], guest, `guest of ${name}`)])
const engine = (children: unknown[] = [], own: Fields = {}): Fields => thing('engine', 'D', own, children)
const box = (own: Fields = {}, name = 'C'): Fields => thing('container', name, { root: false, ...own })
const only = (...nodes: unknown[]): Fields => ({ nodes })
const onLinux = (...children: unknown[]): Fields => only(host([linux(children)]))
const inEngine = (...children: unknown[]): Fields => onLinux(engine(children))
const onEsxi = (...children: unknown[]): Fields => only(host([esxi(children)]))
const both = (make: (bad: boolean) => unknown): Pair => ({ broken: make(true), clean: make(false) })
const cgroup = (name: string, own: Fields, children: unknown[] = []): Fields => thing('cgroup', name, own, children)
const control = (...parts: string[]): unknown[] =>
  parts.map((part, index) => thing('control', `${part} ${index}`, { part }))
const cluster = (children: unknown[], parts = ['api', 'etcd', 'etcd', 'etcd']): Fields =>
  thing('cluster', 'K', {}, [...control(...parts), ...children])
const node = (name: string, own: Fields = {}, children: unknown[] = []): Fields => thing('node', name, own, children)
const pod = (name: string, own: Fields = {}, children: unknown[] = []): Fields => thing('pod', name, own, children)
const managed = (children: unknown[], pods: string[], own: Fields = {}): Fields => ({
  nodes: [cluster([thing('deployment', 'W', own), ...children])],
  edges: pods.map((name) => ['W', name]),
})
const esx = (name: string, machines: unknown[] = [], own: Fields = {}): Fields =>
  thing('host', name, own, [esxi(machines, {}, `ESXi of ${name}`)])
const vsphere = (hosts: unknown[], own: Fields = {}): Fields => only(thing('vcluster', 'S', own, hosts))
const moving = (own: Fields, from: Fields, to: Fields, network = true): Fields => ({
  nodes: [esx('A', [vm(own)], from), esx('B', [], to), thing('network', 'M', { purpose: 'migration' })],
  edges: [
    { from: 'V', to: 'B', kind: 'migrates' },
    ...(network
      ? [
          ['A', 'M'],
          ['B', 'M'],
        ]
      : []),
  ],
})

export const pairs: Readonly<Record<string, Pair>> = {
  'P-1': { broken: onLinux(vm()), clean: onEsxi(vm()) },
  'P-2': { broken: onLinux(esxi()), clean: only(host([esxi()])) },
  'P-3': both((bad) => {
    const hosted = thing('hypervisor', 'X', { product: 'virtualbox' })
    return only(host([bad ? hosted : linux([hosted])]))
  }),
  'P-4': both((bad) =>
    only(host([linux([thing('hypervisor', 'X', { product: 'kvm' })], { family: bad ? 'windows' : 'linux' })])),
  ),
  'P-5': { broken: onEsxi(thing('vm', 'V')), clean: onEsxi(vm()) },
  'P-6': { broken: only(host([engine()])), clean: onLinux(engine()) },
  'P-7': both((bad) => only(host([linux([engine([box()])], { family: bad ? 'macos' : 'linux' })]))),
  'P-8': both((bad) => inEngine(box({ family: bad ? 'windows' : 'linux' }))),
  'P-9': both((bad) => inEngine(box({ arch: bad ? 'arm64' : 'x86-64' }))),
  'P-10': {
    broken: only({ kind: 'vm', name: 'a', parent: 'b' }, { kind: 'hypervisor', name: 'b', parent: 'a' }),
    clean: onEsxi(vm()),
  },
  'P-11': both((bad) =>
    onLinux(
      thing('hypervisor', 'X', { product: 'kvm' }),
      thing('hypervisor', 'Y', { product: 'virtualbox', technique: bad ? 'hardware' : 'binary' }),
    ),
  ),
  'P-12': both((bad) =>
    onLinux(
      thing('hypervisor', 'Q', { product: 'qemu', usesKvm: true }),
      ...(bad ? [] : [thing('hypervisor', 'X', { product: 'kvm' })]),
    ),
  ),
  'N-1': both((bad) => only(host([esxi()], { vt: !bad }))),
  'N-2': both((bad) =>
    onEsxi(thing('vm', 'V', { nested: !bad }, [linux([thing('hypervisor', 'X', { product: 'kvm' })], {}, 'G')])),
  ),
  'N-3': both((bad) => {
    const third = thing('vm', 'V2', { nested: true }, [
      linux([thing('hypervisor', 'X3', { product: 'kvm' })], {}, 'G2'),
    ])
    const second = thing('hypervisor', 'X2', { product: 'kvm' }, bad ? [third] : [])
    return onEsxi(thing('vm', 'V1', { nested: true }, [linux([second], {}, 'G1')]))
  }),
  'N-4': both((bad) =>
    only(
      host([thing('hypervisor', 'X', { product: 'xen', technique: 'paravirtual' }, [vm({}, 'V', { modified: !bad })])]),
    ),
  ),
  'N-5': both((bad) => only(host([esxi()], { nestedPaging: !bad }))),
  'N-6': both((bad) => ({ nodes: [host([thing('device', 'P'), esxi([vm()])], { iommu: !bad })], edges: [['V', 'P']] })),
  'N-7': both((bad) => ({
    nodes: [host([thing('device', 'P'), esxi([vm(), vm({ running: bad }, 'U')])], { iommu: true })],
    edges: [
      ['V', 'P'],
      ['U', 'P'],
    ],
  })),
  'N-8': both((bad) => {
    const { nodes, edges } = moving({}, {}, {}) as { nodes: Fields[]; edges: unknown[] }
    return { nodes: [...nodes, thing('device', 'P')], edges: bad ? [...edges, ['V', 'P']] : edges }
  }),
  'R-1': both((bad) => only(host([esxi([vm({ cpus: bad ? 9 : 8 })])], { cpus: 8 }))),
  'R-2': both((bad) =>
    only(host([esxi([1, 2, 3].map((n) => vm({ cpus: bad ? 3 : 2 }, `V${n}`)))], { cpus: bad ? 2 : 3 })),
  ),
  'R-3': both((bad) =>
    only(host([esxi([vm({ reservation: bad ? '7 GiB' : '6 GiB' })])], { memory: '8 GiB', overhead: '2 GiB' })),
  ),
  'R-4': both((bad) => only(host([esxi([vm({ memory: bad ? '9 GiB' : '8 GiB' })])], { memory: '8 GiB' }))),
  'R-5': both((bad) => onEsxi(vm({ reservation: 1024, limit: bad ? 512 : 0 }))),
  'R-6': both((bad) => onEsxi(vm({ balloon: true }, 'V', { balloonDriver: !bad }))),
  'R-7': both((bad) => onLinux(cgroup('G', { memory: bad ? '64 megabytes' : '64M' }))),
  'R-8': both((bad) => onLinux(cgroup('G', { memory: '64M' }, [cgroup('I', { memory: bad ? '1G' : '32M' })]))),
  'R-9': both((bad) => inEngine(box({ quota: bad ? 500 : 1000 }))),
  'R-10': both((bad) => inEngine(box({ memory: bad ? 0 : 64 }), box({}, 'B'))),
  'C-1': both((bad) => inEngine(box({ namespaces: bad ? [] : ['mnt', 'pid'] }))),
  'C-2': both((bad) => inEngine(box({ net: !bad }))),
  'C-3': both((bad) => ({
    nodes: [
      host([
        linux([
          thing('namespace', 'N', { type: 'net' }, [thing('interface', 'I')]),
          thing('namespace', 'M', { type: 'net' }),
        ]),
      ]),
    ],
    edges: bad ? [['I', 'M']] : [],
  })),
  'C-4': both((bad) => ({
    nodes: [host([linux([thing('interface', 'I', { type: 'veth' }), thing('interface', 'J', { type: 'veth' })])])],
    edges: bad ? [] : [['I', 'J']],
  })),
  'C-5': both((bad) =>
    onLinux(
      thing('process', 'a', { listens: '0.0.0.0:80' }),
      thing('process', 'b', { listens: bad ? '127.0.0.1:80' : '127.0.0.1:81' }),
    ),
  ),
  'C-6': both((bad) =>
    onLinux(
      thing('namespace', 'U', { type: 'user', map: '0 100000 1000' }, [
        thing('namespace', 'W', { type: 'user', map: bad ? '0 900 200' : '0 900 100' }),
      ]),
    ),
  ),
  'C-7': both((bad) => inEngine(box({ root: true, user: !bad }))),
  'C-8': both((bad) => inEngine(box({ sysAdmin: bad }))),
  'C-9': both((bad) =>
    onLinux(cgroup('G', { passes: bad ? 'cpu' : 'cpu, memory' }, [cgroup('I', { controllers: 'memory' })])),
  ),
  'C-10': both((bad) => onLinux(cgroup('G', { passes: bad ? 'cpu' : '' }, [thing('process', 'a')]))),
  'C-11': both((bad) => ({
    nodes: [host([linux([cgroup('G', {}, [thing('process', 'a')]), cgroup('I', { version: bad ? 'v2' : 'v1' })])])],
    edges: [['a', 'I']],
  })),
  'C-12': both((bad) =>
    onLinux(
      cgroup('G', { version: 'v1', controllers: 'memory' }),
      cgroup('I', { controllers: bad ? 'memory' : 'cpu' }),
    ),
  ),
  'C-13': both((bad) => only(host([linux([engine([box()], { rootless: true })], { cgroups: bad ? 'v1' : 'v2' })]))),
  'C-14': both((bad) =>
    inEngine(
      thing('container', 'C', { root: false }, [thing('overlay', 'O', { lower: bad ? [] : ['/base'], upper: '/up' })]),
    ),
  ),
  'C-15': both((bad) => inEngine(box({ reaps: !bad }))),
  'C-16': both((bad) => onLinux(engine([thing('runtime', 'R', { product: bad ? 'kata' : 'runc' })]))),
  'K-1': both((bad) => managed([node('n', { cpu: 1000 }, [pod('p', { cpu: bad ? 2000 : 500 })])], ['p'])),
  'K-2': both((bad) => only(cluster([node('n', { kubelet: !bad })]))),
  'K-3': both((bad) => only(cluster([], bad ? ['api'] : ['api', 'etcd', 'etcd', 'etcd']))),
  'K-4': both((bad) =>
    only(cluster([], bad ? ['api', 'etcd', 'etcd', 'etcd', 'etcd'] : ['api', 'etcd', 'etcd', 'etcd'])),
  ),
  'K-5': both((bad) =>
    only(cluster([thing('deployment', 'W', { selector: { app: 'web' }, template: { app: bad ? 'shop' : 'web' } })])),
  ),
  'K-6': both(spread),
  'K-7': both((bad) =>
    managed([node('n', {}, [pod('p'), ...(bad ? [pod('q')] : [])]), node('m', {}, bad ? [] : [pod('q')])], ['p', 'q']),
  ),
  'K-8': both((bad) =>
    managed(
      [node('n', { taints: 'gpu=yes:NoSchedule' }), pod('p', { tolerations: bad ? '' : 'gpu=yes:NoSchedule' })],
      ['p'],
    ),
  ),
  'K-9': both((bad) =>
    managed([node('n', {}, [pod('p', { hostPort: 80 }), pod('q', { hostPort: bad ? 80 : 81 })])], ['p', 'q']),
  ),
  'K-10': both((bad) => managed([node('n', {}, [pod('p')])], bad ? [] : ['p'])),
  'K-11': both((bad) =>
    managed([node('n', {}, [pod('p', {}, [box({ port: 80 }, 'a'), box({ port: bad ? 80 : 81 }, 'b')])])], ['p']),
  ),
  'V-1': both((bad) => moving({ storage: bad ? 'local' : 'shared' }, {}, {})),
  'V-2': both((bad) => moving({}, { features: ['avx2', 'avx512'] }, { features: bad ? ['avx2'] : ['avx2', 'avx512'] })),
  'V-3': both((bad) => moving({}, {}, {}, !bad)),
  'V-4': both((bad) => moving({ reservation: bad ? '7 GiB' : '6 GiB' }, {}, { memory: '8 GiB', overhead: '2 GiB' })),
  'V-5': both((bad) => vsphere([esx('A'), ...(bad ? [] : [esx('B')])])),
  // The published example of slots: they tolerate one failure, not two.
  'V-6': both((bad) =>
    vsphere(
      [
        esx(
          'A',
          [vm({ cpuReservation: 2000, reservation: 1024 }, 'a'), vm({ cpuReservation: 2000, reservation: 1024 }, 'b')],
          { cpus: 9, mhz: 1000, memory: '9 GiB' },
        ),
        esx(
          'B',
          [vm({ cpuReservation: 1000, reservation: 2048 }, 'c'), vm({ cpuReservation: 1000, reservation: 1024 }, 'd')],
          { cpus: 9, mhz: 1000, memory: '6 GiB' },
        ),
        esx('C', [vm({ cpuReservation: 1000, reservation: 1024 }, 'e')], { cpus: 6, mhz: 1000, memory: '6 GiB' }),
      ],
      { failures: bad ? 2 : 1 },
    ),
  ),
  'V-7': both((bad) =>
    vsphere([
      esx('A', [vm({ apart: 'web' }, 'a'), vm({ apart: 'web' }, 'b')]),
      esx('B', [vm({ apart: bad ? 'web' : '' }, 'c')]),
    ]),
  ),
  'V-8': both((bad) => vsphere([esx('A', [vm({ storage: bad ? 'local' : 'shared' })]), esx('B')])),
  'V-9': both((bad) => onEsxi(vm({ domain: bad ? 'kvm' : '' }))),
  'V-10': both((bad) => onLinux(thing('libvirt', 'virt', { inPath: bad }))),
  'V-11': both((bad) =>
    onLinux(thing('hypervisor', 'X', { product: 'kvm' }, [vm({ domain: 'kvm' }, bad ? 'a/b' : 'a-b')])),
  ),
}

/** Three replicas that must not meet, on two nodes or on three. */
function spread(bad: boolean): unknown {
  const names = ['p', 'q', 'r']
  const nodes = (bad ? ['n', 'm'] : ['n', 'm', 'o']).map((name) => node(name))
  return managed([...nodes, ...names.map((name) => pod(name, { spread: true }))], names)
}
