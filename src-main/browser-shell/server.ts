// The browser shell's server: loopback HTTP for the page's files and one WebSocket path for its wire.
// Every decision is made in gate.ts before a file or a frame is touched. Knows nothing of the host behind `connect`.
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WebSocket } from 'ws'
import { InterlockError } from '../contract/errors.ts'
import { fileHeaders } from '../host/web/headers.ts'
import { lookupFile } from '../host/web/static-files.ts'
import { type Bind, ownNames, ownOrigin } from './address.ts'
import { type Answer, cleanAnswer, rawAnswer, refusalAnswer } from './answers.ts'
import { sessionCookie } from './cookie.ts'
import { type Gate, judgeRequest, judgeUpgrade, type Refusal, type RequestFacts } from './gate.ts'
import { createPages } from './pages.ts'
import { createThrottle } from './throttle.ts'
import { createToken, writePrivateFile } from './token.ts'

export interface ShellOptions {
  bind: Bind
  /** null: any free port */
  port: number | null
  /** folder of the built page */
  pageFolder: string
  /** also write the token here, readable by the owner only */
  tokenFile: string | null
  connect(socket: WebSocket): void
  onPages?(open: number, code: number | null): void
  /** milliseconds; only tests set them */
  timing?: { pingEvery: number; firstMessageWithin: number; headersWithin: number }
}

export interface BrowserShell {
  /** address without token, such as `http://127.0.0.1:41234` */
  origin: string
  /** the one address that lets a browser in */
  url: string
  port: number
  /** Closes every connection and frees the port. */
  close(): Promise<void>
}

const usual = { pingEvery: 30_000, firstMessageWithin: 15_000, headersWithin: 10_000 }

/** Enough for 16 pages that each load over six connections; more are somebody's mistake or attack. */
const MAX_SOCKETS = 256

/**
 * Starts the shell.
 * @throws InterlockError `port-taken`, `bad-address`, `permission-denied`, or `io-error` for the token file
 */
export async function startBrowserShell(options: ShellOptions): Promise<BrowserShell> {
  const timing = options.timing ?? usual
  const token = createToken()
  const { address } = options.bind
  const server = createServer({
    // A request without Host is ours to refuse, with our headers.
    requireHostHeader: false,
    headersTimeout: timing.headersWithin,
    requestTimeout: timing.headersWithin,
    connectionsCheckingInterval: Math.min(2_000, timing.headersWithin),
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = MAX_SOCKETS
  const port = await listen(server, address, options.port)
  const origin = ownOrigin(address, port)
  const gate: Gate = {
    names: ownNames(address, port),
    port,
    token,
    throttle: createThrottle(() => performance.now()),
  }
  const pages = createPages({
    connect: options.connect,
    onChange: (open, code) => options.onPages?.(open, code),
    pingEvery: timing.pingEvery,
    firstMessageWithin: timing.firstMessageWithin,
  })

  const answerRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, gate, options.pageFolder).catch(() => response.destroy())
  }
  server.on('request', answerRequest)
  server.on('checkExpectation', answerRequest)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = judgeUpgrade(factsOf(request), gate)
    if (refusal === null) pages.accept(request, socket, head)
    else endWith(socket, refusal)
  })
  // Bytes that are not HTTP, headers that are too large or too slow: the same plain refusal.
  server.on('clientError', (_error, socket) => {
    if (socket.writable) endWith(socket, { kind: 'refuse', status: 400 })
    else socket.destroy()
  })

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((done) => server.close(() => done()))
    await pages.close()
    server.closeAllConnections()
    await closed
  }
  try {
    if (options.tokenFile !== null) await writePrivateFile(options.tokenFile, `${token}\n`)
  } catch (error) {
    await close()
    throw error
  }
  return { origin, url: `${origin}/?token=${token}`, port, close }
}

function factsOf(request: IncomingMessage): RequestFacts {
  return { method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  pageFolder: string,
): Promise<void> {
  const judgement = judgeRequest(factsOf(request), gate)
  switch (judgement.kind) {
    case 'refuse':
      return send(request, response, refusalAnswer(judgement))
    case 'enter':
      return send(request, response, cleanAnswer(sessionCookie(gate.port, gate.token), judgement.fromElsewhere))
    case 'clean':
      return send(request, response, cleanAnswer(null, false))
    case 'file': {
      const file = await lookupFile(pageFolder, judgement.urlPath)
      if (file === null) return send(request, response, refusalAnswer({ kind: 'refuse', status: 404 }))
      response.writeHead(200, fileHeaders('browser', file))
      if (request.method === 'HEAD' || file.size === 0) response.end()
      else await pipeline(createReadStream(file.path, { end: file.size - 1 }), response)
    }
  }
}

function send(request: IncomingMessage, response: ServerResponse, made: Answer): void {
  response.writeHead(made.status, made.headers)
  response.end(request.method === 'HEAD' ? undefined : made.body)
}

/** Answers on a socket that has left the HTTP server, and lets go of it even when the other side never closes. */
function endWith(socket: Duplex, refusal: Refusal): void {
  socket.end(rawAnswer(refusalAnswer(refusal)))
  const timer = setTimeout(() => socket.destroy(), 1_000)
  socket.once('close', () => clearTimeout(timer))
}

function listen(server: Server, address: string, port: number | null): Promise<number> {
  return new Promise((done, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, address, port)))
    server.listen({ host: address, port: port ?? 0 }, () => {
      const bound = server.address()
      if (bound === null || typeof bound === 'string') reject(new Error('The server has no port.'))
      else done(bound.port)
    })
  })
}

function listenError(error: NodeJS.ErrnoException, address: string, port: number | null): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new InterlockError(
        'port-taken',
        `Port ${port} is in use by another program. Choose another number, or leave --port out: a free one is found.`,
      )
    case 'EACCES':
      return new InterlockError(
        'permission-denied',
        `Port ${port} may not be used by this account. Choose a number above 1023, or leave --port out.`,
      )
    case 'EADDRNOTAVAIL':
      return new InterlockError('bad-address', `This machine has no address ${address}. Leave --bind out.`)
    default:
      return error
  }
}
