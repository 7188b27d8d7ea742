// Why Chromium's sandbox cannot be used on this machine, and what an administrator can do. The sandbox is never dropped:
// without it Interlock opens in the browser or not at all. Reads a few kernel settings; decides without side effects.
import { readFileSync, statSync } from 'node:fs'

export interface SandboxFacts {
  platform: NodeJS.Platform
  /** value of a file below /proc/sys, null when there is none */
  setting(name: string): string | null
  /** the helper beside Electron's program belongs to root and is set-user-id */
  helper: boolean
}

/** Kernel settings that forbid user namespaces to ordinary accounts: the forbidding value, and the command that mends it. */
const forbidding: readonly { file: string; value: string; mend: string }[] = [
  { file: 'user/max_user_namespaces', value: '0', mend: 'sysctl -w user.max_user_namespaces=15000' },
  { file: 'kernel/unprivileged_userns_clone', value: '0', mend: 'sysctl -w kernel.unprivileged_userns_clone=1' },
  {
    file: 'kernel/apparmor_restrict_unprivileged_userns',
    value: '1',
    mend: 'install the deb package, which brings an AppArmor profile',
  },
]

/** The beginning of a sentence that says what is missing and who can mend it how; null when the sandbox can be used. */
export function sandboxObstacle({ platform, setting, helper }: SandboxFacts): string | null {
  if (platform !== 'linux' || helper) return null
  const found = forbidding.find(({ file, value }) => setting(file)?.trim() === value)
  if (found === undefined) return null
  return (
    "Electron's sandbox needs user namespaces, which this machine does not give to ordinary accounts " +
    `(/proc/sys/${found.file} is ${found.value}; an administrator can change that: ${found.mend})`
  )
}

/** @param helper path of `chrome-sandbox` beside Electron's program */
export function sandboxFacts(helper: string): SandboxFacts {
  return {
    platform: process.platform,
    setting: (name) => {
      try {
        return readFileSync(`/proc/sys/${name}`, 'utf8')
      } catch {
        return null
      }
    },
    helper: isSetUserId(helper),
  }
}

function isSetUserId(path: string): boolean {
  try {
    const { mode, uid } = statSync(path)
    return uid === 0 && (mode & 0o4000) !== 0
  } catch {
    return false
  }
}
