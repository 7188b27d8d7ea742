// Opening and saving over the wire, on real folders: nothing outside the workspace, nothing half read, nothing lost.
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
  utimesSync,
} from 'node:fs'

import { describe, expect, it } from 'vitest'
import { MAX_DOCUMENT_BYTES } from '../../../../src-main/contract/limits.ts'
import { drawing, refusal, textOf } from '../../host/stand-in.ts'
import { onePage } from './one-page.ts'

const on = onePage()
const { at, put, open } = on

describe('saving and opening', () => {
  it('writes a new file with the extension and opens the same drawing again', async () => {
    const text = textOf('Ring')
    const saved = await on.page.call('files.saveAs', { path: 'Ring', text, overwrite: false })
    expect(saved).toMatchObject({ name: 'Ring.interlock', place: 'Übungen ½' })
    expect(readFileSync(at('Ring.interlock'), 'utf8')).toBe(text)
    const opened = await open('Ring.interlock')
    expect(opened).toMatchObject({ document: drawing('Ring'), readOnly: null, file: { stamp: saved.stamp } })
  })

  it('saves over the file it was opened from, and gives the new stamp', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    if (file === null) throw new Error('no file')
    const saved = await on.page.call('files.save', { ...file, text: textOf('Two'), overwrite: false })
    expect(saved.handle).toBe(file.handle)
    expect(saved.stamp).not.toBe(file.stamp)
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
    expect((await on.page.call('files.save', { ...saved, text: textOf('Three'), overwrite: false })).stamp).not.toBe(
      saved.stamp,
    )
  })

  it('keeps the permissions of the file', async () => {
    put('a.interlock', textOf('One'))
    chmodSync(at('a.interlock'), 0o640)
    const { file } = await open('a.interlock')
    await on.page.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('Two'),
      overwrite: false,
    })
    expect(statSync(at('a.interlock')).mode & 0o777).toBe(0o640)
  })

  it('writes to the file that a link points to, and leaves the link', async () => {
    put('real.interlock', textOf('One'))
    symlinkSync(at('real.interlock'), at('link.interlock'))
    const { file } = await open('link.interlock')
    await on.page.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('Two'),
      overwrite: false,
    })
    expect(readFileSync(at('real.interlock'), 'utf8')).toBe(textOf('Two'))
    expect(readdirSync(on.folders.workspace).sort()).toContain('link.interlock')
    expect(statSync(at('link.interlock')).ino).toBe(statSync(at('real.interlock')).ino)
  })

  it('asks before it overwrites another file', async () => {
    put('a.interlock', textOf('One'))
    const error = await refusal(on.page.call('files.saveAs', { path: 'a', text: textOf('Two'), overwrite: false }))
    expect(error.code).toBe('already-exists')
    expect(error.message).toContain('a.interlock')
    await on.page.call('files.saveAs', { path: 'a', text: textOf('Two'), overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })

  it('leaves no other file behind once the drawing is closed', async () => {
    const saved = await on.page.call('files.saveAs', { path: 'a', text: textOf('One'), overwrite: false })
    await on.page.call('autosave.keep', { draft: 'd', handle: saved.handle, text: textOf('Two') })
    await on.page.call('files.release', { handle: saved.handle })
    expect(readdirSync(on.folders.workspace)).toEqual(['a.interlock'])
    expect((await refusal(on.page.call('files.save', { ...saved, text: textOf('Two'), overwrite: false }))).code).toBe(
      'not-found',
    )
  })

  it('refuses what is larger than a drawing may be, before writing', async () => {
    const text = 'ä'.repeat(MAX_DOCUMENT_BYTES / 2 + 1)
    expect((await refusal(on.page.call('files.saveAs', { path: 'a', text, overwrite: false }))).code).toBe('too-large')
    expect(readdirSync(on.folders.workspace)).toEqual([])
  })

  it.each(['', '.interlock', '.hidden', 'a\nb', 'a:b', 'x'.repeat(300)])(
    'refuses the name %j with a remedy',
    async (name) => {
      const error = await refusal(on.page.call('files.saveAs', { path: name, text: textOf('One'), overwrite: false }))
      expect(error).toMatchObject({ code: 'bad-input' })
      expect(error.message).toContain('Choose another name')
    },
  )
})

describe('a newer version that fits', () => {
  it('opens to look at, and is not overwritten', async () => {
    const newer = textOf('Newer').replace('"version": 1', '"version": 2')
    put('newer.interlock', newer)
    const { file, readOnly } = await open('newer.interlock')
    expect(readOnly).toMatch(/newer Interlock/)
    const save = on.page.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('Old'),
      overwrite: true,
    })
    expect((await refusal(save)).code).toBe('read-only')
    expect(readFileSync(at('newer.interlock'), 'utf8')).toBe(newer)
  })
})

describe('two windows with one file', () => {
  it('the second is told at opening, and saving second is refused until it says overwrite', async () => {
    put('a.interlock', textOf('One'))
    const other = await on.standIn.page()
    const mine = await open('a.interlock')
    const theirs = await other.call('files.open', { path: 'a.interlock' })
    expect(mine.remarks).toEqual([])
    expect(theirs.remarks.join()).toMatch(/also open in another window/)
    await on.page.call('files.save', {
      handle: mine.file?.handle ?? '',
      stamp: mine.file?.stamp ?? '',
      text: textOf('Mine'),
      overwrite: false,
    })
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
    const pages = [on.page, await on.standIn.page()]
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
    const other = await on.standIn.page()
    const save = other.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('x'),
      overwrite: true,
    })
    expect((await refusal(save)).code).toBe('not-found')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
  })

  it('a page that comes back after its connection broke goes on with its handle', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    on.page.close()
    await on.page.closed
    const again = await on.standIn.page()
    await again.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('Two'),
      overwrite: false,
    })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })
})

describe('a file that changes under an open drawing', () => {
  it('by another program is not overwritten unasked', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    put('a.interlock', textOf('Six'))
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    expect((await refusal(on.page.call('files.save', { ...save, overwrite: false }))).code).toBe('changed-elsewhere')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Six'))
  })

  it('in its times only has not changed', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    utimesSync(at('a.interlock'), new Date(), new Date())
    linkSync(at('a.interlock'), at('b.interlock'))
    await on.page.call('files.save', {
      handle: file?.handle ?? '',
      stamp: file?.stamp ?? '',
      text: textOf('Two'),
      overwrite: false,
    })
  })

  it('by deletion is told, and saving anew writes it', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await open('a.interlock')
    rmSync(at('a.interlock'))
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    const error = await refusal(on.page.call('files.save', { ...save, overwrite: false }))
    expect(error.code).toBe('not-found')
    expect(error.message).toMatch(/a\.interlock.*save it anew/)
    await on.page.call('files.save', { ...save, overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Two'))
  })

  it('with its whole folder is told, and nothing is made in its place', async () => {
    mkdirSync(at('share'))
    put('share/a.interlock', textOf('One'))
    const { file } = await open('share/a.interlock')
    rmSync(at('share'), { recursive: true })
    const save = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two') }
    expect((await refusal(on.page.call('files.save', { ...save, overwrite: true }))).code).toBe('not-found')
    expect(existsSync(at('share'))).toBe(false)
  })
})
