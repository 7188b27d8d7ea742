// Who has a file open: a small file beside it. A lock never forbids anything; it makes a remark possible when two
// windows open one file, and tells the work of a crashed window from that of a living one.
import { readFileSync } from 'node:fs'
import { open, readFile, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { systemCode } from './errors.ts'

const Lock = z.object({
  /** random, one for each session */
  owner: z.string(),
  pid: z.number().int(),
  /** start of the process in the system's own count, so that a pid used again is noticed; null where unknown */
  started: z.string().nullable(),
  /** id of the machine's boot; null where unknown */
  boot: z.string().nullable(),
  host: z.string(),
})
type Lock = z.infer<typeof Lock>

export type LockState = 'ours' | 'other' | 'none'

/** Owners that live in this process: a pid is shared by all sessions of a process, and outlives a closed session. */
const living = new Set<string>()

/** A lock of another machine is believed for this long: its process cannot be asked. */
const FOREIGN_FOR = 24 * 3600 * 1000
/** A lock that cannot be read may just be being written. */
const UNREADABLE_FOR = 10 * 1000

const lockPath = (path: string): string => join(dirname(path), `.${basename(path)}.lock`)

function startOf(pid: number): string | null {
  try {
    // The name in parentheses may hold spaces; the start time is the 20th field after it (proc(5)).
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? null
    )
  } catch {
    return null
  }
}

function readBoot(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

const here = { pid: process.pid, started: startOf(process.pid), boot: readBoot(), host: hostname() }

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

async function read(path: string): Promise<{ lock: Lock | null; age: number } | null> {
  try {
    const age = Date.now() - (await stat(path)).mtimeMs
    const parsed = Lock.safeParse(JSON.parse((await readFile(path, 'utf8')) || 'null'))
    return { lock: parsed.success ? parsed.data : null, age }
  } catch (error) {
    return error instanceof SyntaxError ? { lock: null, age: Infinity } : null
  }
}

function isLive(found: { lock: Lock | null; age: number }): boolean {
  const { lock, age } = found
  if (lock === null) return age < UNREADABLE_FOR
  if (lock.host !== here.host) return age < FOREIGN_FOR
  if (lock.boot !== here.boot) return false
  if (lock.pid === here.pid && lock.started === here.started) return living.has(lock.owner)
  return isAlive(lock.pid) && (lock.started === null || lock.started === startOf(lock.pid))
}

/** Who has the file open now. */
export async function lockState(path: string, owner: string): Promise<LockState> {
  const found = await read(lockPath(path))
  if (found === null || !isLive(found)) return 'none'
  return found.lock?.owner === owner ? 'ours' : 'other'
}

/**
 * Takes the lock if nobody living has it.
 * @returns `none` where no lock can be kept, such as a read-only folder; that is no failure
 */
export async function takeLock(path: string, owner: string): Promise<LockState> {
  living.add(owner)
  const own: Lock = { owner, ...here }
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(lockPath(path), 'wx', 0o600)
      await file.writeFile(JSON.stringify(own)).finally(() => file.close())
      return 'ours'
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') return 'none'
      const state = await lockState(path, owner)
      if (state !== 'none') return state
      await unlink(lockPath(path)).catch(() => undefined)
    }
  }
  return 'none'
}

/** Gives the lock back; a lock of somebody else stays. */
export async function releaseLock(path: string, owner: string): Promise<void> {
  const found = await read(lockPath(path))
  if (found?.lock?.owner === owner) await unlink(lockPath(path)).catch(() => undefined)
}

/** The session is over: whatever locks it left are not alive any more. */
export function forgetOwner(owner: string): void {
  living.delete(owner)
}
