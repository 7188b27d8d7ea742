// The steps of the container's first process, from its ids to its root. Pure.
import { masked, readonly } from '../../formats/oci/defaults.ts'
import { groupFolders } from './steps-outside.ts'
import { quote } from './shell.ts'
import type { Settled } from './settle.ts'
import type { Step } from './step.ts'
import { texts } from './texts.ts'

const empty = (): Pick<Step, 'stage' | 'flags' | 'lines' | 'host' | 'becomes' | 'undo'> => ({
  stage: 'inside',
  flags: [],
  lines: [],
  host: [],
  becomes: [],
  undo: [],
})

/** The map of ids is written from outside: once, and the groups of an ordinary user only after `deny`. */
export function users({ options: { users } }: Settled): Step | null {
  if (users.kind === 'none') return null
  const range = users.kind === 'range'
  return {
    ...empty(),
    id: 'users',
    ...texts.steps.users(range),
    calls: ['openat', 'write', ...(range ? ['setgroups', 'setresgid', 'setresuid'] : [])],
    host: range
      ? [
          `echo '0 ${users.first} ${users.count}' > "/proc/$pid/uid_map"`,
          `echo '0 ${users.first} ${users.count}' > "/proc/$pid/gid_map"`,
          // The first process is no longer the owner of what was made for it.
          `chmod 755 "$lab" && chown -R ${users.first}:${users.first} "$lab"`,
        ]
      : [
          'echo deny > "/proc/$pid/setgroups"',
          'echo "0 $(id -u) 1" > "/proc/$pid/uid_map"',
          'echo "0 $(id -g) 1" > "/proc/$pid/gid_map"',
        ],
    // A change of ids makes the kernel forget that this process ends with its parent, so it is said again.
    becomes: range ? ['setpriv', '--reuid', '0', '--regid', '0', '--clear-groups', '--pdeathsig', 'KILL'] : [],
    evidence: [
      { file: '/proc/PID/uid_map', expected: range ? `0 ${users.first} ${users.count}` : texts.evidence.ownId },
    ],
  }
}

/** Before the namespace of control groups, which takes the group that one is in as its root. */
export function group(settled: Settled): Step | null {
  const made = groupFolders(settled)
  if (made.length === 0) return null
  return {
    ...empty(),
    id: 'group',
    ...texts.steps.group,
    calls: ['openat', 'write'],
    host: made.map(({ parent }) => `echo "$pid" > ${quote(parent)}/"$name"/cgroup.procs`),
    evidence: [{ file: '/proc/PID/cgroup', expected: texts.evidence.group }],
  }
}

export function cgroupNamespace(): Step {
  return {
    ...empty(),
    id: 'cgroup-namespace',
    ...texts.steps.cgroupNamespace,
    calls: ['unshare', 'execve'],
    flags: ['CLONE_NEWCGROUP'],
    becomes: ['unshare', '--cgroup'],
    evidence: [{ file: '/proc/PID/ns/cgroup', expected: texts.evidence.otherNumber }],
  }
}

/** The other end of the cable and its address belong to the host, so its helper sets them up. */
export function network({ options: { network: kind }, ip }: Settled): Step {
  const loopback = `${ip} link set lo up`
  return {
    ...empty(),
    id: 'network',
    ...texts.steps.network(kind),
    calls: kind === 'none' ? [] : ['socket', 'sendto'],
    flags: kind === 'none' ? [] : ['AF_NETLINK', 'RTM_NEWLINK', ...(kind === 'veth' ? ['RTM_NEWADDR'] : [])],
    host:
      kind === 'veth'
        ? [
            `ip link add "$cable" type veth peer name eth0 netns "$pid"`,
            `ip addr add "$net.1/24" dev "$cable"`,
            `ip link set "$cable" up`,
          ]
        : [],
    lines: [
      ...(kind === 'none' ? [] : [loopback]),
      ...(kind === 'veth' ? ['ip addr add "$net.2/24" dev eth0', 'ip link set eth0 up'] : []),
    ],
    evidence: [{ file: '/proc/PID/net/dev', expected: texts.evidence.network(kind) }],
  }
}

