// Terminals through the host's calls: who may use which, what a reload finds, and what ends with the host.
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TerminalShown } from '../../../src-main/contract/terminal.ts'
import { terminalFacts, whyNoTerminals } from '../../../src-main/services/terminal/possible.ts'
import { until } from '../services/terminal/helpers.ts'
import { type Folders, makeFolders, type Page, type StandIn, startHost } from './stand-in.ts'

const why = whyNoTerminals(terminalFacts())
const size = { columns: 90, rows: 20 }

describe('whether there are terminals', () => {
  it('is told to the page, and a switched-off terminal cannot be opened', async () => {
    const folders = makeFolders()
    const before = process.env['INTERLOCK_TERMINALS']
    process.env['INTERLOCK_TERMINALS'] = 'off'
    const { host, page } = startHost(folders)
    try {
      const client = await page()
      const sentence = expect.stringContaining('Terminals are switched off') as string
      expect(await client.call('terminals.about', {})).toEqual({ why: sentence })
      const opening = client.call('terminals.open', { profile: 'lab', folder: '', size })
      await expect(opening).rejects.toMatchObject({ code: 'no-terminal', message: sentence })
    } finally {
      if (before === undefined) delete process.env['INTERLOCK_TERMINALS']
      else process.env['INTERLOCK_TERMINALS'] = before
      await host.close()
      folders.remove()
    }
  })
})

describe.skipIf(why !== null)(`terminals of a page${why === null ? '' : ` (${why})`}`, { timeout: 60_000 }, () => {
  let folders: Folders
  let started: StandIn
  beforeEach(() => {
    folders = makeFolders()
    started = startHost(folders)
  })
  afterEach(async () => {
    await started.host.close()
    folders.remove()
  })

  const open = (page: Page): Promise<TerminalShown> => page.call('terminals.open', { profile: 'lab', folder: '', size })
  const output = (page: Page): string =>
    page.events
      .filter(([name]) => name === 'terminal-output')
      .map(([, payload]) => (payload as { text: string }).text)
      .join('')
  const echo = async (page: Page, id: string, word: string): Promise<void> => {
    await page.call('terminals.write', { id, text: `echo "${word}"ly\r` })
    await until(() => output(page).includes(`${word}ly`), `${word}ly`)
  }

  it('show output as it comes, and the same screen to a page that comes again', async () => {
    const page = await started.page()
    const { state } = await open(page)
    expect(state).toMatchObject({ ...size, profile: 'lab', exit: null })
    await echo(page, state.id, 'first')
    page.close()
    await page.closed
    const again = await started.page()
    const shown = await again.call('terminals.attach', { id: state.id })
    expect(shown.picture).toContain('firstly')
    await echo(again, state.id, 'second')
  })

  it('can be used by a page that shows them, and by no other', async () => {
    const [page, other] = [await started.page(), await started.page()]
    const { state } = await open(page)
    const { id } = state
    for (const wrong of [id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), '1', 'x']) {
      await expect(other.call('terminals.attach', { id: wrong })).rejects.toMatchObject({ code: 'unknown-terminal' })
    }
    const calls = [
      () => other.call('terminals.write', { id, text: 'exit\r' }),
      () => other.call('terminals.resize', { id, size }),
      () => other.call('terminals.acknowledge', { id, characters: 10 }),
      () => other.call('terminals.close', { id }),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'unknown-terminal' })
    await echo(page, id, 'still')
    expect(output(other)).toBe('')
  })

  it('take no program, no size beyond the limits, and no path out of the workspace', async () => {
    const page = await started.page()
    const wrong = [
      { profile: '/bin/sh', folder: '', size },
      { profile: 'lab', folder: '../..', size },
      { profile: 'lab', folder: '', size: { columns: 1e9, rows: 20 } },
      { profile: 'lab', folder: '', size: { columns: 80, rows: 1.5 } },
    ]
    for (const input of wrong) {
      await expect(
        page.call('terminals.open', input as Parameters<typeof page.call<'terminals.open'>>[1]),
      ).rejects.toThrow()
    }
    const { state } = await open(page)
    const text = 'x'.repeat(70_000)
    await expect(page.call('terminals.write', { id: state.id, text })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('tell of their end once, also to a second window', async () => {
    const [page, other] = [await started.page(), await started.page()]
    const { state } = await open(page)
    await other.call('terminals.attach', { id: state.id })
    expect(await page.call('terminals.close', { id: state.id })).toEqual({ left: 0 })
    await until(() => {
      const last = other.events.filter(([name]) => name === 'terminal-state').at(-1)?.[1]
      return (last as { exit?: unknown } | undefined)?.exit !== null
    }, 'the end')
    await expect(other.call('terminals.attach', { id: state.id })).rejects.toMatchObject({ code: 'unknown-terminal' })
  })

  it.skipIf(!existsSync('/proc/self/stat'))('end with the host', async () => {
    const page = await started.page()
    const { state } = await open(page)
    await page.call('terminals.write', { id: state.id, text: 'echo pid-$$-\r' })
    await until(() => /pid-\d+-/.test(output(page)), 'the pid')
    const pid = /pid-(\d+)-/.exec(output(page))?.[1] ?? ''
    expect(existsSync(`/proc/${pid}`)).toBe(true)
    await started.host.close()
    await until(() => !existsSync(`/proc/${pid}`), 'the shell to end')
  })
})
