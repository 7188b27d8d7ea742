// Starts the built app on the double and attaches a Playwright page to its window. For the end-to-end tests.
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from '@playwright/test'
import { buildIfStale } from '../../../scripts/build-if-stale.ts'
import type { Command } from './control.ts'
import { STAND_IN } from './origin.ts'

const root = resolve(import.meta.dirname, '../../..')

export interface DoubleOptions {
  workspace: string
  data: string
  /** further arguments, such as files to open */
  args: string[]
  /** folder that holds `main/electron.js` and what belongs to it; by default the build of the project */
  out?: string
}

/** A line that the double printed: `{"double": "window", …}` and its kin. */
export type Said = { double: string } & Record<string, unknown>

export interface Double {
  page: Page
  browser: Browser
  /** The next open or save dialog answers with this path; null cancels it. */
  answerDialog(path: string | null): Promise<void>
  /** What a person does to the application around the page. */
  command(command: Command): void
  /** Waits until the double has said something of this kind; what was said before counts. */
  said(kind: string): Promise<Said>
  /** Starts the app a second time on the same folders, with other arguments; gives its exit code. */
  second(args: string[]): Promise<number | null>
  /** Ends the main process at once. The window stays, as a picture of what was there, until `close` or a new start. */
  kill(): Promise<void>
  /** Quits as a person would. */
  close(): Promise<void>
  log(): string
}

/** Windows whose main process was killed, by data folder; and every Chromium that this process is answerable for. */
const orphans = new Map<string, () => Promise<void>>()
const chromiums = new Map<number, string>()

function endChromium(pid: number): void {
  const profile = chromiums.get(pid)
  if (profile === undefined) return
  chromiums.delete(pid)
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // gone already
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}
process.on('exit', () => [...chromiums.keys()].forEach(endChromium))

function start({ workspace, data, args, out = join(root, 'out') }: DoubleOptions): ChildProcess {
  const register = join(import.meta.dirname, 'register.ts')
  const main = join(out, 'main', 'electron.js')
  const given = ['--workspace', workspace, '--data', data, ...args]
  return spawn(process.execPath, ['--import', register, main, ...given], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((done) => child.once('exit', (code) => done(code)))
}

/**
 * @throws Error with everything the app said when no window comes up within 30 s
 */
export async function launchDouble(options: DoubleOptions): Promise<Double> {
  if (options.out === undefined) await buildIfStale()
  await orphans.get(options.data)?.()
  const child = start(options)
  const said: Said[] = []
  let log = ''
  let wake: () => void = () => undefined
  const { stdout, stderr, stdin } = child
  if (!stdout || !stderr || !stdin) throw new Error('The double has no pipes.')
  createInterface({ input: stdout }).on('line', (line) => {
    log += `${line}\n`
    if (!line.startsWith('{"double":')) return
    const heard = JSON.parse(line) as Said
    said.push(heard)
    if (heard.double === 'window') chromiums.set(Number(heard['chromium']), String(heard['profile']))
    wake()
  })
  stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.once('exit', () => wake())
  // A dead process has no use for an answer that was still on its way.
  stdin.on('error', () => undefined)

  const waitFor = async (kind: string): Promise<Said> => {
    const until = Date.now() + 30_000
    for (;;) {
      const found = said.find((line) => line.double === kind)
      if (found) return found
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > until) {
        throw new Error(`The double did not say "${kind}":\n${log}`)
      }
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 1000)
        wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
  }
  const write = (line: unknown): void => void stdin.write(`${JSON.stringify(line)}\n`)

  const { cdp, chromium: pid } = await waitFor('window')
  const browser = await chromium.connectOverCDP(String(cdp))
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((each) => each.url().startsWith(STAND_IN))
  if (page === undefined) throw new Error(`The window has no page:\n${log}`)

  const sweep = async (): Promise<void> => {
    orphans.delete(options.data)
    await browser.close().catch(() => undefined)
    endChromium(Number(pid))
  }
  return {
    page,
    browser,
    answerDialog: (path) => Promise.resolve(write({ answer: path })),
    command: write,
    said: waitFor,
    second: async (args) => {
      const other = start({ ...options, args })
      other.stdout?.resume()
      other.stderr?.resume()
      return await ended(other)
    },
    kill: async () => {
      orphans.set(options.data, sweep)
      child.kill('SIGKILL')
      await ended(child)
    },
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) write({ do: 'quit' } satisfies Command)
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended(child)
      clearTimeout(timer)
      await sweep()
    },
    log: () => log,
  }
}
