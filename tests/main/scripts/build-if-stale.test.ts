// When a build is made and when it is spared, on a small stand-in project with a stand-in builder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildIfStale, inputHash, isFresh } from '../../../scripts/build-if-stale.ts'

const outputs = [
  'out/main/electron.js',
  'out/main/interlock.js',
  'out/main/portable.js',
  'out/main/engine-worker.js',
  'out/main/kernel-worker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/renderer/build-id.txt',
]
let root = ''
let builds = 0
let lines: string[] = []

const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}
const builder = async (): Promise<void> => {
  builds++
  await sleep(30)
  for (const name of outputs) put(name, 'built')
}
const run = (): Promise<void> => buildIfStale(root, (line) => lines.push(line), builder)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'interlock-build-'))
  builds = 0
  lines = []
  put('src-main/cli/main.ts', 'a')
  put('src-renderer/main.ts', 'b')
  put('src-renderer/other.ts', '')
  put('package-lock.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('buildIfStale', () => {
  it('builds once, says one line, and then spares the work', async () => {
    await run()
    await run()
    expect(builds).toBe(1)
    expect(lines).toEqual(['Building Interlock (first start, about 20 s) …'])
    expect(isFresh(root)).toBe(true)
  })

  it.each([
    ['a changed source', () => put('src-main/cli/main.ts', 'changed')],
    ['a new source', () => put('src-renderer/shell/new.ts', 'new')],
    ['a removed source', () => rmSync(join(root, 'src-renderer/other.ts'))],
    ['a changed lock file', () => put('package-lock.json', '{"a":1}')],
    ['a changed build configuration', () => put('electron.vite.config.ts', 'c')],
    ['a lost output', () => rmSync(join(root, 'out/main/engine-worker.js'))],
    ['text moved from one file to another', () => (put('src-main/cli/main.ts', ''), put('src-renderer/main.ts', 'ab'))],
  ])('builds again after %s', async (_, change) => {
    await run()
    change()
    await run()
    expect(builds).toBe(2)
  })

  it('does not build after a change of tests or documentation', async () => {
    await run()
    put('tests/main/a.test.ts', 'x')
    put('README.md', 'x')
    await run()
    expect(builds).toBe(1)
  })

  it('builds once when two ask at the same time', async () => {
    await Promise.all([run(), run(), run()])
    expect(builds).toBe(1)
  })

  it('takes over the lock of a process that is gone', async () => {
    put('.cache/build.lock', '2147483646')
    await run()
    expect(builds).toBe(1)
  })

  it('leaves no stamp and no lock behind a failed build, and tells what failed', async () => {
    const failing = (): Promise<void> => Promise.reject(new Error('syntax error in App.svelte'))
    await expect(buildIfStale(root, () => undefined, failing)).rejects.toThrow('syntax error in App.svelte')
    expect(isFresh(root)).toBe(false)
    expect(() => readFileSync(join(root, '.cache/build.lock'))).toThrow(/ENOENT/)
  })

  it('marks a build as stale when a source was edited while it ran', async () => {
    await buildIfStale(
      root,
      () => undefined,
      async () => {
        await builder()
        put('src-main/cli/main.ts', 'edited meanwhile')
      },
    )
    expect(isFresh(root)).toBe(false)
  })

  it('hashes names with contents and not the order in which a folder is read', () => {
    const before = inputHash(root)
    put('src-main/a.ts', '1')
    const after = inputHash(root)
    rmSync(join(root, 'src-main/a.ts'))
    expect(after).not.toBe(before)
    expect(inputHash(root)).toBe(before)
  })
})
