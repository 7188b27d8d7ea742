// A wire over Electron's MessagePortMain, typed by its shape so that the host never imports Electron.
// Such a port is silent until started, wraps data in an event, and is not closed by garbage collection.
import type { Wire } from '../../contract/wire.ts'
import { bufferedWire } from './buffered.ts'

/** The part of MessagePortMain that a wire needs. */
export interface MessagePortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown
  off(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export function messagePortWire(port: MessagePortLike): Wire {
  const onMessage = (event: { data: unknown }): void => {
    wire.arrived(typeof event.data === 'string' ? event.data : '')
  }
  const onClose = (): void => {
    port.off('message', onMessage)
    port.off('close', onClose)
    wire.ended()
  }
  const wire = bufferedWire({
    send: (text) => port.postMessage(text),
    close: () => {
      port.close()
      onClose()
    },
  })
  port.on('message', onMessage)
  port.on('close', onClose)
  port.start()
  return wire
}
