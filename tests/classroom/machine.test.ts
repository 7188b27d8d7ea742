// Classroom statements about the machine: protected and full disks, several people, long names, shared folders, files
// of newer versions, and leaving nothing behind. On the real host and real folders. Above 300 lines because the statements
// of one checklist stand together, each with a machine of its own.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { rename, unlink, open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '../../src-main/contract/api.ts'
import { MANY_DRAFT_BYTES } from '../../src-main/contract/limits.ts'
import { profileRemarks } from '../../src-main/services/profile.ts'
import { writeWhole } from '../../src-main/services/files/write.ts'
import {
  type Folders,
  makeFolders,
  type Page,
  refusal,
  type StandIn,
  startHost,
  textOf,
} from '../main/host/stand-in.ts'
import { ordinaryAccount, skip } from './accounts.ts'
import { smallDisk } from './small-disk.ts'

let folders: Folders
const hosts: StandIn[] = []

beforeEach(() => {
  folders = makeFolders()
})
afterEach(async () => {
  for (const { host } of hosts.splice(0)) await host.close()
  folders.remove()
})

const at = (name: string): string => join(folders.workspace, name)

/** One more instance of Interlock on the same folders. */
function instance(): StandIn {
  const standIn = startHost(folders)
  hosts.push(standIn)
  return standIn
}

async function gone(page: Page): Promise<void> {
  page.close()
  await page.closed
}

describe('6 a read-only profile', () => {
  it('is told once; settings and recent files last until the end', async () => {
    // A file in place of the folder refuses every account, root as well.
    writeFileSync(folders.data, '')
    const standIn = instance()
    const page = await standIn.page()
    expect(await page.call('session.remarks', {})).toEqual([expect.stringMatching(/^Settings .* cannot be kept/)])
    expect(await page.call('session.remarks', {})).toEqual([])
    expect(await page.call('settings.get', {})).toEqual(defaultSettings)
    await page.call('settings.set', { theme: 'dark' })
    await page.call('files.saveAs', { path: 'a', text: textOf('A'), overwrite: false })
    const next = await standIn.page()
    expect(await next.call('settings.get', {})).toMatchObject({ theme: 'dark' })
    expect(await next.call('files.recent', {})).toMatchObject([{ name: 'a.interlock' }])
    expect(readFileSync(folders.data, 'utf8')).toBe('')
  })

  it('that can be written gives no remark', async () => {
    expect(await (await instance().page()).call('session.remarks', {})).toEqual([])
  })
})

describe('7 a full disk', () => {
  it('keeps the old file whole and names the cause, for saves, unsaved work and settings alike', async (context) => {
    const disk = smallDisk(folders.root, 1024)
    if ('why' in disk) return skip(context, disk.why)
    try {
      const workspace = join(disk.folder, 'drawings')
      const standIn = startHost({ ...folders, workspace, data: join(disk.folder, 'data') })
      hosts.push(standIn)
      const page = await standIn.page()
      const file = await page.call('files.saveAs', { path: 'a', text: textOf('Whole'), overwrite: false })
      await page.call('settings.set', { theme: 'dark' })
      disk.fill()
      const { handle, stamp } = file
      const large = textOf('Large', 4000)
      const error = await refusal(page.call('files.save', { handle, stamp, text: large, overwrite: false }))
      expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('no room left') as string })
      const keeping = await refusal(page.call('autosave.keep', { draft: 'd', handle, text: large }))
      expect(keeping.code).toBe('disk-full')
      expect(await page.call('settings.set', { theme: 'light' })).toMatchObject({ theme: 'light' })
      expect(await page.call('settings.get', {})).toMatchObject({ theme: 'light' })
      expect(standIn.log.join()).toMatch(/settings\.json cannot be written and is kept in memory/)
      expect(JSON.parse(readFileSync(join(disk.folder, 'data', 'settings.json'), 'utf8'))).toMatchObject({
        theme: 'dark',
      })
      expect(readFileSync(join(workspace, 'a.interlock'), 'utf8')).toBe(textOf('Whole'))
      expect(readdirSync(workspace).filter((name) => name.includes('.tmp-'))).toEqual([])
      disk.empty()
      await page.call('files.save', { handle, stamp, text: large, overwrite: false })
      expect(readFileSync(join(workspace, 'a.interlock'), 'utf8')).toBe(large)
      await gone(page)
    } finally {
      for (const { host } of hosts.splice(0)) await host.close()
      disk.remove()
    }
  })
})

