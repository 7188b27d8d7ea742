// Files that a page writes piece by piece: never half a file under its name, nothing left of one that is given up, and
// after the page is gone what there is can be gone on with or discarded.
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAX_STREAM_BYTES, MAX_STREAM_CHUNK, MAX_STREAMS } from '../../../../src-main/contract/limits.ts'
import type { Page } from '../../host/stand-in.ts'
import { onePage } from './one-page.ts'

const here = onePage()
const code = (name: string): { code: string } => expect.objectContaining({ code: name }) as { code: string }
const files = (): string[] => readdirSync(here.folders.workspace).sort()

async function begin(path: string, about = 'all of it', page: Page = here.page): Promise<string> {
  const { stream } = await page.call('streams.begin', { path, overwrite: false, about })
  return stream
}
const put = (stream: string, at: number, text: string, page: Page = here.page): Promise<unknown> =>
  page.call('streams.write', { stream, at, base64: Buffer.from(text).toString('base64') })

/** The page goes, as it does when its host or its window is killed; another one comes. */
async function crash(page: Page = here.page): Promise<Page> {
  page.close()
  await page.closed
  return here.standIn.page()
}

describe('a file that is written piece by piece', () => {
  it('has its name only when it is whole, with pieces written over one another', async () => {
    const stream = await begin('Film.webm')
    await put(stream, 0, '........ is the beginning')
    await put(stream, 25, ', and this the end')
    await put(stream, 0, 'Here was')
    expect(existsSync(here.at('Film.webm'))).toBe(false)
    const made = await here.page.call('streams.finish', { stream })
    expect(made).toMatchObject({ name: 'Film.webm', size: 43 })
    expect(readFileSync(here.at('Film.webm'), 'utf8')).toBe('Here was is the beginning, and this the end')
    expect(files()).toEqual(['Film.webm'])
  })

  it('leaves nothing when it is given up, and what stood there before stays', async () => {
    here.put('Film.webm', 'the old one')
    const { stream } = await here.page.call('streams.begin', { path: 'Film.webm', overwrite: true, about: '' })
    await put(stream, 0, 'half of the new')
    await here.page.call('streams.abort', { stream })
    expect(files()).toEqual(['Film.webm'])
    expect(readFileSync(here.at('Film.webm'), 'utf8')).toBe('the old one')
    await expect(put(stream, 0, 'more')).rejects.toMatchObject({ code: 'unknown-stream' })
  })

  it('does not replace a file unasked, neither at the beginning nor at the end', async () => {
    here.put('Old.webm', 'old')
    await expect(begin('Old.webm')).rejects.toEqual(code('already-exists'))
    const stream = await begin('New.webm')
    await put(stream, 0, 'mine')
    here.put('New.webm', 'somebody else’s')
    await expect(here.page.call('streams.finish', { stream })).rejects.toEqual(code('already-exists'))
    expect(readFileSync(here.at('New.webm'), 'utf8')).toBe('somebody else’s')
  })

  it('is refused outside of the workspace, under hidden names, and with endings that are none of its own', async () => {
    await expect(begin('../Film.webm')).rejects.toEqual(code('outside-workspace'))
    await expect(begin('.Film.webm')).rejects.toEqual(code('bad-input'))
    for (const path of ['Film.interlock', 'Film.sh', 'Film'])
      await expect(begin(path)).rejects.toEqual(code('bad-input'))
    await expect(begin('no such folder/Film.webm')).rejects.toEqual(code('not-found'))
    expect(files()).toEqual([])
  })

  it('takes no piece behind its end, too large, beyond all limits or that is no base64', async () => {
    const stream = await begin('Film.webm')
    await expect(put(stream, 1, 'a hole before it')).rejects.toEqual(code('bad-input'))
    const large = Buffer.alloc(MAX_STREAM_CHUNK + 3).toString('base64')
    await expect(here.page.call('streams.write', { stream, at: 0, base64: large })).rejects.toEqual(code('bad-input'))
    await expect(here.page.call('streams.write', { stream, at: 0, base64: 'no base64!!!' })).rejects.toEqual(
      code('bad-input'),
    )
    const beyond = here.page.call('streams.write', { stream, at: MAX_STREAM_BYTES + 1, base64: '' })
    await expect(beyond).rejects.toEqual(code('bad-input'))
  })

  it('belongs to the page that began it, one at a time under a name, a few at a time in all', async () => {
    const stream = await begin('Film.webm')
    const other = await here.standIn.page()
    await expect(put(stream, 0, 'from elsewhere', other)).rejects.toEqual(code('unknown-stream'))
    await expect(begin('Film.webm', '', other)).rejects.toEqual(code('already-exists'))
    expect(await other.call('streams.unfinished', {})).toEqual([])
    for (let count = 1; count < MAX_STREAMS; count += 1) await begin(`Film ${count}.webm`)
    await expect(begin('One too many.webm')).rejects.toEqual(code('too-large'))
  })
})

