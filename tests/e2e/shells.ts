// The app under test in either shell, behind one small interface: start, look at the page, kill, start again.
// A test never asks which shell it runs on, except where the shells differ by design (dialogs).
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test'
import { launchDouble } from '../electron/double/launch.ts'

export const root = resolve(import.meta.dirname, '../..')
export type ShellName = 'browser-shell' | 'electron-double'

export interface App {
  readonly shell: ShellName
  readonly workspace: string
  readonly data: string
  page: Page
  /** Ends the host at once, as a power cut would; the page stays open and sees the connection break. */
  kill(): Promise<void>
  /** Starts the host again on the same folders, with a fresh page. */
  restart(): Promise<void>
  /** The next native open or save dialog answers with this path (Electron only). */
  answerDialog(path: string | null): Promise<void>
  close(): Promise<void>
}

export interface ServedHost {
  url: string
  process: ChildProcess
  log(): string
}

/** Starts `interlock serve` on the given folders and waits for its address. */
export function serve(workspace: string, data: string, extra: string[] = []): Promise<ServedHost> {
  const args = ['src-main/cli/main.ts', 'serve', '--workspace', workspace, '--data', data, ...extra]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  return new Promise((resolvePromise, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 30 s:\n${output}`)), 30_000)
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output)?.[0]
      if (url === undefined) return
      clearTimeout(timer)
      resolvePromise({ url, process: child, log: () => output })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
}

/** Ends a process that this file started and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolvePromise) => child.once('exit', () => resolvePromise()))
  child.kill(signal)
  await gone
}

async function browserApp(context: BrowserContext, workspace: string, data: string): Promise<App> {
  let host = await serve(workspace, data)
  const page = await context.newPage()
  await page.goto(host.url)
  const app: App = {
    shell: 'browser-shell',
    workspace,
    data,
    page,
    kill: () => end(host.process, 'SIGKILL'),
    restart: async () => {
      await end(host.process, 'SIGKILL')
      await app.page.close()
      host = await serve(workspace, data)
      app.page = await context.newPage()
      await app.page.goto(host.url)
    },
    answerDialog: () => Promise.reject(new Error('the browser shell has no native dialogs')),
    close: () => end(host.process, 'SIGTERM'),
  }
  return app
}

async function doubleApp(workspace: string, data: string): Promise<App> {
  const start = (): ReturnType<typeof launchDouble> => launchDouble({ workspace, data, args: [] })
  let double = await start()
  const app: App = {
    shell: 'electron-double',
    workspace,
    data,
    page: double.page,
    kill: () => double.kill(),
    restart: async () => {
      await double.kill()
      double = await start()
      app.page = double.page
    },
    answerDialog: (path) => double.answerDialog(path),
    close: () => double.close(),
  }
  return app
}

export const test = base.extend<{ app: App; folders: { workspace: string; data: string } }>({
  // eslint wants no empty pattern here, Playwright wants a pattern
  folders: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-e2e-'))
    await use({ workspace: join(folder, 'Arbeit für 3½ Übungen'), data: join(folder, 'data') })
    rmSync(folder, { recursive: true, force: true })
  },
  app: async ({ context, folders }, use, info) => {
    const foreign: string[] = []
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') foreign.push(request.url())
    })
    const app =
      info.project.name === 'electron-double'
        ? await doubleApp(folders.workspace, folders.data)
        : await browserApp(context, folders.workspace, folders.data)
    await use(app)
    await app.close()
    expect(foreign, 'requests that left this machine').toEqual([])
  },
})

export { expect }
