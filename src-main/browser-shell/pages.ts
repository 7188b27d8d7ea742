// The WebSockets of open pages: how many, how large a message, alive or silent, and how they end.
// Knows nothing of what the messages mean; each socket is handed on once.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_CONNECTIONS, MAX_MESSAGE_CHARS } from '../contract/limits.ts'
import { WIRE_PROTOCOL } from './gate.ts'

/** A UTF-16 unit takes at most three bytes in UTF-8; the exact limit in characters is checked by the host. */
const MAX_PAYLOAD_BYTES = MAX_MESSAGE_CHARS * 3

/** Close codes of RFC 6455 and its registry. */
const GOING_AWAY = 1001
const POLICY = 1008
const TRY_LATER = 1013

export interface PagesOptions {
  /** hands an accepted socket to the host */
  connect(socket: WebSocket): void
  /** milliseconds between pings; a page that did not answer the one before is dropped */
  pingEvery: number
  /** milliseconds in which a page must send its first message */
  firstMessageWithin: number
  /** told whenever a page came or went; `code` is how the last one closed, null when one came */
  onChange(open: number, code: number | null): void
}

export interface Pages {
  /** Takes over the socket of an upgrade that was let through. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

export function createPages(options: PagesOptions): Pages {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => WIRE_PROTOCOL,
  })
  const open = new Set<WebSocket>()
  const silent = new Set<WebSocket>()

  const pinger = setInterval(() => {
    for (const socket of open) {
      if (silent.has(socket)) socket.terminate()
      else {
        silent.add(socket)
        socket.ping()
      }
    }
  }, options.pingEvery)

  /** A page that is suspended answers no close; it must not stay on the books, nor hold up the end. */
  function end(socket: WebSocket, code: number, reason: string): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(() => socket.terminate(), 500)
      socket.once('close', () => {
        clearTimeout(timer)
        done()
      })
      socket.close(code, reason)
    })
  }

  function take(socket: WebSocket): void {
    // A broken frame or a lost connection is followed by `close`, which does what there is to do.
    socket.on('error', () => undefined)
    if (open.size >= MAX_CONNECTIONS) {
      void end(socket, TRY_LATER, `Interlock has ${MAX_CONNECTIONS} pages open. Close one first.`)
      return
    }
    open.add(socket)
    const late = setTimeout(() => void end(socket, POLICY, 'No message came.'), options.firstMessageWithin)
    socket.once('message', () => clearTimeout(late))
    socket.on('pong', () => silent.delete(socket))
    socket.on('close', (code) => {
      clearTimeout(late)
      open.delete(socket)
      silent.delete(socket)
      options.onChange(open.size, code)
    })
    options.connect(socket)
    options.onChange(open.size, null)
  }

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, take),
    async close() {
      clearInterval(pinger)
      await Promise.all([...open].map((socket) => end(socket, GOING_AWAY, 'Interlock ends.')))
      server.close()
    },
  }
}
