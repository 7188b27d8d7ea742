// The app under test in either shell, behind one small interface: start, look at the page, kill, start again.
// A test never asks which shell it runs on, except where the shells differ by design (dialogs).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test'
import { launchDouble } from '../electron/double/launch.ts'
import { end, serve } from './serve.ts'

export type ShellName = 'browser-shell' | 'electron-double'

export interface App {
  readonly shell: ShellName
  readonly workspace: string
  readonly data: string
  page: Page
  /** Ends the host at once, as a power cut would; the page stays open and sees the connection break. */
  kill(): Promise<void>
  /** Starts the host again on the same folders, with a fresh page that is ready for keys. */
  restart(): Promise<void>
  /** Loads the page anew and waits until it is ready for keys. */
  reload(): Promise<void>
  /** The next native open or save dialog answers with this path (Electron only). */
  answerDialog(path: string | null): Promise<void>
  close(): Promise<void>
}

/** A key that is pressed while the page is still loading is heard by nobody. */
async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByText('Connected', { exact: true })).toBeVisible({ timeout: 30_000 })
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
      await ready(app.page)
    },
    reload: async () => {
      await app.page.reload()
      await ready(app.page)
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
      await ready(app.page)
    },
    reload: async () => {
      await app.page.reload()
      await ready(app.page)
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
    await ready(app.page)
    await use(app)
    await app.close()
    expect(foreign, 'requests that left this machine').toEqual([])
  },
})

export { expect }
