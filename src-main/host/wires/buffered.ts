// The part every wire shares: one listener, messages kept until it is set, close told once. Knows no transport.
import type { Wire } from '../../contract/wire.ts'

export interface BufferedWire extends Wire {
  /** The transport hands over a message that arrived. */
  arrived(text: string): void
  /** The transport says that the connection is gone, whichever side ended it. */
  ended(): void
}

/**
 * A wire over a transport.
 * @param transport how to send a text and how to end the connection; ending may call `ended` again, which is harmless
 */
export function bufferedWire(transport: { send(text: string): void; close(): void }): BufferedWire {
  let listener: ((text: string) => void) | null = null
  let onClosed: (() => void) | null = null
  let waiting: string[] = []
  let open = true

  const ended = (): void => {
    if (!open) return
    open = false
    const tell = onClosed
    onClosed = null
    tell?.()
  }
  return {
    send(text) {
      if (open) transport.send(text)
    },
    onMessage(next) {
      listener = next
      const kept = waiting
      waiting = []
      for (const text of kept) next(text)
    },
    onClose(tell) {
      if (open) onClosed = tell
      else tell()
    },
    close() {
      if (!open) return
      ended()
      transport.close()
    },
    arrived(text) {
      if (!open) return
      if (listener) listener(text)
      else waiting.push(text)
    },
    ended,
  }
}
