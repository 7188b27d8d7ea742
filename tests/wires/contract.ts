// What every wire has to do, as one suite: a transport is right when it passes. Knows transports only as factories.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCaller } from '../../src-main/host/call.ts'
import { garbageSuite } from './garbage.ts'
import { api, collect, eventually, failure, start, type WireFactory, type WirePair } from './kit.ts'

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
    garbageSuite(() => pair)
  })
}

function transport(pair: () => WirePair): void {
  it('carries texts both ways, whole and in order', async () => {
    const texts = [
      '{}',
      '',
      '"ä 漢 😀 \\u0000"',
      'x'.repeat(3_000_000),
      ...Array.from({ length: 200 }, (_, i) => `${i}`),
    ]
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
