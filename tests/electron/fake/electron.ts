// The typed fake of the module `electron`, for unit tests of the desktop shell. Every fake is a subset of the real type,
// so that a changed API breaks the type check. What is called is kept in order in `journal`.
import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindowConstructorOptions,
  CommandLine,
  ContextBridge,
  CustomScheme,
  Dialog,
  IpcRenderer,
  MenuItemConstructorOptions,
  MessagePortMain,
  Protocol,
  Session,
  Shell,
  WebContents,
  WebFrameMain,
  WebRequest,
} from 'electron'
import { createPortPair } from './message-port.ts'

/** Names of the calls that were made, in order. */
export let journal: string[] = []
const note = (name: string): void => void journal.push(name)

/** What a test arranges before it starts the shell. */
export const arranged = {
  packaged: false,
  lock: true,
  switches: new Set<string>(),
  openDialog: [] as string[],
  saveDialog: '',
  leave: 0,
}

/** What the shell handed to Electron, for a test to look at or to call. */
export const handed = {
  schemes: [] as CustomScheme[],
  handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
  lockData: undefined as unknown,
  exitCode: undefined as number | undefined,
  paths: new Map<string, string>(),
  external: [] as string[],
  errors: [] as [string, string][],
  dialogs: [] as { kind: string; options: { defaultPath?: string } }[],
  menu: [] as MenuItemConstructorOptions[],
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  windows: [] as FakeWindow[],
}

class FakeApp extends EventEmitter implements Pick<App, 'enableSandbox' | 'exit' | 'quit' | 'setPath' | 'whenReady'> {
  get isPackaged(): App['isPackaged'] {
    return arranged.packaged
  }
  readonly commandLine: Pick<CommandLine, 'hasSwitch' | 'appendSwitch'> = {
    hasSwitch: (name) => arranged.switches.has(name),
    appendSwitch: (name, value) => note(`app.commandLine.appendSwitch ${name}=${value ?? ''}`),
  }
  enableSandbox(): void {
    note('app.enableSandbox')
  }
  getPath(name: Parameters<App['getPath']>[0]): string {
    return handed.paths.get(name) ?? `/fake/${name}`
  }
  setPath(name: string, path: string): void {
    note(`app.setPath ${name}`)
    handed.paths.set(name, path)
  }
  requestSingleInstanceLock(data?: Parameters<App['requestSingleInstanceLock']>[0]): boolean {
    note('app.requestSingleInstanceLock')
    handed.lockData = data
    return arranged.lock
  }
  whenReady(): Promise<void> {
    note('app.whenReady')
    return Promise.resolve()
  }
  exit(code?: number): void {
    note('app.exit')
    handed.exitCode = code
  }
  quit(): void {
    note('app.quit')
  }
}

export class FakeFrame extends EventEmitter implements Pick<WebFrameMain, 'url' | 'origin' | 'postMessage'> {
  readonly url: string
  readonly origin: string
  readonly parent: FakeFrame | null
  readonly received: { channel: string; message: unknown; ports: MessagePortMain[] }[] = []

  constructor(url: string, origin: string, parent: FakeFrame | null = null) {
    super()
    this.url = url
    this.origin = origin
    this.parent = parent
  }
  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []): void {
    this.received.push({ channel, message, ports })
  }
}

type WindowOpen = Parameters<WebContents['setWindowOpenHandler']>[0]

export class FakeContents
  extends EventEmitter
  implements Pick<WebContents, 'setWindowOpenHandler' | 'getURL' | 'reload'>
{
  windowOpen: WindowOpen | null = null
  address = ''
  setWindowOpenHandler(handler: WindowOpen): void {
    this.windowOpen = handler
  }
  getURL(): string {
    return this.address
  }
  reload(): void {
    note('contents.reload')
  }
}

