// Runs a plan in the terminal it is asked from: writes the script into a folder of its own, starts it with the terminal's
// input and output, and looks afterwards that nothing was left. What a plan is, is decided elsewhere.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'
import type { MachineFacts } from '../../contract/kernel.ts'
import { fileError } from '../files/errors.ts'
import { createMachine } from '../kernel/machine.ts'
import { removeFolder } from '../kernel/remove-folder.ts'
import { configOf, rootScript } from './bundle.ts'
import type { Plan } from './plan.ts'
import { scriptOf } from './script.ts'
import type { Surroundings } from './settle.ts'
import { groupFolders } from './steps-outside.ts'
import { texts } from './texts.ts'

const TRIAL_MS = 10_000

/** What this machine can do; nothing of it depends on terminals of the app. */
export async function machineHere(): Promise<{ facts: MachineFacts; surroundings: Surroundings }> {
  const { machine } = await createMachine({ terminals: () => null }).facts()
  const candidates = ['etc', 'usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']
  const folders = candidates.filter((name) => lstatSync(`/${name}`, { throwIfNoEntry: false })?.isDirectory() === true)
  return { facts: machine, surroundings: { gid: process.getgid?.() ?? 0, folders, refusal: refusal() } }
}

/** Tried, and undone with the end of the program: root inside a container has its name and not its rights. */
function refusal(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const args = ['--mount', '--pid', '--fork', '--uts', '--ipc', '--net', 'true']
  const { status, stderr, error } = spawnSync('unshare', args, { encoding: 'utf8', timeout: TRIAL_MS })
  if (error !== undefined) return null // there is no such program, which is said elsewhere
  return status === 0 ? null : texts.cannot.root(stderr.trim().split('\n')[0] ?? '')
}

export interface Place {
  /** folder in which the folder of the container is made */
  folder: string
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Runs a container in this terminal until its program ends.
 * @returns the exit code of the program, 128 and the signal's number when one ended it
 * @throws InterlockError when its folder cannot be made
 */
export async function runPlan(plan: Plan, stepping: boolean, { folder, env }: Place): Promise<number> {
  const range = plan.options.users.kind === 'range'
  const base = env['TMPDIR'] || (range ? '/tmp' : folder)
  const lab = labFolder(base)
  if (range) enterable(lab)
  const script = join(lab, 'run.sh')
  writeFileSync(script, scriptOf(plan))
  const child = spawn('sh', [script, ...(stepping ? ['--step'] : [])], {
    cwd: lab,
    env: { ...env, INTERLOCK_LAB: lab },
    stdio: 'inherit',
  })
  // Keys of the terminal reach the script and the container too; here they must not end what waits for both.
  const impatience = createImpatience(() => child.kill('SIGKILL'))
  process.on('SIGINT', impatience)
  const passOn = (signal: NodeJS.Signals): boolean => child.kill(signal)
  process.on('SIGTERM', passOn).on('SIGHUP', passOn)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    process.off('SIGINT', impatience).off('SIGTERM', passOn).off('SIGHUP', passOn)
    await leftover(plan, lab)
  }
}

function labFolder(base: string): string {
  try {
    return mkdtempSync(join(realpathSync(base), 'interlock-lab-'))
  } catch (error) {
    throw fileError(error, 'make a folder in', base)
  }
}

/** Users of a range are nobody here: they need every folder on the way to be open to all. */
function enterable(lab: string): void {
  chmodSync(lab, 0o755)
  for (let path = dirname(lab); path !== '/'; path = dirname(path)) {
    if ((lstatSync(path).mode & 0o001) !== 0) continue
    rmdirSync(lab)
    throw new InterlockError('permission-denied', texts.cannot.place(path))
  }
}

/** PID 1 may be deaf to Ctrl-C; three of them within two seconds mean it. */
export function createImpatience(end: () => void, now: () => number = Date.now): () => void {
  let pressed: number[] = []
  return () => {
    pressed = [...pressed, now()].slice(-3)
    if (pressed.length === 3 && now() - (pressed[0] ?? 0) <= 2000) end()
  }
}

/** The script cleans up behind itself. Where it was killed in its first moments, nobody did, so it is done here. */
async function leftover(plan: Plan, lab: string): Promise<void> {
  for (let tries = 0; tries < 60 && existsSync(lab); tries += 1) await new Promise((done) => setTimeout(done, 50))
  if (existsSync(lab)) await removeFolder(lab)
  for (const { parent } of groupFolders(plan)) {
    const group = join(parent, basename(lab))
    if (existsSync(group)) rmdirSync(group)
  }
}

/**
 * Writes a bundle for an OCI runtime: `config.json`, and the script that fills its root.
 * @param folder absolute; made if missing, and must be empty
 * @returns sentences on what to do next, and on what a runtime does otherwise
 * @throws InterlockError
 */
export function writeBundle(plan: Plan, folder: string, shown: string): string[] {
  try {
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length > 0) throw new InterlockError('already-exists', texts.bundle.notEmpty(shown))
    writeFileSync(join(folder, 'config.json'), `${configOf(plan)}\n`)
    writeFileSync(join(folder, 'rootfs.sh'), rootScript(plan))
  } catch (error) {
    throw fileError(error, 'write', shown)
  }
  const { network } = plan.options
  return [
    ...(network === 'none' ? [texts.bundle.loopback] : []),
    ...(network === 'veth' ? [texts.bundle.cable] : []),
    texts.bundle.written(shown),
    texts.bundle.run(shown, plan.ids.uid !== 0),
  ]
}
