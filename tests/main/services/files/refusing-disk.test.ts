// Disks that refuse: full, read-only, protected. The old file stays whole, no temporary file stays, a sentence says why.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WriteSystem, writeWhole } from '../../../../src-main/services/files/write.ts'
import { type Folders, makeFolders, refusal, startHost, textOf } from '../../host/stand-in.ts'

let folders: Folders

beforeEach(() => {
  folders = makeFolders()
  mkdirSync(folders.workspace)
})
afterEach(() => folders.remove())

const at = (name: string): string => join(folders.workspace, name)
const failure = (code: string): Error => Object.assign(new Error(`${code}: at /secret/place`), { code })

/** The real file system, but one step of writing fails. */
function failing(step: 'open' | 'write' | 'sync' | 'rename', code: string): WriteSystem {
  return {
    open: async (path, flags, mode) => {
      if (step === 'open') throw failure(code)
      const file = await open(path, flags, mode)
      return {
        writeFile: async (text) => {
          await file.writeFile(step === 'write' ? text.slice(0, 10) : text)
          if (step === 'write') throw failure(code)
        },
        sync: async () => {
          if (step === 'sync') throw failure(code)
          await file.sync()
        },
        close: () => file.close(),
      }
    },
    rename: async (from, to) => {
      if (step === 'rename') throw failure(code)
      await rename(from, to)
    },
    unlink,
  }
}

describe('writing that fails at any step', () => {
  const steps = ['open', 'write', 'sync', 'rename'] as const
  const codes: [string, string][] = [
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'permission-denied'],
    ['EROFS', 'permission-denied'],
    ['EPERM', 'permission-denied'],
    ['EIO', 'io-error'],
    ['ESTALE', 'io-error'],
  ]
  it.each(steps.flatMap((step) => codes.map(([code, expected]) => [step, code, expected] as const)))(
    '%s with %s: the old file is whole, nothing else is left, %s is told',
    async (step, code, expected) => {
      writeFileSync(at('a.interlock'), 'old')
      const error = await refusal(writeWhole(at('a.interlock'), 'new and longer', 'a.interlock', failing(step, code)))
      expect(error.code).toBe(expected)
      expect(error.message).toContain('a.interlock')
      expect(error.message).not.toContain('/secret')
      expect(readFileSync(at('a.interlock'), 'utf8')).toBe('old')
      expect(readdirSync(folders.workspace)).toEqual(['a.interlock'])
    },
  )
})

/** Mounts a disk of 256 kB, or says why that is not possible. */
function mountSmallDisk(folder: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'mounting a small disk needs root on Linux'
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'interlock-test', folder])
  return status === 0 ? null : `mounting a small disk is not allowed here: ${String(stderr).trim()}`
}

/** The reason has to be read by a person too, whatever the reporter shows. */
function skip(context: TestContext, why: string): never {
  process.stdout.write(`skipped: ${context.task.name}: ${why.trim()}\n`)
  return context.skip(why)
}

describe('a disk that is really full', () => {
  it('keeps the old file whole and says so; unsaved work goes to the data folder', async (context) => {
    const why = mountSmallDisk(folders.workspace)
    if (why !== null) return skip(context, why)
    const standIn = startHost(folders)
    try {
      writeFileSync(at('a.interlock'), textOf('One'))
      const page = await standIn.page()
      const { file } = await page.call('files.open', { path: 'a.interlock' })
      const save = {
        handle: file?.handle ?? '',
        stamp: file?.stamp ?? '',
        text: textOf('Large', 5000),
        overwrite: false,
      }
      const error = await refusal(page.call('files.save', save))
      expect(error.code).toBe('disk-full')
      expect(error.message).toContain('a.interlock')
      expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
      expect(readdirSync(folders.workspace).filter((name) => name.includes('tmp'))).toEqual([])
      await page.call('autosave.keep', { draft: 'd', handle: save.handle, text: save.text })
      page.close()
      await page.closed
      expect(await (await standIn.page()).call('recovery.list', {})).toMatchObject([
        { title: 'Large', name: 'a.interlock' },
      ])
      await (await standIn.page()).call('files.saveAs', { path: 'small', text: textOf('Small'), overwrite: false })
    } finally {
      await standIn.host.close()
      execFileSync('umount', [folders.workspace])
    }
  })
})

describe('folders that take nothing', () => {
  it('are told; the drawing opens, stays as it is, and unsaved work is refused or kept elsewhere', (context) => {
    const ordinary = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const script = join(import.meta.dirname, 'child-host.ts')
    writeFileSync(at('a.interlock'), textOf('One'))
    chmodSync(at('a.interlock'), 0o644)
    mkdirSync(folders.data)
    for (const [folder, mode] of [
      [folders.root, 0o755],
      [folders.workspace, 0o555],
      [folders.data, 0o555],
    ] as const) {
      chmodSync(folder, mode)
    }
    const args = [script, folders.workspace, folders.data, 'protected', 'a.interlock']
    const { stdout, stderr, error } = spawnSync(process.execPath, args, { ...ordinary, encoding: 'utf8' })
    chmodSync(folders.workspace, 0o755)
    chmodSync(folders.data, 0o755)
    if (error !== undefined || /EACCES.*child-host|Cannot find module/.test(stderr)) {
      return skip(context, `another account cannot run Node here: ${error?.message ?? stderr}`)
    }
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const [opened, saved, savedAs, kept, set, got, told] = lines
    expect(opened).toMatchObject({ ok: { document: { title: 'One' } } })
    expect(saved?.['code']).toMatch(/permission-denied|read-only/)
    expect(savedAs).toMatchObject({ code: 'permission-denied' })
    expect(String(savedAs?.['message'])).toMatch(/new\.interlock.*Choose another folder/)
    expect(kept).toMatchObject({ code: 'permission-denied' })
    expect(set).toMatchObject({ ok: { theme: 'dark' } })
    expect(got).toMatchObject({ ok: { theme: 'dark' } })
    expect(JSON.stringify(told)).toContain('settings.json cannot be written and is kept in memory')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
    expect(readdirSync(folders.workspace)).toEqual(['a.interlock'])
  })
})
