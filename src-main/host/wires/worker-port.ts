// A wire over a MessagePort of node:worker_threads, and over a worker or its parent port, which behave the same.
import type { MessagePort } from 'node:worker_threads'
import type { Wire } from '../../contract/wire.ts'
import { bufferedWire } from './buffered.ts'

export function workerPortWire(port: MessagePort): Wire {
  const onMessage = (data: unknown): void => {
    // Texts only; anything else did not come from a wire and is dropped as unreadable above.
    wire.arrived(typeof data === 'string' ? data : '')
  }
  const onClose = (): void => {
    port.off('message', onMessage)
    wire.ended()
  }
  const wire = bufferedWire({ send: (text) => port.postMessage(text), close: () => port.close() })
  port.on('message', onMessage)
  port.once('close', onClose)
  return wire
}
