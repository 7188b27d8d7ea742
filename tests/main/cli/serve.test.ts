// `interlock serve` and `interlock open` as programs, with the real host behind them: address, pages, signals, ends.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { hostApi, PROTOCOL_VERSION } from '../../../src-main/contract/api.ts'
import { createCaller } from '../../../src-main/host/call.ts'
import { webSocketWire } from '../../../src-main/host/wires/web-socket.ts'

const program = resolve(import.meta.dirname, 'serve-program.ts')
let folder = ''
let page = ''
const running = new Set<ChildProcess>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-serve-'))
  page = join(folder, 'page')
  mkdirSync(page)
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Stand-in</title>')
  writeFileSync(join(page, 'build-id.txt'), 'build-of-the-test\n')
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Program {
  child: ChildProcess
  out(): string
  err(): string
  /** the address, once it was printed */
  url: Promise<URL>
  ended: Promise<{ code: number | null; signal: string | null }>
}

function start(args: string[], env: Record<string, string> = {}): Program {
  const folders = ['--workspace', join(folder, 'work'), '--data', join(folder, 'data')]
  const child = spawn(process.execPath, [program, page, ...args, ...folders], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: '', DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  })
  running.add(child)
  let out = ''
  let err = ''
  const url = Promise.withResolvers<URL>()
  url.promise.catch(() => undefined)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    const found = /^Interlock is at (http:\S+)/m.exec(out)?.[1]
    if (found !== undefined) url.resolve(new URL(found))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.on('close', (code, signal) => {
      url.reject(new Error(`ended with ${code}: ${err}`))
      done({ code, signal })
    }),
  )
  return { child, out: () => out, err: () => err, url: url.promise, ended }
}

