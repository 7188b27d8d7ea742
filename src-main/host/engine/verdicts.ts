// The queue before a worker that answers the page (a verdict, what would mend it, an operation): one question at a time,
// of each key only the newest waits, and a slow answer that nobody wants any more is cancelled. Knows no lab.
import { InterlockError } from '../../contract/errors.ts'
import type { EngineThread } from './thread.ts'

export interface Verdicts {
  /** @throws InterlockError `cancelled` when a newer question with the same key took its place */
  ask(key: string, input: unknown): Promise<unknown>
  /** Nobody wants the answer to this key any more: whether it waits or is computed, it fails with `cancelled`. */
  cancel(key: string): void
  /** Forgets the waiting questions of a page that is gone; a question's key begins with its owner. */
  forget(owner: string): void
}

interface Question {
  key: string
  input: unknown
  resolve(answer: unknown): void
  reject(error: unknown): void
}

/** Milliseconds that a verdict may take while a newer question with its key waits. */
const PATIENCE = 300

export function createVerdicts(
  thread: EngineThread,
  patience = PATIENCE,
  name: 'verdict.of' | 'repairs.of' | 'operations.run' = 'verdict.of',
): Verdicts {
  const waiting = new Map<string, Question>()
  let running: { question: Question; since: number } | null = null
  let starting = false
  let timer: NodeJS.Timeout | null = null

  const cancelled = (): InterlockError =>
    new InterlockError('cancelled', 'A newer question took the place of this one.')

  // A worker that is only starting computes nothing yet: until then questions wait, and give way to newer ones.
  const next = (): void => {
    if (running !== null || starting || waiting.size === 0) return
    starting = true
    void thread.ready().finally(() => {
      starting = false
      begin()
    })
  }

  const begin = (): void => {
    const first = waiting.values().next()
    if (first.done === true) return
    const question = first.value
    waiting.delete(question.key)
    running = { question, since: performance.now() }
    // Whoever gets the answer may ask again at once, and must not be taken for waiting behind its own question.
    const finish = (): void => {
      running = null
      if (timer !== null) clearTimeout(timer)
      timer = null
    }
    void thread.call(name, question.input).finally(finish).then(question.resolve, question.reject).finally(next)
  }

  return {
    ask(key, input) {
      return new Promise((resolve, reject) => {
        waiting.get(key)?.reject(cancelled())
        waiting.delete(key)
        waiting.set(key, { key, input, resolve, reject })
        if (running?.question.key === key && timer === null) {
          timer = setTimeout(() => thread.cancel(), Math.max(0, patience - (performance.now() - running.since)))
        }
        next()
      })
    },
    cancel(key) {
      waiting.get(key)?.reject(cancelled())
      waiting.delete(key)
      if (running?.question.key === key) thread.cancel()
    },
    forget(owner) {
      if (running?.question.key.startsWith(owner) === true && name === 'operations.run') thread.cancel()
      for (const [key, question] of waiting) {
        if (!key.startsWith(owner)) continue
        waiting.delete(key)
        question.reject(cancelled())
      }
    },
  }
}
