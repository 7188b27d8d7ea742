// Capabilities of Linux by their numbers, and sets of them as the kernel writes them. Pure.
// Source: capabilities(7) and include/uapi/linux/capability.h, as of Linux 5.9, which added the last one.
import { InterlockError } from '../../contract/errors.ts'
import { didYouMean } from '../../contract/near-names.ts'
import { texts } from './texts.ts'

/** In the order of their numbers, from 0; without the prefix `CAP_`. */
export const capabilityNames = [
  ...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP'],
  ...['LINUX_IMMUTABLE', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK', 'IPC_OWNER'],
  ...['SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT', 'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE'],
  ...['SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE', 'AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP'],
  ...['MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ', 'PERFMON', 'BPF'],
  'CHECKPOINT_RESTORE',
]

/** As in `/proc/PID/status`: 16 hexadecimal digits. */
export function capabilityMask(names: readonly string[]): string {
  const bits = names.map((name) => 1n << BigInt(capabilityNames.indexOf(name)))
  return bits
    .reduce((mask, bit) => mask | bit, 0n)
    .toString(16)
    .padStart(16, '0')
}

/**
 * Names from a list such as `kill,CAP_CHOWN`, in the order of their numbers; `all` and `none` stand for themselves.
 * @throws InterlockError `bad-input`
 */
export function capabilitiesOf(list: string): string[] {
  if (list === 'none') return []
  if (list === 'all') return [...capabilityNames]
  const given = list.split(',').map((name) => name.trim().toUpperCase().replace(/^CAP_/, ''))
  for (const name of given) {
    if (capabilityNames.includes(name)) continue
    throw new InterlockError('bad-input', texts.bad.capability(name, didYouMean(name, capabilityNames)))
  }
  return capabilityNames.filter((name) => given.includes(name))
}
