// A small client of the Chrome DevTools Protocol: commands, events, one connection with flat sessions.
// Knows nothing of Electron.
import { EventEmitter } from 'node:events'
import { WebSocket } from 'ws'

export type Json = Record<string, unknown>

interface Incoming {
  id?: number
  method?: string
  params?: Json
  result?: Json
  error?: { message: string }
  sessionId?: string
}

/** One target, or the browser itself. Emits the protocol's events by name, and `detached` when the target is gone. */
export class CdpSession extends EventEmitter {
  readonly id: string | undefined
  readonly #connection: CdpConnection

  constructor(connection: CdpConnection, id?: string) {
    super()
    this.#connection = connection
    this.id = id
  }

  send(method: string, params: Json = {}): Promise<Json> {
    return this.#connection.send(method, params, this.id)
  }
}

export class CdpConnection {
  readonly browser: CdpSession
  readonly #socket: WebSocket
  readonly #pending = new Map<number, { resolve(result: Json): void; reject(error: Error): void }>()
  readonly #sessions = new Map<string, CdpSession>()
  #last = 0

  constructor(socket: WebSocket) {
    this.#socket = socket
    this.browser = new CdpSession(this)
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as Incoming))
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('Chromium is gone.'))
      this.#pending.clear()
      this.browser.emit('detached')
    })
  }

  static open(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('open', () => resolve(new CdpConnection(socket)))
    })
  }

  session(id: string): CdpSession {
    const known = this.#sessions.get(id) ?? new CdpSession(this, id)
    this.#sessions.set(id, known)
    return known
  }

  send(method: string, params: Json, sessionId: string | undefined): Promise<Json> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('Chromium is gone.'))
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }))
    })
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const call = this.#pending.get(message.id)
      this.#pending.delete(message.id)
      if (message.error) call?.reject(new Error(message.error.message))
      else call?.resolve(message.result ?? {})
      return
    }
    const params = message.params ?? {}
    if (message.method === 'Target.detachedFromTarget') {
      const id = String(params['sessionId'])
      this.#sessions.get(id)?.emit('detached')
      this.#sessions.delete(id)
    }
    const session = message.sessionId === undefined ? this.browser : this.session(message.sessionId)
    session.emit(message.method ?? '', params)
  }
}
