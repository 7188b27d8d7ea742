// A walkthrough as a web page of its own, opened from a disk in a browser without a network: plays, asks, seeks, is read
// and steered by keyboard, and asks nobody for anything.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Page, expect, test as base } from '@playwright/test'
import { defaultWalkthroughExportOptions } from '../../src-main/contract/export.ts'
import { parseDocument } from '../../src-main/contract/document-text.ts'
import { findLab } from '../../src-main/labs/index.ts'
import { exportWalkthrough } from '../../src-main/services/export/storyboard/export.ts'
import { command } from './drawing.ts'
import { test as inApp } from './shells.ts'

const test = base.extend<{ told: (lab: string, sample: string) => Promise<Page> }>({
  told: async ({ browser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock page-'))
    const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 720 } })
    const page = await context.newPage()
    const asked: string[] = []
    const said: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    await use(async (id, sample) => {
      const lab = findLab(id)
      const text = readFileSync(join('src-main/labs', id, 'samples', `${sample}.interlock`), 'utf8')
      const { document } = parseDocument(text, () => lab.model)
      const made = await exportWalkthrough(lab, document, 'html-player', defaultWalkthroughExportOptions)
      const file = join(folder, 'told.html')
      writeFileSync(file, made.text ?? '')
      await page.goto(pathToFileURL(file).href)
      return page
    })
    // The page itself and the font inside of it: nothing else was asked for, and nothing was complained about.
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([page.url()])
    expect(said).toEqual([])
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  },
})

test('plays, asks, hears the answer and goes on', async ({ told }) => {
  const page = await told('deadlock', 'told-ring')
  const caption = page.getByTestId('caption')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How a deadlock comes about')
  await expect(caption).toContainText('A circle is a process.')
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('2')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await expect(caption).toContainText('A square is a type of resource.')
  await page.getByRole('slider', { name: 'Position' }).fill('52500')
  const question = page.getByRole('group', { name: 'What do you expect?' })
  await expect(question).toBeFocused()
  await expect(question.getByRole('button', { name: 'Continue' })).toBeDisabled()
  await question.getByRole('radio', { name: 'P1 has to give R1 back' }).check()
  await expect(question).toContainText('Not that one.')
  await question.getByRole('radio', { name: 'Neither of them can ever finish' }).check()
  await expect(question).toContainText('That is right. P1 waits for what P2 holds')
  await question.getByRole('button', { name: 'Continue' }).click()
  await expect(caption).toContainText('The ring is closed')
  await expect(page.getByTestId('state')).toContainText('Deadlock.')
  await expect(page.getByRole('img', { name: /Deadlock\. P1 and P2 wait/ })).toBeVisible()
})

test('the font inside of it is used, and nothing of a picture is cut', async ({ told }) => {
  const page = await told('topology', 'told-migration')
  await page.keyboard.press('End')
  expect(await page.evaluate(async () => (await document.fonts.ready).check('500 14px "Interlock Inter"'))).toBe(true)
  const outside = await page.evaluate(() => {
    const frame = document.querySelector('.stage svg')?.getBoundingClientRect()
    const texts = [...document.querySelectorAll('.stage text')].map((text) => text.getBoundingClientRect())
    return texts.filter(
      (box) => frame === undefined || box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom,
    ).length
  })
  expect(outside).toBe(0)
})

test('is steered by keyboard, by chapters and by its transcript', async ({ told }) => {
  const page = await told('distributed', 'told-election')
  const caption = page.getByTestId('caption')
  await page.keyboard.press('ArrowRight')
  await expect(caption).toContainText('One of them has to lead.')
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('button', { name: 'Play again', exact: true })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(caption).toContainText('Five computers on a ring.')
  await page.keyboard.press('c')
  await expect(caption).toBeHidden()
  await page.keyboard.press('c')
  await page.keyboard.press('t')
  const transcript = page.getByRole('list', { name: 'Transcript' })
  await transcript.getByRole('button', { name: /P5 is down, so the message is lost/ }).click()
  await expect(page.getByTestId('state')).toContainText('3 messages sent')
  await page.getByRole('combobox', { name: 'Chapters' }).selectOption({ label: 'What it cost' })
  await expect(caption).toContainText('nine messages')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious violation where the reader likes it ${colorScheme}`, async ({ told }) => {
    const page = await told('deadlock', 'told-ring')
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.keyboard.press('t')
    await page.getByRole('slider').fill('52500')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect(page.getByRole('group', { name: 'What do you expect?' })).toBeVisible()
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    const paper = await page.evaluate(
      () => getComputedStyle(document.querySelector('.stage') ?? document.body).backgroundColor,
    )
    expect(paper).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(17, 20, 24)')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
}

inApp('the workbench gives a walkthrough as a web page, a handout and pictures', async ({ app }) => {
  await command(app.page, 'Sample: A deadlock told step by step')
  const offer = app.page.getByTestId('walkthrough-offer')
  for (const [item, name, start] of [
    [/Web page that plays/, 'How a deadlock comes about.html', '<!doctype html>'],
    [/Handout, six steps a page/, 'How a deadlock comes about.pdf', '%PDF'],
    [/Picture of each step/, 'How a deadlock comes about.zip', 'PK'],
  ] as const) {
    await offer.getByRole('button', { name: 'Export the walkthrough', exact: true }).click()
    const [download] = await Promise.all([
      app.page.waitForEvent('download'),
      app.page.getByRole('menuitem', { name: item }).click(),
    ])
    expect(download.suggestedFilename()).toBe(name)
    expect(
      readFileSync(await download.path())
        .toString('latin1')
        .startsWith(start),
    ).toBe(true)
  }
})
