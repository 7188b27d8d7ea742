// What is pinned, allowed and packaged.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { drawIcons } from '../../scripts/pack/icons.ts'
import { filesBelow, root } from './built.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
interface Package {
  main: string
  author: string
  homepage: string
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}
const manifest = JSON.parse(read('package.json')) as Package
const config = parse(read('electron-builder.yml')) as Record<string, unknown>

describe('electron-builder.yml', () => {
  it('fits the schema of electron-builder', () => {
    const schema = createRequire(import.meta.url)('app-builder-lib/scheme.json') as Record<string, unknown>
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)
    validate(config)
    expect(validate.errors ?? []).toEqual([])
    expect(validate({ ...config, electronFuses: { noSuchFuse: true } })).toBe(false)
  })

  it('E14 sets every fuse', () => {
    const fuses = config['electronFuses'] as Record<string, boolean>
    expect(fuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    })
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)))
    const named = Object.keys(fuses).map((name) => name.toLowerCase())
    expect(known.map((name) => name.toLowerCase()).sort()).toEqual(named.sort())
  })

  it('packs the build and what it names, and rebuilds nothing', () => {
    expect(config['files']).toEqual([
      'out/**',
      '!out/.stamp',
      '!out/main/portable.js',
      'package.json',
      'LICENSE',
      '!**/node_modules/**/*.{map,ts,mts,cts,md,flow}',
      '!**/node_modules/pdfkit/js/*.{browser,standalone,old}*',
      '!**/node_modules/node-pty/{deps,src,third_party,scripts,prebuilds/win32-*}/**',
    ])
    expect(config).toMatchObject({ asar: true, npmRebuild: false, asarUnpack: ['**/node_modules/node-pty/**'] })
    expect(manifest.main).toBe('./out/main/electron.js')
  })

  it('leaves out no file that a package loads at run time', () => {
    const left = /\.(?:map|[mc]?ts|md|flow)$|node_modules\/pdfkit\/js\/[^/]*\.(?:browser|standalone|old)/
    const asked = createRequire(join(root, 'package.json'))
    const loaded = Object.keys(manifest.dependencies).map((name) => asked.resolve(name))
    expect(loaded.filter((path) => left.test(path.slice(root.length)))).toEqual([])
  })

  it('2 has a machine-wide installer for Windows, and targets for every platform', () => {
    expect(config).toMatchObject({
      linux: { target: ['deb', 'AppImage', 'zip'] },
      win: { target: ['nsis', 'zip'], requestedExecutionLevel: 'asInvoker' },
      mac: { target: ['dmg', 'zip'] },
      nsis: { perMachine: true, oneClick: false },
    })
  })

  it('names what a deb package must name', () => {
    expect(manifest.author).not.toBe('')
    expect(URL.canParse(manifest.homepage)).toBe(true)
    expect(config['linux']).toMatchObject({ maintainer: expect.stringMatching(/ <\S+@\S+>$/) as string })
  })

  it('4 publishes nowhere, so that no update is ever looked for', () => {
    expect(config['publish']).toBeNull()
    expect(Object.keys(manifest.dependencies)).not.toContain('electron-updater')
  })

  it('brings icons for every platform, drawn from the icon of the page', async () => {
    for (const [path, content] of await drawIcons()) {
      const kept = readFileSync(join(root, path))
      expect(kept.equals(content), `${path} is out of date: run node scripts/pack/icons.ts`).toBe(true)
    }
    const { linux, win, mac } = config as Record<string, { icon: string }>
    expect(readdirSync(join(root, linux?.icon ?? ''))).toContain('512x512.png')
    for (const icon of [win?.icon, mac?.icon]) expect(statSync(join(root, icon ?? '')).size).toBeGreaterThan(1000)
  })

  it('3 never switches the sandbox off, not even where electron-builder would', () => {
    const lines = read('electron-builder.yml').split('\n')
    expect(lines.filter((line) => !line.startsWith('#')).join()).not.toMatch(/no-sandbox/)
    expect(config['appImage']).toMatchObject({ executableArgs: [] })
    for (const file of filesBelow(join(root, 'src-main/electron'))) {
      // The one place that names the switch is the list of those that are refused.
      const forbidden = file === 'policy.ts' ? /sandbox: false/ : /no-sandbox|sandbox: false/
      expect(read(`src-main/electron/${file}`), file).not.toMatch(forbidden)
    }
  })
})

describe('pins', () => {
  it('E16 holds an Electron that is still looked after', () => {
    // 45 was one of the newest three majors when this was set. Afterwards: move the pin to a supported one, then this.
    const lookedAfter = { major: 45, until: '2027-11-23' }
    expect(manifest.devDependencies['electron']?.split('.')[0]).toBe(String(lookedAfter.major))
    expect(new Date().toISOString() < lookedAfter.until, 'the pinned Electron is due for a newer major').toBe(true)
  })

  it('S11 depends at run time on exactly the packages that were decided on', () => {
    expect(manifest.dependencies).toEqual({
      '@dagrejs/dagre': '3.1.3',
      '@lezer/lr': '1.4.12',
      '@resvg/resvg-wasm': '2.6.2',
      '@ts-graphviz/ast': '3.0.6',
      '@xterm/addon-serialize': '0.14.0',
      '@xterm/headless': '6.0.0',
      birpc: '4.2.0',
      fflate: '0.8.3',
      fontkit: '2.0.4',
      'node-pty': '1.1.0',
      pdfkit: '0.20.2',
      ws: '8.23.0',
      yaml: '2.9.1',
      zod: '4.6.7',
    })
  })

  it('S11 pins every version exactly', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    )
    expect(ranges).toEqual([])
  })

  it('S11 decides by name on every package that has an install script', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean; optional?: boolean; os?: string[] }>
    }
    const scripted = Object.entries(packages)
      .filter(([path, { hasInstallScript, os }]) => path !== '' && hasInstallScript === true && os === undefined)
      .map(([path]) => path.split('node_modules/').at(-1) ?? '')
    expect(scripted.length).toBeGreaterThan(0)
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([])
    expect(Object.keys(manifest.allowScripts).every((name) => !/@\d/.test(name))).toBe(true)
  })
})
