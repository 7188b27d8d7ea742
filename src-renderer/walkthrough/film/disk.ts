// A file on the host that is written piece by piece, with its first bytes kept here, so that they can be changed once all
// is written. Knows no format.
import { MAX_STREAM_CHUNK } from '@contract/limits.ts'
import type { Caller } from '../../player/remote-run.ts'

/** Bytes for each call: whole groups of base64, below the largest. */
const PIECE = Math.floor(MAX_STREAM_CHUNK / 2 / 3) * 3
const CHARS = 0x8000

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHARS) text += String.fromCharCode(...bytes.subarray(at, at + CHARS))
  return btoa(text)
}

export class HostFile {
  readonly #host: Caller
  readonly #stream: string
  #head: Uint8Array<ArrayBuffer>
  /** bytes written, the furthest one */
  size = 0

  /** @param head how many of the first bytes are kept */
  constructor(host: Caller, stream: string, head: number) {
    this.#host = host
    this.#stream = stream
    this.#head = new Uint8Array(head)
  }

  get head(): Uint8Array<ArrayBuffer> {
    return this.#head.slice(0, Math.min(this.size, this.#head.length))
  }

  async write(at: number, data: Uint8Array): Promise<void> {
    if (at < this.#head.length) this.#head.set(data.subarray(0, this.#head.length - at), at)
    for (let from = 0; from < data.length; from += PIECE) {
      const piece = data.subarray(from, from + PIECE)
      await this.#host.call('streams.write', { stream: this.#stream, at: at + from, base64: base64Of(piece) })
    }
    this.size = Math.max(this.size, at + data.length)
  }

  async mark(done: number): Promise<void> {
    await this.#host.call('streams.mark', { stream: this.#stream, done })
  }

  finish(): Promise<{ name: string; place: string; size: number }> {
    return this.#host.call('streams.finish', { stream: this.#stream })
  }

  async abort(): Promise<void> {
    await this.#host.call('streams.abort', { stream: this.#stream }).catch(() => undefined)
  }
}

/** Bytes of an unfinished file. */
export async function readOld(host: Caller, stream: string, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from)
  for (let at = from; at < to;) {
    const { base64 } = await host.call('streams.read', { stream, at, length: Math.min(MAX_STREAM_CHUNK, to - at) })
    const piece = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    if (piece.length === 0) return bytes.subarray(0, at - from)
    bytes.set(piece, at - from)
    at += piece.length
  }
  return bytes
}
