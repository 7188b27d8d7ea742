// `interlock open` and `interlock serve`: the host behind the browser shell, from the first line to a graceful end.
import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { decideBind, DEFAULT_ADDRESS, EXPOSE_FLAG } from '../browser-shell/address.ts'
import { createIdleWatch } from '../browser-shell/idle.ts'
import { type Opening, openBrowser } from '../browser-shell/open-browser.ts'
import { startBrowserShell } from '../browser-shell/server.ts'
import { InterlockError } from '../contract/errors.ts'
import { cacheFolder } from '../host/cache.ts'
import { createHost } from '../host/host.ts'
import { webSocketWire } from '../host/wires/web-socket.ts'
import { fileError } from '../services/files/errors.ts'
import { type Arguments, parseArguments, portOption, textOption } from './arguments.ts'
import { buildPage } from './build-page.ts'
import { RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'
import { dataFolder, type Places, workspaceFolder } from './places.ts'
import { openOptions, serveOptions } from './serve-options.ts'

/** @returns the exit code, once everything is closed */
export async function serve(argv: readonly string[], io: Io, places: Places): Promise<number> {
  const args = parseArguments('interlock serve', argv, serveOptions)
  if (args.positionals.length > 0) {
    throw new InterlockError(
      'bad-input',
      'interlock serve takes no FILE. Open it in the page, or use interlock open FILE.',
    )
  }
  return run(args, io, places, { file: null, look: false, browser: false, stay: true })
}

/** @returns the exit code, once everything is closed */
export async function open(argv: readonly string[], io: Io, places: Places): Promise<number> {
  const args = parseArguments('interlock open', argv, openOptions)
  const [name, ...more] = args.positionals
  if (more.length > 0) throw new InterlockError('bad-input', 'Give one FILE at a time.')
  const file = name === undefined ? null : resolve(io.cwd, name)
  if (name !== undefined && file !== null) mustBeFile(file, name)
  const look = args.values.has('look')
  if (look && file === null) {
    throw new InterlockError('bad-input', '--look opens a FILE to look only. Name the FILE, or leave --look out.')
  }
  const browser = !args.values.has('no-browser')
  return run(args, io, places, { file, look, browser, stay: args.values.has('stay') })
}

function mustBeFile(path: string, name: string): void {
  try {
    if (statSync(path).isDirectory())
      throw new InterlockError('not-a-file', `“${name}” is a folder. Name a drawing in it.`)
  } catch (error) {
    throw fileError(error, 'open', name)
  }
}

interface Wish {
  /** absolute path of a drawing to open */
  file: string | null
  /** to look only */
  look: boolean
  browser: boolean
  /** do not end when the last page has gone */
  stay: boolean
}

async function run(args: Arguments, io: Io, places: Places, wish: Wish): Promise<number> {
  const tokenFile = textOption(args, 'token-file')
  const bind = decideBind({
    address: textOption(args, 'bind') ?? DEFAULT_ADDRESS,
    exposed: args.values.has(EXPOSE_FLAG),
    tokenFile,
  })
  const port = portOption(args)
  const person = { platform: process.platform, env: io.env, home: homedir() }
  const folder = (option: string, usual: string): string => resolve(io.cwd, textOption(args, option) ?? usual)
  const data = folder('data', dataFolder(person))
  await buildPage(places)

  const log = (line: string): void => io.err(`interlock: ${line}\n`)
  const host = createHost({
    build: readFileSync(join(places.page, 'build-id.txt'), 'utf8').trim(),
    shell: 'browser',
    workspace: folder('workspace', workspaceFolder(person)),
    data,
    labsFolder: places.labs,
    dialogs: null,
    log,
  })
  let opening: Opening | null = null
  const end = endOfRun()
  const idle = createIdleWatch(end.now)
  try {
    const shell = await startBrowserShell({
      bind,
      port,
      pageFolder: places.page,
      tokenFile: tokenFile === null ? null : resolve(io.cwd, tokenFile),
      connect: (socket) => void host.connect(webSocketWire(socket)),
      onPages: (open, code) => {
        if (open > 0) opening?.done()
        if (!wish.stay) idle.changed(open, code)
      },
    })
    try {
      if (wish.file !== null) await host.openPath(wish.file, { look: wish.look })
      io.out(`Interlock is at ${bind.loopback ? shell.url : `${shell.origin}/ (token in ${tokenFile ?? ''})`}\n`)
      if (wish.browser) {
        opening = await openBrowser(shell.url, { data, cache: cacheFolder(person) })
        void opening.why.then((why) => {
          if (why !== null) io.out(`${why} Open the address in a browser.\n`)
        })
      }
      await end.reached
    } finally {
      idle.stop()
      opening?.done()
      await shell.close()
    }
  } finally {
    end.forget()
    await host.close()
  }
  return RIGHT
}

/** The end that a signal or `now` asks for. A second signal, for somebody in a hurry, ends the process at once. */
function endOfRun(): { reached: Promise<void>; now(): void; forget(): void } {
  const { promise, resolve: now } = Promise.withResolvers<void>()
  let asked = false
  const onSignal = (): void => {
    if (asked) process.exit(130)
    asked = true
    now()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    reached: promise,
    now,
    forget: () => {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}
