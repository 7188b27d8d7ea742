// What every wire has to do, as one suite: a transport is right when it passes. Knows transports only as factories.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { InterlockError } from '../../src-main/contract/errors.ts'
import { MAX_CALLS_AT_ONCE, MAX_JSON_DEPTH } from '../../src-main/contract/limits.ts'
import type { Wire } from '../../src-main/contract/wire.ts'
import { createCaller } from '../../src-main/host/call.ts'
import { serve, type Served } from '../../src-main/host/serve.ts'

export interface WirePair {
  host: Wire
  page: Wire
  /** listeners that our wires still have on the transport, on both sides together */
  listeners(): number
  dispose(): Promise<void>
}

export interface WireFactory {
  name: string
  create(): Promise<WirePair>
}

const api = {
  echo: { input: z.object({ value: z.unknown() }), output: z.object({ value: z.unknown() }) },
  add: { input: z.object({ a: z.number(), b: z.number() }), output: z.number() },
  wait: { input: z.object({ name: z.string() }), output: z.string() },
  refuse: { input: z.object({}), output: z.object({}) },
  break: { input: z.object({}), output: z.object({}) },
} as const

const eventually = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 50 && !holds(); i += 1) await new Promise((done) => setImmediate(done))
  for (let i = 0; i < 500 && !holds(); i += 1) await new Promise((done) => setTimeout(done, 10))
  expect(holds()).toBe(true)
}

/** Collects what arrives, and waits until there are so many texts. */
function collect(wire: Wire): { texts: string[]; until(count: number): Promise<void> } {
  const texts: string[] = []
  wire.onMessage((text) => texts.push(text))
  return { texts, until: (count) => eventually(() => texts.length >= count) }
}

export function wireSuite(factory: WireFactory): void {
  describe(`a wire over ${factory.name}`, () => {
    let pair: WirePair

    beforeEach(async () => {
      pair = await factory.create()
    })
    afterEach(async () => {
      pair.host.close()
      pair.page.close()
      await eventually(() => pair.listeners() === 0)
      await pair.dispose()
    })

    transport(() => pair)
    calls(() => pair)
    bad(() => pair)
  })
}

function transport(pair: () => WirePair): void {
  it('carries texts both ways, whole and in order', async () => {
    const texts = ['{}', '', '"ä 漢 😀 \\u0000"', 'x'.repeat(3_000_000), ...Array.from({ length: 200 }, (_, i) => `${i}`)]
    for (const [from, to] of [
      [pair().host, pair().page],
      [pair().page, pair().host],
    ] as const) {
      const got = collect(to)
      for (const text of texts) from.send(text)
      await got.until(texts.length)
      expect(got.texts).toEqual(texts)
    }
  })

  it('keeps messages that arrive before anybody listens', async () => {
    const flag = collect(pair().page)
    pair().page.send('one')
    pair().page.send('two')
    pair().host.send('flag')
    await flag.until(1)
    await new Promise((done) => setTimeout(done, 20))
    const late = collect(pair().host)
    await late.until(2)
    expect(late.texts).toEqual(['one', 'two'])
  })

  for (const side of ['host', 'page'] as const) {
    it(`tells both sides once when the ${side} closes`, async () => {
      const told = { host: 0, page: 0 }
      collect(pair().host)
      collect(pair().page)
      pair().host.onClose(() => (told.host += 1))
      pair().page.onClose(() => (told.page += 1))
      pair()[side].close()
      pair()[side].close()
      await eventually(() => told.host > 0 && told.page > 0)
      await new Promise((done) => setTimeout(done, 20))
      expect(told).toEqual({ host: 1, page: 1 })
    })
  }

  it('delivers what was sent before the close', async () => {
    const got = collect(pair().page)
    let closed = false
    pair().page.onClose(() => (closed = true))
    pair().host.send('last words')
    pair().host.close()
    await eventually(() => closed)
    expect(got.texts).toEqual(['last words'])
  })

  it('after a close says so at once, and sending does nothing', async () => {
    const got = collect(pair().page)
    pair().host.close()
    let told = false
    pair().host.onClose(() => (told = true))
    expect(told).toBe(true)
    pair().host.send('too late')
    await eventually(() => {
      let closed = false
      pair().page.onClose(() => (closed = true))
      return closed
    })
    expect(got.texts).toEqual([])
  })
}

