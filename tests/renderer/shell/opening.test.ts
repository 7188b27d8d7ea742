// The quiet line about a file that is being opened.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Opening } from '@page/shell/documents/opening.svelte.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const lasting = (milliseconds: number) => () => new Promise<void>((done) => setTimeout(done, milliseconds))

describe('opening a file', () => {
  it('that is small is told only when it takes longer than a glance', async () => {
    const opening = new Opening()
    opening.expect(2_000)
    const quick = opening.during('a.interlock', lasting(200))
    await vi.advanceTimersByTimeAsync(199)
    expect(opening.sentence).toBeNull()
    await vi.advanceTimersByTimeAsync(500)
    await quick
    expect(opening.sentence).toBeNull()
    const slow = opening.during('a.interlock', lasting(900))
    await vi.advanceTimersByTimeAsync(301)
    expect(opening.sentence).toBe('Opening a.interlock…')
    await vi.advanceTimersByTimeAsync(600)
    await slow
    expect(opening.sentence).toBeNull()
  })

  it('that is large is told at once, with its size', async () => {
    const opening = new Opening()
    opening.expect(10.2 * 1024 * 1024)
    const slow = opening.during('big.interlock', lasting(900))
    expect(opening.sentence).toBe('Opening big.interlock, 10 MB…')
    await vi.advanceTimersByTimeAsync(900)
    await slow
  })

  it('that fails leaves no line behind, and hands the failure on', async () => {
    const opening = new Opening()
    const failing = opening.during('a.interlock', () => Promise.reject(new Error('broken')))
    await expect(failing).rejects.toThrow('broken')
    await vi.advanceTimersByTimeAsync(1000)
    expect(opening.sentence).toBeNull()
  })

  it('that is one of two stays told until both are there', async () => {
    const opening = new Opening()
    opening.expect(5 * 1024 * 1024)
    const first = opening.during('one.interlock', lasting(100))
    opening.expect(5 * 1024 * 1024)
    const second = opening.during('two.interlock', lasting(200))
    await vi.advanceTimersByTimeAsync(150)
    await first
    expect(opening.sentence).toBe('Opening two.interlock, 5 MB…')
    await vi.advanceTimersByTimeAsync(100)
    await second
    expect(opening.sentence).toBeNull()
  })
})
