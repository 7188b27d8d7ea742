// The running shell against the security statements about addresses, tokens, Host and files, spoken to over plain sockets.
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../src-main/host/web/headers.ts'
import { type RawAnswer, type Rig, startRig } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.end())

const inside = (): Record<string, string> => ({ Cookie: rig.cookie })

describe('addresses and tokens', () => {
  it('B1 listens on the loopback address only', async () => {
    const taken = await new Promise<boolean>((resolve) => {
      // The same port of every other address is still free, so nothing listens there.
      const probe = createServer()
      probe.once('error', () => resolve(true))
      probe.listen(rig.shell.port, '127.0.0.2', () => probe.close(() => resolve(false)))
    })
    expect(taken).toBe(false)
    expect(rig.shell.origin).toBe(`http://127.0.0.1:${rig.shell.port}`)
  })

  it('B2 picks a free port by default, another one for every shell', async () => {
    const second = await startRig()
    expect(second.shell.port).not.toBe(rig.shell.port)
    expect(second.shell.port).toBeGreaterThan(1023)
    await second.end()
  })

  it('B2 says which port is taken and what to do', async () => {
    await expect(startRig({ port: rig.shell.port })).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringMatching(new RegExp(`Port ${rig.shell.port} is in use.*--port`)),
    })
  })

  it('B3 makes a token of 32 random bytes at every start', async () => {
    const second = await startRig()
    expect(Buffer.from(rig.token, 'base64url')).toHaveLength(32)
    expect(second.token).not.toBe(rig.token)
    await second.end()
  })

  it('B3 writes the token to a file that only its owner may read, when asked', async () => {
    const file = join(rig.folder, 'token')
    const second = await startRig({ tokenFile: file })
    expect(readFileSync(file, 'utf8').trim()).toBe(second.token)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await second.end()
  })

  it('B3 does not start when the token file cannot be written, and frees the port', async () => {
    await expect(startRig({ tokenFile: join(rig.folder, 'absent', 'token') })).rejects.toMatchObject({
      code: 'io-error',
    })
  })
})

describe('Host', () => {
  const foreign = ['interlock.example', 'evil.example:80', '127.0.0.1', 'localhost', '127.0.0.1:1', '0.0.0.0', '']
  it.each(foreign)('B4 refuses the Host header %j with 421 on every path', async (host) => {
    for (const target of ['/', '/assets/index-Ab12.js', `/?token=${rig.token}`, '/wire', '/absent']) {
      expect((await rig.ask(`GET ${target}`, { ...inside(), Host: host })).status, target).toBe(421)
    }
    expect((await rig.upgrade({ Host: host })).status).toBe(421)
  })

  it('B4 refuses a foreign name with our port, as DNS rebinding sends it', async () => {
    const host = `evil.example:${rig.shell.port}`
    expect((await rig.ask('GET /', { ...inside(), Host: host })).status).toBe(421)
    expect((await rig.upgrade({ Host: host, Origin: `http://${host}` })).status).toBe(421)
  })

  it('B4 refuses two Host headers even when both are right', async () => {
    const host = `Host: 127.0.0.1:${rig.shell.port}`
    const answer = await rig.raw(`GET / HTTP/1.1\r\n${host}\r\n${host}\r\nCookie: ${rig.cookie}\r\n\r\n`)
    expect([400, 421]).toContain(answer.status)
  })

  it('B4 answers to every loopback name with our port', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const answer = await rig.ask('GET /', { ...inside(), Host: `${name}:${rig.shell.port}` })
      expect(answer.status, name).toBe(200)
    }
  })

  it('B4 does not take a full address as a path', async () => {
    expect((await rig.ask(`GET ${rig.shell.origin}/index.html`, inside())).status).toBe(400)
  })

  it('B6 ignores forwarded headers', async () => {
    const own = `127.0.0.1:${rig.shell.port}`
    const forwarded = { 'X-Forwarded-Host': own, Forwarded: `host="${own}"`, 'X-Forwarded-Proto': 'http' }
    expect((await rig.ask('GET /', { ...inside(), Host: 'evil.example', ...forwarded })).status).toBe(421)
    const wrong = { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }
    expect((await rig.ask('GET /', { ...inside(), ...wrong })).status).toBe(200)
  })
})

