// Files that are opened to look only: no lock, no entry among the recent files, nothing written beside them, and a copy
// that goes on without the file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Folders, makeFolders, type Page, refusal, type StandIn, startHost, textOf } from '../../host/stand-in.ts'

let folders: Folders
let standIn: StandIn
let page: Page

beforeEach(async () => {
  folders = makeFolders()
  standIn = startHost(folders)
  page = await standIn.page()
  writeFileSync(join(folders.workspace, 'a.interlock'), textOf('One'))
})
afterEach(async () => {
  await standIn.host.close()
  folders.remove()
})

const beside = (): string[] => readdirSync(folders.workspace)
const look = async (): Promise<string> => {
  const { file } = await page.call('files.open', { path: 'a.interlock', look: true })
  if (file === null) throw new Error('no file')
  expect(file.look).toBe(true)
  return file.handle
}

describe('a file that is open to look only', () => {
  it('is neither locked nor listed, and nothing appears beside it', async () => {
    const handle = await look()
    await page.call('autosave.keep', { draft: 'd', handle, text: textOf('Other') })
    expect(beside()).toEqual(['a.interlock'])
    expect(await page.call('files.recent', {})).toEqual([])
    await page.call('files.release', { handle })
    expect([beside(), readFileSync(join(folders.workspace, 'a.interlock'), 'utf8')]).toEqual([
      ['a.interlock'],
      textOf('One'),
    ])
  })

  it('is not written, whatever is asked for', async () => {
    const handle = await look()
    const asked = page.call('files.save', { handle, stamp: '', text: textOf('Other'), overwrite: true })
    expect(await refusal(asked)).toMatchObject({ code: 'read-only', message: expect.stringContaining('a.interlock') })
    expect(readFileSync(join(folders.workspace, 'a.interlock'), 'utf8')).toBe(textOf('One'))
  })

  it('does not disturb another page that works on it', async () => {
    const other = await standIn.page()
    const { file, remarks } = await other.call('files.open', { path: 'a.interlock' })
    await other.call('autosave.keep', { draft: 'x', handle: file?.handle ?? '', text: textOf('Two') })
    const kept = beside()
    const handle = await look()
    await page.call('files.release', { handle })
    expect([beside(), remarks]).toEqual([kept, []])
  })

  it('of this page keeps the lock and the unsaved work of the same file open beside it', async () => {
    const { file } = await page.call('files.open', { path: 'a.interlock' })
    await page.call('autosave.keep', { draft: 'x', handle: file?.handle ?? '', text: textOf('Two') })
    const kept = beside()
    expect(kept.length).toBeGreaterThan(1)
    await page.call('files.release', { handle: await look() })
    expect(beside()).toEqual(kept)
  })

  it('given on the command line is looked at as well', async () => {
    await standIn.host.openPath(join(folders.workspace, 'a.interlock'), { look: true })
    await expect.poll(() => page.events.length).toBe(1)
    const [name, file] = page.events[0] ?? []
    expect([name, file]).toMatchObject(['open-file', { look: true }])
    const opened = await page.call('files.openRecent', file as { id: string; look: boolean })
    expect([opened.file?.look, beside()]).toEqual([true, ['a.interlock']])
  })
})
