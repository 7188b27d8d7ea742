// Which browser is chosen, how it is started, and that the token stays out of its arguments.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, findChromium } from '../../../scripts/chromium.ts'
import { type BrowserFacts, chooseBrowser } from '../../../src-main/browser-shell/choose-browser.ts'
import { findProgram, launchPage, openBrowser } from '../../../src-main/browser-shell/open-browser.ts'
import { startRig } from './rig.ts'

const facts = (change: Partial<BrowserFacts> & { programs?: string[] }): BrowserFacts => ({
  platform: 'linux',
  env: { DISPLAY: ':0' },
  root: false,
  home: '/home/ada',
  find: (program) => change.programs?.find((path) => path === program || path.endsWith(`/${program}`)) ?? null,
  ...change,
})
const target = 'file:///home/ada/launch.html'
const app = [
  ...[`--app=${target}`, '--user-data-dir=/profile', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-pings'],
  ...['--disk-cache-size=52428800', '--media-cache-size=52428800'],
]

describe('chooseBrowser', () => {
  it.each<[string, Parameters<typeof facts>[0], string, string[]]>([
    ['Chromium in an app window', { programs: ['/usr/bin/firefox', '/usr/bin/chromium'] }, '/usr/bin/chromium', app],
    ['Chrome', { programs: ['/usr/bin/google-chrome'] }, '/usr/bin/google-chrome', app],
    ['Firefox', { programs: ['/usr/bin/xdg-open', '/usr/bin/firefox'] }, '/usr/bin/firefox', [target]],
    ['xdg-open last', { programs: ['/usr/bin/xdg-open'] }, '/usr/bin/xdg-open', [target]],
    ['Wayland', { programs: ['/usr/bin/chromium'], env: { WAYLAND_DISPLAY: 'w' } }, '/usr/bin/chromium', app],
    [
      'Firefox for root',
      { root: true, programs: ['/usr/bin/chromium', '/usr/bin/firefox'] },
      '/usr/bin/firefox',
      [target],
    ],
    [
      'the named one',
      { env: { DISPLAY: ':0', INTERLOCK_BROWSER: '/opt/edge/microsoft-edge' }, programs: ['/opt/edge/microsoft-edge'] },
      '/opt/edge/microsoft-edge',
      app,
    ],
    ['macOS', { platform: 'darwin', env: {} }, '/usr/bin/open', [target]],
    [
      'Edge on Windows',
      {
        platform: 'win32',
        env: { 'ProgramFiles(x86)': 'C:\\P' },
        programs: ['C:\\P\\Microsoft\\Edge\\Application\\msedge.exe'],
      },
      'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe',
      app,
    ],
    [
      'the default browser on Windows',
      { platform: 'win32', env: { SystemRoot: 'C:\\Windows' } },
      'C:\\Windows\\System32\\rundll32.exe',
      ['url.dll,FileProtocolHandler', target],
    ],
  ])('takes %s', (_, change, program, args) => {
    const choice = chooseBrowser(facts(change))
    expect(choice).toMatchObject({ kind: 'launch', program })
    expect(choice.kind === 'launch' && choice.args(target, '/profile')).toEqual(args)
  })

  it.each<[string, Parameters<typeof facts>[0], RegExp]>([
    ['no display', { env: {}, programs: ['/usr/bin/chromium'] }, /no display/],
    ['no browser', {}, /No browser was found; INTERLOCK_BROWSER/],
    ['root with Chromium only', { root: true, programs: ['/usr/bin/chromium', '/usr/bin/xdg-open'] }, /runs as root/],
    ['a named program that is absent', { env: { DISPLAY: ':0', INTERLOCK_BROWSER: 'lynx' } }, /names lynx/],
    ['none wanted', { env: { INTERLOCK_BROWSER: 'none' }, programs: ['/usr/bin/chromium'] }, /asks for no browser/],
  ])('prints the address with %s', (_, change, why) => {
    expect(chooseBrowser(facts(change))).toMatchObject({ kind: 'print', why: expect.stringMatching(why) })
  })

  it('never switches a sandbox off', () => {
    for (const root of [true, false]) {
      for (const named of [undefined, '/usr/bin/chromium']) {
        const choice = chooseBrowser(
          facts({ root, env: { DISPLAY: ':0', INTERLOCK_BROWSER: named }, programs: ['/usr/bin/chromium'] }),
        )
        const args = choice.kind === 'launch' ? choice.args(target, '/profile') : []
        expect(args.filter((arg) => arg.includes('sandbox'))).toEqual([])
      }
    }
  })

  it('gives a browser that is a snap a folder it may read', () => {
    const choice = chooseBrowser(facts({ programs: ['/usr/bin/chromium', '/snap/bin/chromium'] }))
    expect(choice).toMatchObject({
      program: '/snap/bin/chromium',
      confinedTo: '/home/ada/snap/chromium/common/interlock',
    })
  })
})

describe('openBrowser', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'interlock browser & $(touch pwned) '))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const program = (name: string, script: string): string => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return path
  }
  const both = (place: string): Parameters<typeof openBrowser>[1] => ({ data: place, cache: place })
  const launch = (path: string, confinedTo: string | null = null): Parameters<typeof openBrowser>[2] => ({
    kind: 'launch',
    program: path,
    args: (file) => [file, 'a b', ';', '$(id)', '&'],
    confinedTo,
  })

  it('B16 starts the browser by argument list, which no shell reads', async () => {
    const recorder = program('recorder', `for a in "$@"; do printf '%s\\n' "$a"; done > "$(dirname "$0")/args"`)
    const opening = await openBrowser('http://127.0.0.1:1/?token=t0ken', both(folder), launch(recorder))
    expect(await opening.why).toBeNull()
    const [file = '', ...rest] = readFileSync(join(folder, 'args'), 'utf8').trimEnd().split('\n')
    expect(rest).toEqual(['a b', ';', '$(id)', '&'])
    expect(file).toMatch(/^file:.*launch-[0-9a-f]{16}\.html$/)
    expect(readdirSync(folder)).not.toContain('pwned')
    opening.done()
  })

  it('B7 keeps the token out of the arguments, in a file for its owner that is removed', async () => {
    const recorder = program('recorder2', `printf '%s' "$*" > "$(dirname "$0")/args2"`)
    const opening = await openBrowser('http://127.0.0.1:1/?token=t0ken', both(folder), launch(recorder))
    expect(await opening.why).toBeNull()
    const args = readFileSync(join(folder, 'args2'), 'utf8')
    expect(args).not.toContain('t0ken')
    const file = fileURLToPath(args.split(' a b')[0] ?? '')
    expect(readFileSync(file, 'utf8')).toContain('token=t0ken')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    opening.done()
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['a program that fails at once', 'exit 3', /ended at once with code 3/],
    ['a program that cannot be started', null, /could not be started/],
  ])('says why after %s, and leaves no launch file', async (name, script, why) => {
    const path = script === null ? join(folder, 'absent') : program(name, script)
    const opening = await openBrowser('http://127.0.0.1:1/?token=t0ken', both(folder), launch(path))
    expect(await opening.why).toMatch(why)
    expect(readdirSync(folder).filter((file) => file.startsWith('launch-'))).toEqual([])
  })

  it('with folders that take nothing uses a temporary one, so that a read-only profile opens as well', async () => {
    const recorder = program('recorder3', `printf '%s' "$*" > "$(dirname "$0")/args3"`)
    const nowhere = join(findProgram('sh') ?? '', 'data')
    const opening = await openBrowser('http://127.0.0.1:1/?token=t0ken', both(nowhere), launch(recorder))
    expect(await opening.why).toBeNull()
    const file = fileURLToPath(readFileSync(join(folder, 'args3'), 'utf8').split(' a b')[0] ?? '')
    expect(file.startsWith(realpathSync(tmpdir()))).toBe(true)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    opening.done()
    expect(existsSync(dirname(file))).toBe(false)
  })

  it('says why when a confined browser cannot read anything, and starts nothing', async () => {
    const nowhere = join(findProgram('sh') ?? '', 'data')
    const opening = await openBrowser('http://127.0.0.1:1/', both(folder), launch('/bin/sh', nowhere))
    expect(await opening.why).toMatch(/Nothing can be written in .*no browser was started/)
  })

  it('finds programs that may be run, and no folders or texts', () => {
    program('tool', 'exit 0')
    writeFileSync(join(folder, 'text'), 'x', { mode: 0o644 })
    expect(findProgram('tool', folder)).toBe(join(folder, 'tool'))
    expect(findProgram(join(folder, 'tool'))).toBe(join(folder, 'tool'))
    expect(findProgram('text', folder)).toBeNull()
    expect(findProgram('..', folder)).toBeNull()
  })

  it('B7 a real browser that opens the launch file ends on the clean address, inside', async () => {
    const rig = await startRig()
    const file = join(folder, 'launch.html')
    writeFileSync(file, launchPage(rig.shell.url))
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
    try {
      const page = await browser.newPage()
      await page.goto(`file://${encodeURI(file).replaceAll('&', '%26').replaceAll('$', '%24')}`)
      await page.waitForURL(`${rig.shell.origin}/`)
      expect(await page.title()).toBe('Stand-in')
      expect(await page.evaluate('document.cookie + document.referrer')).toBe('')
      expect(
        await page.evaluate(`new Promise((done) => {
          const socket = new WebSocket('ws://' + location.host + '/wire', 'interlock.v1')
          socket.onopen = () => done('open')
          socket.onclose = (event) => done(event.code)
        })`),
      ).toBe('open')
      expect(rig.connected).toHaveLength(1)
    } finally {
      await browser.close()
      await rig.end()
    }
  })

  it('B4 a foreign name that is pointed at this machine is refused in a real browser', async () => {
    const rig = await startRig()
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumArguments, '--host-resolver-rules=MAP evil.example 127.0.0.1'],
    })
    try {
      const page = await browser.newPage()
      const answer = await page.goto(`http://evil.example:${rig.shell.port}/?token=${rig.token}`)
      expect(answer?.status()).toBe(421)
      expect(
        await page.evaluate(`new Promise((done) => {
          const socket = new WebSocket('ws://' + location.host + '/wire', 'interlock.v1')
          socket.onopen = () => done('open')
          socket.onerror = () => done('refused')
        })`),
      ).toBe('refused')
      expect(rig.connected).toHaveLength(0)
    } finally {
      await browser.close()
      await rig.end()
    }
  })
})
