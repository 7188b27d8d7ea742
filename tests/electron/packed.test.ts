// The app as electron-builder packs it, around a stand-in for Electron's binary: what lies in the archive, and that the
// icons, the desktop entry and the executable get their names. Installers themselves need the real binary.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { built, root } from './built.ts'

const folder = mkdtempSync(join(tmpdir(), 'interlock-packed-'))
const unpacked = join(folder, 'out', 'linux-unpacked')
const archive = join(unpacked, 'resources', 'app.asar')
let output = ''

/** The files of Electron's distribution that electron-builder asks for by name. */
function standIn(): string {
  const dist = join(folder, 'electron')
  mkdirSync(join(dist, 'locales'), { recursive: true })
  mkdirSync(join(dist, 'resources'))
  writeFileSync(join(dist, 'electron'), '#!/bin/sh\n', { mode: 0o755 })
  for (const name of ['chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(dist, name), '')
  return dist
}

beforeAll(async () => {
  await built()
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>
  // Fuses are bits of the real binary.
  delete config['electronFuses']
  config['electronDist'] = standIn()
  config['directories'] = { ...(config['directories'] as object), output: join(folder, 'out') }
  const file = join(folder, 'config.json')
  writeFileSync(file, JSON.stringify(config))
  const program = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const args = [program, '--linux', 'dir', '--config', file, '--projectDir', root]
  await new Promise<void>((done) => {
    const child = spawn(process.execPath, args, { cwd: root })
    child.stdout.on('data', (data: Buffer) => (output += data.toString()))
    child.stderr.on('data', (data: Buffer) => (output += data.toString()))
    child.on('close', () => done())
  })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('holds the build, its packages, and nothing of development', () => {
  expect(existsSync(archive), output).toBe(true)
  const files = listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'))
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as {
    main: string
    dependencies: Record<string, string>
  }
  expect(files).toContain(manifest.main.slice(1))
  for (const name of [
    '/out/main/engine-worker.js',
    '/out/main/kernel-worker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
    '/LICENSE',
  ]) {
    expect(files).toContain(name)
  }
  for (const name of Object.keys(manifest.dependencies)) expect(files).toContain(`/node_modules/${name}/package.json`)
  const strays = files.filter((name) =>
    /^\/(?:src-|tests|scripts|build|dist)|\.map$|node_modules\/(?:electron|vite)/.test(name),
  )
  expect(strays).toEqual([])
  expect(output).not.toMatch(/is missed in the package\.json|default Electron icon is used/)
})

it('has the native module of terminals beside the archive, and none for Windows', () => {
  const folder = join(unpacked, 'resources', 'app.asar.unpacked', 'node_modules', 'node-pty')
  expect(existsSync(join(folder, 'build', 'Release', 'pty.node'))).toBe(true)
  expect(existsSync(join(folder, 'prebuilds', 'win32-x64'))).toBe(false)
})

it('keeps WebAssembly readable in the archive', () => {
  const wasm = extractFile(archive, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')
  expect(wasm.equals(readFileSync(join(root, 'node_modules/@resvg/resvg-wasm/index_bg.wasm')))).toBe(true)
})

it('names the program as a command is named', () => {
  expect(existsSync(join(unpacked, 'interlock'))).toBe(true)
})
