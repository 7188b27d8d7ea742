// The running shell against the statements about its one WebSocket path, its limits and its end.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_CONNECTIONS } from '../../../src-main/contract/limits.ts'
import { closing, type Rig, startRig } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.end())

describe('the upgrade', () => {
  it('B5 lets our own page in', async () => {
    const answer = await rig.upgrade()
    expect(answer.status).toBe(101)
    expect(answer.headers['sec-websocket-protocol']).toBe('interlock.v1')
  })

  it.each([
    ['missing', ''],
    ['null', 'null'],
    ['foreign', 'http://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['another scheme', 'https://127.0.0.1'],
    ['file', 'file://'],
  ])('B5 refuses a %s Origin', async (_, origin) => {
    expect((await rig.upgrade({ Origin: origin })).status).toBe(403)
  })

  it('B5 refuses an Origin that equals a foreign Host', async () => {
    const answer = await rig.upgrade({ Host: 'evil.example', Origin: 'http://evil.example' })
    expect(answer.status).toBe(421)
  })

  it.each(['/wire/', '/wire?x=1', '/', '/wires', '/WIRE', '//wire'])('B11 refuses the path %s', async (target) => {
    expect((await rig.upgrade({}, target)).status).toBe(404)
  })

  it.each([
    ['missing', ''],
    ['another', 'chat'],
    ['another version', 'interlock.v2'],
    ['several', 'interlock.v1, chat'],
  ])('B11 refuses a %s subprotocol', async (_, protocol) => {
    expect((await rig.upgrade({ 'Sec-WebSocket-Protocol': protocol })).status).toBe(400)
  })

  it('B11 refuses an upgrade to anything but WebSocket', async () => {
    expect((await rig.upgrade({ Upgrade: 'h2c' })).status).toBe(426)
  })

  it('B12 has compression off even when it is offered', async () => {
    const answer = await rig.upgrade({ 'Sec-WebSocket-Extensions': 'permessage-deflate' })
    expect(answer.status).toBe(101)
    expect(answer.headers['sec-websocket-extensions']).toBeUndefined()
  })

  it('B13 every client gets a session of its own', async () => {
    const own = await startRig()
    const [first, second] = [await own.page(), await own.page()]
    expect(new Set(own.connected).size).toBe(2)
    const got = new Promise<string>((resolve) => own.connected[1]?.once('message', (data) => resolve(String(data))))
    own.connected[0]?.once('message', () => expect.unreachable('a message reached the session of another page'))
    second.send('for the second')
    expect(await got).toBe('for the second')
    expect(first.readyState).toBe(first.OPEN)
    await own.end()
  })
})

describe('limits', () => {
  it('B12 closes a page that sends a message beyond the limit, and the others stay', async () => {
    const own = await startRig()
    const [large, other] = [await own.page(), await own.page()]
    const closed = closing(large)
    large.on('error', () => undefined)
    large.send(Buffer.alloc(24 * 1024 * 1024 * 3 + 1))
    expect((await closed).code).toBe(1009)
    expect(other.readyState).toBe(other.OPEN)
    await own.end()
  })

  it(`B12 lets ${MAX_CONNECTIONS} pages in and tells the next one why it has to wait`, async () => {
    const own = await startRig()
    for (let i = 0; i < MAX_CONNECTIONS; i++) await own.page()
    const closed = await closing(await own.page())
    expect(closed).toEqual({ code: 1013, reason: `Interlock has ${MAX_CONNECTIONS} pages open. Close one first.` })
    expect(own.connected).toHaveLength(MAX_CONNECTIONS)
    await own.end()
  })

  it('B12 drops a page that does not answer pings, and keeps one that does', async () => {
    const own = await startRig({ timing: { pingEvery: 60, firstMessageWithin: 5_000, headersWithin: 5_000 } })
    const [silent, alive] = [await own.page(), await own.page()]
    silent.pause()
    await expect.poll(() => own.changes.at(-1)?.[0], { timeout: 5_000 }).toBe(1)
    await sleep(200)
    expect(alive.readyState).toBe(alive.OPEN)
    silent.terminate()
    await own.end()
  })

  it('B12 closes a page that never says anything and a client that never ends its headers', async () => {
    const own = await startRig({ timing: { pingEvery: 5_000, firstMessageWithin: 100, headersWithin: 100 } })
    const [mute, speaking] = [await own.page(), await own.page()]
    speaking.send('{}')
    expect((await closing(mute)).code).toBe(1008)
    expect((await own.raw('GET / HTTP/1.1\r\nX-Slow: ')).status).toBe(400)
    expect(speaking.readyState).toBe(speaking.OPEN)
    await own.end()
  })

  it('B14 closing frees the port, tells the pages, and waits for no page that is suspended', async () => {
    const own = await startRig()
    const [page, suspended] = [await own.page(), await own.page()]
    suspended.pause()
    const closed = closing(page)
    const start = performance.now()
    await own.end()
    expect(performance.now() - start).toBeLessThan(3_000)
    expect((await closed).code).toBe(1001)
    const again = await startRig({ port: own.shell.port })
    expect(again.shell.port).toBe(own.shell.port)
    await again.end()
    suspended.terminate()
  })

  it('B15 ten wrong tokens in a minute lead to a pause, in which whoever is inside stays inside', async () => {
    const own = await startRig()
    for (let i = 0; i < 10; i++) expect((await own.ask(`GET /?token=wrong${i}`)).status).toBe(401)
    const paused = await own.ask(`GET /?token=${own.token}`)
    expect(paused.status).toBe(429)
    expect(Number(paused.headers['retry-after'])).toBeGreaterThan(50)
    expect((await own.upgrade({ Cookie: `interlock-${own.shell.port}=guess` })).status).toBe(429)
    expect((await own.ask('GET /', { Cookie: own.cookie })).status).toBe(200)
    expect((await own.upgrade()).status).toBe(101)
    await own.end()
  })
})
