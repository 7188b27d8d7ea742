// The desktop shell on the typed fake: the order of its start, and its rules in force. The host is a stand-in.
// One file above the usual length, because the stand-ins of modules are bound to the file that declares them.
import { EventEmitter } from 'node:events'
import type { MessagePortMain } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostPorts } from '../../src-main/host/host.ts'
import * as fake from './fake/electron.ts'

const { arranged, handed } = fake

const host = vi.hoisted(() => ({
  ports: [] as unknown[],
  connected: [] as { closed: boolean }[],
  opened: [] as string[],
  commands: [] as string[],
  closed: 0,
}))

vi.mock('../../src-main/host/host.ts', () => ({
  createHost(ports: unknown) {
    host.ports.push(ports)
    return {
      connect() {
        const session = { closed: false }
        host.connected.push(session)
        return { close: () => void (session.closed = true) }
      },
      openPath: (path: string) => Promise.resolve(void host.opened.push(path)),
      runCommand: (command: string) => void host.commands.push(command),
      close: () => Promise.resolve(void (host.closed += 1)),
    }
  },
}))
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  readFileSync: () => 'build-of-the-page\n',
}))

const written: string[] = []
const argv = process.argv

/** Loads the main module afresh, as a new process would, and lets it run to its window. */
async function start(...args: string[]): Promise<void> {
  process.argv = ['electron', 'main.js', ...args]
  vi.resetModules()
  vi.doMock('electron', () => fake)
  await import('../../src-main/electron/main.ts')
  await new Promise((done) => setTimeout(done, 0))
}

beforeEach(() => {
  fake.reset()
  Object.assign(host, { ports: [], connected: [], opened: [], commands: [], closed: 0 })
  written.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => {
  process.argv = argv
  vi.restoreAllMocks()
})

const window = (): (typeof handed.windows)[number] => {
  const first = handed.windows[0]
  if (first === undefined) throw new Error('no window was opened')
  return first
}

/** An event as Electron passes it, and whether its default was prevented. */
const event = (extra: Record<string, unknown> = {}): { prevented: boolean; preventDefault(): void } => {
  const made = { prevented: false, preventDefault: () => void (made.prevented = true), ...extra }
  return made
}

describe('the start', () => {
  it('E1 E5 E13 switches the sandbox on and registers the scheme before ready, and locks before any window', async () => {
    await start()
    expect(fake.journal).toEqual([
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'app.setPath userData',
      'app.setPath sessionData',
      'app.commandLine.appendSwitch disk-cache-size=52428800',
      'app.commandLine.appendSwitch media-cache-size=52428800',
      'app.requestSingleInstanceLock',
      'app.whenReady',
      'protocol.handle',
      'new BrowserWindow',
      'loadURL interlock://app/',
    ])
    expect(handed.schemes.map(({ scheme }) => scheme)).toEqual(['interlock'])
  })

  it('E1 opens a window that is closed to Node in every way', async () => {
    await start()
    const { webPreferences = {}, ...options } = window().options
    expect(options).toMatchObject({ title: 'Interlock', show: false })
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
    })
    expect(Object.keys(webPreferences)).not.toContain('enableBlinkFeatures')
    expect(webPreferences.preload).toMatch(/preload\.cjs$/)
    expect(window().webContents.listenerCount('will-navigate')).toBe(1)
  })

  it.each([
    [false, true],
    [true, false],
  ])('E12 gives a window developer tools when packaged is %s: %s', async (packaged, devTools) => {
    arranged.packaged = packaged
    await start()
    expect(window().options.webPreferences?.devTools).toBe(devTools)
    const roles = handed.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu.map(({ role }) => role) : []))
    expect(roles.includes('toggleDevTools')).toBe(devTools)
  })

  it('E12 ends a packaged app that is started with remote debugging, before it is ready', async () => {
    arranged.packaged = true
    arranged.switches.add('remote-debugging-port')
    await start()
    expect(handed.exitCode).toBe(2)
    expect(fake.journal).not.toContain('app.whenReady')
    expect(written.join('')).toContain('--remote-debugging-port')
  })

  it('E13 leaves at once when another instance holds the lock, and sends it the command line', async () => {
    arranged.lock = false
    await start('a.interlock')
    expect(handed.lockData).toEqual({ args: ['a.interlock'], cwd: process.cwd() })
    expect(fake.journal.at(-1)).toBe('app.quit')
    expect(handed.windows).toEqual([])
  })

  it('E13 reads what a later instance sends with the same function, and comes to the front', async () => {
    await start('--data', '/d')
    window().minimized = true
    fake.app.emit('second-instance', event(), ['/reordered'], '/', { args: ['b.interlock'], cwd: '/there' })
    expect(host.opened).toEqual(['/there/b.interlock'])
    expect(fake.journal.slice(-2)).toEqual(['window.restore', 'window.focus'])
    fake.app.emit('second-instance', event(), ['/x'], '/', 'not a command line')
    expect(host.opened).toHaveLength(1)
    expect(written.join('')).toContain('command line')
  })

  it('puts the folders of the command line into force before the lock, and hands them to the host', async () => {
    await start('--workspace', '/w', '--data', '/d', '/f.interlock')
    const ports = host.ports[0] as HostPorts
    expect(ports).toMatchObject({ build: 'build-of-the-page', shell: 'electron', workspace: '/w', data: '/d' })
    expect(ports.labsFolder).toMatch(/labs$/)
    expect(host.opened).toEqual(['/f.interlock'])
  })

  it('puts drawings into a folder of the documents when none is named', async () => {
    await start()
    expect((host.ports[0] as HostPorts).workspace).toBe('/fake/documents/Interlock')
  })

  it('stops with the sentence when an option lacks its folder', async () => {
    await start('--workspace')
    expect(handed.exitCode).toBe(2)
    expect(written.join('')).toContain('--workspace needs a folder')
  })

  it('closes the host before it ends, once', async () => {
    await start()
    const quitting = event()
    fake.app.emit('will-quit', quitting)
    expect(quitting.prevented).toBe(true)
    await new Promise((done) => setTimeout(done, 0))
    expect(host.closed).toBe(1)
    const again = event()
    fake.app.emit('will-quit', again)
    expect(again.prevented).toBe(false)
  })
})

