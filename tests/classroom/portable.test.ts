// Classroom statements 1, 2 and 5: the portable archive runs for an ordinary account from a folder that takes nothing,
// needs no installer, and writes only where it says.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildIfStale, projectRoot } from '../../scripts/build-if-stale.ts'
import { type Packed, packPortable } from '../../scripts/pack/portable.ts'
import { asPlatform, ownPlatform } from '../../scripts/pack/runtime.ts'
import { ordinaryAccount, skip } from './accounts.ts'
import { connectPage, endServing, startServing, visit } from './page-client.ts'

const posix = process.platform !== 'win32'
const account = ordinaryAccount()
const base = mkdtempSync(join(tmpdir(), 'interlock-portable-'))
const place = join(base, 'Übungsraum 3½ (read only)')
const home = join(base, 'home')
let packed: Packed
let program = ''
let before: string[] = []

/** Every file and folder below, with what would change if somebody wrote there. */
function inventory(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { mode, size, mtimeMs } = lstatSync(join(folder, name))
      return `${name} ${mode} ${size} ${mtimeMs}`
    })
    .sort()
}

/** Unpacks as a person would: with the system's program where there is one, so that the archive is read by others. */
function unpack(archive: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  if (spawnSync('unzip', ['-q', archive, '-d', folder]).status === 0) return
  for (const [name, content] of Object.entries(unzipSync(readFileSync(archive)))) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, { mode: /\/(?:interlock|node)$/.test(name) ? 0o755 : 0o644 })
  }
}

beforeAll(async () => {
  await buildIfStale()
  const options = { root: projectRoot, platform: asPlatform(ownPlatform()), fetch: false, level: 1 }
  packed = packPortable({ ...options, target: base })
  unpack(packed.path, place)
  const [folder = ''] = readdirSync(place)
  program = join(place, folder, posix ? 'interlock' : 'Interlock.cmd')
  mkdirSync(home)
  if (!posix) return
  chmodSync(base, 0o755)
  chmodSync(home, 0o777)
  spawnSync('chmod', ['-R', 'a-w', place])
  before = inventory(place)
}, 120_000)

afterAll(() => {
  if (posix) spawnSync('chmod', ['-R', 'u+w', place])
  rmSync(base, { recursive: true, force: true })
})

const env = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }
const run = (args: string[], input = '') =>
  spawnSync(program, args, { ...account, env, input, cwd: home, encoding: 'utf8', timeout: 60_000 })

