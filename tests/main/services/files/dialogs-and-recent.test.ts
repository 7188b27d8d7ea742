// The system's dialogs and the list of recent files.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusal, startHost, textOf } from '../../host/stand-in.ts'
import { onePage } from './one-page.ts'

const on = onePage()
const { open } = on

describe('dialogs of the system', () => {
  it('open and save where the person says, anywhere', async () => {
    const answers: (string | null)[] = [
      join(on.folders.root, 'else.interlock'),
      join(on.folders.root, 'else.interlock'),
      null,
      null,
    ]
    const next = (): Promise<string | null> => Promise.resolve(answers.shift() ?? null)
    const native = startHost(on.folders, { shell: 'electron', dialogs: { pickOpen: next, pickSave: next } })
    const window = await native.page()
    const saved = await window.call('files.pickSave', { text: textOf('Else'), suggested: 'else' })
    expect(saved?.name).toBe('else.interlock')
    expect((await window.call('files.pickOpen', {}))?.document.title).toBe('Else')
    expect(await window.call('files.pickOpen', {})).toBeNull()
    expect(await window.call('files.pickSave', { text: textOf('x'), suggested: 'x' })).toBeNull()
    await native.host.close()
  })

  it('that did not ask about the name with its extension do not overwrite', async () => {
    writeFileSync(join(on.folders.root, 'taken.interlock'), textOf('Taken'))
    const dialogs = {
      pickOpen: () => Promise.resolve(null),
      pickSave: () => Promise.resolve(join(on.folders.root, 'taken')),
    }
    const native = startHost(on.folders, { shell: 'electron', dialogs })
    const save = (await native.page()).call('files.pickSave', { text: textOf('New'), suggested: 'taken' })
    expect((await refusal(save)).code).toBe('already-exists')
    expect(readFileSync(join(on.folders.root, 'taken.interlock'), 'utf8')).toBe(textOf('Taken'))
    await native.host.close()
  })

  it('are refused where the shell has none', async () => {
    expect((await refusal(on.page.call('files.pickOpen', {}))).code).toBe('bad-input')
  })
})

describe('recent files', () => {
  it('are listed newest first, opened by id, and forgotten', async () => {
    for (const name of ['a', 'b'])
      await on.page.call('files.saveAs', { path: name, text: textOf(name), overwrite: false })
    await open('a.interlock')
    const list = await on.page.call('files.recent', {})
    expect(list.map((file) => file.name)).toEqual(['a.interlock', 'b.interlock'])
    expect((await on.page.call('files.openRecent', { id: list[1]?.id ?? '' })).document.title).toBe('b')
    await on.page.call('files.forgetRecent', {})
    expect(await on.page.call('files.recent', {})).toEqual([])
    expect((await refusal(on.page.call('files.openRecent', { id: list[1]?.id ?? '' }))).code).toBe('not-found')
  })

  it('outlive the host', async () => {
    await on.page.call('files.saveAs', { path: 'a', text: textOf('a'), overwrite: false })
    const before = await on.page.call('files.recent', {})
    const later = startHost(on.folders)
    expect(await (await later.page()).call('files.recent', {})).toEqual(before)
    await later.host.close()
  })
})
