// The pure decisions of the browser shell, as tables.
import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { decideBind, ownNames, ownOrigin } from '../../../src-main/browser-shell/address.ts'
import { readCookie, sessionCookie } from '../../../src-main/browser-shell/cookie.ts'
import { type Gate, judgeRequest, judgeUpgrade } from '../../../src-main/browser-shell/gate.ts'
import { createIdleWatch } from '../../../src-main/browser-shell/idle.ts'
import { createThrottle } from '../../../src-main/browser-shell/throttle.ts'
import { createToken, sameToken, writePrivateFile } from '../../../src-main/browser-shell/token.ts'

describe('decideBind', () => {
  it.each(['127.0.0.1', '127.0.0.53', '::1'])('B1 takes the loopback address %s', (address) =>
    expect(decideBind({ address, exposed: false, tokenFile: null })).toEqual({ address, loopback: true }),
  )

  it.each([
    '0.0.0.0',
    '::',
    '0:0:0:0:0:0:0:0',
    '::0.0.0.0',
    'localhost',
    '',
    '127.1',
    '2130706433',
    '::ffff:127.0.0.1',
    '127.0.0.1.evil.example',
  ])('B1 refuses %j, which is not a literal loopback address', (address) =>
    expect(() => decideBind({ address, exposed: false, tokenFile: null })).toThrow(/Leave --bind out|one address/),
  )

  it.each([
    [false, null],
    [true, null],
    [false, '/tmp/token'],
  ])('B1 refuses another address with flag %s and token file %s', (exposed, tokenFile) =>
    expect(() => decideBind({ address: '192.0.2.7', exposed, tokenFile })).toThrow(
      /--allow-connections-from-other-machines and --token-file/,
    ),
  )

  it('B1 takes another address with the long flag and a token file together', () =>
    expect(decideBind({ address: '192.0.2.7', exposed: true, tokenFile: '/tmp/token' })).toEqual({
      address: '192.0.2.7',
      loopback: false,
    }))

  it('B1 never takes the address that means every network, whatever is given', () => {
    for (const address of ['0.0.0.0', '::', '0::0']) {
      expect(() => decideBind({ address, exposed: true, tokenFile: '/tmp/token' })).toThrow(/one address/)
    }
  })
})

describe('ownNames', () => {
  it('B4 lists the exact loopback names with the port', () => {
    const names = ownNames('127.0.0.1', 4000)
    expect([...names.hosts]).toEqual(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000'])
    expect([...names.origins]).toEqual(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])
  })

  it('B4 leaves out port 80, as browsers do', () => expect(ownNames('127.0.0.1', 80).hosts.has('localhost')).toBe(true))

  it('B4 knows only its own address when that is another one', () =>
    expect([...ownNames('192.0.2.7', 4000).hosts]).toEqual(['192.0.2.7:4000']))

  it('writes an IPv6 address in brackets', () => expect(ownOrigin('::1', 4000)).toBe('http://[::1]:4000'))
})

describe('token', () => {
  it('B3 compares equal only what is equal', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameToken(a, b) === (a === b)))
    const token = createToken()
    expect(sameToken(`${token}`, token)).toBe(true)
    expect(sameToken(token.slice(0, -1), token)).toBe(false)
  })

  it('B3 a token file replaces a readable file and a link instead of taking them over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-token-'))
    writeFileSync(join(folder, 'open'), 'old', { mode: 0o644 })
    writeFileSync(join(folder, 'target'), 'untouched')
    symlinkSync(join(folder, 'target'), join(folder, 'link'))
    for (const name of ['open', 'link']) {
      await writePrivateFile(join(folder, name), 'new')
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(folder, name), 'utf8')).toBe('new')
    }
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(false)
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('untouched')
    rmSync(folder, { recursive: true })
  })
})

describe('cookie', () => {
  it('B7 has the port in its name and the strict attributes', () =>
    expect(sessionCookie(4000, 'abc')).toBe('interlock-4000=abc; Path=/; HttpOnly; SameSite=Strict'))

  it.each([
    [['interlock-1=abc'], 'abc'],
    [['a=1; interlock-1=abc; b=2'], 'abc'],
    [['interlock-1=a=b'], 'a=b'],
    [['interlock-1=abc; interlock-1=abc'], 'abc'],
    [['interlock-1=abc; interlock-1=def'], null],
    [['interlock-1=abc', 'interlock-1=def'], null],
    [['interlock-12=abc'], null],
    [['xinterlock-1=abc'], null],
    [['interlock-1'], null],
    [[], null],
  ])('reads %j as %j', (headers, value) => expect(readCookie(headers, 'interlock-1')).toBe(value))
})

