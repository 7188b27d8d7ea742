// What every wire does with messages that are no calls: refuses them with a sentence and goes on.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { MAX_CALLS_AT_ONCE, MAX_JSON_DEPTH } from '../../src-main/contract/limits.ts'
import { createCaller } from '../../src-main/host/call.ts'
import { api, collect, eventually, failure, start, type WirePair } from './kit.ts'

export function garbageSuite(pair: () => WirePair): void {
  const call = (name: unknown, input: unknown): string =>
    JSON.stringify({ t: 'q', m: 'call', i: 'x', a: [name, input] })
  const refused = z.object({
    t: z.literal('s'),
    r: z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
  })

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
    const garbage = fc.oneof(
      fc.string(),
      fc.json(),
      frame.map((value) => JSON.stringify(value)),
    )
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