describe('8 what is kept', () => {
  it('in the folder of drafts is work and nothing else; work is never removed by itself', async () => {
    const first = await instance().page()
    mkdirSync(folders.workspace, { recursive: true })
    writeFileSync(at('a.interlock'), textOf('A'))
    await first.call('autosave.keep', { draft: 'd', handle: null, text: textOf('Work') })
    await gone(first)
    const drafts = join(folders.data, 'drafts')
    const old = new Date(Date.now() - 400 * 24 * 3600 * 1000)
    const [work = ''] = readdirSync(drafts)
    writeFileSync(join(drafts, `.${work}.tmp-00ff00`), 'half')
    writeFileSync(join(drafts, '0123.origin.json'), '{"path": "/gone"}')
    writeFileSync(join(drafts, '.4567.interlock.lock'), '{}')
    for (const name of readdirSync(drafts)) utimesSync(join(drafts, name), old, old)
    // A draft that its file says already, as a kill between saving and tidying leaves it.
    writeFileSync(join(drafts, 'same.interlock'), textOf('A'))
    writeFileSync(join(drafts, 'same.origin.json'), JSON.stringify({ path: at('a.interlock') }))
    const next = await instance().page()
    expect(await next.call('recovery.list', {})).toMatchObject([{ title: 'Work' }])
    expect(readdirSync(drafts)).toEqual([work])
  })

  it('of unsaved work is told when it grows large', () => {
    const drafts = join(folders.data, 'drafts')
    mkdirSync(drafts, { recursive: true })
    writeFileSync(join(drafts, 'a.interlock'), Buffer.alloc(MANY_DRAFT_BYTES))
    expect(profileRemarks(folders.data)).toEqual([])
    writeFileSync(join(drafts, 'b.interlock'), 'x')
    expect(profileRemarks(folders.data)).toEqual([expect.stringMatching(/take 50 MB.*Recover unsaved drawings/)])
  })
})

describe('9 two at once', () => {
  it('instances of one person: the second is told, nothing is overwritten unasked, settings of both stay', async () => {
    const [one, two] = [await instance().page(), await instance().page()]
    const saved = await one.call('files.saveAs', { path: 'shared', text: textOf('One'), overwrite: false })
    const opened = await two.call('files.open', { path: 'shared.interlock' })
    // Both run in this process; the lock carries the session, so they are told apart all the same.
    expect(opened.remarks.join()).toMatch(/also open in another window/)
    const { handle, stamp } = saved
    await one.call('files.save', { handle, stamp, text: textOf('One, changed'), overwrite: false })
    const { file } = opened
    const late = { handle: file?.handle ?? '', stamp: file?.stamp ?? '', text: textOf('Two'), overwrite: false }
    expect((await refusal(two.call('files.save', late))).code).toBe('changed-elsewhere')
    expect(readFileSync(at('shared.interlock'), 'utf8')).toBe(textOf('One, changed'))
    await one.call('autosave.keep', { draft: 'd1', handle, text: textOf('Work of one') })
    await two.call('autosave.keep', { draft: 'd2', handle: late.handle, text: textOf('Work of two') })
    await one.call('settings.set', { theme: 'dark' })
    expect(await two.call('settings.set', { welcomed: true })).toMatchObject({ theme: 'dark', welcomed: true })
    await gone(one)
    await gone(two)
    const third = await instance().page()
    const titles = (await third.call('recovery.list', {})).map(({ title }) => title).sort()
    expect(titles).toEqual(['Work of one', 'Work of two'])
  })

  it('accounts on one shared folder: the second reads, is told, and gets a copy of its own', (context) => {
    const account = ordinaryAccount()
    if (!('uid' in account)) return skip(context, 'running as a second account needs root')
    mkdirSync(folders.workspace)
    writeFileSync(at('a.interlock'), textOf('Of root'))
    for (const folder of [folders.root, folders.workspace]) chmodSync(folder, 0o755)
    mkdirSync(folders.data)
    chmodSync(folders.data, 0o777)
    const script = join(import.meta.dirname, '../main/services/files/child-host.ts')
    const args = [script, folders.workspace, folders.data, 'protected', 'a.interlock']
    const { stdout, stderr } = spawnSync(process.execPath, args, { ...account, encoding: 'utf8' })
    if (/EACCES.*child-host|Cannot find module/.test(stderr))
      return skip(context, `another account cannot run Node: ${stderr}`)
    const [opened, saved, , kept] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { ok?: { readOnly?: string }; code?: string })
    expect(opened?.ok?.readOnly).toMatch(/write-protected/)
    expect(saved?.code).toBe('read-only')
    expect(kept).toHaveProperty('ok')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Of root'))
    expect(readdirSync(join(folders.data, 'drafts')).filter((name) => name.endsWith('.interlock'))).toHaveLength(1)
  })
})

