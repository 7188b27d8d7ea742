// The double of the module `electron`: lets the built main run in plain Node, with a window that is a page of Chromium.
// Scheme handler, preload, ports, permission handlers, request filter and navigation rules really execute. Not real:
// the sandbox, the native window and menu, the lifetime of processes. Talks to a test in JSON lines (see control.ts).
import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessagePortMain,
  Session,
} from 'electron'
import { createPortPair } from '../fake/message-port.ts'
import { CdpConnection, type CdpSession, type Json } from './cdp.ts'
import { type Chromium, startChromium } from './chromium.ts'
import { DoubleContents, preventable, type Surroundings } from './contents.ts'
import { nextAnswer, onCommand, say } from './control.ts'
import { takeLock } from './instance.ts'
import { STAND_IN } from './origin.ts'
import { folders } from './paths.ts'
import { grantedPermissions } from './permissions.ts'

type Filter = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void

let chromium: Chromium | null = null
let connection: CdpConnection | null = null
let quitting = false
const windows = new Set<DoubleWindow>()
const schemes = new Map<string, CustomScheme>()
const handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
let filter: Filter | null = null

const { appReady, ready } = (() => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { appReady: promise, ready: resolve }
})()

class DoubleApp extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.some((arg) => arg.split('=')[0] === `--${name}`),
    // The double's Chromium is started by the double; what the app adds is seen by the typed fake.
    appendSwitch: (): void => undefined,
  }
  isReady = (): boolean => connection !== null
  whenReady = (): Promise<void> => appReady
  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  getPath = (name: Parameters<App['getPath']>[0]): string => folders.get(name)
  setPath = (name: string, path: string): void => folders.set(name, path)
  requestSingleInstanceLock = (data?: unknown): boolean =>
    takeLock(folders.get('userData'), data, (later) =>
      this.emit('second-instance', preventable({}), process.argv, process.cwd(), later),
    )

  exit(code = 0): void {
    chromium?.end()
    process.exit(code)
  }

  /** As Electron does it: windows first, then `will-quit`, which a listener may hold up. */
  quit(): void {
    quitting = true
    this.emit('before-quit', preventable({}))
    for (const window of windows) window.close()
    if (windows.size === 0) this.finishQuitting()
  }

  finishQuitting(): void {
    const event = preventable({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) return
    this.emit('quit', {}, 0)
    this.exit(0)
  }
}
export const app = new DoubleApp()

class DoubleSession {
  request: Parameters<Session['setPermissionRequestHandler']>[0] = null
  check: Parameters<Session['setPermissionCheckHandler']>[0] = null
  readonly webRequest = { onBeforeRequest: (listener: Filter): void => void (filter = listener) }
  setPermissionRequestHandler = (handler: DoubleSession['request']): void => void (this.request = handler)
  setPermissionCheckHandler = (handler: DoubleSession['check']): void => void (this.check = handler)
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
}
export const session = { defaultSession: new DoubleSession() }

export const protocol = {
  registerSchemesAsPrivileged(list: CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const scheme of list) schemes.set(scheme.scheme, scheme)
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    // Without these a page would have no origin of its own, and nothing below would be true of it.
    const { standard, secure } = schemes.get(scheme)?.privileges ?? {}
    if (standard !== true || secure !== true) throw new Error(`${scheme} was not registered as standard and secure`)
    handlers.set(scheme, handler)
  },
}

export const ipcMain = new EventEmitter()

const around: Surroundings = {
  serve(url, method) {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    return handler ? Promise.resolve(handler(new Request(url, { method }))) : null
  },
  mayRequest: (url) =>
    new Promise((resolve) => {
      if (filter === null) resolve(true)
      else filter({ url }, ({ cancel }) => resolve(cancel !== true))
    }),
  ipc: (channel, event, args) => void ipcMain.emit(channel, event, ...args),
  say,
}

/** Pages that Chromium opened and that no window has taken yet. */
const unclaimed: CdpSession[] = []
const waiting: ((session: CdpSession) => void)[] = []

function attached({ sessionId, targetInfo }: Json): void {
  const { type, openerId, targetId } = targetInfo as { type: string; openerId?: string; targetId: string }
  const target = connection?.session(String(sessionId))
  if (target === undefined) return
  const resume = (): void => void target.send('Runtime.runIfWaitingForDebugger').catch(() => undefined)
  if (type !== 'page') return resume()
  if (openerId !== undefined) {
    // A window that a page opened: the handler was asked through `Page.windowOpen`, and the shell denies them all.
    // Resumed first, because it shares its thread with the page that opened it.
    resume()
    return void connection?.browser.send('Target.closeTarget', { targetId }).catch(() => undefined)
  }
  const next = waiting.shift()
  if (next) next(target)
  else unclaimed.push(target)
}

