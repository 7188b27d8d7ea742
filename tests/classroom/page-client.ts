// A page without a browser: enters the browser shell by its printed address, as a browser does, and speaks the real
// protocol through the page's own client.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '@contract/api.ts'
import type { Wire } from '@contract/wire.ts'
import { HostClient } from '../../src-renderer/shell/connection/client.ts'

export interface Served {
  child: ChildProcess
  /** the printed address, with its token */
  url: string
  /** everything that was printed so far */
  output(): string
}

export interface Start {
  program: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
  gid?: number
}

/** Starts a host in a process of its own and waits for its address. */
export async function startServing({ program, args, ...options }: Start): Promise<Served> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const address = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 30 s:\n${output}`)), 30_000)
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(output)?.[0]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', reject)
    child.on('exit', (code, signal) => reject(new Error(`ended with ${String(code ?? signal)}:\n${output}`)))
  })
  return { child, url: await address, output: () => output }
}

/** Ends a process that a test started, and waits until it is gone. */
export async function endServing({ child }: Pick<Served, 'child'>, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

export interface Visit {
  origin: string
  cookie: string
  /** a file of the page, as the browser gets it */
  get(path: string): Promise<Response>
}

/** Follows the printed address: the token becomes a cookie. */
export async function visit(url: string): Promise<Visit> {
  const { origin } = new URL(url)
  const entered = await fetch(url, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`no cookie came with status ${entered.status}`)
  const headers = { cookie }
  return { origin, cookie, get: (path) => fetch(new URL(path, origin), { headers }) }
}

export interface PageClient extends Pick<HostClient, 'call'> {
  /** settles when the connection is gone */
  closed: Promise<void>
  close(): void
}

/** A page that has said hello. */
export async function connectPage({ origin, cookie, get }: Visit): Promise<PageClient> {
  const build = (await (await get('/build-id.txt')).text()).trim()
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/wire`, 'interlock.v1', { origin, headers: { cookie } })
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  // A connection that breaks is seen by its close.
  socket.on('error', () => undefined)
  await Promise.race([once(socket, 'open'), closed])
  if (socket.readyState !== WebSocket.OPEN) throw new Error('the host did not take the connection')
  const wire: Wire = {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(data.toString('utf8'))),
    onClose: (listener) => void closed.then(listener),
    close: () => socket.close(),
  }
  const client = new HostClient(wire)
  await client.call('hello', { protocol: PROTOCOL_VERSION, build })
  return { call: (name, input) => client.call(name, input), closed, close: () => client.close() }
}
