// Unsaved work outlives the page, the host and the power: what was kept last is offered again, and only what is nobody's.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { type Page, refusal, textOf } from '../../host/stand-in.ts'
import { onePage } from './one-page.ts'

const on = onePage()
const { at, put } = on

const autosaves = (): string[] => readdirSync(on.folders.workspace).filter((name) => name.endsWith('.autosave'))

/** The page vanishes, as by a reload or a crash of the browser. */
async function lose(lost: Page): Promise<Page> {
  lost.close()
  await lost.closed
  return on.standIn.page()
}

describe('work on a file', () => {
  it('stands beside it, never in it, and comes back with the file after the page is lost', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await on.page.call('files.open', { path: 'a.interlock' })
    await on.page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: textOf('Unsaved') })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
    expect(autosaves()).toEqual(['.a.interlock.autosave'])
    const next = await lose(on.page)
    const list = await next.call('recovery.list', {})
    expect(list).toMatchObject([{ title: 'Unsaved', name: 'a.interlock', place: 'Übungen ½' }])
    expect(list[0]?.saved).toBeGreaterThan(Date.now() - 60_000)
    const opened = await next.call('recovery.open', { id: list[0]?.id ?? '' })
    expect(opened).toMatchObject({ document: { title: 'Unsaved' }, file: { name: 'a.interlock' } })
    await next.call('files.save', {
      ...(opened.file ?? { handle: '', stamp: '' }),
      text: textOf('Unsaved'),
      overwrite: false,
    })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Unsaved'))
    expect(autosaves()).toEqual([])
    expect(await (await lose(next)).call('recovery.list', {})).toEqual([])
  })

  it('is not offered while a living window has it, neither to itself nor to another', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await on.page.call('files.open', { path: 'a.interlock' })
    await on.page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: textOf('Unsaved') })
    await on.page.call('autosave.keep', { draft: 'e', handle: null, text: textOf('Draft') })
    expect(await on.page.call('recovery.list', {})).toEqual([])
    expect(await (await on.standIn.page()).call('recovery.list', {})).toEqual([])
  })

  it('of two windows with one file is kept apart, and both are offered', async () => {
    put('a.interlock', textOf('One'))
    const other = await on.standIn.page()
    for (const [window, title] of [
      [on.page, 'First window'],
      [other, 'Second window'],
    ] as const) {
      const { file } = await window.call('files.open', { path: 'a.interlock' })
      await window.call('autosave.keep', { draft: title, handle: file?.handle ?? null, text: textOf(title) })
    }
    other.close()
    await other.closed
    const next = await lose(on.page)
    const list = await next.call('recovery.list', {})
    expect(list.map(({ title, name }) => `${title} of ${name}`).sort()).toEqual([
      'First window of a.interlock',
      'Second window of a.interlock',
    ])
  })

  it('that was discarded or saved is not offered', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await on.page.call('files.open', { path: 'a.interlock' })
    const handle = file?.handle ?? ''
    await on.page.call('autosave.keep', { draft: 'd', handle, text: textOf('Two') })
    await on.page.call('autosave.discard', { draft: 'd', handle })
    await on.page.call('autosave.keep', { draft: 'd', handle, text: textOf('Three') })
    await on.page.call('files.save', { handle, stamp: file?.stamp ?? '', text: textOf('Three'), overwrite: false })
    expect(autosaves()).toEqual([])
    expect(await (await lose(on.page)).call('recovery.list', {})).toEqual([])
  })

  it('older than the file, or equal to it, is not offered', async () => {
    for (const name of ['older', 'equal']) put(`${name}.interlock`, textOf('Same'))
    put('.older.interlock.autosave', textOf('Other'))
    put('.equal.interlock.autosave', textOf('Same'))
    const past = new Date(Date.now() - 3_600_000)
    utimesSync(at('.older.interlock.autosave'), past, past)
    expect(await on.page.call('recovery.list', {})).toEqual([])
  })

  it('whose file was deleted is offered, and saving writes the file anew', async () => {
    put('a.interlock', textOf('One'))
    const { file } = await on.page.call('files.open', { path: 'a.interlock' })
    await on.page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: textOf('Unsaved') })
    rmSync(at('a.interlock'))
    const next = await lose(on.page)
    const [found] = await next.call('recovery.list', {})
    const opened = await next.call('recovery.open', { id: found?.id ?? '' })
    const save = { ...(opened.file ?? { handle: '', stamp: '' }), text: textOf('Unsaved') }
    expect((await refusal(next.call('files.save', { ...save, overwrite: false }))).code).toBe('not-found')
    await next.call('files.save', { ...save, overwrite: true })
    expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('Unsaved'))
  })

  it('in folders of the workspace is found', async () => {
    mkdirSync(at('week 3/mine'), { recursive: true })
    put('week 3/mine/.a.interlock.autosave', textOf('Deep'))
    expect(await on.page.call('recovery.list', {})).toMatchObject([{ title: 'Deep', place: 'Übungen ½/week 3/mine' }])
  })

  it('outside the workspace is found through the recent files', async () => {
    const path = join(on.folders.root, 'else.interlock')
    writeFileSync(path, textOf('One'))
    await on.standIn.host.openPath(path)
    await expect.poll(() => on.page.events.length).toBe(1)
    const { file } = await on.page.call('files.openRecent', on.page.events[0]?.[1] as { id: string })
    await on.page.call('autosave.keep', { draft: 'd', handle: file?.handle ?? null, text: textOf('Unsaved') })
    expect(await (await lose(on.page)).call('recovery.list', {})).toMatchObject([
      { title: 'Unsaved', name: 'else.interlock' },
    ])
  })

  it('that is broken is refused with its place and stays', async () => {
    put('.a.interlock.autosave', textOf('Cut').slice(0, 90))
    const [found] = await on.page.call('recovery.list', {})
    expect((await refusal(on.page.call('recovery.open', { id: found?.id ?? '' }))).code).toBe('not-json')
    expect(autosaves()).toHaveLength(1)
  })
})