describe('the session', () => {
  const ask = (permission: string, requestingUrl: string): boolean | undefined => {
    let granted: boolean | undefined
    fake.session.defaultSession.request?.(
      window().webContents as never,
      permission as never,
      (answer) => void (granted = answer),
      { requestingUrl, isMainFrame: true },
    )
    return granted
  }

  it('E10 answers permission requests and checks by the table', async () => {
    await start()
    expect(ask('fullscreen', 'interlock://app/')).toBe(true)
    expect(ask('media', 'interlock://app/')).toBe(false)
    expect(ask('fullscreen', 'https://example.org/')).toBe(false)
    const { check, device } = fake.session.defaultSession
    expect(check?.(null, 'clipboard-sanitized-write', 'interlock://app/', {} as never)).toBe(true)
    expect(check?.(null, 'clipboard-read', 'interlock://app/', {} as never)).toBe(false)
    expect(check?.(null, 'clipboard-sanitized-write', 'https://a/', {} as never)).toBe(false)
    expect(device?.({} as never)).toBe(false)
  })

  it('E10 gives no screen to a page that wants to record it', async () => {
    await start()
    const streams: unknown[] = []
    fake.session.defaultSession.display?.({} as never, (given) => void streams.push(given))
    expect(streams).toEqual([null])
  })

  it('E17 cancels every request beyond the app', async () => {
    await start()
    const cancelled = (url: string): boolean | undefined => {
      let cancel: boolean | undefined
      fake.session.defaultSession.filter?.({ url }, (answer) => void (cancel = answer.cancel))
      return cancel
    }
    expect(cancelled('interlock://app/index.html')).toBe(false)
    expect(cancelled('https://example.org/')).toBe(true)
    expect(cancelled('http://127.0.0.1:9/')).toBe(true)
  })
})

describe('what a page may do', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('E8 denies a %s away', async (name) => {
    await start()
    const away = { ...event(), url: 'https://example.org/' }
    const denied = vi.spyOn(away, 'preventDefault')
    window().webContents.emit(name, away)
    expect(denied).toHaveBeenCalledOnce()
    const home = { ...event(), url: 'interlock://app/?again' }
    const kept = vi.spyOn(home, 'preventDefault')
    window().webContents.emit(name, home)
    expect(kept).not.toHaveBeenCalled()
  })

  it('E8 E9 opens no window, and a link in the system browser only after a gesture', async () => {
    await start()
    const { webContents } = window()
    const open = (url: string): unknown => webContents.windowOpen?.({ url } as never)
    expect(open('https://example.org/one')).toEqual({ action: 'deny' })
    expect(handed.external).toEqual([])
    webContents.emit('input-event', event(), { type: 'mouseUp' })
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' })
    expect(handed.external).toEqual([])
    expect(open('https://example.org/two')).toEqual({ action: 'deny' })
    expect(open('https://example.org/three')).toEqual({ action: 'deny' })
    expect(handed.external).toEqual(['https://example.org/two'])
  })

  it('E11 attaches no webview', async () => {
    await start()
    const attach = event()
    window().webContents.emit('will-attach-webview', attach, {}, {})
    expect(attach.prevented).toBe(true)
  })

  it('E8 E11 holds contents that come later to the same rules', async () => {
    await start()
    const later = new fake.FakeContents()
    fake.app.emit('web-contents-created', event(), later)
    const attach = event()
    later.emit('will-attach-webview', attach)
    expect(attach.prevented).toBe(true)
    expect(later.windowOpen?.({ url: 'https://example.org/' } as never)).toEqual({ action: 'deny' })
  })

  it('loads the page again when it crashes, but not for ever', async () => {
    await start()
    for (let time = 0; time < 5; time++) window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(fake.journal.filter((call) => call === 'contents.reload')).toHaveLength(3)
  })
})

