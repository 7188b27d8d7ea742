// Opening and saving over the wire, on real folders: nothing outside the workspace, nothing half read, nothing lost.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_DOCUMENT_BYTES } from '../../../../src-main/contract/limits.ts'
import { drawing, type Folders, makeFolders, type Page, refusal, type StandIn, startHost, textOf } from '../../host/stand-in.ts'

let folders: Folders
let standIn: StandIn
let page: Page

beforeEach(async () => {
  folders = makeFolders()
  standIn = startHost(folders)
  page = await standIn.page()
})
afterEach(async () => {
  await standIn.host.close()
  folders.remove()
})

const at = (name: string): string => join(folders.workspace, name)
const put = (name: string, text: string): void => writeFileSync(at(name), text)
const open = (path: string): ReturnType<typeof page.call<'files.open'>> => page.call('files.open', { path })

describe('saving and opening', () => {
  it('writes a new file with the extension and opens the same drawing again', async () => {
    const text = textOf('Ring')
    const saved = await page.call('files.saveAs', { path: 'Ring', text, overwrite: false })
    expect(saved).toMatchObject({ name: 'Ring.interlock', place: 'Übungen ½' })
    expect(readFileSync(at('Ring.interlock'), 'utf8')).toBe(text)
    const opened = await open('Ring.interlock')
    expect(opened).toMatchObject({ document: drawing('Ring'), readOnly: null, file: { stamp: saved.stamp } })
  })

  it('saves over the file it was opened from, and gives the new stamp', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    if (file === null) throw new Error('no file')
    const saved = await page.call('files.save', { ...file, text: textOf('Two'), overwrite: false })
    expect(saved.handle).toBe(file.handle)
    expect(saved.stamp).not.toBe(file.stamp)
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
    expect((await page.call('files.save', { ...saved, text: textOf('Three'), overwrite: false })).stamp).not.toBe(saved.stamp)
  })

  it('keeps the permissions of the file', async () => {
    put('a.interlock', textOf('One'))
    chmodSync(at('a.interlock'), 0o640)
    const { file } = await open('a.interlock')
    await page.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two'), overwrite: false })
    expect(statSync(at('a.interlock')).mode & 0o777).toBe(0o640)
  })

  it('writes to the file that a link points to, and leaves the link', async () => {
    put('real.interlock', textOf('One'))
    symlinkSync(at('real.interlock'), at('link.interlock'))
    const { file } = await open('link.interlock')
    await page.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two'), overwrite: false })
    expect(readFileSync(at('real.interlock'), 'utf8')).toBe(textOf('Two'))
    expect(readdirSync(folders.workspace).sort()).toContain('link.interlock')
    expect(statSync(at('link.interlock')).ino).toBe(statSync(at('real.interlock')).ino)
  })

  it('asks before it overwrites another file', async () => {
    put('a.interlock', textOf('One'))
    const error = await refusal(page.call('files.saveAs', { path: 'a', text: textOf('Two'), overwrite: false }))
    expect(error.code).toBe('already-exists')
    expect(error.message).toContain('a.interlock')
    await page.call('files.saveAs', { path: 'a', text: textOf('Two'), overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })

  it('leaves no other file behind once the drawing is closed', async () => {
    const saved = await page.call('files.saveAs', { path: 'a', text: textOf('One'), overwrite: false })
    await page.call('autosave.keep', { draft: 'd', handle: saved.handle, text: textOf('Two') })
    await page.call('files.release', { handle: saved.handle })
    expect(readdirSync(folders.workspace)).toEqual(['a.interlock'])
    expect((await refusal(page.call('files.save', { ...saved, text: textOf('Two'), overwrite: false }))).code).toBe('not-found')
  })

  it('refuses what is larger than a drawing may be, before writing', async () => {
    const text = 'ä'.repeat(MAX_DOCUMENT_BYTES / 2 + 1)
    expect((await refusal(page.call('files.saveAs', { path: 'a', text, overwrite: false }))).code).toBe('too-large')
    expect(readdirSync(folders.workspace)).toEqual([])
  })

  it.each(['', '.interlock', '.hidden', 'a\nb', 'a:b', 'x'.repeat(300)])('refuses the name %j with a remedy', async (name) => {
    const error = await refusal(page.call('files.saveAs', { path: name, text: textOf('One'), overwrite: false }))
    expect(error).toMatchObject({ code: 'bad-input' })
    expect(error.message).toContain('Choose another name')
  })
})

describe('paths', () => {
  beforeEach(() => {
    writeFileSync(join(folders.root, 'secret.interlock'), textOf('Secret'))
    mkdirSync(`${folders.workspace} and more`)
    writeFileSync(`${folders.workspace} and more/twin.interlock`, textOf('Twin'))
    symlinkSync(folders.root, at('up'))
    symlinkSync(join(folders.root, 'secret.interlock'), at('stolen.interlock'))
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
    const save = page.call('files.saveAs', { path, text: textOf('x'), overwrite: true })
    expect((await refusal(save)).code).toMatch(/^(outside-workspace|bad-input)$/)
    expect((await refusal(page.call('workspace.list', { folder: path }))).code).toBe('outside-workspace')
    expect(readFileSync(join(folders.root, 'secret.interlock'), 'utf8')).toBe(textOf('Secret'))
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
      await page.call('workspace.list', { folder: '' }),
      await page.call('files.recent', {}),
      { ...(await refusal(open('gone.interlock'))) },
      (await refusal(open('gone.interlock'))).message,
      (await refusal(open('folder'))).message,
    ]
    expect(JSON.stringify(answers)).not.toContain(folders.root)
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
    expect(await page.call('files.parse', { name: 'x', text: textOf('Up') })).toMatchObject({ file: null, document: { title: 'Up' } })
    expect((await refusal(page.call('files.parse', { name: 'x', text: '{' }))).code).toBe('not-json')
  })
})

