// A wire over a WebSocket of the `ws` package. Text frames only: a binary frame ends the connection.
import type { RawData, WebSocket } from 'ws'
import type { Wire } from '../../contract/wire.ts'
import { bufferedWire } from './buffered.ts'

const UNSUPPORTED_DATA = 1003

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8')
}

export function webSocketWire(socket: WebSocket): Wire {
  const onMessage = (data: RawData, isBinary: boolean): void => {
    if (isBinary) socket.close(UNSUPPORTED_DATA, 'text only')
    else wire.arrived(textOf(data))
  }
  // An error is always followed by `close`; without a listener it would end the process.
  const onError = (): void => undefined
  const onClose = (): void => {
    socket.off('message', onMessage)
    wire.ended()
  }
  const wire = bufferedWire({
    send: (text) => {
      if (socket.readyState === socket.OPEN) socket.send(text)
    },
    close: () => socket.close(),
  })
  socket.on('message', onMessage)
  socket.on('error', onError)
  socket.once('close', onClose)
  if (socket.readyState >= socket.CLOSING) wire.ended()
  return wire
}
