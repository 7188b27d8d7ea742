// Verdicts one at a time: only the newest question of a key waits, a slow unwanted one is cancelled, a crash is survived.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngineThread, type EngineThread, workerUrl } from '../../../../src-main/host/engine/thread.ts'
import { createVerdicts, type Verdicts } from '../../../../src-main/host/engine/verdicts.ts'
import { refusal } from '../stand-in.ts'

let thread: EngineThread
let verdicts: Verdicts
let log: string[]

beforeEach(async () => {
  log = []
  thread = createEngineThread((line) => log.push(line), new URL('./odd-worker.ts', import.meta.url), 64)
  verdicts = createVerdicts(thread, 300)
  await thread.ready()
})
afterEach(() => thread.close())

const ask = (key: string, model: Record<string, unknown>): Promise<unknown> =>
  verdicts.ask(key, { lab: 'deadlock', key, model })

/** Lets the question begin that was asked last. */
const begins = (): Promise<void> => new Promise((done) => setTimeout(done, 20))

describe('questions', () => {
  it('that have not begun because the worker only starts give way, and starting is not held against them', async () => {
    const cold = createEngineThread(() => undefined, new URL('./odd-worker.ts', import.meta.url))
    const queue = createVerdicts(cold, 0)
    const put = (name: string): Promise<unknown> => queue.ask('a', { lab: 'deadlock', key: 'a', model: { name } })
    const first = refusal(put('first'))
    const last = put('last')
    expect((await first).code).toBe('cancelled')
    expect(await last).toEqual({ name: 'last', answered: 1 })
    await cold.close()
  })

  it('of one key: those that have not begun give way to the newest', async () => {
    const first = ask('a', { name: 'first', busy: 150 })
    await begins()
    const second = refusal(ask('a', { name: 'second' }))
    const third = refusal(ask('a', { name: 'third' }))
    const last = ask('a', { name: 'last' })
    expect((await second).code).toBe('cancelled')
    expect((await third).code).toBe('cancelled')
    expect(await first).toEqual({ name: 'first', answered: 1 })
    expect(await last).toEqual({ name: 'last', answered: 2 })
  })

  it('of different keys are all answered', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((key) => ask(key, { name: key, busy: 20 })))
    expect(answers).toMatchObject([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
  })

  it('that run long while a newer one waits are cancelled, and the newer one is answered', async () => {
    await ask('a', { name: 'warm' })
    const begun = performance.now()
    const slow = refusal(ask('a', { name: 'slow', busy: 20_000 }))
    await begins()
    const next = ask('a', { name: 'next' })
    expect((await slow).code).toBe('cancelled')
    expect(performance.now() - begun).toBeGreaterThan(250)
    expect(await next).toMatchObject({ name: 'next' })
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  it('that run long with nobody waiting are left alone', async () => {
    expect(await ask('a', { name: 'long', busy: 600 })).toMatchObject({ name: 'long' })
  })

  it('of another key do not cancel a long one', async () => {
    const long = ask('a', { name: 'long', busy: 500 })
    const other = ask('b', { name: 'other' })
    expect(await long).toMatchObject({ name: 'long' })
    expect(await other).toMatchObject({ name: 'other' })
  })

  it('that somebody cancels fail at once, running or not, and the next one is answered', async () => {
    await ask('a', { name: 'warm' })
    const begun = performance.now()
    const running = refusal(ask('a', { name: 'running', busy: 20_000 }))
    await begins()
    const waiting = refusal(ask('b', { name: 'waiting' }))
    verdicts.cancel('b')
    expect((await waiting).code).toBe('cancelled')
    verdicts.cancel('another')
    verdicts.cancel('a')
    expect((await running).code).toBe('cancelled')
    expect(await ask('a', { name: 'next' })).toMatchObject({ name: 'next' })
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('of a page that is gone are forgotten before they begin', async () => {
    const running = ask('page/a', { name: 'running', busy: 100 })
    await begins()
    const waiting = refusal(ask('page/b', { name: 'waiting' }))
    verdicts.forget('page/')
    expect((await waiting).code).toBe('cancelled')
    expect(await running).toMatchObject({ name: 'running' })
  })
})

describe('a worker that ends', () => {
  it.each([
    ['by itself', { exit: true }],
    ['for lack of memory', { memory: true }],
  ])('%s costs one answer; the next question gets a fresh worker', async (_name, model) => {
    expect((await refusal(ask('a', model))).code).toBe('internal')
    expect(await ask('a', { name: 'after' })).toEqual({ name: 'after', answered: 1 })
  })

  it('because the host closes rejects with disconnected', async () => {
    const pending = refusal(ask('a', { busy: 5000 }))
    await new Promise((done) => setTimeout(done, 200))
    await thread.close()
    expect((await pending).code).toBe('disconnected')
    expect((await refusal(ask('a', {}))).code).toBe('disconnected')
  })
})

it('the worker of a build stands beside its entry, or one folder above a chunk', () => {
  expect(workerUrl('file:///app/src-main/host/engine/thread.ts').href).toBe(
    'file:///app/src-main/host/engine/worker.ts',
  )
  expect(workerUrl('file:///app/out/main/chunks/host-abc.js').href).toBe('file:///app/out/main/engine-worker.js')
})
