// Electron's runtime: where it is, and one polite attempt to fetch it with Electron's own installer.
// A machine without network pays at most a few seconds, once a day, and only while nothing else is waiting for it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'

const CONNECT_MS = 4_000
const DAY_MS = 24 * 60 * 60 * 1000

type Env = Readonly<Record<string, string | undefined>>

/** Path of the runtime's program, or null when it is not here. Reads what Electron's installer leaves behind. */
export function findRuntime(root: string, env: Env): string | null {
  const home = join(root, 'node_modules', 'electron')
  const pathFile = join(home, 'path.txt')
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const program = override ? join(override, named ?? 'electron') : named === null ? null : join(home, 'dist', named)
  return program !== null && existsSync(program) ? program : null
}

/** Where the runtime's own sandbox helper lies; of use only when an administrator gave it to root. */
export function sandboxHelper(root: string): string {
  return join(root, 'node_modules', 'electron', 'dist', 'chrome-sandbox')
}

/** Host and port that the installer fetches from: a mirror when one is named, else where Electron is published. */
export function installerHost(env: Env): { host: string; port: number } {
  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? env['NPM_CONFIG_ELECTRON_MIRROR']
  const url = mirror !== undefined && URL.canParse(mirror) ? new URL(mirror) : new URL('https://github.com')
  const usual = url.protocol === 'http:' ? 80 : 443
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) }
}

/** Whether an attempt may be made: not switched off, and none made within the last day. */
export function mayFetch(root: string, env: Env, now: number): boolean {
  if (env['INTERLOCK_NO_FETCH']) return false
  try {
    const tried = Number(readFileSync(noteFile(root), 'utf8'))
    // A note from the future (a clock that was set back) does not count.
    return !(tried <= now && now - tried < DAY_MS)
  } catch {
    return true
  }
}

function noteFile(root: string): string {
  return join(root, '.cache', 'electron-tried')
}

function reachable({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: CONNECT_MS })
    const end = (answer: boolean): void => {
      socket.destroy()
      done(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

export interface Fetching {
  /** resolves with true when the runtime is here, false when the attempt failed */
  ended: Promise<boolean>
  /** stops waiting: the installer goes on by itself for the next start */
  leave(): void
}

/**
 * Begins to fetch the runtime.
 * @param say takes one line when the download begins
 */
export function fetchRuntime(root: string, env: Env, say: (line: string) => void): Fetching {
  let left = false
  let release = (): void => undefined
  const attempt = async (): Promise<boolean> => {
    mkdirSync(dirname(noteFile(root)), { recursive: true })
    writeFileSync(noteFile(root), String(Date.now()))
    if (!(await reachable(installerHost(env))) || left) return false
    say("Fetching Electron's runtime (once, about 110 MB) …")
    const installer = join(root, 'node_modules', 'electron', 'install.js')
    const child = spawn(process.execPath, [installer], { cwd: root, stdio: 'ignore', detached: true })
    release = () => child.unref()
    if (left) release()
    return new Promise((done) => {
      child.on('error', () => done(false))
      child.on('close', (code) => done(code === 0 && findRuntime(root, env) !== null))
    })
  }
  return {
    ended: attempt().catch(() => false),
    leave: () => {
      left = true
      release()
    },
  }
}
