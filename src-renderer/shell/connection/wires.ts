// The two wires a page can have: a port from Electron's preload, or a WebSocket to where the page came from.
import type { Wire } from '@contract/wire.ts'
import { texts } from '../../ui/texts/index.ts'

interface Bridge {
  shell: 'electron'
  requestPort(): void
}

declare global {
  interface Window {
    interlock?: Bridge
  }
}

const SUBPROTOCOL = 'interlock.v1'
const PORT_MESSAGE = 'interlock-port'
const PORT_TIMEOUT = 10_000

/** Why there is no wire and will be none: trying again does not help. */
export class Refused extends Error {}

/** A wire that may have been closed with a reason, such as too many pages. */
export interface PageWire extends Wire {
  /** why the far side does not want this page; null when it did not say */
  refusal?(): string | null
}

/** The close code with which the shell says that it has enough pages. */
const TRY_LATER = 1013

/** Messages that come before anyone listens are kept; a listener set later gets them in order. */
function keeper(): { push(text: string): void; listen(listener: (text: string) => void): void } {
  let listener: ((text: string) => void) | null = null
  const kept: string[] = []
  return {
    push: (text) => (listener === null ? kept.push(text) : listener(text)),
    listen: (next) => {
      listener = next
      for (const text of kept.splice(0)) next(text)
    },
  }
}

function socketWire(): Promise<PageWire> {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const socket = new WebSocket(`${scheme}://${location.host}/wire`, SUBPROTOCOL)
  const messages = keeper()
  let opened = false
  let closed = false
  let refusal: string | null = null
  let onClose: (() => void) | null = null
  socket.addEventListener('message', (event) => typeof event.data === 'string' && messages.push(event.data))
  return new Promise((resolve, reject) => {
    socket.addEventListener('close', (event) => {
      closed = true
      if (event.code === TRY_LATER && event.reason !== '') refusal = event.reason
      if (!opened) void whyNot().then(reject)
      onClose?.()
    })
    socket.addEventListener('open', () => {
      opened = true
      resolve({
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text)
        },
        onMessage: messages.listen,
        onClose: (listener) => {
          if (closed) listener()
          else onClose = listener
        },
        close: () => socket.close(),
        refusal: () => refusal,
      })
    })
  })
}

/** A WebSocket that does not open tells nothing; a plain request tells whether our key is the wrong one. */
async function whyNot(): Promise<Error> {
  try {
    const { status } = await fetch('/', { method: 'HEAD', cache: 'no-store' })
    if (status === 401 || status === 403) return new Refused(texts.frame.connection.wrongToken)
  } catch {
    // Nobody answers at all: the host is away.
  }
  return new Error('no connection')
}

function portWire(bridge: Bridge): Promise<PageWire> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no port came')), PORT_TIMEOUT)
    const take = (event: MessageEvent): void => {
      if (event.source !== window || (event.data as { type?: unknown } | null)?.type !== PORT_MESSAGE) return
      const port = event.ports[0]
      if (port === undefined) return
      clearTimeout(timer)
      window.removeEventListener('message', take)
      const messages = keeper()
      let closed = false
      let onClose: (() => void) | null = null
      const end = (): void => {
        if (closed) return
        closed = true
        onClose?.()
      }
      port.addEventListener('message', ({ data }) => typeof data === 'string' && messages.push(data))
      port.addEventListener('close', end)
      port.start()
      resolve({
        send: (text) => {
          if (!closed) port.postMessage(text)
        },
        onMessage: messages.listen,
        onClose: (listener) => {
          if (closed) listener()
          else onClose = listener
        },
        close: () => {
          port.close()
          end()
        },
      })
    }
    window.addEventListener('message', take)
    bridge.requestPort()
  })
}

/** Opens the wire that belongs to the shell the page runs in. */
export function openWire(): Promise<PageWire> {
  return window.interlock === undefined ? socketWire() : portWire(window.interlock)
}
