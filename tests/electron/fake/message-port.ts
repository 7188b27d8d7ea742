// Stands for Electron's MessagePortMain: silent until started, emitter events, data wrapped in an event, cloned values,
// `close` on both sides. Semantics as in Electron's own message_port.cc; knows nothing of what is sent.
import { EventEmitter } from 'node:events'
import type { MessageEvent, MessagePortMain } from 'electron'

/** One end of a pipe. It outlives the port object that shows it: a transferred port is a new object on the same end. */
interface PipeEnd {
  peer: PipeEnd | null
  inbox: { data: unknown; ports: FakeMessagePort[] }[]
  /** the other side is gone; noticed once the inbox is empty */
  disconnected: boolean
  wake: () => void
}

const newEnd = (): PipeEnd => ({ peer: null, inbox: [], disconnected: false, wake: () => undefined })

export class FakeMessagePort extends EventEmitter implements MessagePortMain {
  #end: PipeEnd | null
  #started = false
  #scheduled = false

  constructor(end: PipeEnd) {
    super()
    this.#end = end
    end.wake = () => this.#schedule()
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message)
    const ports = transfer.map((port) => {
      if (port === this) throw new TypeError('A port cannot be sent through itself.')
      return transferPort(port)
    })
    const peer = this.#end?.peer
    if (!peer) return
    peer.inbox.push({ data, ports })
    peer.wake()
  }

  start(): void {
    this.#started = true
    this.#schedule()
  }

  close(): void {
    const end = this.#end
    if (end === null) return
    this.#end = null
    if (end.peer) {
      end.peer.peer = null
      end.peer.disconnected = true
      end.peer.wake()
    }
    this.emit('close')
  }

  /** Takes the pipe away from this object, as a transfer does; from then on the object is dead and silent. */
  neuter(): PipeEnd {
    const end = this.#end
    if (end === null) throw new TypeError('A closed or transferred port cannot be sent.')
    this.#end = null
    return end
  }

  #schedule(): void {
    if (!this.#started || this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#deliver()
    })
  }

  /** One message a turn, as a pipe watcher does, so that a listener may close the port between two messages. */
  #deliver(): void {
    const end = this.#end
    if (end === null) return
    const next = end.inbox.shift()
    if (next !== undefined) {
      const event: MessageEvent = { data: next.data, ports: next.ports }
      this.#schedule()
      this.emit('message', event)
    } else if (end.disconnected) {
      this.#end = null
      this.emit('close')
    }
  }
}

/** The port as its receiver sees it after a transfer; the given object is dead afterwards. */
export function transferPort(port: MessagePortMain): FakeMessagePort {
  if (!(port instanceof FakeMessagePort)) throw new TypeError('Only ports of a MessageChannelMain can be transferred.')
  return new FakeMessagePort(port.neuter())
}

/** Two connected ports, as `new MessageChannelMain()` makes them. */
export function createPortPair(): { port1: FakeMessagePort; port2: FakeMessagePort } {
  const one = newEnd()
  const two = newEnd()
  one.peer = two
  two.peer = one
  return { port1: new FakeMessagePort(one), port2: new FakeMessagePort(two) }
}
