// A page of Chromium as the main side sees it: the double of WebContents, with its frames, navigation and requests.
// What the preload and the page say to each other and to main is in bridge.ts.
import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { Bridge, type Sender } from './bridge.ts'
import type { CdpSession, Json } from './cdp.ts'
import { toApp, toStandIn } from './origin.ts'

/** What contents need from the app around them. */
export interface Surroundings {
  /** the answer of the handler that the app registered for a scheme, or null when it registered none */
  serve(url: string, method: string): Promise<Response> | null
  /** whether the app's filter lets a request go out */
  mayRequest(url: string): Promise<boolean>
  ipc(channel: string, event: Sender, args: unknown[]): void
  say(line: Record<string, unknown>): void
}

type WindowOpen = Parameters<WebContents['setWindowOpenHandler']>[0]
interface Frame {
  id: string
  parentId?: string
  url: string
}

/** An event with a default that listeners may prevent. */
export function preventable<T extends object>(extra: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = { ...extra, defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) }
  return event
}

export class DoubleContents extends EventEmitter implements Pick<WebContents, 'getURL' | 'setWindowOpenHandler'> {
  readonly ready: Promise<void>
  readonly #session: CdpSession
  readonly #around: Surroundings
  readonly #bridge: Bridge
  readonly #frames = new Map<string, Frame>()
  #main = ''
  #windowOpen: WindowOpen = () => ({ action: 'allow' })
  /** an address that main itself loads; only other navigations are asked about */
  #loading: string | null = null

  constructor(session: CdpSession, preload: string, around: Surroundings) {
    super()
    this.#session = session
    this.#around = around
    this.#bridge = new Bridge(session, (id) => this.#describe(id))
    this.#bridge.on('send', (channel: string, event: Sender, args: unknown[]) =>
      around.ipc(channel, { ...event, sender: this }, args),
    )
    this.#bridge.on('input', (type: string) => this.emit('input-event', preventable({}), { type }))
    this.#listen()
    this.ready = this.#prepare(preload)
  }

  async #prepare(preload: string): Promise<void> {
    const session = this.#session
    await session.send('Page.enable')
    const { frameTree } = (await session.send('Page.getFrameTree')) as { frameTree: { frame: Frame } }
    this.#main = frameTree.frame.id
    this.#frames.set(this.#main, frameTree.frame)
    await session.send('Inspector.enable')
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    await this.#bridge.prepare(preload)
    await session.send('Runtime.runIfWaitingForDebugger')
  }

  #listen(): void {
    const on = (name: string, listener: (params: Json) => void): void => void this.#session.on(name, listener)
    on('Fetch.requestPaused', (params) => {
      this.#request(params).catch((error: unknown) => this.#around.say({ double: 'error', error: String(error) }))
    })
    on('Page.frameNavigated', ({ frame }) => {
      const navigated = frame as Frame
      this.#frames.set(navigated.id, navigated)
      if (navigated.id === this.#main) this.emit('did-navigate', {}, toApp(navigated.url))
    })
    on('Page.frameDetached', ({ frameId }) => void this.#frames.delete(String(frameId)))
    on('Page.domContentEventFired', () => this.emit('dom-ready', {}))
    on('Page.windowOpen', ({ url }) => {
      const { action } = this.#windowOpen({ url: toApp(String(url)) } as Parameters<WindowOpen>[0])
      if (action === 'allow') this.#around.say({ double: 'error', error: 'The double opens no second window.' })
    })
    on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return
      const event = preventable({})
      this.emit('will-prevent-unload', event)
      // Preventing the prevention lets the page go.
      this.#session.send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented }).catch(() => undefined)
    })
    on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }))
    this.#session.on('detached', () => {
      this.#bridge.end()
      this.emit('destroyed')
    })
  }

  #describe(frameId: string): { url: string; top: boolean } | null {
    const frame = this.#frames.get(frameId)
    return frame ? { url: toApp(frame.url), top: frame.parentId === undefined } : null
  }

  async #request({ requestId, request, frameId, resourceType }: Json): Promise<void> {
    const { url: standIn, method } = request as { url: string; method: string }
    const url = toApp(standIn)
    const fail = (errorReason: string): Promise<Json> => {
      this.#around.say({ double: 'refused', url, errorReason })
      return this.#session.send('Fetch.failRequest', { requestId, errorReason })
    }
    if (resourceType === 'Document' && url !== this.#loading) {
      const isMainFrame = frameId === this.#main
      const event = preventable({ url, isMainFrame, isSameDocument: false })
      if (isMainFrame) this.emit('will-navigate', event, url)
      this.emit('will-frame-navigate', event)
      if (event.defaultPrevented) return void (await fail('Aborted'))
    }
    if (!(await this.#around.mayRequest(url))) return void (await fail('BlockedByClient'))
    const response = await this.#around.serve(url, method)
    if (response === null) return void (await fail('NameNotResolved'))
    const body = Buffer.from(await response.arrayBuffer()).toString('base64')
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }))
    await this.#session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders,
      body,
    })
  }

  setWindowOpenHandler(handler: WindowOpen): void {
    this.#windowOpen = handler
  }

  getURL(): string {
    return toApp(this.#frames.get(this.#main)?.url ?? '')
  }

  async load(url: string): Promise<void> {
    await this.ready
    this.#loading = url
    const { errorText } = await this.#session.send('Page.navigate', { url: toStandIn(url) })
    this.#loading = null
    if (errorText !== undefined) throw new Error(`${String(errorText)} loading '${url}'`)
  }

  reload(): void {
    void this.#session.send('Page.reload').catch(() => undefined)
  }

  close(): void {
    void this.#session.send('Page.close').catch(() => undefined)
  }
}
