// Who a process is, inside its user namespace and outside, and what it may do. Pure.
// Names and order of capabilities: linux/capability.h.
import type { IdRange, ProcessSample } from '@contract/kernel.ts'

/** What ids are called that no line of the map covers (/proc/sys/kernel/overflowuid). */
export const NOBODY = 65_534

const NAMES = [
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'fsetid',
  'kill',
  'setgid',
  'setuid',
  'setpcap',
  'linux_immutable',
  'net_bind_service',
  'net_broadcast',
  'net_admin',
  'net_raw',
  'ipc_lock',
  'ipc_owner',
  'sys_module',
  'sys_rawio',
  'sys_chroot',
  'sys_ptrace',
  'sys_pacct',
  'sys_admin',
  'sys_boot',
  'sys_nice',
  'sys_resource',
  'sys_time',
  'sys_tty_config',
  'mknod',
  'lease',
  'audit_write',
  'audit_control',
  'setfcap',
  'mac_override',
  'mac_admin',
  'syslog',
  'wake_alarm',
  'block_suspend',
  'audit_read',
  'perfmon',
  'bpf',
  'checkpoint_restore',
] as const

export const ALL_CAPABILITIES = NAMES.length

/** Names of the bits of a mask in hexadecimal, such as CAP_CHOWN; a bit that has no name yet is called by its number. */
export function capabilitiesOf(mask: string): string[] {
  const bits = BigInt(`0x${mask}`)
  const found: string[] = []
  for (let bit = 0; bit < 64; bit += 1) {
    if (((bits >> BigInt(bit)) & 1n) === 1n) found.push(`CAP_${(NAMES[bit] ?? String(bit)).toUpperCase()}`)
  }
  return found
}

/** An id of the host as it is called inside; unmapped ones are nobody. */
export function insideOf(outside: number, map: readonly IdRange[]): number {
  const line = map.find((range) => outside >= range.outside && outside < range.outside + range.count)
  return line === undefined ? NOBODY : line.inside + outside - line.outside
}

/** Whether a map says that every id is itself, as on the host. */
export const isWhole = (map: readonly IdRange[]): boolean =>
  map.length === 1 && map[0]?.inside === 0 && map[0].outside === 0 && map[0].count >= 0xffff_ffff

export interface Identity {
  /** effective ids */
  outside: { uid: number; gid: number }
  inside: { uid: number; gid: number }
  capabilities: { effective: readonly string[]; bounding: readonly string[]; ambient: readonly string[] }
}

export function identityOf(process: ProcessSample): Identity {
  const { uids, gids, uidMap, gidMap, capabilities } = process
  const outside = { uid: uids[1] ?? uids[0] ?? 0, gid: gids[1] ?? gids[0] ?? 0 }
  return {
    outside,
    inside: { uid: insideOf(outside.uid, uidMap), gid: insideOf(outside.gid, gidMap) },
    capabilities: {
      effective: capabilitiesOf(capabilities.effective),
      bounding: capabilitiesOf(capabilities.bounding),
      ambient: capabilitiesOf(capabilities.ambient),
    },
  }
}

const SIGNALS: readonly string[] = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU ' +
  'XFSZ VTALRM PROF WINCH IO PWR SYS'
).split(' ')

/** Names of the signals in a mask, such as SIGTERM; those for real time are left out. */
export function signalsOf(mask: string): string[] {
  const bits = BigInt(`0x${mask}`)
  return SIGNALS.filter((_, bit) => ((bits >> BigInt(bit)) & 1n) === 1n).map((name) => `SIG${name}`)
}