export function hostname({ options }: Settled): Step {
  return {
    ...empty(),
    id: 'hostname',
    ...texts.steps.hostname,
    calls: ['sethostname'],
    lines: [`hostname ${quote(options.hostname)}`],
    evidence: [{ file: 'hostname', expected: options.hostname }],
  }
}

/** A lower layer that is only read, an upper one that takes what is written, and both seen as one. */
export function layers({ options, overlay, folders }: Settled): Step {
  const host = options.root === 'host'
  return {
    ...empty(),
    id: 'layers',
    ...texts.steps.layers(options.root, overlay),
    calls: ['mount'],
    flags: overlay ? ['overlay: lowerdir, upperdir, workdir'] : ['MS_BIND'],
    lines: ['cd "$lab"', ...(overlay ? layered : plain), ...(host ? ofHost(folders, overlay) : [])],
    evidence: [
      { file: '/proc/PID/mountinfo', expected: overlay ? texts.evidence.overlay : texts.evidence.bind },
      ...(overlay ? [{ file: '$lab/layers/upper', expected: texts.evidence.upper }] : []),
    ],
  }
}

const layered: readonly string[] = [
  'layer() { # NAME LOWER TARGET',
  '  mkdir -p "layers/upper/$1" "layers/work/$1"',
  '  mount -t overlay "interlock-$1" -o "lowerdir=$2,upperdir=layers/upper/$1,workdir=layers/work/$1" "$3"',
  '}',
  '# Some file systems cannot hold an upper layer; memory always can.',
  'layer root lower root 2>/dev/null || { mount -t tmpfs layers layers; layer root lower root; }',
]

const plain: readonly string[] = ['mount --bind lower root']

/** `/etc` and `/usr` of the host below layers of their own; what is mounted inside them forbids that, and they are only read. */
function ofHost(folders: readonly string[], overlay: boolean): string[] {
  const bind = '{ mount --rbind "/$folder" "root/$folder"; mount -o remount,bind,ro "root/$folder"; }'
  return [
    `for folder in ${folders.join(' ')}; do`,
    overlay ? `  layer "$folder" "/$folder" "root/$folder" 2>/dev/null || ${bind}` : `  ${bind}`,
    'done',
  ]
}

/** Before the new root: the kernel mounts a new /proc in a user namespace only where one is seen already. */
export function kernelFiles({ options }: Settled): Step {
  // In a user namespace, the group of terminals may have no id.
  const group = options.users.kind === 'none' ? ',gid=5' : ''
  return {
    ...empty(),
    id: 'kernel-files',
    ...texts.steps.kernelFiles,
    calls: ['mount', 'symlink'],
    flags: ['MS_NOSUID', 'MS_NODEV', 'MS_NOEXEC', 'MS_BIND'],
    lines: [
      'mount -t proc -o nosuid,nodev,noexec proc root/proc',
      'mount -t sysfs -o ro,nosuid,nodev,noexec sysfs root/sys',
      'mount -t tmpfs -o nosuid,mode=755,size=64m dev root/dev',
      'for device in null zero full random urandom tty; do',
      '  : > "root/dev/$device" && mount --bind "/dev/$device" "root/dev/$device"',
      'done',
      'mkdir root/dev/pts root/dev/shm root/dev/mqueue',
      `mount -t devpts -o nosuid,noexec,newinstance,ptmxmode=0666,mode=0620${group} devpts root/dev/pts`,
      'mount -t tmpfs -o nosuid,nodev,noexec,mode=1777,size=64m shm root/dev/shm',
      'mount -t mqueue -o nosuid,nodev,noexec mqueue root/dev/mqueue',
      'ln -s pts/ptmx root/dev/ptmx && ln -s /proc/self/fd root/dev/fd',
      'ln -s fd/0 root/dev/stdin && ln -s fd/1 root/dev/stdout && ln -s fd/2 root/dev/stderr',
    ],
    evidence: [{ file: '/proc/PID/mountinfo', expected: texts.evidence.kernelFiles }],
  }
}

