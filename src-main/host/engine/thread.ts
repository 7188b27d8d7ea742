// One engine worker as the host sees it: started when first needed, started anew after a crash or a cancellation.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { InterlockError } from '../../contract/errors.ts'
import { type Caller, createCaller } from '../call.ts'
import { workerPortWire } from '../wires/worker-port.ts'
import { bulkyAnswers, type EngineApi } from './api.ts'

export interface EngineThread {
  /** Input and answer may hold parts left as text (see json-part.ts). */
  call(name: keyof EngineApi, input: unknown): Promise<unknown>
  /** Ends whatever the worker computes; those calls fail with `cancelled`. */
  cancel(): void
  /** Starts the worker if need be; settles when it serves, or failed to start, which the next call will tell. */
  ready(): Promise<void>
  /** Listens to how far a long computation is. */
  onProgress(listener: (payload: unknown) => void): void
  close(): Promise<void>
}

/** More memory than the largest drawing needs; beyond it the worker ends instead of the whole machine suffering. */
const MAX_HEAP_MB = 1024

/** From sources the worker is a source too; in a build it is a file beside the entry, one level up from a chunk. */
export function workerUrl(from: string): URL {
  if (from.endsWith('.ts')) return new URL('./worker.ts', from)
  const name = 'engine-worker.js'
  const beside = new URL(name, from)
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../${name}`, from)
}

interface Running {
  worker: Worker
  caller: Caller<EngineApi>
  /** the host's end of the wire */
  port: MessagePort
  /** calls that wait for an answer */
  pending: number
  /** settles when the worker serves, or has ended before */
  ready: Promise<void>
  /** why the worker was ended, when it was ended on purpose */
  ended: 'cancelled' | 'closed' | null
}

/** @param url the worker's file; only tests give their own, and less memory */
export function createEngineThread(
  log: (line: string) => void,
  url = workerUrl(import.meta.url),
  maxHeapMb = MAX_HEAP_MB,
): EngineThread {
  let current: Running | null = null
  let closed = false
  let tell: ((payload: unknown) => void) | null = null

  const start = (): Running => {
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(url, {
      workerData: { port: port2 },
      transferList: [port2],
      // Each verdict leaves megabytes behind at once: a larger young generation is swept once for several of them.
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 64 },
    })
    const caller = createCaller<EngineApi>(workerPortWire(port1), bulkyAnswers)
    const ready = new Promise<void>((serves) => {
      caller.onEvent((name, payload) => {
        if (name === 'ready') serves()
        if (name === 'progress') tell?.(payload)
        if (name === 'log' && typeof payload === 'string') log(payload)
      })
      worker.once('exit', () => serves())
    })
    const running: Running = { worker, caller, port: port1, pending: 0, ready, ended: null }
    worker.on('error', (error) =>
      log(`An engine worker failed: ${error instanceof Error ? error.stack : String(error)}`),
    )
    worker.once('exit', () => {
      if (current === running) current = null
      running.caller.close()
    })
    hold(running)
    current = running
    return running
  }

  /** An idle worker keeps no process alive that is otherwise done; an unanswered call does. */
  const hold = (running: Running): void => {
    if (running.pending > 0) running.port.ref()
    else running.port.unref()
    if (running.pending > 0) running.worker.ref()
    else running.worker.unref()
  }

  const end = (reason: 'cancelled' | 'closed'): Promise<unknown> => {
    const running = current
    if (running === null) return Promise.resolve()
    current = null
    running.ended = reason
    running.caller.close()
    return running.worker.terminate()
  }

  return {
    async call(name, input) {
      if (closed) throw new InterlockError('disconnected', 'Interlock is closing.')
      const running = current ?? start()
      running.pending += 1
      hold(running)
      try {
        return await running.caller.pass(name, input)
      } catch (error) {
        if (!(error instanceof InterlockError) || error.code !== 'disconnected') throw error
        // The wire may end before the worker says that it does; the next call starts a fresh one in any case.
        if (current === running) current = null
        if (running.ended === 'cancelled')
          throw new InterlockError('cancelled', 'A newer question took the place of this one.')
        if (running.ended === 'closed') throw error
        throw new InterlockError(
          'internal',
          'The engine stopped while it computed this. It is started anew; nothing of the drawing is lost.',
        )
      } finally {
        running.pending -= 1
        hold(running)
      }
    },
    cancel: () => void end('cancelled'),
    async ready() {
      if (closed) return
      const running = current ?? start()
      running.pending += 1
      hold(running)
      await running.ready
      running.pending -= 1
      hold(running)
    },
    onProgress: (listener) => {
      tell = listener
    },
    async close() {
      closed = true
      await end('closed')
    },
  }
}