function newPage(): Promise<CdpSession> {
  const first = unclaimed.shift()
  if (first) return Promise.resolve(first)
  const { promise, resolve } = Promise.withResolvers<CdpSession>()
  waiting.push(resolve)
  void connection?.browser.send('Target.createTarget', { url: 'about:blank' })
  return promise
}

class DoubleWindow extends EventEmitter {
  readonly webContents: DoubleContents
  #closed = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    const target = unclaimed.shift()
    if (target === undefined) throw new Error('The double has one window at a time.')
    const { preload, contextIsolation, sandbox } = options.webPreferences ?? {}
    if (preload === undefined || contextIsolation !== true || sandbox !== true) {
      throw new Error('The double knows only isolated, sandboxed windows with a preload.')
    }
    windows.add(this)
    this.webContents = new DoubleContents(target, preload, around)
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'))
    this.webContents.once('destroyed', () => this.#gone())
    app.emit('web-contents-created', {}, this.webContents)
  }

  async #gone(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    windows.delete(this)
    this.emit('closed')
    if (windows.size > 0) return
    if (quitting) return app.finishQuitting()
    // The next window needs a page to be in.
    unclaimed.push(await newPage())
    app.emit('window-all-closed')
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.ready
    for (const { name, setting } of grantedPermissions(session.defaultSession)) {
      await connection?.browser.send('Browser.setPermission', { permission: { name }, setting, origin: STAND_IN })
    }
    await this.webContents.load(url)
    if (chromium === null) return
    const { endpoint, process: child, profile } = chromium
    say({ double: 'window', cdp: `http://${new URL(endpoint).host}`, chromium: child.pid, profile })
  }

  close(): void {
    this.webContents.close()
  }
  show(): void {
    this.emit('show')
  }
  focus(): void {
    say({ double: 'focus' })
  }
  restore(): void {}
  isMinimized(): boolean {
    return false
  }
}
export { DoubleWindow as BrowserWindow }

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const pair = createPortPair()
    this.port1 = pair.port1
    this.port2 = pair.port2
  }
}

async function ask(kind: 'open' | 'save', args: unknown[]): Promise<string | null> {
  const options = args.at(-1) as { defaultPath?: string }
  say({ double: 'dialog', kind, defaultPath: options.defaultPath })
  return await nextAnswer()
}

export const dialog = {
  async showOpenDialog(...args: unknown[]) {
    const path = await ask('open', args)
    return { canceled: path === null, filePaths: path === null ? [] : [path] }
  },
  async showSaveDialog(...args: unknown[]) {
    const path = await ask('save', args)
    return { canceled: path === null, filePath: path ?? '' }
  },
  /** There is nobody to wait for: the last button, which lets the window go. */
  showMessageBoxSync(...args: unknown[]): number {
    const { message, buttons = [] } = args.at(-1) as { message: string; buttons?: string[] }
    say({ double: 'message', message })
    return buttons.length - 1
  },
  showErrorBox: (title: string, content: string) => say({ double: 'error', error: `${title}: ${content}` }),
}

let menu: MenuItemConstructorOptions[] = []
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => void (menu = template),
}
export const nativeTheme = { shouldUseDarkColors: false }
export const shell = {
  openExternal(url: string): Promise<void> {
    say({ double: 'external', url })
    return Promise.resolve()
  },
}

onCommand((command) => {
  if (command.do === 'quit') app.quit()
  else if (command.do === 'close-window') for (const window of windows) window.close()
  else {
    const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    items.find(({ id }) => id === command.id)?.click?.({} as never, undefined, {} as never)
  }
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())

async function boot(): Promise<void> {
  chromium = await startChromium()
  connection = await CdpConnection.open(chromium.endpoint)
  connection.browser.on('Target.attachedToTarget', attached)
  connection.browser.on('detached', () => app.exit(1))
  const filterOf = [{ type: 'page' }]
  await connection.browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: filterOf,
  })
  unclaimed.push(await newPage())
  app.emit('ready', {}, {})
  ready()
}

// After the main module has run: what has to happen before ready is then done or forgotten for good.
setImmediate(() => {
  boot().catch((error: unknown) => {
    say({ double: 'error', error: String(error) })
    app.exit(1)
  })
})