describe('10 forgetting a session', () => {
  it('removes recent files and unsaved work, and leaves saved files, settings and the work of other windows', async () => {
    const standIn = instance()
    const lost = await standIn.page()
    const file = await lost.call('files.saveAs', { path: 'a', text: textOf('Saved'), overwrite: false })
    await lost.call('autosave.keep', { draft: 'x', handle: file.handle, text: textOf('Beside') })
    await lost.call('autosave.keep', { draft: 'y', handle: null, text: textOf('Draft') })
    await gone(lost)
    const other = await standIn.page()
    await other.call('autosave.keep', { draft: 'z', handle: null, text: textOf('Of another window') })
    const page = await standIn.page()
    await page.call('settings.set', { theme: 'dark' })
    // Both were kept within a millisecond or so, in either order.
    const found = (await page.call('recovery.list', {})).find(({ title }) => title === 'Draft')
    await page.call('recovery.open', { id: found?.id ?? '' })
    expect(await page.call('recovery.list', {})).toHaveLength(1)
    await page.call('session.forget', {})
    expect(await page.call('recovery.list', {})).toEqual([])
    expect(await page.call('files.recent', {})).toEqual([])
    expect(readFileSync(join(folders.data, 'recent.json'), 'utf8').trim()).toBe('[]')
    expect(readdirSync(folders.workspace)).toEqual(['a.interlock'])
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Saved'))
    expect(await page.call('settings.get', {})).toMatchObject({ theme: 'dark' })
    await gone(other)
    expect(await page.call('recovery.list', {})).toMatchObject([{ title: 'Of another window' }])
  })
})