describe('the way in', () => {
  it('B7 turns the token of the first address into a session cookie and moves to the clean address', async () => {
    const answer = await rig.ask(`GET /?token=${rig.token}`)
    expect(answer.status).toBe(303)
    expect(answer.headers['location']).toBe('/')
    expect(answer.headers['set-cookie']).toBe(`${rig.cookie}; Path=/; HttpOnly; SameSite=Strict`)
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).not.toContain(rig.token)
  })

  it('B7 the cookie opens the clean address', async () => {
    const answer = await rig.ask('GET /', inside())
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Stand-in')
  })

  it('B7 a navigation from another site gets a page of ours that moves on, and the cookie', async () => {
    const answer = await rig.ask(`GET /?token=${rig.token}`, { 'Sec-Fetch-Site': 'cross-site' })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toContain(rig.cookie)
    expect(answer.body).toContain('url=/"')
    expect(answer.body).not.toContain(rig.token)
  })

  it('B7 an old address in a browser that is inside moves to the clean one', async () => {
    const answer = await rig.ask('GET /?token=older', inside())
    expect([answer.status, answer.headers['location'], answer.headers['set-cookie']]).toEqual([303, '/', undefined])
  })

  it('B7 the cookie of another port, or a planted second one, does not open it', async () => {
    const other = rig.cookie.replace(/-\d+=/, '-1=')
    expect((await rig.ask('GET /', { Cookie: other })).status).toBe(401)
    expect((await rig.ask('GET /', { Cookie: `${rig.cookie}; interlock-${rig.shell.port}=planted` })).status).toBe(401)
  })

  it.each(['/', '/index.html', '/assets/index-Ab12.js', '/absent', '/?token=', '/?other=1', `/index.html?token=x`])(
    'B8 without a token %s is refused with a page that says what to do',
    async (target) => {
      const answer = await rig.ask(`GET ${target}`)
      expect(answer.status).toBe(401)
      expect(answer.body).toContain('Use the full address that Interlock printed')
      expect(answer.body).not.toContain('Stand-in')
    },
  )

  it('B8 without a token nothing is upgraded and nothing starts', async () => {
    const before = rig.connected.length
    expect((await rig.upgrade({ Cookie: '' })).status).toBe(401)
    expect((await rig.upgrade({ Cookie: rig.cookie.slice(0, -1) })).status).toBe(401)
    expect(rig.connected.length).toBe(before)
  })
})

describe('what is served', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('B9 refuses %s', async (method) => {
    const answer = await rig.ask(`${method} /`, { ...inside(), Origin: 'http://evil.example' })
    expect(answer.status).toBe(405)
    expect(answer.headers['allow']).toBe('GET, HEAD')
  })

  it('B9 HEAD has the headers of GET and no body', async () => {
    const head = await rig.ask('HEAD /', inside())
    const get = await rig.ask('GET /', inside())
    expect(head.body).toBe('')
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' })
  })

  it('B9 serves an empty file', async () => {
    const answer = await rig.ask('GET /empty.txt', inside())
    expect([answer.status, answer.headers['content-length'], answer.body]).toEqual([200, '0', ''])
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '//etc/hostname',
    '/assets/',
    '/assets',
    '/wire',
  ])('B9 gives nothing for %s', async (target) => {
    const answer = await rig.ask(`GET ${target}`, inside())
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret.txt')
  })

  it('B10 every answer has the security headers, and none has a CORS header', async () => {
    const answers: [string, RawAnswer][] = [
      ['page', await rig.ask('GET /', inside())],
      ['asset', await rig.ask('GET /assets/index-Ab12.js', inside())],
      ['way in', await rig.ask(`GET /?token=${rig.token}`)],
      ['no token', await rig.ask('GET /')],
      ['absent', await rig.ask('GET /absent', inside())],
      ['method', await rig.ask('POST /', inside())],
      ['foreign host', await rig.ask('GET /', { Host: 'evil.example' })],
      ['foreign origin', await rig.upgrade({ Origin: 'http://evil.example' })],
      ['not HTTP', await rig.raw('hello\r\n\r\n')],
      ['huge header', await rig.ask('GET /', { ...inside(), 'X-Long': 'a'.repeat(20_000) })],
      ['expectation', await rig.ask('GET /', { ...inside(), Expect: 'a miracle' })],
    ]
    for (const [name, answer] of answers) {
      for (const [header, value] of Object.entries(securityHeaders('browser'))) {
        expect(answer.headers[header.toLowerCase()], `${name}: ${header}`).toBe(value)
      }
      expect(
        Object.keys(answer.headers).filter((header) => header.startsWith('access-control')),
        name,
      ).toEqual([])
    }
  })

  it('B10 the page is never kept, a hashed asset may be', async () => {
    expect((await rig.ask('GET /', inside())).headers['cache-control']).toBe('no-store')
    expect((await rig.ask('GET /assets/index-Ab12.js', inside())).headers['cache-control']).toContain('immutable')
  })
})
