// Properties of the things of a topology, as the inspector offers them and as rules and simulations read them. The
// schema is made from the same list, so that what can be set can be stored. Knows no rule.
import type { NodeRecord } from '../../../contract/document.ts'
import type { PropertyField } from '../../../contract/lab.ts'

type Choice = Extract<PropertyField, { type: 'choice' }>

const choice = (
  key: string,
  label: string,
  options: readonly (readonly [string, string])[],
  help?: string,
): Choice => ({
  key,
  label,
  type: 'choice',
  options: options.map(([value, name]) => ({ value, label: name })),
  usual: options[0]?.[0] ?? '',
  ...(help !== undefined && { help }),
})
const flag = (key: string, label: string, usual: boolean, help?: string): PropertyField => ({
  key,
  label,
  type: 'flag',
  usual,
  ...(help !== undefined && { help }),
})
const count = (
  key: string,
  label: string,
  usual: number,
  max: number,
  unit?: string,
  help?: string,
): PropertyField => ({
  key,
  label,
  type: 'integer',
  min: 0,
  max,
  usual,
  ...(unit !== undefined && { unit }),
  ...(help !== undefined && { help }),
})
const words = (key: string, label: string, expected: string, example: string, pattern = '.{0,200}'): PropertyField => ({
  key,
  label,
  type: 'text',
  pattern,
  expected,
  example,
  usual: '',
})

const MIB = 'MiB'
/** `a=b, c=d`; what Kubernetes calls labels */
const LABELS = '([\\w./-]+=[\\w./-]*(\\s*,\\s*[\\w./-]+=[\\w./-]*)*)?'
const labels = (key: string, label: string): PropertyField =>
  words(key, label, 'Pairs of key and value, with commas between them, or nothing.', 'app=web, tier=front', LABELS)
const list = (key: string, label: string, example: string): PropertyField =>
  words(key, label, 'Names with commas between them, or nothing.', example, '([\\w./:-]+(\\s*,\\s*[\\w./:-]+)*)?')

const arch = (label: string, same: string): PropertyField =>
  choice('arch', label, [
    ['', same],
    ['x86-64', 'x86-64'],
    ['arm64', 'arm64'],
  ])

/** Whom the OOM killer prefers; a process for which nothing is said has that of its container. */
const adj: PropertyField = {
  key: 'adj',
  label: 'oom_score_adj',
  type: 'integer',
  min: -1000,
  max: 1000,
  usual: 0,
  help: 'Added to the badness in thousandths of the limit; -1000 is never killed.',
}

const namespaceTypes = ['pid', 'net', 'mnt', 'uts', 'ipc', 'user', 'cgroup', 'time'] as const
export const containerNamespaces = namespaceTypes.slice(0, 7)