describe('a newer version that fits', () => {
  it('opens to look at, and is not overwritten', async () => {
    const newer = textOf('Newer').replace('"version": 1', '"version": 2')
    put('newer.interlock', newer)
    const { file, readOnly } = await open('newer.interlock')
    expect(readOnly).toMatch(/newer Interlock/)
    const save = page.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Old'), overwrite: true })
    expect((await refusal(save)).code).toBe('read-only')
    expect(readFileSync(at('newer.interlock'), 'utf8')).toBe(newer)
  })
})

describe('two windows with one file', () => {
  it('the second is told at opening, and saving second is refused until it says overwrite', async () => {
    put('a.interlock', textOf('One'))
    const other = await standIn.page()
    const mine = await open('a.interlock')
    const theirs = await other.call('files.open', { path: 'a.interlock' })
    expect(mine.remarks).toEqual([])
    expect(theirs.remarks.join()).toMatch(/also open in another window/)
    await page.call('files.save', { handle: mine.file?.handle ?? '', stamp: mine.file?.stamp ?? '', text: textOf('Mine'), overwrite: false })
    const save = { handle: theirs.file?.handle ?? '', stamp: theirs.file?.stamp ?? '', text: textOf('Theirs') }
    const error = await refusal(other.call('files.save', { ...save, overwrite: false }))
    expect(error.code).toBe('changed-elsewhere')
    expect(error.message).toMatch(/a\.interlock.*Nothing was written/)
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Mine'))
    await other.call('files.save', { ...save, overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Theirs'))
  })

  it('saving at the same moment lets one through and refuses the other', async () => {
    put('a.interlock', textOf('One'))
    const pages = [page, await standIn.page()]
    const files = await Promise.all(pages.map((each) => each.call('files.open', { path: 'a.interlock' })))
    const saves = await Promise.allSettled(
      pages.map((each, i) =>
        each.call('files.save', {
          handle: files[i]?.file?.handle ?? '',
          stamp: files[i]?.file?.stamp ?? '',
          text: textOf(`Window ${i}`),
          overwrite: false,
        }),
      ),
    )
    expect(saves.map((save) => save.status).sort()).toEqual(['fulfilled', 'rejected'])
    const winner = saves.findIndex((save) => save.status === 'fulfilled')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf(`Window ${winner}`))
  })

  it("one cannot use the other's handle", async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    const other = await standIn.page()
    const save = other.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('x'), overwrite: true })
    expect((await refusal(save)).code).toBe('not-found')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
  })

  it('a page that comes back after its connection broke goes on with its handle', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    page.close()
    await page.closed
    const again = await standIn.page()
    await again.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two'), overwrite: false })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })
})

describe('a file that changes under an open drawing', () => {
  it('by another program is not overwritten unasked', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    put('a.interlock', textOf('Six'))
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    expect((await refusal(page.call('files.save', { ...save, overwrite: false }))).code).toBe('changed-elsewhere')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Six'))
  })

  it('in its times only has not changed', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    utimesSync(at('a.interlock'), new Date(), new Date())
    linkSync(at('a.interlock'), at('b.interlock'))
    await page.call('files.save', { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two'), overwrite: false })
  })

  it('by deletion is told, and saving anew writes it', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    rmSync(at('a.interlock'))
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    const error = await refusal(page.call('files.save', { ...save, overwrite: false }))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/a\.interlock.*save it anew/)
    await page.call('files.save', { ...save, overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })

  it('with its whole folder is told, and nothing is made in its place', async () => {
    mkdirSync(at('share'))
    put('share/a.interlock', textOf('One'))
    const { file } = await open('share/a.interlock')
    rmSync(at('share'), { recursive: true })
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    expect((await refusal(page.call('files.save', { ...save, overwrite: true }))).code).toBe('not-found')
    expect(existsSync(at('share'))).toBe(false)
  })
})

