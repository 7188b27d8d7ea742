// What `npm start` decides and asks for, without starting a shell or touching a network.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseShell, type ShellFacts } from '../../../scripts/start/choose-shell.ts'
import { fetchRuntime, findRuntime, installerHost, mayFetch } from '../../../scripts/start/electron-runtime.ts'
import { runElectron } from '../../../scripts/start/run-electron.ts'
import { readStart } from '../../../scripts/start/start-arguments.ts'

describe('chooseShell', () => {
  const facts: ShellFacts = {
    forced: null,
    platform: 'linux',
    root: false,
    display: true,
    sandbox: null,
    runtime: 'here',
  }

  it.each<[Partial<ShellFacts>, string, RegExp | null]>([
    [{}, 'electron', null],
    [{ forced: 'electron' }, 'electron', null],
    [{ platform: 'darwin', display: false }, 'electron', null],
    [{ platform: 'win32', display: false }, 'electron', null],
    [
      { runtime: 'absent' },
      'browser',
      /^Electron's runtime is not here and cannot be fetched, so Interlock opens in your browser\.$/,
    ],
    [{ runtime: 'coming' }, 'browser', /still being fetched for the next start, so/],
    [{ sandbox: 'It needs something' }, 'browser', /^It needs something, so Interlock opens in your browser\.$/],
    [{ sandbox: 'It needs something', forced: 'electron' }, 'none', /^It needs something\. Leave --shell out/],
    [{ sandbox: 'It needs something', platform: 'darwin' }, 'electron', null],
    [{ display: false }, 'browser', /no display for Electron's window, so Interlock runs in the browser shell\.$/],
    [{ root: true }, 'browser', /does not start as root, so/],
    [{ root: true, runtime: 'absent', display: false }, 'browser', /^[^.]*\.$/],
    [{ forced: 'browser' }, 'browser', null],
    [{ forced: 'browser', runtime: 'absent' }, 'browser', null],
    [{ forced: 'electron', runtime: 'absent' }, 'none', /cannot be fetched\. Leave --shell out/],
    [{ forced: 'electron', display: false }, 'none', /no display/],
  ])('%j opens %s', (change, shell, why) => {
    const choice = chooseShell({ ...facts, ...change })
    expect(choice.shell).toBe(shell)
    const said = 'why' in choice ? choice.why : null
    if (why === null) expect(said).toBeNull()
    else expect(said).toMatch(why)
  })
})

describe('readStart', () => {
  it('hands the same wish to either shell', () => {
    expect(readStart(['ring.interlock', '--workspace', 'drawings', '--data=/d'], '/home/ada')).toEqual({
      shell: null,
      electron: ['--workspace', '/home/ada/drawings', '--data', '/d', '/home/ada/ring.interlock'],
      open: ['open', '--workspace=drawings', '--data=/d', '--', 'ring.interlock'],
    })
  })

  it('takes an option of the browser shell as a wish for that shell', () => {
    expect(readStart(['--port', '8080'], '/').shell).toBe('browser')
    expect(readStart(['--stay', '--shell', 'browser'], '/').open).toEqual(['open', '--stay'])
  })

  it.each([
    [['--shell', 'netscape'], /"netscape" is not a shell/],
    [['--shell'], /--shell needs a value/],
    [['--shell', 'electron', '--port', '80'], /--port is about the browser shell/],
    [['--shel', 'browser'], /Did you mean --shell\?/],
    [['a', 'b'], /one FILE/],
    [['--port', 'x'], /is not a port/],
  ])('refuses %j', (argv, sentence) => expect(() => readStart(argv, '/')).toThrow(sentence))
})

describe("Electron's runtime", () => {
  let root = ''
  const put = (name: string, text: string): string => {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'interlock-start-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('is here when the path file names a program that exists', () => {
    expect(findRuntime(root, {})).toBeNull()
    put('node_modules/electron/path.txt', 'electron')
    expect(findRuntime(root, {})).toBeNull()
    const program = put('node_modules/electron/dist/electron', '')
    expect(findRuntime(root, {})).toBe(program)
  })

  it('is here when a folder with it is named', () => {
    const program = put('elsewhere/electron', '')
    expect(findRuntime(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') })).toBe(program)
    expect(findRuntime(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere') })).toBeNull()
  })

  it.each([
    [{}, { host: 'github.com', port: 443 }],
    [{ ELECTRON_MIRROR: 'http://mirror.example:8081/electron/' }, { host: 'mirror.example', port: 8081 }],
    [{ npm_config_electron_mirror: 'https://mirror.example/' }, { host: 'mirror.example', port: 443 }],
    [{ ELECTRON_MIRROR: 'nonsense' }, { host: 'github.com', port: 443 }],
  ])('would come from the host that the installer uses: %j', (env, host) => expect(installerHost(env)).toEqual(host))

  it('is asked for once a day at most, and never when that is switched off', () => {
    const day = 24 * 60 * 60 * 1000
    expect(mayFetch(root, {}, day)).toBe(true)
    put('.cache/electron-tried', String(day))
    expect(mayFetch(root, {}, day + 1)).toBe(false)
    expect(mayFetch(root, {}, 2 * day)).toBe(true)
    expect(mayFetch(root, {}, day - 1)).toBe(true)
    expect(mayFetch(root, { INTERLOCK_NO_FETCH: '1' }, 2 * day)).toBe(false)
    put('.cache/electron-tried', 'damaged')
    expect(mayFetch(root, {}, day)).toBe(true)
  })

  it('gives up at once where the host cannot be reached, silently, and remembers the attempt', async () => {
    const said: string[] = []
    // A port of this machine on which nothing listens.
    const fetching = fetchRuntime(root, { ELECTRON_MIRROR: 'http://127.0.0.1:9/' }, (line) => said.push(line))
    expect(await fetching.ended).toBe(false)
    expect(said).toEqual([])
    expect(mayFetch(root, {}, Date.now())).toBe(false)
  })

  it('is here after the installer ran, and absent when the installer failed', async () => {
    const server = createServer((socket) => socket.end())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const env = { ELECTRON_MIRROR: `http://127.0.0.1:${port}/` }
    put('node_modules/electron/install.js', 'process.exit(1)')
    const said: string[] = []
    expect(await fetchRuntime(root, env, (line) => said.push(line)).ended).toBe(false)
    expect(said).toEqual([expect.stringMatching(/^Fetching Electron's runtime/)])
    put(
      'node_modules/electron/install.js',
      `const fs = require('node:fs'), home = __dirname
       fs.mkdirSync(home + '/dist'); fs.writeFileSync(home + '/dist/electron', ''); fs.writeFileSync(home + '/path.txt', 'electron')`,
    )
    expect(await fetchRuntime(root, env, () => undefined).ended).toBe(true)
    server.close()
  })

  it('is started by argument list, without the variable that would make it plain Node', async () => {
    const program = put(
      'electron',
      `#!/bin/sh\nprintf '%s\\n' "$@" > "${root}/args"\n[ -z "$ELECTRON_RUN_AS_NODE" ] || exit 9\nexit 0\n`,
    )
    chmodSync(program, 0o755)
    const args = ['out/main/electron.js', '--workspace', '/a b; touch pwned', '$(id)']
    expect(await runElectron(program, args, { PATH: process.env['PATH'], ELECTRON_RUN_AS_NODE: '1' })).toEqual({
      code: 0,
      early: false,
    })
    expect(readFileSync(join(root, 'args'), 'utf8').trimEnd().split('\n')).toEqual(args)
  })

  it('is told apart when it fails at once', async () => {
    expect(await runElectron(join(root, 'absent'), [], {})).toEqual({ code: 1, early: true })
  })
})