function start(pair: WirePair): { served: Served; log: string[]; release: Map<string, () => void> } {
  const log: string[] = []
  const release = new Map<string, () => void>()
  const served = serve(
    pair.host,
    api,
    {
      echo: ({ value }) => ({ value }),
      add: ({ a, b }) => a + b,
      wait: ({ name }) => new Promise<string>((done) => release.set(name, () => done(name))),
      refuse: () => {
        throw new InterlockError('disk-full', 'There is no room.', { at: 'here' })
      },
      break: () => {
        throw new TypeError(`secret at ${import.meta.filename}`)
      },
    },
    { log: (line) => log.push(line) },
  )
  return { served, log, release }
}

async function failure(promise: Promise<unknown>): Promise<InterlockError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof InterlockError) return error
  throw new Error(`expected an InterlockError, got ${String(error)}`)
}

function calls(pair: () => WirePair): void {
  it('answers calls, overlapping ones each with its own answer', async () => {
    const { release } = start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const first = caller.call('wait', { name: 'first' })
    const second = caller.call('wait', { name: 'second' })
    expect(await caller.call('add', { a: 2, b: 3 })).toBe(5)
    await eventually(() => release.size === 2)
    release.get('second')?.()
    expect(await second).toBe('second')
    release.get('first')?.()
    expect(await first).toBe('first')
  })

  it('carries JSON values unchanged', async () => {
    start(pair())
    const caller = createCaller<typeof api>(pair().page)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value))
        expect(await caller.call('echo', { value })).toEqual({ value: expected })
      }),
      { numRuns: 60 },
    )
  })

  it('carries a declared error with code, sentence and details', async () => {
    start(pair())
    const error = await failure(createCaller<typeof api>(pair().page).call('refuse', {}))
    expect({ ...error, message: error.message }).toMatchObject({
      code: 'disk-full',
      message: 'There is no room.',
      details: { at: 'here' },
    })
  })

  it('tells a defect without stack, path or its own words, and logs it', async () => {
    const { log } = start(pair())
    const error = await failure(createCaller<typeof api>(pair().page).call('break', {}))
    expect(error.code).toBe('internal')
    expect(error.message).not.toMatch(/secret|\.ts|TypeError|:\d/)
    expect(log.join('\n')).toMatch(/TypeError: secret/)
  })

  it('rejects unanswered calls with disconnected when the page closes', async () => {
    const { release } = start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const failed = failure(caller.call('wait', { name: 'never' }))
    await eventually(() => release.size === 1)
    pair().page.close()
    expect((await failed).code).toBe('disconnected')
    expect((await failure(caller.call('add', { a: 1, b: 1 }))).code).toBe('disconnected')
    release.get('never')?.()
  })

  it('rejects unanswered calls with disconnected when the host closes', async () => {
    const { served, release } = start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const failed = [failure(caller.call('wait', { name: 'a' })), failure(caller.call('wait', { name: 'b' }))]
    await eventually(() => release.size === 2)
    served.close()
    expect((await Promise.all(failed)).map((error) => error.code)).toEqual(['disconnected', 'disconnected'])
  })

  it('pushes events to the page', async () => {
    const { served } = start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const events: unknown[] = []
    caller.onEvent((name, payload) => events.push([name, payload]))
    served.push('run-command', { command: 'save' })
    await eventually(() => events.length === 1)
    expect(events).toEqual([['run-command', { command: 'save' }]])
  })
}

