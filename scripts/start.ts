// `npm start [-- --shell electron|browser] [FILE] [options]`: builds what is stale and opens the app, in Electron where
// that can be, otherwise in the browser shell with one line that says why.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { BAD_INPUT } from '../src-main/cli/exit-codes.ts'
import { processIo } from '../src-main/cli/io.ts'
import { placesOf } from '../src-main/cli/places.ts'
import { runCommandLine } from '../src-main/cli/run.ts'
import { InterlockError } from '../src-main/contract/errors.ts'
import { sandboxFacts, sandboxObstacle } from '../src-main/electron/sandbox.ts'
import { buildIfStale, projectRoot } from './build-if-stale.ts'
import { chooseShell, type ShellFacts } from './start/choose-shell.ts'
import { fetchRuntime, findRuntime, mayFetch, sandboxHelper } from './start/electron-runtime.ts'
import { runElectron } from './start/run-electron.ts'
import { readStart, type StartWish } from './start/start-arguments.ts'

/** Longest that a start waits for a download once the build is done. */
const PATIENCE_MS = 5_000

const io = processIo()
const say = (line: string): void => io.err(`${line}\n`)

/** Builds, and meanwhile fetches Electron's runtime when it is wanted, absent, and may be had. */
async function prepare(wanted: boolean): Promise<ShellFacts['runtime']> {
  const missing = wanted && findRuntime(projectRoot, io.env) === null
  const fetching = missing && mayFetch(projectRoot, io.env, Date.now()) ? fetchRuntime(projectRoot, io.env, say) : null
  await buildIfStale(projectRoot, say)
  if (fetching !== null && (await Promise.race([fetching.ended, sleep(PATIENCE_MS, 'late')])) === 'late') {
    fetching.leave()
    return 'coming'
  }
  return findRuntime(projectRoot, io.env) === null ? 'absent' : 'here'
}

async function openInBrowser(wish: StartWish): Promise<number> {
  const entry = pathToFileURL(join(projectRoot, 'src-main', 'cli', 'main.ts')).href
  return runCommandLine(wish.open, io, placesOf(entry))
}

async function main(): Promise<number> {
  const wish = readStart(process.argv.slice(2), io.cwd)
  const facts: Omit<ShellFacts, 'runtime'> = {
    forced: wish.shell,
    platform: process.platform,
    root: process.getuid?.() === 0,
    display: Boolean(io.env['DISPLAY'] || io.env['WAYLAND_DISPLAY']),
    sandbox: sandboxObstacle(sandboxFacts(sandboxHelper(projectRoot))),
  }
  // Whether the runtime matters at all is known before anything is built or fetched.
  const best = chooseShell({ ...facts, runtime: 'here' }).shell
  const runtime = best === 'none' ? 'absent' : await prepare(best === 'electron')
  const choice = chooseShell({ ...facts, runtime })
  if (choice.shell === 'none') {
    say(choice.why)
    return BAD_INPUT
  }
  if (choice.shell === 'browser') {
    if (choice.why !== null) say(choice.why)
    return openInBrowser(wish)
  }
  const program = findRuntime(projectRoot, io.env) ?? ''
  const app = join(projectRoot, 'out', 'main', 'electron.js')
  const { code, early } = await runElectron(program, [app, ...wish.electron], process.env)
  if (!early || wish.shell === 'electron') return code
  say(`Electron ended at once with code ${code}, so Interlock opens in your browser.`)
  return openInBrowser(wish)
}

try {
  process.exitCode = await main()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof InterlockError ? BAD_INPUT : 1
}
