// The race in JavaScript: two threads of Node share the memory of the counter. For machines without a compiler.
import { Worker } from 'node:worker_threads'
import { jsSource } from './source.ts'
import type { Racers } from './racers.ts'

interface Ended {
  began: bigint
  ended: bigint
}

const WORDS = 3
const [COUNTER, READY] = [0, 2]

/** Both threads are started once and race as often as asked, so that starting them takes no part in it. */
export function jsRacers(): Racers {
  const shared = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)
  const memory = new Int32Array(shared)
  const workers = [0, 1].map(() => new Worker(jsSource, { eval: true, workerData: shared }))
  const answer = (worker: Worker): Promise<Ended> =>
    new Promise((resolve, reject) => {
      worker.once('message', (ended: Ended) => {
        worker.off('error', reject)
        resolve(ended)
      })
      worker.once('error', reject)
    })
  return {
    how: `Node ${process.versions.node}`,
    async race(increments, mutex) {
      memory.fill(0)
      Atomics.store(memory, READY, 0)
      const answers = workers.map(answer)
      for (const worker of workers) worker.postMessage({ increments, mutex })
      const times = await Promise.all(answers)
      const began = times.reduce((least, one) => (one.began < least ? one.began : least), times[0]?.began ?? 0n)
      const ended = times.reduce((most, one) => (one.ended > most ? one.ended : most), 0n)
      return { counter: Atomics.load(memory, COUNTER), milliseconds: Number(ended - began) / 1e6 }
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