/** What of /proc and /sys would tell about the host, or change it: the list that runc has too. */
export function hiddenFiles(): Step {
  const relative = (paths: readonly string[]): string => paths.map((path) => `root${path}`).join(' ')
  const readOnly = 'remount,bind,ro,nosuid,nodev,noexec'
  return {
    ...empty(),
    id: 'hidden-files',
    ...texts.steps.hiddenFiles,
    calls: ['mount'],
    flags: ['MS_BIND', 'MS_REMOUNT', 'MS_RDONLY'],
    lines: [
      `for path in ${relative(readonly)}; do`,
      '  [ ! -e "$path" ] || { mount --bind "$path" "$path"; mount -o ' + readOnly + ' "$path"; }',
      'done',
      `for path in ${relative(masked)}; do`,
      '  if [ -d "$path" ]; then mount -t tmpfs -o ro,size=0 none "$path"',
      '  elif [ -e "$path" ]; then mount --bind /dev/null "$path"; fi',
      'done',
    ],
    evidence: [{ file: '/proc/PID/mountinfo', expected: texts.evidence.hiddenFiles }],
  }
}

/** The old root is unmounted, not merely left: a process that only changes its root can find its way back. */
export function newRoot(): Step {
  return {
    ...empty(),
    id: 'new-root',
    ...texts.steps.newRoot,
    calls: ['pivot_root', 'chdir', 'umount2', 'rmdir'],
    flags: ['MNT_DETACH'],
    lines: [
      'cd root && mkdir .old',
      'pivot_root . .old',
      'cd / && hash -r',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'umount -l /.old && rmdir /.old',
    ],
    evidence: [{ file: '/proc/PID/mountinfo', expected: texts.evidence.newRoot }],
  }
}

/** Last of all, since mounting and naming need what is given up here. */
export function capabilities({ options: { capabilities: kept } }: Settled, mask: string): Step {
  const list = ['-all', ...kept.map((name) => `+${name.toLowerCase()}`)].join(',')
  return {
    ...empty(),
    id: 'capabilities',
    ...texts.steps.capabilities(kept.length),
    calls: ['prctl', 'capset'],
    flags: ['PR_CAPBSET_DROP'],
    lines: [`set -- "$setpriv" --bounding-set ${list} --inh-caps -all "$@"`],
    evidence: [{ file: '/proc/PID/status', expected: `CapBnd: ${mask}` }],
  }
}

export function noNewPrivileges({ options }: Settled): Step | null {
  if (options.newPrivileges) return null
  return {
    ...empty(),
    id: 'no-new-privileges',
    ...texts.steps.noNewPrivileges,
    calls: ['prctl'],
    flags: ['PR_SET_NO_NEW_PRIVS'],
    lines: ['set -- "$setpriv" --no-new-privs "$@"'],
    evidence: [{ file: '/proc/PID/status', expected: 'NoNewPrivs: 1' }],
  }
}

/** Not a child of PID 1 but PID 1 itself: the program keeps the number and gets the end of it. */
export function command({ options }: Settled): Step {
  return {
    ...empty(),
    id: 'command',
    ...texts.steps.command(options.command[0] ?? ''),
    calls: ['execve'],
    lines: ['trap - EXIT', 'exec env -i PATH="$PATH" HOME=/root TERM="${TERM:-dumb}" "$@" 4>&- 5<&-'],
    evidence: [{ file: '/proc/PID/comm', expected: texts.evidence.command(options.command[0] ?? '') }],
  }
}