function bad(pair: () => WirePair): void {
  const call = (name: unknown, input: unknown): string => JSON.stringify({ t: 'q', m: 'call', i: 'x', a: [name, input] })
  const refused = z.object({ t: z.literal('s'), r: z.object({ error: z.object({ code: z.string(), message: z.string() }) }) })

  const answerTo = async (text: string): Promise<{ code: string; message: string }> => {
    start(pair())
    const got = collect(pair().page)
    pair().page.send(text)
    await got.until(1)
    return refused.parse(JSON.parse(got.texts[0] ?? '')).r.error
  }

  const messages: [string, string][] = [
    ['text that is no JSON', 'hello'],
    ['an empty text', ''],
    ['a cut message', call('add', { a: 1, b: 2 }).slice(0, -5)],
    ['JSON of another shape', '[1,2,3]'],
    ['a call without a name', JSON.stringify({ t: 'q', m: 'call', i: 'x', a: [] })],
    ['a method of the carrier', JSON.stringify({ t: 'q', m: '$close', i: 'x', a: [] })],
    ['the constructor as a method', JSON.stringify({ t: 'q', m: 'constructor', i: 'x', a: ['add', {}] })],
    ['an unknown call', call('launch', {})],
    ['a call named like a word of the language', call('constructor', {})],
    ['a call named __proto__', call('__proto__', {})],
    ['a call named toString', call('toString', {})],
    ['a message nested too deep', call('echo', { value: '#' }).replace('"#"', '['.repeat(400) + ']'.repeat(400))],
    ['ten thousand open brackets', '['.repeat(10_000)],
  ]
  for (const [what, text] of messages) {
    it(`refuses ${what} and goes on`, async () => {
      const { code, message } = await answerTo(text)
      expect(code).toBe('bad-message')
      expect(message.length).toBeGreaterThan(20)
      expect(await createCaller<typeof api>(pair().page).call('add', { a: 20, b: 22 })).toBe(42)
    })
  }

  it('accepts what nests just within the limit', async () => {
    start(pair())
    let value: unknown = 1
    for (let i = 0; i < MAX_JSON_DEPTH; i += 1) value = [value]
    expect(await createCaller<typeof api>(pair().page).call('echo', { value })).toEqual({ value })
  })

  it('names the place of an input that does not fit', async () => {
    start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const error = await failure(caller.pass('add', { a: 1, b: 'two' }))
    expect(error.code).toBe('bad-input')
    expect(error.message).toContain('"b"')
    expect(error.message).toContain('expected a number, found "two"')
  })

  it('refuses more calls at once than allowed, and recovers', async () => {
    const { release } = start(pair())
    const caller = createCaller<typeof api>(pair().page)
    const waiting = Array.from({ length: MAX_CALLS_AT_ONCE }, (_, i) => caller.call('wait', { name: `${i}` }))
    await eventually(() => release.size === MAX_CALLS_AT_ONCE)
    expect((await failure(caller.call('add', { a: 1, b: 1 }))).code).toBe('too-large')
    for (const go of release.values()) go()
    await Promise.all(waiting)
    expect(await caller.call('add', { a: 1, b: 1 })).toBe(2)
  })

  it('survives any garbage: every message is answered or refused, and the next call works', async () => {
    start(pair())
    const frame = fc.record(
      {
        t: fc.oneof(fc.constant('q'), fc.constant('s'), fc.jsonValue()),
        m: fc.oneof(fc.constant('call'), fc.constant('event'), fc.string()),
        i: fc.oneof(fc.string(), fc.jsonValue()),
        a: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.jsonValue()),
        o: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    const garbage = fc.oneof(fc.string(), fc.json(), frame.map((value) => JSON.stringify(value)))
    const got = collect(pair().page)
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        const before = got.texts.length
        pair().page.send(text.toWellFormed())
        await got.until(before + 1)
        expect(() => JSON.parse(got.texts.at(-1) ?? '')).not.toThrow()
      }),
      { numRuns: 150 },
    )
    expect(await createCaller<typeof api>(pair().page).call('add', { a: 1, b: 1 })).toBe(2)
  })
}
