// Whether this machine can have terminals, and why not: the switch of a lab image, the system, the module that makes
// pseudo-terminals. It is looked at without loading that module, which only the first terminal does.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'

/** What the answer depends on; a test gives its own. */
export interface TerminalFacts {
  platform: NodeJS.Platform
  arch: string
  env: Readonly<Record<string, string | undefined>>
  /** real and effective user, or null where there are none */
  users: { real: number; effective: number } | null
  /** folder of the package node-pty, or null when it is not there */
  packageFolder: string | null
  exists(path: string): boolean
}

const off = new Set(['off', '0', 'no', 'false'])

/** @returns a sentence that says why there can be no terminal and what would help, or null when there can be */
export function whyNoTerminals(facts: TerminalFacts): string | null {
  const { platform, arch, env, users, packageFolder, exists } = facts
  if (off.has((env['INTERLOCK_TERMINALS'] ?? '').toLowerCase())) {
    return 'Terminals are switched off on this machine (INTERLOCK_TERMINALS). Whoever looks after it can switch them on.'
  }
  if (platform !== 'linux' && platform !== 'darwin') {
    return 'Terminals need Linux or macOS. On Windows, start Interlock inside WSL.'
  }
  if (users !== null && users.real !== users.effective) {
    return 'Interlock runs with the rights of another user here, and a terminal never has more rights than the person. Start it without them.'
  }
  const places =
    packageFolder === null
      ? []
      : [`build/Release`, `build/Debug`, `prebuilds/${platform}-${arch}`].map((place) => join(packageFolder, place))
  if (places.some((place) => exists(join(place, 'pty.node')))) return null
  return 'The part of Interlock that makes terminals (node-pty) is not there or was not built. Install a C++ compiler and run npm rebuild node-pty in the folder of Interlock.'
}

/** The facts of this machine. */
export function terminalFacts(): TerminalFacts {
  const { getuid, geteuid } = process
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    users: getuid === undefined || geteuid === undefined ? null : { real: getuid(), effective: geteuid() },
    packageFolder: packageFolder(),
    exists: existsSync,
  }
}

function packageFolder(): string | null {
  try {
    // In an app archive the binary lies beside the archive; that is where node-pty itself looks for it.
    return dirname(createRequire(import.meta.url).resolve('node-pty/package.json')).replace(
      /app\.asar(?!\.unpacked)/,
      'app.asar.unpacked',
    )
  } catch {
    return null
  }
}

type Pty = typeof import('node-pty')

/**
 * Loads node-pty, once.
 * @throws InterlockError `no-terminal` with the remedy when it cannot be loaded
 */
export async function loadPty(facts: TerminalFacts = terminalFacts()): Promise<Pty> {
  const why = whyNoTerminals(facts)
  if (why !== null) throw new InterlockError('no-terminal', why)
  try {
    const module = (await import('node-pty')) as Pty & { default?: Pty }
    return module.default ?? module
  } catch {
    throw new InterlockError(
      'no-terminal',
      'The part of Interlock that makes terminals (node-pty) was built for another Node or another system. Run npm rebuild node-pty in the folder of Interlock.',
    )
  }
}
