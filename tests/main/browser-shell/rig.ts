// A running browser shell over a tiny stand-in page, and plain sockets to speak to it: an HTTP client would put
// headers of its own into requests that are meant to be wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { decideBind } from '../../../src-main/browser-shell/address.ts'
import { type BrowserShell, type ShellOptions, startBrowserShell } from '../../../src-main/browser-shell/server.ts'

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export interface Rig {
  shell: BrowserShell
  token: string
  cookie: string
  /** sockets that reached the host */
  connected: WebSocket[]
  changes: [open: number, code: number | null][]
  folder: string
  /** sends text as it is and reads until the other side closes */
  raw(text: string): Promise<RawAnswer>
  /** a request line and headers, with our Host unless one is given */
  ask(line: string, headers?: Record<string, string>): Promise<RawAnswer>
  /** the upgrade of our own page, changed by `headers`; an empty value leaves a header out */
  upgrade(headers?: Record<string, string>, target?: string): Promise<RawAnswer>
  /** a real client that is let in */
  page(): Promise<WebSocket>
  end(): Promise<void>
}

export async function startRig(
  options: Partial<Pick<ShellOptions, 'timing' | 'tokenFile' | 'port' | 'bind'>> = {},
): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-shell-'))
  const pageFolder = join(folder, 'page')
  mkdirSync(join(pageFolder, 'assets'), { recursive: true })
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Stand-in</title><p>page</p>')
  writeFileSync(join(pageFolder, 'assets', 'index-Ab12.js'), 'document.title = "ran"')
  writeFileSync(join(pageFolder, 'empty.txt'), '')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  const connected: WebSocket[] = []
  const changes: [number, number | null][] = []
  const shell = await startBrowserShell({
    bind: decideBind({ address: '127.0.0.1', exposed: false, tokenFile: null }),
    port: null,
    pageFolder,
    tokenFile: null,
    connect: (socket) => void connected.push(socket),
    onPages: (open, code) => void changes.push([open, code]),
    ...options,
  })
  const token = new URL(shell.url).searchParams.get('token') ?? ''
  const cookie = `interlock-${shell.port}=${token}`
  const own = `127.0.0.1:${shell.port}`

  const raw = (text: string): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      let received = ''
      const socket: Socket = connect(shell.port, '127.0.0.1', () => socket.write(text))
      socket.setEncoding('utf8')
      socket.setTimeout(8_000, () => socket.destroy(new Error(`no end of the answer: ${received}`)))
      socket.on('data', (data: string) => {
        received += data
        // An accepted upgrade stays open; its head is the answer.
        if (received.startsWith('HTTP/1.1 101') && received.includes('\r\n\r\n')) socket.destroy()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(parse(received)))
    })
  const lines = (line: string, headers: Record<string, string>): string =>
    [
      line,
      ...Object.entries(headers).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])),
      '',
      '',
    ].join('\r\n')

  return {
    shell,
    token,
    cookie,
    connected,
    changes,
    folder,
    raw,
    ask: (line, headers = {}) => raw(lines(`${line} HTTP/1.1`, { Host: own, Connection: 'close', ...headers })),
    upgrade: (headers = {}, target = '/wire') =>
      raw(
        lines(`GET ${target} HTTP/1.1`, {
          Host: own,
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          'Sec-WebSocket-Protocol': 'interlock.v1',
          Origin: shell.origin,
          Cookie: cookie,
          ...headers,
        }),
      ),
    page: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${own}/wire`, 'interlock.v1', {
          origin: shell.origin,
          headers: { Cookie: cookie },
        })
        socket.once('open', () => resolve(socket))
        socket.once('error', reject)
      }),
    end: async () => {
      await shell.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function parse(text: string): RawAnswer {
  const split = text.indexOf('\r\n\r\n')
  const [first = '', ...rest] = text.slice(0, split).split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of rest) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(split + 4) }
}

/** Resolves with the code and the reason with which a socket closes. */
export function closing(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })))
}