describe('throttle', () => {
  it('B15 pauses after the tenth wrong token of a minute, for a minute', () => {
    let now = 1_000
    const throttle = createThrottle(() => now)
    for (let i = 0; i < 9; i++) expect(throttle.wrongToken()).toBe(false)
    expect(throttle.pause()).toBe(0)
    expect(throttle.wrongToken()).toBe(true)
    expect(throttle.pause()).toBe(60_000)
    now += 60_000
    expect(throttle.pause()).toBe(0)
    expect(throttle.wrongToken()).toBe(false)
  })

  it('B15 does not pause for wrong tokens that are spread over more than a minute', () => {
    let now = 0
    const throttle = createThrottle(() => now)
    for (let i = 0; i < 50; i++) {
      expect(throttle.wrongToken()).toBe(false)
      now += 6_700
    }
  })

  it('B15 counts a stale cookie once, and guessed cookies each', () => {
    const throttle = createThrottle(() => 0)
    for (let i = 0; i < 100; i++) throttle.wrongCookie('stale')
    expect(throttle.pause()).toBe(0)
    for (let i = 0; i < 9; i++) throttle.wrongCookie(`guess ${i}`)
    expect(throttle.pause()).toBeGreaterThan(0)
  })
})

describe('the gate', () => {
  const gate = (): Gate => ({
    names: ownNames('127.0.0.1', 4000),
    port: 4000,
    token: 'right',
    throttle: createThrottle(() => 0),
  })
  const get = (target: string, headers: Record<string, string> = {}): Parameters<typeof judgeRequest>[0] => ({
    method: 'GET',
    target,
    rawHeaders: Object.entries({ Host: '127.0.0.1:4000', ...headers }).flat(),
  })

  it('B6 judges the same with and without forwarded headers', () => {
    const forwarded = {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-For': '192.0.2.1',
      Forwarded: 'host=evil.example',
    }
    for (const facts of [{}, { Cookie: 'interlock-4000=right' }, { Host: 'evil.example' }]) {
      expect(judgeRequest(get('/', { ...facts, ...forwarded }), gate())).toEqual(judgeRequest(get('/', facts), gate()))
    }
  })

  it('lets no request through that lacks the right Host or the right token, whatever else it holds', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('right', '127.0.0.1:4000', 'http://127.0.0.1:4000'))
    fc.assert(
      fc.property(text, text, text, (host, cookie, token) => {
        const facts = get(`/?token=${encodeURIComponent(token)}`, { Host: host, Cookie: `interlock-4000=${cookie}` })
        const judgement = judgeRequest(facts, gate())
        const ours = ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000'].includes(host)
        if (judgement.kind !== 'refuse') expect(ours && (cookie.trim() === 'right' || token === 'right')).toBe(true)
      }),
    )
  })

  it('needs cookie, Host and Origin together for an upgrade', () => {
    const full = {
      Upgrade: 'websocket',
      Origin: 'http://127.0.0.1:4000',
      Cookie: 'interlock-4000=right',
      'Sec-WebSocket-Protocol': 'interlock.v1',
    }
    expect(judgeUpgrade(get('/wire', full), gate())).toBeNull()
    for (const name of Object.keys(full)) {
      const less = Object.fromEntries(Object.entries(full).filter(([key]) => key !== name))
      expect(judgeUpgrade(get('/wire', less), gate()), name).not.toBeNull()
    }
    expect(judgeUpgrade(get('/wire', { ...full, Host: '' }), gate())).toMatchObject({ status: 421 })
    expect(judgeUpgrade({ ...get('/wire', full), method: 'POST' }, gate())).toMatchObject({ status: 405 })
  })
})

describe('the idle watch', () => {
  afterEach(() => vi.useRealTimers())
  const start = (): { ended: () => number; watch: ReturnType<typeof createIdleWatch> } => {
    vi.useFakeTimers()
    let ended = 0
    const watch = createIdleWatch(() => ended++, { afterClosing: 10_000, afterLoss: 120_000 })
    return { ended: () => ended, watch }
  }

  it('B14 ends after the grace time when the last page was closed', () => {
    const { ended, watch } = start()
    watch.changed(1, null)
    watch.changed(0, 1001)
    vi.advanceTimersByTime(9_999)
    expect(ended()).toBe(0)
    vi.advanceTimersByTime(1)
    expect(ended()).toBe(1)
  })

  it('B14 does not end when the page comes back, or another one is open', () => {
    const { ended, watch } = start()
    watch.changed(1, null)
    watch.changed(0, 1001)
    vi.advanceTimersByTime(5_000)
    watch.changed(1, null)
    watch.changed(2, null)
    watch.changed(1, 1001)
    vi.advanceTimersByTime(1_000_000)
    expect(ended()).toBe(0)
  })

  it('B14 waits longer for a page that was lost without goodbye', () => {
    const { ended, watch } = start()
    watch.changed(0, 1006)
    vi.advanceTimersByTime(119_999)
    expect(ended()).toBe(0)
    vi.advanceTimersByTime(1)
    expect(ended()).toBe(1)
  })

  it('does nothing before the first page and after it was stopped', () => {
    const { ended, watch } = start()
    vi.advanceTimersByTime(1_000_000)
    watch.changed(0, 1001)
    watch.stop()
    vi.advanceTimersByTime(1_000_000)
    expect(ended()).toBe(0)
  })
})
