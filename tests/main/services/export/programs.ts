// Programs of others that read what Interlock writes. Where one is missing, its tests are skipped with this sentence.
import { spawnSync } from 'node:child_process'

/** Null when the program runs, else why its tests are skipped. */
export function missing(program: string, remedy: string, args = ['--version']): string | null {
  const { error } = spawnSync(program, args, { stdio: 'ignore' })
  return error === undefined ? null : `${program} is not here. ${remedy}`
}

/** Runs a program; throws with what it said when it fails. */
export function run(program: string, args: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000, ...options })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout.slice(-1500)}${stderr.slice(-1500)}`)
  return stdout
}