class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new FakeContents()
  minimized = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    note('new BrowserWindow')
    this.options = options
    handed.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    note(`loadURL ${url}`)
    this.webContents.address = url
    return Promise.resolve()
  }
  show(): void {
    note('window.show')
  }
  focus(): void {
    note('window.focus')
  }
  restore(): void {
    note('window.restore')
  }
  isMinimized(): boolean {
    return this.minimized
  }
}

type Guards = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

class FakeSession implements Guards {
  request: Parameters<Session['setPermissionRequestHandler']>[0] = null
  check: Parameters<Session['setPermissionCheckHandler']>[0] = null
  device: Parameters<Session['setDevicePermissionHandler']>[0] = null
  display: Parameters<Session['setDisplayMediaRequestHandler']>[0] = null
  filter: ((details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void) | null = null
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession['filter']>): void => void (this.filter = listener),
  } satisfies Record<keyof Pick<WebRequest, 'onBeforeRequest'>, unknown>

  setPermissionRequestHandler(handler: FakeSession['request']): void {
    this.request = handler
  }
  setPermissionCheckHandler(handler: FakeSession['check']): void {
    this.check = handler
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler
  }
  setDisplayMediaRequestHandler(handler: FakeSession['display']): void {
    this.display = handler
  }
}

export const app = new FakeApp()
export { FakeWindow as BrowserWindow }
export const session = { defaultSession: new FakeSession() }
export const nativeTheme = { shouldUseDarkColors: false }
export const ipcMain = new EventEmitter()

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const pair = createPortPair()
    this.port1 = pair.port1
    this.port2 = pair.port2
  }
}

export const protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged(schemes) {
    note('protocol.registerSchemesAsPrivileged')
    handed.schemes.push(...schemes)
  },
  handle(scheme, handler) {
    note('protocol.handle')
    handed.handlers.set(scheme, (request) => handler(request))
  },
}

export const shell: Pick<Shell, 'openExternal'> = {
  openExternal(url) {
    handed.external.push(url)
    return Promise.resolve()
  },
}

/** Dialogs are overloaded: the window in front is optional. */
const optionsOf = (args: unknown[]): { defaultPath?: string } => args.at(-1) as { defaultPath?: string }

export const dialog = {
  showOpenDialog(...args: unknown[]) {
    handed.dialogs.push({ kind: 'open', options: optionsOf(args) })
    return Promise.resolve({ canceled: arranged.openDialog.length === 0, filePaths: arranged.openDialog })
  },
  showSaveDialog(...args: unknown[]) {
    handed.dialogs.push({ kind: 'save', options: optionsOf(args) })
    return Promise.resolve({ canceled: arranged.saveDialog === '', filePath: arranged.saveDialog })
  },
  showMessageBoxSync: () => arranged.leave,
  showErrorBox: (title: string, content: string) => void handed.errors.push([title, content]),
} satisfies Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBoxSync' | 'showErrorBox'>

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => void (handed.menu = template),
}

export const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (name, api: unknown) => void handed.exposed.set(name, api),
}

class FakeIpcRenderer extends EventEmitter implements Pick<IpcRenderer, 'send'> {
  send(...args: unknown[]): void {
    handed.sent.push(args)
  }
}
export const ipcRenderer = new FakeIpcRenderer()

/** A fresh Electron for the next test. The module itself stays, so listeners and records are cleared one by one. */
export function reset(): void {
  journal = []
  Object.assign(arranged, { packaged: false, lock: true, openDialog: [], saveDialog: '', leave: 0 })
  arranged.switches.clear()
  Object.assign(handed, { lockData: undefined, exitCode: undefined, menu: [] })
  for (const list of [handed.schemes, handed.external, handed.errors, handed.dialogs, handed.sent, handed.windows]) {
    list.length = 0
  }
  for (const map of [handed.handlers, handed.paths, handed.exposed]) map.clear()
  for (const emitter of [app, ipcMain, ipcRenderer]) emitter.removeAllListeners()
  session.defaultSession = new FakeSession()
}
