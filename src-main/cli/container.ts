// `interlock run`: a container made step by step in this terminal; or its script, or its bundle for an OCI runtime.
import { resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { wishesOf } from '../services/container/options.ts'
import { planOf } from '../services/container/plan.ts'
import { machineHere, runPlan, writeBundle } from '../services/container/run.ts'
import { scriptOf } from '../services/container/script.ts'
import { texts } from '../services/container/texts.ts'
import { parseArguments, textOption } from './arguments.ts'
import { RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'

export const runOptions = {
  root: { value: 'busybox|host' },
  hostname: { value: 'NAME' },
  memory: { value: 'SIZE' },
  cpu: { value: 'CPUS' },
  pids: { value: 'N' },
  users: { value: 'none|self|FIRST:COUNT' },
  network: { value: 'none|loopback|veth' },
  keep: { value: 'CAPABILITIES' },
  'new-privileges': 'flag',
  forbid: { value: 'CALLS' },
  step: 'flag',
  print: 'flag',
  oci: { value: 'FOLDER' },
} as const

/** @returns the exit code of the program in the container, or 0 when it was only written down */
export async function runContainer(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock run', ownArguments(argv), runOptions)
  const [step, print, oci] = [args.values.has('step'), args.values.has('print'), textOption(args, 'oci')]
  if (print && (oci !== null || step)) {
    throw new InterlockError('bad-input', 'Give --print alone: the script that it prints can be started with --step.')
  }
  if (oci !== null && step) {
    throw new InterlockError('bad-input', '--oci writes a bundle and runs nothing, so there is nothing to stop before.')
  }
  const wishes = wishesOf({
    root: textOption(args, 'root'),
    hostname: textOption(args, 'hostname'),
    memory: textOption(args, 'memory'),
    cpu: textOption(args, 'cpu'),
    pids: textOption(args, 'pids'),
    users: textOption(args, 'users'),
    network: textOption(args, 'network'),
    keep: textOption(args, 'keep'),
    forbid: textOption(args, 'forbid'),
    newPrivileges: args.values.has('new-privileges'),
    command: args.positionals,
  })
  const { facts, surroundings } = await machineHere()
  const terminal = io.stdinIsTerminal && io.stdoutIsTerminal
  const plan = planOf({ ...wishes, terminal }, facts, surroundings)
  for (const note of plan.notes) io.err(`interlock: ${note}\n`)
  if (print) {
    io.out(scriptOf(plan))
    return RIGHT
  }
  if (oci !== null) {
    for (const line of writeBundle(plan, resolve(io.cwd, oci), oci)) io.out(`${line}\n`)
    return RIGHT
  }
  if (step && plan.options.forbidden.length > 0) throw new InterlockError('bad-input', texts.cannot.runcStep)
  return runPlan(plan, step, { folder: io.cwd, env: io.env })
}

/** Whatever follows the first word that is no option belongs to the program, as if `--` stood before it. */
function ownArguments(argv: readonly string[]): string[] {
  const table: Readonly<Record<string, unknown>> = runOptions
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (word === '--') return [...argv]
    if (!word.startsWith('-')) return argv.toSpliced(at, 0, '--')
    if (word.startsWith('--') && !word.includes('=') && typeof table[word.slice(2)] === 'object') at += 1
  }
  return [...argv]
}
