// The system's dialogs and the list of recent files.
import { readFileSync, writeFileSync } from 'node:fs'
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
})
afterEach(async () => {
  await standIn.host.close()
  folders.remove()
})

const open = (path: string): ReturnType<typeof page.call<'files.open'>> => page.call('files.open', { path })

describe('dialogs of the system', () => {
  it('open and save where the person says, anywhere', async () => {
    const answers: (string | null)[] = [
      join(folders.root, 'else.interlock'),
      join(folders.root, 'else.interlock'),
      null,
      null,
    ]
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
    const dialogs = {
      pickOpen: () => Promise.resolve(null),
      pickSave: () => Promise.resolve(join(folders.root, 'taken')),
    }
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