describe('12 places of drawings', () => {
  it('may be deep, with spaces and every script, over 260 characters', async () => {
    const page = await instance().page()
    let folder = ''
    for (const part of [
      'Räume & Übungen',
      '操作系统 第一周',
      'ακαδημία',
      'дом 1',
      '🙂 '.repeat(20).trim(),
      'x'.repeat(180),
    ]) {
      folder = folder === '' ? part : `${folder}/${part}`
      await page.call('workspace.makeFolder', { folder })
    }
    const path = `${folder}/Ring der Philosophen ½.interlock`
    expect(at(path).length).toBeGreaterThan(300)
    const saved = await page.call('files.saveAs', { path, text: textOf('Deep'), overwrite: false })
    await page.call('autosave.keep', { draft: 'd', handle: saved.handle, text: textOf('Deeper') })
    await gone(page)
    const next = await instance().page()
    const [found] = await next.call('recovery.list', {})
    const { file, document } = await next.call('recovery.open', { id: found?.id ?? '' })
    expect(document.title).toBe('Deeper')
    const { handle, stamp } = file ?? { handle: '', stamp: '' }
    await next.call('files.save', { handle, stamp, text: textOf('Deeper'), overwrite: false })
    expect(readFileSync(at(path), 'utf8')).toBe(textOf('Deeper'))
  })

  it('may have the longest name that a disk takes: saved, kept and found again', async () => {
    mkdirSync(folders.workspace)
    const name = `${'第'.repeat(81)}.interlock`
    expect(Buffer.byteLength(name)).toBeGreaterThan(250)
    writeFileSync(at(name), textOf('Long'))
    const page = await instance().page()
    const { file } = await page.call('files.open', { path: name })
    const { handle, stamp } = file ?? { handle: '', stamp: '' }
    await page.call('files.save', { handle, stamp, text: textOf('Long, saved'), overwrite: false })
    expect(readFileSync(at(name), 'utf8')).toBe(textOf('Long, saved'))
    await page.call('autosave.keep', { draft: 'd', handle, text: textOf('Long, unsaved') })
    await gone(page)
    expect(await (await instance().page()).call('recovery.list', {})).toMatchObject([{ title: 'Long, unsaved', name }])
  })

  it('may be on a share that is busy for a moment, and answers when it stays busy', async () => {
    mkdirSync(folders.workspace)
    const busy = (times: number) => {
      let left = times
      return {
        open: openFile,
        unlink,
        rename: async (from: string, to: string) => {
          left -= 1
          if (left >= 0) throw Object.assign(new Error('busy'), { code: 'EBUSY' })
          await rename(from, to)
        },
      }
    }
    await writeWhole(at('a.interlock'), 'first', 'a.interlock', busy(3))
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe('first')
    const error = await refusal(writeWhole(at('a.interlock'), 'second', 'a.interlock', busy(99)))
    expect(error.code).toBe('io-error')
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe('first')
    expect(readdirSync(folders.workspace)).toEqual(['a.interlock'])
  })

  it('may vanish and come back: nothing is lost, and saving goes on', async () => {
    const page = await instance().page()
    const saved = await page.call('files.saveAs', { path: 'a', text: textOf('A'), overwrite: false })
    const away = join(folders.root, 'away')
    await rename(folders.workspace, away)
    const { handle, stamp } = saved
    const save = { handle, stamp, text: textOf('B'), overwrite: false }
    expect((await refusal(page.call('files.save', save))).code).toBe('not-found')
    await page.call('autosave.keep', { draft: 'd', handle, text: textOf('B') })
    await rename(away, folders.workspace)
    await page.call('files.save', save)
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('B'))
    expect(readdirSync(join(folders.data, 'drafts'))).toEqual([])
  })
})

describe('28 and 29 files that travel', () => {
  it('28 a drawing names no font, no address and no place of the machine it was made on', async () => {
    const page = await instance().page()
    const samples = await page.call('samples.list', { lab: 'deadlock' })
    expect(samples.length).toBeGreaterThan(0)
    for (const { id } of samples) {
      const { document } = await page.call('samples.open', { lab: 'deadlock', id })
      await page.call('files.saveAs', { path: id, text: JSON.stringify(document), overwrite: false })
      const text = readFileSync(at(`${id}.interlock`), 'utf8')
      expect(text).not.toMatch(/https?:|file:|data:|font|\/home\/|\/tmp\//i)
    }
  })

  it('29 a file of a newer version opens to look only, with a sentence, and is never written', async () => {
    mkdirSync(folders.workspace)
    const text = textOf('From the future').replace('"version": 1', '"version": 7')
    writeFileSync(at('new.interlock'), text)
    const before = statSync(at('new.interlock')).mtimeMs
    const page = await instance().page()
    const { file, readOnly } = await page.call('files.open', { path: 'new.interlock' })
    expect(readOnly).toMatch(/version/)
    const { handle, stamp } = file ?? { handle: '', stamp: '' }
    for (const overwrite of [false, true]) {
      expect((await refusal(page.call('files.save', { handle, stamp, text: textOf('Old'), overwrite }))).code).toBe(
        'read-only',
      )
    }
    await page.call('files.release', { handle })
    expect(readFileSync(at('new.interlock'), 'utf8')).toBe(text)
    expect(statSync(at('new.interlock')).mtimeMs).toBe(before)
    expect(existsSync(at('.new.interlock.autosave'))).toBe(false)
  })
})
