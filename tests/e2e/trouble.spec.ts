// What goes wrong in a classroom, seen from the page: a sentence each time, and nothing lost.
import { existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { canvas, expectVerdict, newDrawing } from './drawing.ts'
import { root } from './serve.ts'
import { type App, expect, test } from './shells.ts'

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' })
const sample = readFileSync(join(root, 'src-main/labs/deadlock/samples/chain.interlock'), 'utf8')

function put(app: App, name: string, text: string): string {
  mkdirSync(app.workspace, { recursive: true })
  const path = join(app.workspace, name)
  writeFileSync(path, text)
  return path
}

async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+o')
  await page
    .getByRole('dialog')
    .getByRole('option', { name: new RegExp(name) })
    .dblclick()
}

/** Opens a file that can be opened, and waits until it is there. */
async function openDrawing(page: Page, name: string): Promise<void> {
  await openFile(page, name)
  await expect(page.getByRole('tab', { name, selected: true })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
}

const broken: [string, string, RegExp][] = [
  ['truncated', sample.slice(0, 300), /line \d+/],
  ['foreign', '{"hello": "world"}', /Interlock/],
  ['no JSON', 'P1 -> R1', /line 1/],
  ['twice', sample.replace(/"id": "P2"/, '"id": "P1"'), /P1/],
  ['nowhere', sample.replace(/"to": "R1"/, '"to": "R9"'), /R9/],
  ['negative', sample.replace(/"instances": 1/, '"instances": -1'), /instances/],
  ['deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, /nested|deep/],
]

test('a file that cannot be read is explained with its place, and the open drawing stays', async ({ app }) => {
  await expectVerdict(app.page, 'Deadlock')
  for (const [name, text] of broken) put(app, `${name}.interlock`, text)
  for (const [name, , sentence] of broken) {
    await openFile(app.page, name)
    await expect(messages(app.page), name).toContainText(sentence)
    await expectVerdict(app.page, 'Deadlock')
    for (const close of await messages(app.page).getByRole('button', { name: 'Dismiss' }).all()) await close.click()
  }
})

test('a file of a newer version opens to look only and is never written', async ({ app }) => {
  const text = sample.replace('"version": 1', '"version": 99')
  const path = put(app, 'future.interlock', text)
  await expectVerdict(app.page, 'Deadlock')
  await openDrawing(app.page, 'future')
  await expect(app.page.getByText('Look only')).toBeVisible()
  await canvas(app.page).focus()
  await app.page.keyboard.press('p')
  await expectVerdict(app.page, 'No deadlock')
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('two windows save one file: the second is told and can keep both', async ({ app, context }) => {
  put(app, 'shared.interlock', sample)
  await expectVerdict(app.page, 'Deadlock')
  const other = await context.newPage()
  await other.goto(new URL('/', app.page.url()).href)
  for (const page of [app.page, other]) await openDrawing(page, 'shared')
  await canvas(app.page).focus()
  await app.page.keyboard.press('p')
  await app.page.keyboard.press('ControlOrMeta+s')
  await expect(messages(app.page)).toContainText('Saved')
  const first = readFileSync(join(app.workspace, 'shared.interlock'), 'utf8')
  await canvas(other).focus()
  await other.keyboard.press('r')
  await other.keyboard.press('ControlOrMeta+s')
  await expect(messages(other).getByRole('button', { name: 'Save a copy' })).toBeVisible()
  expect(readFileSync(join(app.workspace, 'shared.interlock'), 'utf8')).toBe(first)
  await messages(other).getByRole('button', { name: 'Save a copy' }).click()
  await other.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('second')
  await other.keyboard.press('Enter')
  await expect.poll(() => existsSync(join(app.workspace, 'second.interlock'))).toBe(true)
})

test('a file that was deleted meanwhile can be written anew', async ({ app }) => {
  const path = put(app, 'gone.interlock', sample)
  await expectVerdict(app.page, 'Deadlock')
  await openDrawing(app.page, 'gone')
  await canvas(app.page).focus()
  await app.page.keyboard.press('p')
  unlinkSync(path)
  await app.page.keyboard.press('ControlOrMeta+s')
  await expect(messages(app.page).getByRole('button', { name: 'Save a copy' })).toBeVisible()
  await messages(app.page).getByRole('button', { name: 'Save a copy' }).click()
  await app.page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).press('Enter')
  await expect.poll(() => existsSync(path)).toBe(true)
})

test('a reload while drawing loses nothing, not even the name that was just typed', async ({ app }) => {
  await expectVerdict(app.page, 'Deadlock')
  await newDrawing(app.page)
  await canvas(app.page).focus()
  for (const key of ['p', 'p', 'r', 'F2']) await app.page.keyboard.press(key)
  await app.page.keyboard.type('Drucker Größe 2')
  await app.page.keyboard.press('Enter')
  await app.reload()
  await expect(app.page.locator('[data-node-id]')).toHaveCount(3)
  await expect(app.page.locator('[data-kind="resource"][data-node-id]')).toHaveAttribute(
    'aria-label',
    /Drucker Größe 2/,
  )
})

test('the host ends while a person draws: the page says so, goes on, and the next start has the work', async ({
  app,
}) => {
  await expectVerdict(app.page, 'Deadlock')
  await newDrawing(app.page)
  await canvas(app.page).focus()
  await app.page.keyboard.press('p')
  await app.page.waitForTimeout(1200)
  await app.kill()
  await expect(app.page.getByRole('contentinfo')).toContainText('connection broke')
  await app.page.keyboard.press('p')
  await expect(app.page.locator('[data-node-id]')).toHaveCount(2)
  await app.restart()
  await app.page.getByRole('button', { name: 'Recover', exact: true }).first().click()
  await expect(app.page.locator('[data-node-id]')).toHaveCount(1)
})

test('a wrong token gets a page that says what to do, and nothing else', async ({ app, browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const answer = await page.goto(new URL('/?token=wrong', app.page.url()).href)
  expect(answer?.status()).toBeGreaterThanOrEqual(401)
  await expect(page.locator('body')).toContainText('address')
  await context.close()
})
