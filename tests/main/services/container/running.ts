// Starts scripts and runtimes in a folder of their own, as root or as an ordinary user, and looks for what was left.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { MachineFacts } from '../../../../src-main/contract/kernel.ts'
import { type Words, wishesOf } from '../../../../src-main/services/container/options.ts'
import { type Plan, planOf } from '../../../../src-main/services/container/plan.ts'
import { machineHere } from '../../../../src-main/services/container/run.ts'
import { scriptOf } from '../../../../src-main/services/container/script.ts'

export const here = await machineHere()
export const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

/** Who runs it: the person, or an ordinary user where the person is root. */
export type Who = 'root' | 'user'

const account = (who: Who): { uid: number; gid: number } | Record<string, never> =>
  who === 'user' && isRoot ? { uid: NOBODY, gid: NOBODY } : {}

export const userId = isRoot ? NOBODY : (process.getuid?.() ?? 0)

export function planFor(who: Who, words: Words): Plan {
  const facts: MachineFacts = who === 'user' && isRoot ? { ...here.facts, uid: NOBODY, writable: {} } : here.facts
  const gid = who === 'user' && isRoot ? NOBODY : here.surroundings.gid
  return planOf(wishesOf(words), facts, { ...here.surroundings, gid })
}

/** Why containers cannot be made here by one of the two; null when they can. */
export function whyNot(who: Who): string | null {
  if (process.platform !== 'linux') return 'containers need Linux'
  if (who === 'root' && !isRoot) return 'this test is not run by root'
  try {
    planFor(who, { root: 'busybox' })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Why no limits can be set here by root; null when they can. */
export function whyNoLimits(): string | null {
  try {
    planFor('root', { memory: '64M', cpu: '0.5', pids: '10' })
    return whyNot('root')
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export interface Running {
  child: ChildProcess
  folder: string
  /** what it wrote, when it has ended */
  ended: Promise<{ code: number | null; signal: string | null; out: string; err: string }>
  /** Waits until standard output holds a text. */
  says(what: string): Promise<string>
  remove(): void
}

export function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-container-test-'))
  chmodSync(folder, 0o777)
  return folder
}

export function start(who: Who, program: string, args: readonly string[], folder: string): Running {
  const child = spawn(program, [...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, HOME: folder },
    ...account(who),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    out += more
    for (const look of waiting) look()
  })
  child.stdin.on('error', () => undefined)
  const err = text(child.stderr)
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.on('close', (code, signal) => done({ code, signal }))
  }).then(async (how) => ({ ...how, out, err: await err }))
  return {
    child,
    folder,
    ended,
    says: (what) =>
      new Promise((done, reject) => {
        const look = (): void => {
          if (!out.includes(what)) return
          waiting.delete(look)
          done(out)
        }
        waiting.add(look)
        look()
        void ended.then(({ code, err: told }) =>
          reject(new Error(`ended with ${code} before "${what}": ${out}${told}`)),
        )
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A script of a plan, run by `sh`. */
export function run(who: Who, words: Words, ...args: string[]): Running {
  const folder = folderFor()
  const script = join(folder, 'run.sh')
  writeFileSync(script, scriptOf(planFor(who, words)))
  return start(who, 'sh', [script, ...args], folder)
}

/** Whatever still bears the name of a container that was made in a folder: folders, groups, mounts, cables, processes. */
export function left(folder: string, name: string): string[] {
  const groups = ['memory', 'cpu', 'pids', 'unified', ''].map((one) => join('/sys/fs/cgroup', one, name))
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
  const cable = `il-${name.split('-').at(-1)}`
  const commands = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name)
      } catch {
        return false
      }
    })
  return [
    ...readdirSync(folder).filter((entry) => entry.startsWith('interlock-lab-')),
    ...groups.filter((group) => existsSync(group)),
    ...mounts.filter((line) => line.includes(name)),
    ...(existsSync(`/sys/class/net/${cable}`) ? [cable] : []),
    ...commands.map((pid) => `process ${pid}`),
  ]
}

/** Name of the folder that a container has made, once it is there. */
export const nameIn = (folder: string): string =>
  readdirSync(folder).find((entry) => entry.startsWith('interlock-lab-')) ?? ''

/** Waits until nothing is left, or says what is after five seconds. */
export async function nothingLeft(folder: string, name: string): Promise<string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (left(folder, name).length === 0) return []
    await new Promise((done) => setTimeout(done, 50))
  }
  return left(folder, name)
}
