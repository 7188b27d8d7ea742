// Settings and other small files of the host: kept between starts, damaged ones replaced, changes in turn.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../../../src-main/contract/api.ts'
import { MAX_RECENT } from '../../../src-main/contract/limits.ts'
import { createRecents } from '../../../src-main/services/recents.ts'
import { createSettings } from '../../../src-main/services/settings.ts'
import { type Folders, makeFolders, refusal, startHost } from '../host/stand-in.ts'

let folders: Folders
let log: string[]
beforeEach(() => {
  folders = makeFolders()
  log = []
})
afterEach(() => folders.remove())

const settings = (): ReturnType<typeof createSettings> => createSettings(folders.data, (line) => log.push(line))

describe('settings', () => {
  it('begin with their defaults and outlive the host', async () => {
    expect(await settings().get()).toEqual(defaultSettings)
    expect(await settings().set({ theme: 'contrast', panels: { right: 336 } })).toMatchObject({ theme: 'contrast' })
    expect(await settings().get()).toEqual({ ...defaultSettings, theme: 'contrast', panels: { right: 336 } })
    expect(log).toEqual([])
  })

  it('changed at the same time are all kept', async () => {
    const store = settings()
    await Promise.all([store.set({ theme: 'dark' }), store.set({ welcomed: true }), store.set({ panels: { a: 1 } })])
    expect(await store.get()).toEqual({ ...defaultSettings, theme: 'dark', welcomed: true, panels: { a: 1 } })
  })

  it.each(['{', '', '[]', '{"theme": "pink"}', '{"panels": {"a": "wide"}}'])(
    'damaged to %j give the defaults with one line in the log, and are mended by the next change',
    async (text) => {
      mkdirSync(folders.data)
      writeFileSync(join(folders.data, 'settings.json'), text)
      const store = settings()
      expect(await store.get()).toEqual(defaultSettings)
      await store.get()
      expect(log).toEqual(['settings.json is damaged; defaults are used, and the next change replaces it.'])
      await store.set({ theme: 'light' })
      expect(JSON.parse(readFileSync(join(folders.data, 'settings.json'), 'utf8'))).toEqual({
        ...defaultSettings,
        theme: 'light',
      })
    },
  )

  it('of an older version get the defaults of what they lack', async () => {
    mkdirSync(folders.data)
    writeFileSync(join(folders.data, 'settings.json'), '{"theme": "dark"}')
    expect(await settings().get()).toEqual({ ...defaultSettings, theme: 'dark' })
  })

  it('in a place that cannot be a folder are kept in memory', async () => {
    writeFileSync(folders.data, 'a file')
    const store = settings()
    await store.set({ theme: 'dark' })
    await store.set({ welcomed: true })
    expect(await store.get()).toEqual({ ...defaultSettings, theme: 'dark', welcomed: true })
    expect(log).toHaveLength(1)
  })

  it('that do not fit are refused by the host with the place', async () => {
    const standIn = startHost(folders)
    const page = await standIn.page()
    const error = await refusal(page.pass('settings.set', { theme: 'pink' }))
    expect(error.code).toBe('bad-input')
    expect(error.message).toMatch(/"theme".*"system" or "light" or "dark" or "contrast".*found "pink"/)
    await standIn.host.close()
  })
})

describe('recent files', () => {
  it('hold each file once, newest first, up to the limit', async () => {
    const recents = createRecents(folders.data, folders.workspace, (line) => log.push(line))
    for (let i = 0; i < MAX_RECENT + 5; i += 1) await recents.add(join(folders.workspace, `${i}.interlock`))
    await recents.add(join(folders.workspace, `${MAX_RECENT}.interlock`))
    const list = await recents.list()
    expect(list).toHaveLength(MAX_RECENT)
    expect(list[0]?.name).toBe(`${MAX_RECENT}.interlock`)
    expect(new Set(list.map((file) => file.name)).size).toBe(MAX_RECENT)
    expect(JSON.stringify(list)).not.toContain(folders.root)
  })

  it('are in a folder that only its owner reads', async () => {
    await createRecents(folders.data, folders.workspace, (line) => log.push(line)).add('/x/a.interlock')
    expect(statSync(folders.data).mode & 0o077).toBe(0)
  })
})
