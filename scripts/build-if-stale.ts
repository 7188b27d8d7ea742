// Builds the app when what it is made of has changed since the last build; otherwise costs a few milliseconds.
// Also a program of its own: `node scripts/build-if-stale.ts`. Says one line on standard error when it builds.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sourceHash } from './source-hash.ts'

export const projectRoot = resolve(import.meta.dirname, '..')

/** What shapes a build besides the sources that make up its build id. Tests and documentation are in neither. */
const settings = ['electron.vite.config.ts', 'svelte.config.js', 'package.json', 'scripts/source-hash.ts']

/** Files that a finished build always has; a build folder that lost one is stale whatever its stamp says. */
const outputs = [
  'out/main/electron.js',
  'out/main/interlock.js',
  'out/main/portable.js',
  'out/main/engine-worker.js',
  'out/main/kernel-worker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/renderer/build-id.txt',
]

const stamp = 'out/.stamp'

/** A hash over names and contents of everything a build is made from; the same on every machine. */
export function inputHash(root: string): string {
  const hash = createHash('sha256').update(sourceHash(root))
  for (const name of settings) {
    const file = join(root, name)
    if (!existsSync(file)) continue
    const content = readFileSync(file)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Whether the build folder was made from exactly what is there now. */
export function isFresh(root: string): boolean {
  if (outputs.some((output) => !existsSync(join(root, output)))) return false
  const file = join(root, stamp)
  return existsSync(file) && readFileSync(file, 'utf8').trim() === inputHash(root)
}

/**
 * Takes the build lock, waiting while another living process builds. A lock whose process is gone is taken over.
 * @returns gives the lock back
 */
async function lock(root: string): Promise<() => void> {
  const file = join(root, '.cache', 'build.lock')
  mkdirSync(dirname(file), { recursive: true })
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (lockIsDead(file)) rmSync(file, { force: true })
    else await sleep(200)
  }
}

function lockIsDead(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // Between creating and filling the file it is empty: that is a living lock until it is plainly old.
    if (!Number.isInteger(pid) || pid <= 0) return Date.now() - statSync(file).mtimeMs > 5_000
    process.kill(pid, 0)
    return pid === process.pid
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

function build(root: string): Promise<void> {
  const program = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [program, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (data: Buffer): void => void (output += data.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => reject(new Error(`The build could not be started: ${error.message}`)))
    child.on('close', (code) => {
      const missing = outputs.filter((name) => !existsSync(join(root, name)))
      if (code !== 0) reject(new Error(`${output.trimEnd()}\nThe build failed with exit code ${String(code)}.`))
      else if (missing.length > 0) reject(new Error(`${output.trimEnd()}\nThe build left out ${missing.join(', ')}.`))
      else done()
    })
  })
}

/** Builds that run in this process, by project; a lock that names this process is therefore always a left-over. */
const running = new Map<string, Promise<void>>()

/**
 * Builds when something changed. Two callers at once build once: the second waits and finds a fresh build.
 * @param say takes the one line that is said when a build begins
 * @throws Error with the whole output of the build when it fails
 */
export function buildIfStale(
  root: string = projectRoot,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
  runBuild: (root: string) => Promise<void> = build,
): Promise<void> {
  const earlier = running.get(root)
  if (earlier !== undefined) return earlier
  const mine = buildUnderLock(root, say, runBuild).finally(() => running.delete(root))
  running.set(root, mine)
  return mine
}

async function buildUnderLock(
  root: string,
  say: (line: string) => void,
  runBuild: (root: string) => Promise<void>,
): Promise<void> {
  if (isFresh(root)) return
  const unlock = await lock(root)
  try {
    if (isFresh(root)) return
    const first = !existsSync(join(root, stamp))
    say(first ? 'Building Interlock (first start, about 20 s) …' : 'Building Interlock (its sources changed) …')
    // Hashed before the build: a file that is edited while it runs makes the next start build again.
    const hash = inputHash(root)
    rmSync(join(root, stamp), { force: true })
    await runBuild(root)
    writeFileSync(join(root, stamp), `${hash}\n`)
  } finally {
    unlock()
  }
}

if (import.meta.main) {
  try {
    await buildIfStale()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