describe('the port', () => {
  const page = (): fake.FakeFrame => new fake.FakeFrame('interlock://app/', 'interlock://app')
  const ask = (senderFrame: fake.FakeFrame | null, sender: EventEmitter = window().webContents): void => {
    fake.ipcMain.emit('interlock-port', { sender, senderFrame })
  }

  it('E3 gives the page of the window a port that leads to the host', async () => {
    await start()
    const frame = page()
    ask(frame)
    expect(frame.received).toMatchObject([{ channel: 'interlock-port' }])
    expect(frame.received[0]?.ports).toHaveLength(1)
    expect(host.connected).toEqual([{ closed: false }])
  })

  it.each([
    ['a frame that is gone', () => null],
    ['a sub-frame', () => new fake.FakeFrame('interlock://app/', 'interlock://app', page())],
    ['another address', () => new fake.FakeFrame('https://example.org/', 'https://example.org')],
  ])('E3 refuses %s that asks for the port, and logs it', async (_who, frame) => {
    await start()
    const asker = frame()
    ask(asker)
    expect(asker?.received ?? []).toEqual([])
    expect(host.connected).toEqual([])
    expect(written.join('')).toContain('A request for the port was refused')
  })

  it('E3 refuses contents that are not the window of the app', async () => {
    await start()
    const frame = page()
    ask(frame, new EventEmitter())
    expect(frame.received).toEqual([])
    expect(written.join('')).toContain('refused')
  })

  it('ends the session of a page that was reloaded, and of one that is gone', async () => {
    await start()
    ask(page())
    ask(page())
    expect(host.connected).toEqual([{ closed: true }, { closed: false }])
    window().webContents.emit('destroyed')
    expect(host.connected).toEqual([{ closed: true }, { closed: true }])
  })
})

describe('menu and dialogs', () => {
  it('asks the page to run its own commands, and takes no key from it', async () => {
    await start()
    const items = handed.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    const own = items.filter(({ click }) => click !== undefined)
    expect(own.length).toBeGreaterThan(5)
    for (const item of own) {
      expect(item.registerAccelerator).toBe(false)
      item.click?.({} as never, undefined, {} as never)
      expect(host.commands.at(-1)).toBe(item.id)
    }
  })

  it('starts the dialogs in the workspace and stays where the person went', async () => {
    await start('--workspace', '/w')
    const { dialogs } = host.ports[0] as HostPorts
    expect(await dialogs?.pickOpen()).toBeNull()
    arranged.openDialog = ['/elsewhere/a.interlock']
    expect(await dialogs?.pickOpen()).toBe('/elsewhere/a.interlock')
    expect(await dialogs?.pickSave('../../b.interlock')).toBeNull()
    arranged.saveDialog = '/third/c.interlock'
    expect(await dialogs?.pickSave('c.interlock')).toBe('/third/c.interlock')
    expect(handed.dialogs.map(({ options }) => options.defaultPath)).toEqual([
      '/w',
      '/w',
      '/elsewhere/b.interlock',
      '/elsewhere/c.interlock',
    ])
  })
})

describe('the preload', () => {
  it('E2 E4 exposes one frozen object and passes the port on to the exact origin', async () => {
    const posted: unknown[][] = []
    vi.stubGlobal('window', { postMessage: (...args: unknown[]) => void posted.push(args) })
    vi.resetModules()
    vi.doMock('electron', () => fake)
    await import('../../src-main/electron/preload.ts')
    expect([...handed.exposed.keys()]).toEqual(['interlock'])
    const api = handed.exposed.get('interlock') as { shell: string; requestPort(...args: unknown[]): void }
    expect(Object.isFrozen(api)).toBe(true)
    expect(Object.keys(api)).toEqual(['shell', 'requestPort'])
    api.requestPort('another-channel', 'text')
    expect(handed.sent).toEqual([['interlock-port']])
    const port = {} as MessagePortMain
    fake.ipcRenderer.emit('interlock-port', { ports: [port] })
    expect(posted).toEqual([[{ type: 'interlock-port' }, 'interlock://app', [port]]])
    vi.unstubAllGlobals()
  })
})
