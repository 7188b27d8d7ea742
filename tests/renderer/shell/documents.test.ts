// Verdict feed and autosave with a host that the test plays.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { InterlockError } from '@contract/errors.ts'
import type { Verdict } from '@contract/verdict.ts'
import type { Caller } from '@page/shell/connection/client.ts'
import { Autosave } from '@page/shell/documents/autosave.ts'
import { VerdictFeed } from '@page/shell/documents/verdict-feed.svelte.ts'

interface Asked {
  name: string
  input: unknown
  answer(value: unknown): void
  fail(error: Error): void
}

function host(): { caller: Caller; asked: Asked[] } {
  const asked: Asked[] = []
  const call = (name: string, input: unknown): Promise<unknown> =>
    new Promise((answer, fail) => asked.push({ name, input, answer, fail }))
  return { asked, caller: { call: call as Caller['call'] } }
}

const verdictOf = (word: string): Verdict => ({
  word,
  mark: 'free',
  sentence: '',
  withheld: null,
  diagnostics: [],
  marks: {},
  evidence: [],
  rule: { name: '', explanation: '', source: '' },
  simulations: [],
})
const tick = async (): Promise<void> => {
  for (let i = 0; i < 6; i += 1) await Promise.resolve()
}

describe('the verdict feed', () => {
  it('keeps one call under way and asks for the newest drawing after it', async () => {
    const { caller, asked } = host()
    let edits = 0
    const model = () => ({ nodes: [{ id: 'P1', kind: 'process', name: `P${edits}` }], edges: [] })
    const feed = new VerdictFeed(caller, { lab: 'deadlock', key: 'k', model, onVerdict: () => undefined })
    feed.ask()
    for (edits = 1; edits < 20; edits += 1) feed.ask()
    expect(asked).toHaveLength(1)
    asked[0]?.answer(verdictOf('old'))
    await tick()
    expect(feed.verdict).toBeNull()
    expect(asked).toHaveLength(2)
    expect(asked[1]?.input).toMatchObject({ model: { nodes: [{ name: 'P20' }] } })
    asked[1]?.answer(verdictOf('new'))
    await tick()
    expect([feed.verdict?.word, feed.state, feed.revision]).toEqual(['new', 'fresh', 1])
  })

  it('keeps the old verdict when a call fails, and says why', async () => {
    const { caller, asked } = host()
    const feed = new VerdictFeed(caller, {
      lab: 'deadlock',
      key: 'k',
      model: () => ({ nodes: [], edges: [] }),
      onVerdict: () => undefined,
    })
    feed.ask()
    asked[0]?.answer(verdictOf('first'))
    await tick()
    feed.ask()
    asked[1]?.fail(new InterlockError('too-large', 'This drawing has too many nodes.'))
    await tick()
    expect([feed.verdict?.word, feed.state, feed.error]).toEqual([
      'first',
      'failed',
      'This drawing has too many nodes.',
    ])
  })

  it('stays pending over a broken connection and asks again when told', async () => {
    const { caller, asked } = host()
    const feed = new VerdictFeed(caller, {
      lab: 'deadlock',
      key: 'k',
      model: () => ({ nodes: [], edges: [] }),
      onVerdict: () => undefined,
    })
    feed.ask()
    asked[0]?.fail(new InterlockError('disconnected', 'gone'))
    await tick()
    expect([feed.state, feed.error]).toEqual(['pending', null])
    feed.ask()
    expect(asked).toHaveLength(2)
  })
})

describe('autosave', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('keeps many edits once per delay, and within a second of the first', () => {
    const { caller, asked } = host()
    let text = ''
    const source = { key: 'k', handle: () => null, text: () => text, dirty: () => true, busy: () => false }
    const autosave = new Autosave(caller, source, () => undefined)
    for (let i = 0; i < 10; i += 1) {
      text = `edit ${i}`
      autosave.touch()
      vi.advanceTimersByTime(95)
    }
    expect(asked.map((call) => call.name)).toEqual(['autosave.keep'])
    expect(autosave.kept).toBe(false)
    vi.advanceTimersByTime(1000)
    expect(asked.at(-1)?.input).toMatchObject({ text: 'edit 9', draft: 'k' })
  })

  it('waits for a verdict that is on its way, and not for ever', () => {
    const { caller, asked } = host()
    let pending = true
    const source = { key: 'k', handle: () => null, text: () => 'x', dirty: () => true, busy: () => pending }
    const autosave = new Autosave(caller, source, () => undefined)
    autosave.touch()
    vi.advanceTimersByTime(650)
    expect(asked).toHaveLength(0)
    pending = false
    vi.advanceTimersByTime(25)
    expect(asked).toHaveLength(1)
    pending = true
    autosave.touch()
    vi.advanceTimersByTime(1000)
    expect(asked).toHaveLength(2)
  })

  it('removes what it kept once the drawing is as in the file', async () => {
    const { caller, asked } = host()
    const autosave = new Autosave(
      caller,
      { key: 'k', handle: () => 'h', text: () => '', dirty: () => false, busy: () => false },
      () => undefined,
    )
    const done = autosave.flush()
    asked[0]?.answer({})
    await done
    expect([asked[0]?.name, autosave.kept]).toEqual(['autosave.discard', true])
  })

  it('counts as kept only after the host answered', async () => {
    const { caller, asked } = host()
    const autosave = new Autosave(
      caller,
      { key: 'k', handle: () => null, text: () => 'x', dirty: () => true, busy: () => false },
      () => undefined,
    )
    autosave.touch()
    vi.advanceTimersByTime(600)
    expect(autosave.kept).toBe(false)
    asked[0]?.fail(new Error('gone'))
    await vi.advanceTimersByTimeAsync(0)
    expect(autosave.kept).toBe(false)
    const again = autosave.flush()
    asked[1]?.answer({})
    await again
    expect(autosave.kept).toBe(true)
  })
})
