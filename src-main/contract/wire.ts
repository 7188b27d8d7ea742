// A wire carries JSON texts both ways. Everything above it (calls, validation, errors) is the same on every wire.

export interface Wire {
  /** Sends one message. After `close` it does nothing. */
  send(text: string): void
  /** At most one listener; messages that arrive before it is set are kept for it. */
  onMessage(listener: (text: string) => void): void
  /** Called once, whichever side closed; called at once when the wire is closed already. */
  onClose(listener: () => void): void
  close(): void
}