/** By kind of node. */
export const properties: Readonly<Record<string, readonly PropertyField[]>> = {
  host: [
    choice('vendor', 'CPU', [
      ['intel', 'Intel'],
      ['amd', 'AMD'],
      ['arm', 'Arm'],
    ]),
    choice('arch', 'Architecture', [
      ['x86-64', 'x86-64'],
      ['arm64', 'arm64'],
    ]),
    count('cpus', 'Logical CPUs', 16, 4096),
    count('mhz', 'Speed of a CPU', 2_500, 100_000, 'MHz'),
    count('memory', 'Memory', 65_536, 67_108_864, MIB),
    count('overhead', 'Kept for the hypervisor', 2_048, 1_048_576, MIB),
    flag('vt', 'VT-x, AMD-V or the like', true, 'The CPU can switch to a guest by itself.'),
    flag('nestedPaging', 'Nested paging (EPT, NPT)', true, 'The CPU walks the tables of guest and host together.'),
    flag('iommu', 'IOMMU', false, 'Devices reach only the memory that is theirs.'),
    list('features', 'CPU features', 'avx2, avx512'),
  ],
  os: [
    choice('family', 'Family', [
      ['linux', 'Linux'],
      ['windows', 'Windows'],
      ['macos', 'macOS'],
    ]),
    arch('Built for', 'the CPU below'),
    flag('modified', 'Knows hypercalls', false, 'A guest that was changed for a paravirtual hypervisor.'),
    flag('balloonDriver', 'Balloon driver', true),
    choice('cgroups', 'cgroups', [
      ['v2', 'v2'],
      ['v1', 'v1'],
      ['hybrid', 'hybrid'],
    ]),
  ],
  device: [],
  hypervisor: [
    choice('product', 'Product', [
      ['esxi', 'ESXi (Type 1)'],
      ['xen', 'Xen (Type 1)'],
      ['hyper-v', 'Hyper-V (Type 1)'],
      ['kvm', 'KVM (part of Linux)'],
      ['virtualbox', 'VirtualBox (Type 2)'],
      ['workstation', 'Workstation (Type 2)'],
      ['qemu', 'QEMU (Type 2)'],
    ]),
    choice('technique', 'Technique', [
      ['hardware', 'hardware-assisted'],
      ['binary', 'binary translation'],
      ['paravirtual', 'paravirtual'],
      ['trap', 'trap and emulate'],
    ]),
    flag('usesKvm', 'Runs guests with KVM', false, 'QEMU supplies the devices and KVM runs the guest code.'),
  ],
  vm: [
    count('cpus', 'vCPUs', 2, 4096),
    count('maxCpus', 'Most vCPUs', 0, 4096, '0: as many as now'),
    count('memory', 'Memory', 2_048, 67_108_864, MIB),
    count('reservation', 'Memory reserved', 0, 67_108_864, MIB),
    count('limit', 'Memory limit', 0, 67_108_864, `${MIB}, 0: none`),
    count('cpuReservation', 'CPU reserved', 0, 1_000_000, 'MHz'),
    count('shares', 'CPU shares', 1_000, 1_000_000),
    count('busy', 'Busy vCPUs', 0, 4_096, '0: all'),
    flag('running', 'Powered on', true),
    flag('nested', 'Nested virtualisation', false, 'VT-x or AMD-V is shown to the guest.'),
    flag('balloon', 'Ballooning', false),
    choice('domain', 'libvirt domain type', [
      ['', 'not by libvirt'],
      ['kvm', 'kvm'],
      ['qemu', 'qemu'],
    ]),
    choice('osType', 'libvirt os type', [
      ['hvm', 'hvm'],
      ['', 'none given'],
    ]),
    choice('storage', 'Disk lies', [
      ['shared', 'on shared storage'],
      ['local', 'on the host'],
    ]),
    count(
      'dirtyRate',
      'Memory written',
      64,
      1_000_000,
      'MiB/s',
      'How fast the guest changes pages; live migration has to send them again.',
    ),
    count('workingSet', 'Written again and again', 0, 67_108_864, `${MIB}, 0: anywhere`),
    count('downtime', 'Longest stop of a migration', 300, 3_600_000, 'ms'),
    words('apart', 'Kept apart from', 'The name of a group whose machines run on different hosts.', 'web'),
  ],
  libvirt: [flag('inPath', 'Instructions pass through it', false)],
  engine: [
    choice('product', 'Product', [
      ['docker', 'Docker'],
      ['podman', 'Podman'],
      ['containerd', 'containerd'],
      ['crio', 'CRI-O'],
    ]),
    flag('rootless', 'Run by a plain user', false),
  ],
  runtime: [
    choice('product', 'Product', [
      ['runc', 'runc'],
      ['crun', 'crun'],
      ['kata', 'Kata Containers'],
      ['firecracker', 'Firecracker'],
    ]),
  ],
  container: [
    words('image', 'Image', 'The name of an image, or nothing.', 'nginx:1.27'),
    choice('family', 'Image for', [
      ['linux', 'Linux'],
      ['windows', 'Windows'],
    ]),
    arch('Image built for', 'the CPU below'),
    ...containerNamespaces.map((type) => flag(type, `Own ${type} namespace`, type !== 'user')),
    flag('root', 'Runs as root', true),
    flag('privileged', 'Privileged', false),
    flag('sysAdmin', 'CAP_SYS_ADMIN added', false),
    flag('hostRoot', 'Root of the host mounted', false),
    count('memory', 'Memory limit', 512, 67_108_864, `${MIB}, 0: none`),
    adj,
    count('request', 'Memory requested', 0, 67_108_864, MIB),
    count('shares', 'CPU shares', 1_024, 262_144),
    count('busy', 'Busy threads', 0, 4_096, '0: on all CPUs'),
    count('quota', 'CPU quota', 0, 10_000_000, 'us in a period, 0: none'),
    count('period', 'Period', 100_000, 10_000_000, 'us'),
    count('port', 'Listens on port', 0, 65_535, '0: none'),
    count('hostPort', 'Port of the host', 0, 65_535, '0: none'),
    flag('reaps', 'PID 1 reaps children and handles SIGTERM', true),
  ],
  namespace: [
    choice(
      'type',
      'Type',
      namespaceTypes.map((type) => [type, type]),
    ),
    words(
      'map',
      'Id map',
      'First id inside, first id outside and how many; more lines behind a semicolon.',
      '0 100000 65536',
      '(\\d+ \\d+ \\d+(; ?\\d+ \\d+ \\d+)*)?',
    ),
  ],
  cgroup: [
    choice('version', 'Hierarchy', [
      ['v2', 'v2'],
      ['v1', 'v1'],
    ]),
    words('memory', 'memory.max', 'What is written to the file; nothing for no limit.', '64M'),
    words('quota', 'CPU quota', 'Microseconds in a period, max, or nothing.', '50000'),
    words('period', 'CPU period', 'Microseconds, or nothing for 100000.', '100000'),
    list('controllers', 'Controllers', 'cpu, memory'),
    list('passes', 'cgroup.subtree_control', 'cpu, memory'),
  ],
  process: [
    words('listens', 'Listens on', 'Address and port, or nothing.', '0.0.0.0:80', '([\\w.:*\\[\\]-]*:\\d{1,5})?'),
    count('memory', 'Memory it takes', 0, 67_108_864, `${MIB}, 0: ever more`),
    adj,
  ],
  interface: [
    choice('type', 'Type', [
      ['physical', 'of a machine'],
      ['veth', 'end of a veth pair'],
    ]),
  ],
  bridge: [],
  network: [
    count('bandwidth', 'Bandwidth', 1_024, 1_000_000, 'MiB/s'),
    choice('purpose', 'For', [
      ['machines', 'virtual machines'],
      ['migration', 'live migration'],
      ['storage', 'storage'],
    ]),
  ],
  storage: [
    choice('reach', 'Seen by', [
      ['shared', 'all hosts that use it'],
      ['local', 'one host'],
    ]),
  ],
  overlay: [
    list('lower', 'Lower layers', '/layers/base'),
    words('upper', 'Upper directory', 'A path.', '/up'),
    words('work', 'Work directory', 'A path on the same file system as the upper directory.', '/work'),
    words('upperFs', 'File system of upper', 'A name, or nothing.', 'ext4'),
    words('workFs', 'File system of work', 'A name, or nothing.', 'ext4'),
  ],
  vcenter: [],
  vcluster: [
    flag('ha', 'High availability', true),
    flag('drs', 'DRS', true),
    choice('admission', 'Admission control', [
      ['slots', 'slots'],
      ['percentage', 'percentage'],
      ['off', 'off'],
    ]),
    count('failures', 'Host failures tolerated', 1, 64),
    count('percent', 'Kept for fail-over', 25, 100, '%'),
    flag('masked', 'CPU compatibility mask (EVC)', false),
  ],
  cluster: [],
  control: [
    choice('part', 'Part', [
      ['api', 'API server'],
      ['etcd', 'etcd member'],
      ['scheduler', 'scheduler'],
      ['controllers', 'controller manager'],
    ]),
  ],
  node: [
    count('cpu', 'Allocatable CPU', 4_000, 1_000_000, 'm'),
    count('memory', 'Allocatable memory', 8_192, 67_108_864, MIB),
    flag('kubelet', 'kubelet runs', true),
    flag('cri', 'CRI runtime', true),
    words('taints', 'Taints', 'key=value:Effect, with commas between them, or nothing.', 'gpu=yes:NoSchedule'),
    labels('labels', 'Labels'),
  ],
  deployment: [
    count('replicas', 'Replicas', 2, 10_000),
    labels('selector', 'Selector'),
    labels('template', 'Labels of the template'),
  ],
  pod: [
    count('cpu', 'CPU requested', 100, 1_000_000, 'm'),
    count('memory', 'Memory requested', 128, 67_108_864, MIB),
    count('cpuLimit', 'CPU limit', 0, 1_000_000, 'm, 0: none'),
    count('memoryLimit', 'Memory limit', 0, 67_108_864, `${MIB}, 0: none`),
    labels('labels', 'Labels'),
    words('tolerations', 'Tolerates', 'key=value:Effect, with commas between them, or nothing.', 'gpu=yes:NoSchedule'),
    flag('spread', 'Never two on one node', false, 'Required anti-affinity with pods of the same labels.'),
    count('hostPort', 'Port of the node', 0, 65_535, '0: none'),
  ],
}

const usual = new Map(
  Object.entries(properties).map(([kind, fields]) => [kind, new Map(fields.map((field) => [field.key, field.usual]))]),
)

/** What a record says under a key, or what is usual for its kind. */
export function valueOf(node: NodeRecord, key: string): unknown {
  return node[key] ?? usual.get(node.kind)?.get(key)
}
export const textOf = (node: NodeRecord, key: string): string => String(valueOf(node, key) ?? '')
export const numberOf = (node: NodeRecord, key: string): number => Number(valueOf(node, key) ?? 0)
export const isSet = (node: NodeRecord, key: string): boolean => valueOf(node, key) === true
/** The entries of a list that was written with commas. */
export const listOf = (node: NodeRecord, key: string): string[] =>
  textOf(node, key)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