describe('work without a file', () => {
  it('comes back as a drawing without a file, newest first, once each', async () => {
    await on.page.call('autosave.keep', { draft: '../../evil', handle: null, text: textOf('First') })
    await new Promise((done) => setTimeout(done, 20))
    await on.page.call('autosave.keep', { draft: 'two', handle: null, text: textOf('Old second') })
    await on.page.call('autosave.keep', { draft: 'two', handle: null, text: textOf('Second') })
    expect(existsSync(join(on.folders.data, 'drafts'))).toBe(true)
    expect(readdirSync(on.folders.root).sort()).toEqual(['data', 'Übungen ½'].sort())
    const next = await lose(on.page)
    const list = await next.call('recovery.list', {})
    expect(list).toMatchObject([
      { title: 'Second', name: null, place: '' },
      { title: 'First', name: null },
    ])
    const opened = await next.call('recovery.open', { id: list[0]?.id ?? '' })
    expect(opened).toMatchObject({ file: null, document: { title: 'Second' } })
    expect(await next.call('recovery.list', {})).toHaveLength(1)
  })

  it('can be discarded without opening it', async () => {
    await on.page.call('autosave.keep', { draft: 'd', handle: null, text: textOf('Draft') })
    const next = await lose(on.page)
    const [found] = await next.call('recovery.list', {})
    await next.call('recovery.discard', { id: found?.id ?? '' })
    expect(await next.call('recovery.list', {})).toEqual([])
    expect(readdirSync(join(on.folders.data, 'drafts'))).toEqual([])
    expect((await refusal(next.call('recovery.open', { id: found?.id ?? '' }))).code).toBe('not-found')
  })

  it('that was opened again can be discarded by the page that opened it, once its own autosave stands', async () => {
    await on.page.call('autosave.keep', { draft: 'd', handle: null, text: textOf('Draft') })
    const next = await lose(on.page)
    const [found] = await next.call('recovery.list', {})
    await next.call('recovery.open', { id: found?.id ?? '' })
    await next.call('autosave.keep', { draft: 'new', handle: null, text: textOf('Draft, changed') })
    await next.call('recovery.discard', { id: found?.id ?? '' })
    const last = await lose(next)
    expect(await last.call('recovery.list', {})).toHaveLength(1)
  })

  it.each(['kept', 'saved'])('that was opened again is not offered twice once its text is %s', async (how) => {
    await on.page.call('autosave.keep', { draft: 'd', handle: null, text: textOf('Draft') })
    const next = await lose(on.page)
    const [found] = await next.call('recovery.list', {})
    await next.call('recovery.open', { id: found?.id ?? '' })
    await next.call('autosave.keep', { draft: 'another drawing', handle: null, text: textOf('Other') })
    if (how === 'kept') await next.call('autosave.keep', { draft: 'new', handle: null, text: textOf('Draft') })
    else await next.call('files.saveAs', { path: 'a', text: textOf('Draft'), overwrite: false })
    const last = await lose(next)
    const titles = (await last.call('recovery.list', {})).map(({ title }) => title).sort()
    expect(titles).toEqual(how === 'kept' ? ['Draft', 'Other'] : ['Other'])
  })

  it('that was opened again and lost before anything else is offered again', async () => {
    await on.page.call('autosave.keep', { draft: 'd', handle: null, text: textOf('Draft') })
    const next = await lose(on.page)
    const [found] = await next.call('recovery.list', {})
    await next.call('recovery.open', { id: found?.id ?? '' })
    expect(await (await lose(next)).call('recovery.list', {})).toMatchObject([{ title: 'Draft' }])
  })

  it('is kept even when its handle is lost', async () => {
    await on.page.call('autosave.keep', { draft: 'd', handle: 'no such handle', text: textOf('Kept') })
    expect(await (await lose(on.page)).call('recovery.list', {})).toMatchObject([{ title: 'Kept', name: null }])
  })
})