describe('a file whose page is gone', () => {
  it('is offered with how much of it was safe, goes on with what it had, and ends whole', async () => {
    const stream = await begin('Film.webm', 'what to film')
    await put(stream, 0, 'first half, ')
    await here.page.call('streams.mark', { stream, done: 0.5 })
    const page = await crash()
    const [left] = await page.call('streams.unfinished', {})
    expect(left).toMatchObject({ name: 'Film.webm', done: 0.5 })
    const resumed = await page.call('streams.resume', { id: left?.id ?? '' })
    expect(resumed).toMatchObject({ about: 'what to film', name: 'Film.webm', size: 12 })
    const { base64 } = await page.call('streams.read', { stream: resumed.stream, at: 6, length: 100 })
    expect(Buffer.from(base64, 'base64').toString()).toBe('half, ')
    expect(await page.call('streams.unfinished', {})).toEqual([])
    await put(resumed.stream, 0, 'first half, second half', page)
    await page.call('streams.finish', { stream: resumed.stream })
    expect(readFileSync(here.at('Film.webm'), 'utf8')).toBe('first half, second half')
    expect(files()).toEqual(['Film.webm'])
  })

  it('goes on with the longer attempt after a second crash', async () => {
    await put(await begin('Film.webm'), 0, 'a long first attempt')
    let page = await crash()
    const [first] = await page.call('streams.unfinished', {})
    const again = await page.call('streams.resume', { id: first?.id ?? '' })
    await put(again.stream, 0, 'short', page)
    page = await crash(page)
    const [second] = await page.call('streams.unfinished', {})
    const resumed = await page.call('streams.resume', { id: second?.id ?? '' })
    expect(resumed.size).toBe('a long first attempt'.length)
  })

  it('can be discarded, and then nothing of it is left', async () => {
    await put(await begin('Film.webm'), 0, 'half')
    const page = await crash()
    const [left] = await page.call('streams.unfinished', {})
    await page.call('streams.discard', { id: left?.id ?? '' })
    expect(files()).toEqual([])
    await expect(page.call('streams.resume', { id: left?.id ?? '' })).rejects.toEqual(code('not-found'))
  })

  it('is told of, and can be discarded, when its journal was cut off; its last mark may be cut off as well', async () => {
    const stream = await begin('Film.webm')
    await put(stream, 0, 'half')
    await here.page.call('streams.mark', { stream, done: 0.25 })
    await here.page.call('streams.mark', { stream, done: 0.75 })
    const page = await crash()
    const journal = join(here.folders.workspace, '.Film.webm.unfinished.json')
    truncateSync(journal, readFileSync(journal).length - 4)
    expect(await page.call('streams.unfinished', {})).toMatchObject([{ done: 0.25 }])
    writeFileSync(journal, '{"name": "Fil')
    const [left] = await page.call('streams.unfinished', {})
    expect(left).toMatchObject({ name: 'Film.webm', done: 0 })
    await expect(page.call('streams.resume', { id: left?.id ?? '' })).rejects.toEqual(code('not-found'))
    await page.call('streams.discard', { id: left?.id ?? '' })
    expect(files()).toEqual([])
  })

  it('never leads out of its folder, whatever its journal says', async () => {
    await put(await begin('Film.webm'), 0, 'half')
    const page = await crash()
    const journal = join(here.folders.workspace, '.Film.webm.unfinished.json')
    writeFileSync(journal, `${JSON.stringify({ name: '../../Elsewhere.webm', about: '' })}\n`)
    const [left] = await page.call('streams.unfinished', {})
    await expect(page.call('streams.resume', { id: left?.id ?? '' })).rejects.toEqual(code('not-found'))
  })
})
