// The desktop shell: puts policy, scheme, window and host together, in the order that Electron demands.
// Decides nothing: what may be done is in policy.ts, what is served in host/web, what the app does in host.
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app, BrowserWindow, dialog, Menu, nativeTheme, protocol, session, shell } from 'electron'
import { cacheFolder, cacheSwitches } from '../host/cache.ts'
import { createHost, type Host } from '../host/host.ts'
import { parseArguments } from './arguments.ts'
import { createDialogs } from './dialogs.ts'
import { menuTemplate } from './menu.ts'
import { APP_SCHEME, APP_URL, startRefusal, switchesThatForbidStart } from './policy.ts'
import { servePorts } from './ports.ts'
import { sandboxFacts, sandboxObstacle } from './sandbox.ts'
import { answer, appScheme } from './scheme.ts'
import { guardContents, guardSession, windowOptions } from './window.ts'

const out = join(import.meta.dirname, '..')
const renderer = join(out, 'renderer')
const log = (line: string): void => void process.stderr.write(`interlock: ${line}\n`)
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

let window: BrowserWindow | null = null
let host: Host | null = null
const opening: string[] = []

function openFiles(files: string[]): void {
  const now = host
  if (now === null) return void opening.push(...files)
  for (const file of files) now.openPath(file).catch((error: unknown) => log(sentence(error)))
}

function openWindow(): void {
  const preload = join(out, 'preload', 'preload.cjs')
  const dark = nativeTheme.shouldUseDarkColors
  const created = new BrowserWindow(windowOptions({ preload, packaged: app.isPackaged, dark }))
  window = created
  created.once('ready-to-show', () => created.show())
  created.once('closed', () => (window = null))
  const { webContents: contents } = created
  // The page objects to being closed only while something is not kept yet; without this it could never be closed.
  contents.on('will-prevent-unload', (event) => {
    const buttons = ['Stay', 'Close without keeping']
    const message = 'The last change is not kept yet.'
    if (dialog.showMessageBoxSync(created, { type: 'warning', message, buttons, cancelId: 0 }) === 1) {
      event.preventDefault()
    }
  })
  let crashes = 0
  contents.on('render-process-gone', (_event, { reason }) => {
    log(`The page ended unexpectedly (${reason}).`)
    if (reason !== 'clean-exit' && crashes++ < 3) contents.reload()
  })
  created.loadURL(APP_URL).catch((error: unknown) => log(`The page cannot be shown: ${sentence(error)}`))
}

function showWindow(): void {
  if (window === null) return openWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function run(workspace: string): void {
  guardSession(session.defaultSession, app.isPackaged)
  protocol.handle(APP_SCHEME, (request) => answer(renderer, request))
  host = createHost({
    build: readFileSync(join(renderer, 'build-id.txt'), 'utf8').trim(),
    shell: 'electron',
    workspace,
    data: app.getPath('userData'),
    labsFolder: join(out, 'labs'),
    dialogs: createDialogs(() => window, workspace),
    log,
  })
  const serving = host
  servePorts(serving, () => window?.webContents ?? null, log)
  const context = { mac: process.platform === 'darwin', packaged: app.isPackaged }
  const template = menuTemplate({ ...context, run: (command) => serving.runCommand(command) })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  openFiles(opening.splice(0))
  openWindow()
}

function start(): void {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([appScheme])
  app.on('web-contents-created', (_event, contents) => guardContents(contents, (url) => void shell.openExternal(url)))

  const invocation = { args: process.argv.slice(app.isPackaged ? 1 : 2), cwd: process.cwd() }
  const asked = parseArguments(invocation)
  asked.problems.forEach(log)
  const forbidden = switchesThatForbidStart(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (forbidden.length > 0) {
    log(startRefusal(forbidden, sandboxObstacle(sandboxFacts(join(dirname(process.execPath), 'chrome-sandbox')))))
    return app.exit(2)
  }
  if (asked.problems.length > 0) return app.exit(2)
  // Before the lock: instances with different data folders do not share one. Named here, because an app that is started
  // by its script would otherwise share the folder of every other such app.
  const name = process.platform === 'linux' ? 'interlock' : 'Interlock'
  app.setPath('userData', asked.data ?? join(app.getPath('appData'), name))
  // What Chromium keeps is no setting: it stays on this machine. Instances with folders of their own keep it there, as
  // two instances cannot share it.
  const person = { platform: process.platform, env: process.env, home: homedir() }
  app.setPath('sessionData', asked.data === null ? cacheFolder(person) : join(asked.data, 'cache'))
  for (const [name, value] of cacheSwitches(process.env)) app.commandLine.appendSwitch(name, value)
  if (!app.requestSingleInstanceLock(invocation)) return app.quit()

  opening.push(...asked.files)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFiles([path])
  })
  // Chromium reorders the arguments it passes on, so the later instance sends its own as data.
  app.on('second-instance', (_event, _argv, _cwd, later) => {
    const { files, problems } = parseArguments(later)
    problems.forEach(log)
    if (host === null) return void opening.push(...files)
    showWindow()
    openFiles(files)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => host !== null && showWindow())
  app.on('will-quit', (event) => {
    const ending = host
    if (ending === null) return
    event.preventDefault()
    host = null
    void ending
      .close()
      .catch((error: unknown) => log(sentence(error)))
      .finally(() => app.quit())
  })
  app
    .whenReady()
    .then(() => run(asked.workspace ?? join(app.getPath('documents'), 'Interlock')))
    .catch((error: unknown) => {
      dialog.showErrorBox('Interlock cannot start', sentence(error))
      app.exit(1)
    })
}

start()
