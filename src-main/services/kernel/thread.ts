// The sampling thread as the host sees it: started when first needed, ended with the host. Keeps no process alive.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

export interface SamplingThread {
  tell(message: ToThread): void
  close(): Promise<void>
}

/** From sources the worker is a source too; in a build it is a file beside the entry, one level up from a chunk. */
export function workerUrl(from: string): URL {
  if (from.endsWith('.ts')) return new URL('./worker.ts', from)
  const name = 'kernel-worker.js'
  const beside = new URL(name, from)
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../${name}`, from)
}

const MAX_HEAP_MB = 256

/**
 * @param hears gets what the thread tells
 * @param ended called when the thread ended by itself, with what it said; the next message starts another
 */
export function createSamplingThread(
  hears: (message: FromThread) => void,
  ended: (reason: string) => void,
  url = workerUrl(import.meta.url),
): SamplingThread {
  let worker: Worker | null = null
  let closed = false
  const start = (): Worker => {
    const made = new Worker(url, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } })
    let reason = 'it ended'
    made.on('message', hears)
    made.on('error', (error) => {
      reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    })
    made.once('exit', () => {
      if (worker !== made) return
      worker = null
      if (!closed) ended(reason)
    })
    made.unref()
    worker = made
    return made
  }
  return {
    tell(message) {
      if (!closed) (worker ?? start()).postMessage(message)
    },
    async close() {
      closed = true
      const last = worker
      worker = null
      await last?.terminate()
    },
  }
}