describe('the portable archive', () => {
  it('1 runs for an ordinary account from a read-only folder, and nothing is written beside it', async (context) => {
    if (!posix) return skip(context, 'accounts and modes of files are those of Unix')
    const served = await startServing({ program, args: ['--shell', 'browser'], env, cwd: '/', ...account })
    try {
      expect(served.output()).toMatch(/Interlock is at http:\/\/127\.0\.0\.1:\d+\/\?token=/)
      const entered = await visit(served.url)
      expect(await (await entered.get('/')).text()).toContain('<script')
      const page = await connectPage(entered)
      const [sample] = await page.call('samples.list', { lab: 'deadlock' })
      const { document } = await page.call('samples.open', { lab: 'deadlock', id: sample?.id ?? '' })
      const verdict = await page.call('verdict.of', { lab: 'deadlock', key: 'k', model: { ...document.model } })
      expect(verdict.sentence.length).toBeGreaterThan(10)
      const saved = await page.call('files.saveAs', { path: 'Übung', text: JSON.stringify(document), overwrite: false })
      expect(saved.place).toBe('Interlock')
      expect(JSON.parse(readFileSync(join(home, 'Interlock', 'Übung.interlock'), 'utf8'))).toEqual(document)
      await page.call('settings.set', { theme: 'dark' })
      page.close()
    } finally {
      await endServing(served)
    }
    expect(inventory(place)).toEqual(before)
  })

  it('5 keeps settings small and writes nowhere else than in the two folders of the person', (context) => {
    if (!posix) return skip(context, 'the folders are those of Unix')
    const written = readdirSync(home, { recursive: true, encoding: 'utf8' }).sort()
    const files = written.filter((name) => statSync(join(home, name)).isFile())
    for (const name of files) expect(name).toMatch(/^(?:Interlock\/|\.config\/interlock\/|Library\/)/)
    const settings = files.filter((name) => !name.startsWith('Interlock/'))
    expect(settings.map((name) => name.split('/').at(-1)).sort()).toEqual(['recent.json', 'settings.json'])
    const size = settings.reduce((sum, name) => sum + statSync(join(home, name)).size, 0)
    expect(size).toBeLessThan(1024 * 1024)
  })

  it('looks at the processes of a terminal with the thread that it brings', async (context) => {
    if (process.platform !== 'linux') return skip(context, 'only Linux tells of processes in /proc')
    const served = await startServing({ program, args: ['--shell', 'browser'], env, cwd: '/', ...account })
    try {
      const page = await connectPage(await visit(served.url))
      const { why } = await page.call('terminals.about', {})
      if (why !== null) return skip(context, why)
      const size = { columns: 80, rows: 24 }
      const { state } = await page.call('terminals.open', { profile: 'lab', folder: '', size })
      await page.call('kernel.watch', { terminal: state.id, experiment: null, files: [], anew: false })
      const { first } = await page.call('kernel.read', { terminal: state.id, from: 0 })
      expect(first?.processes[first.shell]?.name).toBe('bash')
      expect(first?.host.uid).toBe(account.uid ?? process.getuid?.())
      page.close()
    } finally {
      await endServing(served)
    }
  })

  it('2 brings its own Node and every command, through a link as well', (context) => {
    if (!posix) return skip(context, 'links are those of Unix')
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` })
    const input = JSON.stringify({ processes: ['P1'], resources: { R1: 1 }, assignment: ['R1>P1'], request: [] })
    expect(run(['eval', 'deadlock.rag', '-', '--json'], input)).toMatchObject({ status: 0, stderr: '' })
    expect(run(['check', join(home, 'Interlock', 'Übung.interlock')]).stderr).toBe('')
    const link = join(home, 'a link')
    symlinkSync(program, link)
    expect(spawnSync(link, ['--version'], { env, encoding: 'utf8' }).stdout).toBe(`${version}\n`)
    const refused = run(['--shell', 'electron'])
    expect(refused).toMatchObject({ status: 2 })
    expect(refused.stderr).toMatch(/has no shell "electron"/)
  })

  it('loads every package that it brings', (context) => {
    if (!posix) return skip(context, 'the program is found by its name on Unix')
    const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const names = Object.keys(dependencies)
    const load = `for (const name of ${JSON.stringify(names)}) console.log(name, typeof await import(name))`
    const node = join(dirname(program), 'runtime', 'node')
    const cwd = join(dirname(program), 'app')
    const { stdout, stderr } = spawnSync(node, ['--input-type=module', '--eval', load], {
      ...account,
      env,
      cwd,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n')).toEqual(names.map((name) => `${name} object`))
  })

  it('holds production packages only, with the licences of all of them', () => {
    const names = Object.keys(unzipSync(readFileSync(packed.path), { filter: ({ name }) => !name.endsWith('/node') }))
    const top = names.map((name) => name.split('/').slice(1).join('/'))
    const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>
    }
    const folders = new Set(
      top
        .map((name) => /^app\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1])
        .filter((name) => name !== undefined),
    )
    const wanted = Object.keys(packages).filter((name) => name !== '' && packages[name]?.dev !== true)
    expect([...folders].sort()).toEqual(wanted.sort())
    expect(top.filter((name) => /src-main|tests\/|\.stamp|\.map$/.test(name))).toEqual([])
    const texts = unzipSync(readFileSync(packed.path), { filter: ({ name }) => name.includes('/licences/') })
    const [licences = ''] = Object.entries(texts)
      .filter(([name]) => name.endsWith('packages.txt'))
      .map(([, bytes]) => Buffer.from(bytes).toString('utf8'))
    for (const folder of wanted) expect(licences).toContain(`${folder.split('node_modules/').at(-1) ?? ''} `)
  })
})