describe('the workspace', () => {
  it('is listed folders first, numbers as numbers, hidden files left out', async () => {
    mkdirSync(at('zoo'))
    for (const name of ['week10.interlock', 'week2.interlock', 'notes.txt', '.secret']) put(name, textOf('x'))
    const { folder, parent, entries } = await page.call('workspace.list', { folder: '' })
    expect({ folder, parent }).toEqual({ folder: '', parent: null })
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder zoo',
      'other notes.txt',
      'document week2.interlock',
      'document week10.interlock',
    ])
    expect(entries.at(-1)).toMatchObject({ path: 'week10.interlock', size: Buffer.byteLength(textOf('x')) })
    expect(entries.at(-1)?.modified).toBeGreaterThan(Date.now() - 60_000)
  })

  it('grows folders, which know their parent', async () => {
    await page.call('workspace.makeFolder', { folder: 'week 3' })
    await page.call('workspace.makeFolder', { folder: 'week 3/mine' })
    expect(await page.call('workspace.list', { folder: 'week 3/mine' })).toEqual({ folder: 'week 3/mine', parent: 'week 3', entries: [] })
    expect((await refusal(page.call('workspace.makeFolder', { folder: 'week 3' }))).code).toBe('already-exists')
    expect((await refusal(page.call('workspace.makeFolder', { folder: 'nowhere/x' }))).code).toBe('not-found')
    expect((await refusal(page.call('workspace.makeFolder', { folder: '../x' }))).code).toBe('outside-workspace')
  })

  it('says when a folder is a file or is not there', async () => {
    put('a.interlock', textOf('x'))
    expect((await refusal(page.call('workspace.list', { folder: 'a.interlock' }))).code).toBe('not-a-file')
    expect((await refusal(page.call('workspace.list', { folder: 'gone' }))).code).toBe('not-found')
  })
})

describe('dialogs of the system', () => {
  it('open and save where the person says, anywhere', async () => {
    const answers: (string | null)[] = [join(folders.root, 'else.interlock'), join(folders.root, 'else.interlock'), null, null]
    const next = (): Promise<string | null> => Promise.resolve(answers.shift() ?? null)
    const native = startHost(folders, { shell: 'electron', dialogs: { pickOpen: next, pickSave: next } })
    const window = await native.page()
    const saved = await window.call('files.pickSave', { text: textOf('Else'), suggested: 'else' })
    expect(saved?.name).toBe('else.interlock')
    expect((await window.call('files.pickOpen', {}))?.document.title).toBe('Else')
    expect(await window.call('files.pickOpen', {})).toBeNull()
    expect(await window.call('files.pickSave', { text: textOf('x'), suggested: 'x' })).toBeNull()
    await native.host.close()
  })

  it('that did not ask about the name with its extension do not overwrite', async () => {
    writeFileSync(join(folders.root, 'taken.interlock'), textOf('Taken'))
    const dialogs = { pickOpen: () => Promise.resolve(null), pickSave: () => Promise.resolve(join(folders.root, 'taken')) }
    const native = startHost(folders, { shell: 'electron', dialogs })
    const save = (await native.page()).call('files.pickSave', { text: textOf('New'), suggested: 'taken' })
    expect((await refusal(save)).code).toBe('already-exists')
    expect(readFileSync(join(folders.root, 'taken.interlock'), 'utf8')).toBe(textOf('Taken'))
    await native.host.close()
  })

  it('are refused where the shell has none', async () => {
    expect((await refusal(page.call('files.pickOpen', {}))).code).toBe('bad-input')
  })
})

describe('recent files', () => {
  it('are listed newest first, opened by id, and forgotten', async () => {
    for (const name of ['a', 'b']) await page.call('files.saveAs', { path: name, text: textOf(name), overwrite: false })
    await open('a.interlock')
    const list = await page.call('files.recent', {})
    expect(list.map((file) => file.name)).toEqual(['a.interlock', 'b.interlock'])
    expect((await page.call('files.openRecent', { id: list[1]?.id ?? '' })).document.title).toBe('b')
    await page.call('files.forgetRecent', {})
    expect(await page.call('files.recent', {})).toEqual([])
    expect((await refusal(page.call('files.openRecent', { id: list[1]?.id ?? '' }))).code).toBe('not-found')
  })

  it('outlive the host', async () => {
    await page.call('files.saveAs', { path: 'a', text: textOf('a'), overwrite: false })
    const before = await page.call('files.recent', {})
    const later = startHost(folders)
    expect(await (await later.page()).call('files.recent', {})).toEqual(before)
    await later.host.close()
  })
})
