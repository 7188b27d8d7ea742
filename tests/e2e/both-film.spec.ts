// A walkthrough becomes a video: exported by keyboard, looked into with ffmpeg, compared with pictures of another
// renderer; exported twice; cancelled; and gone on with after the host was killed in the middle.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { DocumentEnvelope } from '../../src-main/contract/document.ts'
import { defaultFilmOptions, type FilmOptions, timeOf } from '../../src-main/contract/film.ts'
import { command, expectVerdict } from './drawing.ts'
import { frameTimes, golden, likeness, paintedFilm, probe, sampleFile, shownAt, whyNoFfmpeg } from './film-pictures.ts'
import { type App, expect, test } from './shells.ts'

const document = JSON.parse(readFileSync(sampleFile, 'utf8')) as DocumentEnvelope
if (whyNoFfmpeg !== null) process.stdout.write(`skipped: tests of videos: ${whyNoFfmpeg}\n`)

/** Opens the sample as a file of the workspace. @returns its path */
async function openSample(app: App): Promise<string> {
  await expectVerdict(app.page, 'Deadlock')
  mkdirSync(app.workspace, { recursive: true })
  const file = join(app.workspace, 'Ring.interlock')
  copyFileSync(sampleFile, file)
  if (app.shell === 'electron-double') await app.answerDialog(file)
  await app.page.keyboard.press('ControlOrMeta+o')
  if (app.shell === 'browser-shell') await app.page.getByRole('dialog').getByRole('option', { name: /Ring/ }).dblclick()
  await expect(app.page.getByTestId('walkthrough-offer')).toBeVisible()
  return file
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Export as video' })

/** Chooses, and begins the export. */
async function begin(page: Page, name: string, chosen: { size?: string; rate?: string } = {}): Promise<void> {
  await command(page, 'Export as video …')
  const dialog = dialogOf(page)
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption(chosen.size ?? '720')
  await dialog.getByRole('combobox', { name: 'Frames a second' }).selectOption(chosen.rate ?? '30')
  await dialog.getByRole('textbox', { name: 'File name' }).fill(name)
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeEnabled({ timeout: 20_000 })
  await page.keyboard.press('Enter')
}

/** Waits for the end of an export. @returns the fingerprint of its pictures */
async function made(page: Page): Promise<string> {
  const facts = page.getByTestId('film-made')
  await expect(facts).toBeVisible({ timeout: 60_000 })
  const print = facts.getByTestId('film-fingerprint')
  const text = (await print.count()) === 0 ? '' : ((await print.textContent()) ?? '')
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(facts).toBeHidden()
  return text
}

/** What lies in the workspace besides the drawing and its lock. */
const others = (app: App): string[] =>
  readdirSync(app.workspace)
    .filter((name) => !name.includes('.interlock'))
    .sort()

const options: FilmOptions = { ...defaultFilmOptions, height: 720 }

test('a walkthrough is exported, is what it should be, and is so every time', async ({ app }) => {
  test.skip(whyNoFfmpeg !== null, whyNoFfmpeg ?? '')
  await openSample(app)
  await begin(app.page, 'Told')
  const print = await made(app.page)
  expect(others(app)).toEqual(['Told.srt', 'Told.vtt', 'Told.webm'])
  const file = join(app.workspace, 'Told.webm')
  const { film, svg } = paintedFilm(document, options)

  await test.step('the file is as long as the film, with its chapters, and has no sound track', () => {
    const { streams, chapters, format } = probe(file)
    expect(streams).toHaveLength(1)
    expect(streams[0]).toMatchObject({ codec_name: 'vp9', width: 1280, height: 720, r_frame_rate: '30/1' })
    expect(Math.abs(Number(format.duration) - film.length / 1_000)).toBeLessThan(0.05)
    expect(chapters.map(({ tags }) => tags.title)).toEqual(film.chapters.map(({ title }) => title))
    for (const [index, { begins }] of film.chapters.entries()) {
      expect(Number(chapters[index]?.start_time)).toBeCloseTo(begins / 1_000, 2)
    }
    expect(format.tags?.TITLE ?? format.tags?.title).toBe(document.walkthrough?.title)
  })

  await test.step('a frame begins wherever the picture changes, and at least one a second', () => {
    const times = frameTimes(file)
    for (const { begins } of film.moments) {
      const first = Math.ceil((begins * options.fps) / 1_000 - 1e-9) / options.fps
      expect(times.some((time) => Math.abs(time - first) < 0.002)).toBe(true)
    }
    for (const [index, time] of times.entries()) expect(time - (times[index - 1] ?? 0)).toBeLessThan(1.002)
    expect(times.at(-1)).toBeCloseTo(timeOf(film, film.frames - 1) / 1_000, 2)
  })

  await test.step('what is shown is what another renderer draws of the same moment', async () => {
    const folder = app.data
    const frames = [45, Math.round(film.frames * 0.4), Math.round(film.frames * 0.62)]
    for (const frame of frames) {
      const [shown, drawn, other] = ['shown', 'golden', 'other'].map((name) => join(folder, `${name}-${frame}.png`))
      shownAt(file, timeOf(film, frame) / 1_000, shown ?? '')
      await golden(svg(frame), drawn ?? '')
      await golden(svg(film.frames - 1), other ?? '')
      expect(likeness(shown ?? '', drawn ?? ''), `frame ${frame}`).toBeGreaterThan(30)
      // The bound tells pictures apart.
      expect(likeness(shown ?? '', other ?? ''), `frame ${frame} beside another`).toBeLessThan(25)
    }
  })

  await test.step('exported again it shows the same pictures, in the same bytes', async () => {
    await begin(app.page, 'Again')
    expect(await made(app.page)).toBe(print)
    expect(print).toMatch(/^[0-9a-f]{64}$/)
    expect(readFileSync(join(app.workspace, 'Again.webm')).equals(readFileSync(file))).toBe(true)
  })

  await test.step('it is not replaced unasked', async () => {
    await begin(app.page, 'Told')
    await expect(dialogOf(app.page).getByRole('alert')).toContainText('“Told.webm” exists already')
    await dialogOf(app.page).getByRole('button', { name: 'Replace', exact: true }).click()
    expect(await made(app.page)).toBe(print)
  })

  await test.step('captions beside it have the times of the film', () => {
    const cues = readFileSync(join(app.workspace, 'Told.vtt'), 'utf8').match(/-->/g) ?? []
    expect(cues).toHaveLength(film.moments.filter(({ words }) => words.lines.length > 0).length)
  })
})

/** Waits until an export is well under way. */
async function underWay(page: Page): Promise<void> {
  await expect(page.getByRole('dialog', { name: /^Exporting/ })).toContainText(/Encoding: [2-9]\d %/, {
    timeout: 60_000,
  })
}

test('the dialogs of the export can be used without seeing them, in light and dark', async ({ app }) => {
  await openSample(app)
  const serious = async (): Promise<string[]> => {
    await expect.poll(() => app.page.evaluate(() => window.document.getAnimations().length)).toBe(0)
    const { violations } = await new AxeBuilder({ page: app.page }).analyze()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }
  for (const theme of ['Light', 'Dark']) {
    await command(app.page, `Theme: ${theme}`)
    await command(app.page, 'Export as video …')
    await expect(dialogOf(app.page).getByRole('img', { name: 'A picture of the video' })).toBeVisible()
    expect(await serious(), `choices, ${theme}`).toEqual([])
    await app.page.keyboard.press('Escape')
  }
  await begin(app.page, 'Told')
  await expect(app.page.getByTestId('film-made')).toBeVisible({ timeout: 60_000 })
  expect(await serious(), 'what was made').toEqual([])
})

test('an export that is cancelled leaves nothing', async ({ app }) => {
  await openSample(app)
  await begin(app.page, 'Large', { size: '2160', rate: '60' })
  await underWay(app.page)
  expect(others(app).length).toBeGreaterThan(0)
  await app.page.getByRole('button', { name: 'Cancel the export', exact: true }).click()
  await expect(app.page.getByText('The export was cancelled. Nothing of it was kept.')).toBeVisible()
  expect(others(app)).toEqual([])
})

test('an export whose host was killed is offered at the next start, goes on, and is whole', async ({ app }) => {
  test.slow()
  test.skip(whyNoFfmpeg !== null, whyNoFfmpeg ?? '')
  const source = await openSample(app)
  const before = readFileSync(source)
  await begin(app.page, 'Large', { size: '2160', rate: '60' })
  await underWay(app.page)
  await app.kill()
  expect(others(app)).not.toContain('Large.webm')
  await app.restart()
  const offer = app.page.getByRole('dialog', { name: 'A video is unfinished' })
  await expect(offer).toContainText('Large.webm')
  await offer.getByRole('button', { name: 'Continue', exact: true }).click()
  // Without a fingerprint: not all pictures were drawn in this attempt.
  expect(await made(app.page)).toBe('')
  const file = join(app.workspace, 'Large.webm')
  const { film } = paintedFilm(document, { ...defaultFilmOptions, height: 2160, fps: 60 })
  const { chapters, format } = probe(file)
  expect(Math.abs(Number(format.duration) - film.length / 1_000)).toBeLessThan(0.05)
  expect(chapters).toHaveLength(film.chapters.length)
  const times = frameTimes(file)
  for (const [index, time] of times.entries()) {
    const since = time - (times[index - 1] ?? 0)
    expect(since).toBeLessThan(1.002)
    expect(index === 0 || since > 0).toBe(true)
  }
  expect(others(app)).toEqual(['Large.srt', 'Large.vtt', 'Large.webm'])
  expect(readFileSync(source).equals(before)).toBe(true)
  expect(statSync(file).size).toBeGreaterThan(100_000)
})

test('an export whose page is loaded anew in the middle is offered there, and the drawing is as it was', async ({
  app,
}) => {
  const source = await openSample(app)
  const before = readFileSync(source)
  await begin(app.page, 'Large', { size: '2160', rate: '60' })
  await underWay(app.page)
  await app.reload()
  const offer = app.page.getByRole('dialog', { name: 'A video is unfinished' })
  await expect(offer).toContainText('Large.webm')
  await app.page.keyboard.press('Escape')
  await expect(offer).toBeHidden()
  await command(app.page, 'Unfinished videos …')
  await offer.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(offer).toBeHidden()
  expect(others(app)).toEqual([])
  expect(readFileSync(source).equals(before)).toBe(true)
})

test('an unfinished export can be discarded instead', async ({ app }) => {
  await openSample(app)
  await begin(app.page, 'Large', { size: '2160', rate: '60' })
  await underWay(app.page)
  await app.kill()
  await app.restart()
  const offer = app.page.getByRole('dialog', { name: 'A video is unfinished' })
  await offer.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(offer).toBeHidden()
  expect(others(app)).toEqual([])
})
