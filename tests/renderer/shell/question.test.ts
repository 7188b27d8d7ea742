// A question that a view asks the host again and again: once for one input, the newest answer holds, and it is asked
// again by itself when the connection was lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InterlockError } from '@contract/errors.ts'
import type { OpenDocument } from '@page/shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '@page/shell/documents/question.svelte.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(compute: (input: unknown) => Promise<unknown>, after?: number) {
  const asked: unknown[] = []
  const stopped: string[] = []
  const doc = {
    compute: (_operation: string, _key: string, input: unknown) => (asked.push(input), compute(input)),
    stopComputing: (key: string) => (stopped.push(key), Promise.resolve()),
  } as unknown as OpenDocument
  return { question: new Question<unknown>(doc, 'banker', after), asked, stopped }
}
const settled = () => vi.advanceTimersByTimeAsync(0)

describe('a question', () => {
  it('is asked once for one input, and its newest answer holds', async () => {
    const { question, asked } = open((input) => Promise.resolve(input))
    question.ask({ a: 1 })
    question.ask({ a: 1 })
    question.ask({ a: 2 })
    await settled()
    expect(asked).toEqual([{ a: 1 }, { a: 2 }])
    expect(question.answer).toEqual({ a: 2 })
    expect(question.fresh).toBe(true)
    question.ask(null)
    expect(question.answer).toBeNull()
  })

  it('that waits for further changes keeps its old answer meanwhile, and asks the newest alone', async () => {
    const { question, asked } = open((input) => Promise.resolve(input), 100)
    question.ask({ a: 1 })
    await settled()
    question.ask({ a: 2 })
    await vi.advanceTimersByTimeAsync(50)
    question.ask({ a: 3 })
    expect([question.answer, question.fresh]).toEqual([{ a: 1 }, false])
    await vi.advanceTimersByTimeAsync(100)
    expect(asked).toEqual([{ a: 1 }, { a: 3 }])
    expect([question.answer, question.fresh]).toEqual([{ a: 3 }, true])
  })

  it('shows what is wrong with the input until the input is right', async () => {
    const { question } = open((input) =>
      input !== null && 'right' in (input as object)
        ? Promise.resolve('yes')
        : Promise.reject(new InterlockError('bad-input', 'allocation: expected rows of numbers.')),
    )
    question.ask({ a: 1 })
    await settled()
    expect(question.error).toBe('allocation: expected rows of numbers.')
    question.ask({ right: 1 })
    await settled()
    expect([question.error, question.answer]).toEqual([null, 'yes'])
  })

  it('is asked again by itself after the connection was lost', async () => {
    let back = false
    const { question, asked } = open(() =>
      back ? Promise.resolve('here') : Promise.reject(new InterlockError('disconnected', 'gone')),
    )
    question.ask({ a: 1 })
    await settled()
    expect([question.error, question.answer]).toEqual([null, null])
    back = true
    await vi.advanceTimersByTimeAsync(2000)
    expect(question.answer).toBe('here')
    expect(asked).toHaveLength(2)
  })

  it('that a person stopped stays stopped until it is asked again', async () => {
    let end = (_: Error): void => undefined
    const { question, asked, stopped } = open(() => new Promise((_, reject) => (end = reject)))
    question.ask({ a: 1 })
    question.stop()
    end(new InterlockError('cancelled', 'stopped'))
    await vi.advanceTimersByTimeAsync(5000)
    question.ask({ a: 1 })
    expect(stopped).toEqual(['banker'])
    expect(asked).toHaveLength(1)
    expect(question.error).toBeNull()
    question.again()
    question.ask({ a: 1 })
    expect(asked).toHaveLength(2)
  })
})

it('what is kept for a drawing is made once for each', () => {
  const made: unknown[] = []
  const keptOf = keptFor((doc) => (made.push(doc), { doc }))
  const [one, other] = [{}, {}] as unknown as [OpenDocument, OpenDocument]
  expect(keptOf(one)).toBe(keptOf(one))
  expect(keptOf(other)).not.toBe(keptOf(one))
  expect(made).toEqual([one, other])
})
