// Which paths a page may name, what cannot be opened, and how the workspace is listed.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { refusal, textOf } from '../../host/stand-in.ts'
import { onePage } from './one-page.ts'

const on = onePage()
const { at, put, open } = on

describe('paths', () => {
  beforeEach(() => {
    writeFileSync(join(on.folders.root, 'secret.interlock'), textOf('Secret'))
    mkdirSync(`${on.folders.workspace} and more`)
    writeFileSync(`${on.folders.workspace} and more/twin.interlock`, textOf('Twin'))
    symlinkSync(on.folders.root, at('up'))
    symlinkSync(join(on.folders.root, 'secret.interlock'), at('stolen.interlock'))
    mkdirSync(at('inner'))
    symlinkSync(at('inner'), at('inner/self'))
  })

  it.each([
    '../secret.interlock',
    'inner/../../secret.interlock',
    '..',
    'up/secret.interlock',
    'stolen.interlock',
    '/etc/passwd',
    'C:\\secret.interlock',
    '..\\secret.interlock',
    '\\\\server\\share\\a.interlock',
    '../Übungen ½ and more/twin.interlock',
  ])('%j leads out of the workspace and is refused for reading, writing and listing', async (path) => {
    expect((await refusal(open(path))).code).toBe('outside-workspace')
    const save = on.page.call('files.saveAs', { path, text: textOf('x'), overwrite: true })
    expect((await refusal(save)).code).toMatch(/^(outside-workspace|bad-input)$/)
    expect((await refusal(on.page.call('workspace.list', { folder: path }))).code).toBe('outside-workspace')
    expect(readFileSync(join(on.folders.root, 'secret.interlock'), 'utf8')).toBe(textOf('Secret'))
  })

  it('with NUL are refused', async () => {
    expect((await refusal(open('a\0.interlock'))).code).toBe('bad-input')
  })

  it('through links inside the workspace are fine', async () => {
    writeFileSync(at('inner/a.interlock'), textOf('Inner'))
    expect((await open('inner/self/a.interlock')).document.title).toBe('Inner')
  })

  it('never come out absolute: no answer and no error names a folder outside', async () => {
    put('a.interlock', textOf('One'))
    mkdirSync(at('folder'))
    const answers = [
      await open('a.interlock'),
      await on.page.call('workspace.list', { folder: '' }),
      await on.page.call('files.recent', {}),
      { ...(await refusal(open('gone.interlock'))) },
      (await refusal(open('gone.interlock'))).message,
      (await refusal(open('folder'))).message,
    ]
    expect(JSON.stringify(answers)).not.toContain(on.folders.root)
  })
})

describe('what cannot be opened is told with its name', () => {
  it('a file that is not there', async () => {
    const error = await refusal(open('gone.interlock'))
    expect(error.code).toBe('not-found')
    expect(error.message).toContain('gone.interlock')
  })

  it('a folder', async () => {
    mkdirSync(at('folder.interlock'))
    expect((await refusal(open('folder.interlock'))).code).toBe('not-a-file')
  })

  it('a named pipe answers at once', async () => {
    execFileSync('mkfifo', [at('pipe.interlock')])
    expect((await refusal(open('pipe.interlock'))).code).toBe('not-a-file')
  })

  it('a file of 200 MB answers at once and is not read', async () => {
    put('huge.interlock', '')
    truncateSync(at('huge.interlock'), 200 * 1024 * 1024)
    const before = process.memoryUsage.rss()
    const begun = performance.now()
    const error = await refusal(open('huge.interlock'))
    expect(error.code).toBe('too-large')
    expect(error.message).toContain('16 MB')
    expect(performance.now() - begun).toBeLessThan(500)
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('bytes that are no UTF-8', async () => {
    writeFileSync(at('latin.interlock'), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))
    const error = await refusal(open('latin.interlock'))
    expect(error.code).toBe('not-json')
    expect(error.message).toContain('UTF-8')
  })

  it('a cut file, a deeply nested one, and one of a newer version that does not fit', async () => {
    put('cut.interlock', textOf('One').slice(0, 100))
    put('deep.interlock', '['.repeat(10_000) + ']'.repeat(10_000))
    put('newer.interlock', '{"format": "interlock", "version": 9, "lab": "deadlock"}')
    expect((await refusal(open('cut.interlock'))).message).toMatch(/ends too early, at line/)
    expect((await refusal(open('deep.interlock'))).message).toMatch(/deeper than 32 levels/)
    expect((await refusal(open('newer.interlock'))).code).toBe('newer-version')
  })

  it('text from an upload is read by the same parser', async () => {
    expect(await on.page.call('files.parse', { name: 'x', text: textOf('Up') })).toMatchObject({
      file: null,
      document: { title: 'Up' },
    })
    expect((await refusal(on.page.call('files.parse', { name: 'x', text: '{' }))).code).toBe('not-json')
  })
})

describe('the workspace', () => {
  it('is listed folders first, numbers as numbers, hidden files left out', async () => {
    mkdirSync(at('zoo'))
    for (const name of ['week10.interlock', 'week2.interlock', 'notes.txt', '.secret']) put(name, textOf('x'))
    const { folder, parent, entries } = await on.page.call('workspace.list', { folder: '' })
    expect({ folder, parent }).toEqual({ folder: '', parent: null })
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder zoo',
      'text notes.txt',
      'document week2.interlock',
      'document week10.interlock',
    ])
    expect(entries.at(-1)).toMatchObject({ path: 'week10.interlock', size: Buffer.byteLength(textOf('x')) })
    expect(entries.at(-1)?.modified).toBeGreaterThan(Date.now() - 60_000)
  })

  it('grows on.folders, which know their parent', async () => {
    await on.page.call('workspace.makeFolder', { folder: 'week 3' })
    await on.page.call('workspace.makeFolder', { folder: 'week 3/mine' })
    expect(await on.page.call('workspace.list', { folder: 'week 3/mine' })).toEqual({
      folder: 'week 3/mine',
      parent: 'week 3',
      entries: [],
    })
    expect((await refusal(on.page.call('workspace.makeFolder', { folder: 'week 3' }))).code).toBe('already-exists')
    expect((await refusal(on.page.call('workspace.makeFolder', { folder: 'nowhere/x' }))).code).toBe('not-found')
    expect((await refusal(on.page.call('workspace.makeFolder', { folder: '../x' }))).code).toBe('outside-workspace')
  })

  it('says when a folder is a file or is not there', async () => {
    put('a.interlock', textOf('x'))
    expect((await refusal(on.page.call('workspace.list', { folder: 'a.interlock' }))).code).toBe('not-a-file')
    expect((await refusal(on.page.call('workspace.list', { folder: 'gone' }))).code).toBe('not-found')
  })
})
