// The runs of one page: kept in the engine worker, reachable only for the session that opened them, limited in number.
import { z } from 'zod'
import type { HostApi } from '../contract/api.ts'
import { InterlockError } from '../contract/errors.ts'
import { MAX_RUNS } from '../contract/limits.ts'
import { unknownRun } from '../services/runs.ts'
import type { EngineThread } from './engine/thread.ts'
import { JsonPart } from './json-part.ts'
import type { Handlers } from './serve.ts'

type RunCalls = Extract<keyof HostApi, `runs.${string}`>

export interface SessionRuns {
  handlers: Pick<Handlers<HostApi>, RunCalls>
  end(): Promise<void>
}

const Opened = z.object({ run: z.string() })

export function createSessionRuns(work: EngineThread): SessionRuns {
  const own = new Set<string>()
  let opening = 0

  const ask =
    <K extends RunCalls>(name: K) =>
    (input: { run: string }): Promise<unknown> => {
      if (!own.has(input.run)) throw unknownRun()
      return work.call(name, input)
    }
  const close = async (run: string): Promise<Record<string, never>> => {
    if (own.delete(run)) await work.call('runs.close', { run })
    return {}
  }

  return {
    handlers: {
      'runs.open': async (input) => {
        if (own.size + opening >= MAX_RUNS) {
          throw new InterlockError('too-large', `At most ${MAX_RUNS} runs can be open at once. Close one first.`)
        }
        opening += 1
        try {
          const answer = await work.call('runs.open', input)
          const { run } = Opened.parse(answer instanceof JsonPart ? answer.parse() : answer)
          own.add(run)
          return answer
        } finally {
          opening -= 1
        }
      },
      'runs.apply': ask('runs.apply'),
      'runs.continue': ask('runs.continue'),
      'runs.generate': ask('runs.generate'),
      'runs.play': ask('runs.play'),
      'runs.write': ask('runs.write'),
      'runs.read': ask('runs.read'),
      'runs.edited': ask('runs.edited'),
      'runs.state': ask('runs.state'),
      'runs.steps': ask('runs.steps'),
      'runs.close': ({ run }) => close(run),
    },
    async end() {
      // A worker that is gone has no runs any more.
      await Promise.allSettled([...own].map(close))
    },
  }
}