describe('a host that is killed', () => {
  const running = new Set<ChildProcess>()
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  })

  function start(what: string, path = ''): { child: ChildProcess; lines: Record<string, unknown>[] } {
    const script = join(import.meta.dirname, 'child-host.ts')
    const child = spawn(process.execPath, [script, on.folders.workspace, on.folders.data, what, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running.add(child)
    const lines: Record<string, unknown>[] = []
    createInterface({ input: child.stdout }).on('line', (line) =>
      lines.push(JSON.parse(line) as Record<string, unknown>),
    )
    return { child, lines }
  }

  async function killAfter({ child, lines }: ReturnType<typeof start>, count: number, delay: number): Promise<void> {
    await expect.poll(() => lines.length, { timeout: 15_000, interval: 5 }).toBeGreaterThanOrEqual(count)
    await new Promise((done) => setTimeout(done, delay))
    child.kill('SIGKILL')
    await once(child, 'close')
    running.delete(child)
  }

  it.each([0, 3, 7])(
    'while it keeps unsaved work loses at most the last bit of it (%i ms after a write)',
    async (delay) => {
      put('a.interlock', textOf('One'))
      const host = start('autosave', 'a.interlock')
      await killAfter(host, 5, delay)
      const [found] = await on.page.call('recovery.list', {})
      expect(found).toMatchObject({ name: 'a.interlock' })
      const opened = await on.page.call('recovery.open', { id: found?.id ?? '' })
      const number = Number(/^Number (\d+)$/.exec(opened.document.title)?.[1])
      expect(number).toBeGreaterThanOrEqual(Number(host.lines.at(-1)?.['kept']))
      expect(number).toBeLessThanOrEqual(Number(host.lines.at(-1)?.['kept']) + 1)
      expect(opened.document.model['nodes']).toHaveLength(2000)
      expect(readFileSync(at('a.interlock'), 'utf8')).toBe(textOf('One'))
    },
  )

  it('while it keeps a draft leaves a whole one', async () => {
    const host = start('draft')
    await killAfter(host, 5, 2)
    const [found] = await on.page.call('recovery.list', {})
    const opened = await on.page.call('recovery.open', { id: found?.id ?? '' })
    expect(opened.document.model['nodes']).toHaveLength(2000)
  })

  it('while it saves leaves a whole file', async () => {
    put('a.interlock', textOf('One'))
    const host = start('save', 'a.interlock')
    await killAfter(host, 5, 4)
    const opened = await on.page.call('files.open', { path: 'a.interlock' })
    expect(opened.document.model['nodes']).toHaveLength(2000)
    expect(opened.remarks).toEqual([])
  })

  it('leaves a lock that is known to be stale; a living one is told', async () => {
    put('a.interlock', textOf('One'))
    const host = start('hold', 'a.interlock')
    await expect.poll(() => host.lines.length, { timeout: 15_000 }).toBe(1)
    const mine = await on.page.call('files.open', { path: 'a.interlock' })
    expect(mine.remarks.join()).toMatch(/also open in another window/)
    await on.page.call('files.release', { handle: mine.file?.handle ?? '' })
    expect(existsSync(at('.a.interlock.lock'))).toBe(true)
    await killAfter(host, 1, 0)
    expect(existsSync(at('.a.interlock.lock'))).toBe(true)
    expect((await on.page.call('files.open', { path: 'a.interlock' })).remarks).toEqual([])
  })

  it('leaves temporary files that are swept away when they are old', async () => {
    put('.a.interlock.tmp-00ff00', 'half')
    put('.b.interlock.tmp-00ff00', 'being written')
    const past = new Date(Date.now() - 2 * 3_600_000)
    utimesSync(at('.a.interlock.tmp-00ff00'), past, past)
    await on.page.call('recovery.list', {})
    expect(readdirSync(on.folders.workspace)).toEqual(['.b.interlock.tmp-00ff00'])
  })
})
