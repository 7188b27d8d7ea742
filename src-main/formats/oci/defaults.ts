// What every container of an OCI runtime begins with, whatever was asked for: file systems, hidden paths, capabilities.
// The same set that `runc spec` writes. Knows no drawing and no command line.

/** What the file systems of a container depend on. */
interface Asked {
  privileged: boolean
  hostRoot: boolean
  has(type: string): boolean
}

export interface Mount {
  destination: string
  type: string
  source: string
  options: string[]
}

const safe = ['nosuid', 'noexec', 'nodev']

/**
 * @param asked privileged: the kernel's own files can be written; hostRoot: the root of the host is under /host; has:
 *   whether the container has a namespace of a type, such as "net"
 */
export function mounts({ privileged, hostRoot, has }: Asked): Mount[] {
  const kernel = privileged ? ['rw'] : ['ro']
  /**
   * The kernel lets a user namespace mount such a file system anew only together with the namespace that it shows
   * (EPERM otherwise, mount_namespaces(7)); the host's own is bound in its place.
   */
  const shown = (type: string, mount: Mount): Mount =>
    has(type) || !has('user')
      ? mount
      : { destination: mount.destination, type: 'bind', source: mount.destination, options: ['rbind', ...safe] }
  return [
    shown('pid', { destination: '/proc', type: 'proc', source: 'proc', options: [] }),
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
    },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      // in a user namespace, the group of terminals may have no id
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', ...(has('user') ? [] : ['gid=5'])],
    },
    { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [...safe, 'mode=1777', 'size=65536k'] },
    shown('ipc', { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: safe }),
    shown('net', { destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...safe, ...kernel] }),
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: [...safe, 'relatime', ...kernel] },
    ...(hostRoot ? [{ destination: '/host', type: 'bind', source: '/', options: ['rbind', 'rw'] }] : []),
  ]
}

/** Hidden from a container: they tell about the host or change it. */
export const masked = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/sys/firmware',
  '/proc/scsi',
]

export const readonly = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

/** The capabilities that runc leaves a container. */
export const usual = ['AUDIT_WRITE', 'KILL', 'NET_BIND_SERVICE']

/** Every capability of Linux since 5.9 (capabilities(7)). */
const every = [
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'IPC_LOCK',
  'IPC_OWNER',
  'KILL',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_RAW',
  'PERFMON',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYSLOG',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'WAKE_ALARM',
]

/** With the prefix that the specification asks for. */
export const capabilities = (privileged: boolean, sysAdmin: boolean): string[] =>
  (privileged ? every : [...usual, ...(sysAdmin ? ['SYS_ADMIN'] : [])]).map((name) => `CAP_${name}`)
