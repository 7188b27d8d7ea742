// An engine worker whose verdicts do what the test says: answer, take long, end the worker, or ask for all memory.
import { type MessagePort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { engineApi } from '../../../../src-main/host/engine/api.ts'
import { serve } from '../../../../src-main/host/serve.ts'
import { workerPortWire } from '../../../../src-main/host/wires/worker-port.ts'

const { port } = z.object({ port: z.custom<MessagePort>() }).parse(workerData)
let answered = 0

const served = serve(
  workerPortWire(port),
  { 'verdict.of': engineApi['verdict.of'] },
  {
    'verdict.of': ({ model }) => {
      if (typeof model['busy'] === 'number') {
        const until = performance.now() + model['busy']
        while (performance.now() < until) continue
      }
      if (model['exit'] === true) process.exit(1)
      if (model['memory'] === true) {
        const kept: unknown[] = []
        for (;;) kept.push(new Array(100_000).fill(kept.length))
      }
      answered += 1
      return { name: model['name'], answered }
    },
  },
  { log: () => undefined },
)
served.push('ready', null)