/** Lets a client in by the printed address, as a browser does, and opens the page's wire. */
async function openPage(url: URL): Promise<WebSocket> {
  const answer = await fetch(url, { redirect: 'manual' })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${url.host}/wire`, 'interlock.v1', {
    origin: url.origin,
    headers: { Cookie: cookie },
  })
  await new Promise<void>((done, reject) => {
    socket.once('open', () => done())
    socket.once('error', reject)
  })
  return socket
}

async function portIsFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })
}

describe('serve', () => {
  it('B2 prints one address, and the host answers behind it', async () => {
    const served = start(['serve'])
    const url = await served.url
    expect(url.hostname).toBe('127.0.0.1')
    expect(served.out()).toMatch(/^Interlock is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/)
    const socket = await openPage(url)
    const caller = createCaller<typeof hostApi>(webSocketWire(socket))
    const hello = await caller.call('hello', { protocol: PROTOCOL_VERSION, build: 'build-of-the-test' })
    expect(hello).toMatchObject({ shell: 'browser', nativeDialogs: false, build: 'build-of-the-test' })
    socket.terminate()
  })

  it('B7 the token is printed once and never logged, whatever is asked', async () => {
    const served = start(['serve'])
    const url = await served.url
    const token = url.searchParams.get('token') ?? ''
    await openPage(url)
    await fetch(new URL('/absent', url))
    await fetch(new URL('/?token=wrong', url))
    served.child.kill('SIGTERM')
    await served.ended
    expect(`${served.out()}${served.err()}`.split(token)).toHaveLength(2)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('B14 ends in order on %s and frees the port', async (signal) => {
    const served = start(['serve'])
    const url = await served.url
    const socket = await openPage(url)
    const closed = new Promise<number>((done) => socket.once('close', done))
    served.child.kill(signal)
    expect(await served.ended).toEqual({ code: 0, signal: null })
    expect([1000, 1001]).toContain(await closed)
    expect(await portIsFree(Number(url.port))).toBe(true)
    expect(served.err()).toBe('')
  })

  it('says that a port is taken, and ends with 2', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const served = start(['serve', '--port', String(port)])
    expect(await served.ended).toEqual({ code: 2, signal: null })
    expect(served.err()).toMatch(new RegExp(`^interlock: Port ${port} is in use by another program\\..*--port.*\n$`))
    taken.close()
  })

  it('B3 writes the token file for its owner only', async () => {
    const file = join(folder, 'token.txt')
    const served = start(['serve', '--token-file', file])
    const url = await served.url
    expect(readFileSync(file, 'utf8').trim()).toBe(url.searchParams.get('token'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    [['--bind', '0.0.0.0'], /one address that others will use/],
    [['--bind', '192.0.2.1'], /can be reached from other machines/],
    [['--bind', 'localhost'], /not a literal address/],
    [['--bind', '192.0.2.1', '--allow-connections-from-other-machines'], /--token-file FILE/],
    [['--port', '99999'], /is not a port/],
    [['drawing.interlock'], /takes no FILE/],
  ])('B1 refuses %j and ends with 2', async (args, sentence) => {
    const served = start(['serve', ...args])
    expect(await served.ended).toEqual({ code: 2, signal: null })
    expect(served.err()).toMatch(sentence)
    expect(served.out()).toBe('')
  })

  const other = Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === 'IPv4')
  it.skipIf(other === undefined)(
    'B1 listens on another address with flag and token file, and prints no token',
    async () => {
      const file = join(folder, 'other-token.txt')
      const args = ['--bind', other?.address ?? '', '--allow-connections-from-other-machines', '--token-file', file]
      const served = start(['serve', ...args])
      const url = await served.url
      expect(served.out()).not.toContain(readFileSync(file, 'utf8').trim())
      expect((await fetch(url)).status).toBe(401)
      url.searchParams.set('token', readFileSync(file, 'utf8').trim())
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
    },
  )
})

describe('open', () => {
  it('prints the address and why where there is no display', async () => {
    const opened = start(['open'])
    await opened.url
    await expect.poll(opened.out).toMatch(/\nThere is no display here\. Open the address in a browser\.\n$/)
  })

  it('ends some time after the last page was closed', { timeout: 30_000 }, async () => {
    const opened = start(['open', '--no-browser'])
    const socket = await openPage(await opened.url)
    const began = performance.now()
    socket.close(1001)
    expect(await opened.ended).toEqual({ code: 0, signal: null })
    expect(performance.now() - began).toBeGreaterThan(9_000)
  })

  it('hands a file to the first page', async () => {
    writeFileSync(join(folder, 'given.interlock'), '{}')
    const opened = start(['open', '--no-browser', 'given.interlock'])
    const socket = await openPage(await opened.url)
    const caller = createCaller<typeof hostApi>(webSocketWire(socket))
    const event = new Promise<string>((done) => caller.onEvent((name) => done(name)))
    await caller.call('hello', { protocol: PROTOCOL_VERSION, build: 'build-of-the-test' })
    expect(await event).toBe('open-file')
    socket.terminate()
  })

  it.each([
    [['absent.interlock'], /“absent\.interlock” is not there/],
    [['.'], /“\.” is a folder/],
    [['a', 'b'], /one FILE/],
  ])('refuses %j before anything starts', async (args, sentence) => {
    const opened = start(['open', '--no-browser', ...args])
    expect(await opened.ended).toEqual({ code: 2, signal: null })
    expect(opened.err()).toMatch(sentence)
  })

  it('starts the browser on a launch file that is gone once the page has come', async () => {
    const browser = join(folder, 'chromium')
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/browser-args"\nsleep 30\n`)
    chmodSync(browser, 0o755)
    const opened = start(['open'], { DISPLAY: ':99', INTERLOCK_BROWSER: browser })
    const url = await opened.url
    await expect
      .poll(() => existsSync(join(folder, 'browser-args')) && readFileSync(join(folder, 'browser-args'), 'utf8'))
      .toMatch(/^--app=file:.*launch-.*\.html\n--user-data-dir=.*browser-profile\n/)
    expect(readFileSync(join(folder, 'browser-args'), 'utf8')).not.toContain(url.searchParams.get('token'))
    const launchFiles = (): string[] => readdirSync(join(folder, 'data')).filter((name) => name.startsWith('launch-'))
    expect(launchFiles()).toHaveLength(1)
    await openPage(url)
    await expect.poll(launchFiles, { timeout: 6_000 }).toEqual([])
  })
})
