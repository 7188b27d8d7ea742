// The page on a machine that many people use: forgetting a session, a protected profile, a file of 10 MB.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { largeDrawingText } from '../classroom/large-drawing.ts'
import { canvas, command, expectVerdict, newDrawing } from './drawing.ts'
import { root } from './serve.ts'
import { expect, test } from './shells.ts'

const sample = readFileSync(join(root, 'src-main/labs/deadlock/samples/chain.interlock'), 'utf8')

test('10 forgetting the session asks first, and leaves nothing but the saved files', async ({ app }) => {
  const { page, workspace, data } = app
  await expectVerdict(page, 'Deadlock')
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, 'kept.interlock'), sample)
  await page.keyboard.press('ControlOrMeta+o')
  await page.getByRole('dialog').getByRole('option', { name: /kept/ }).dblclick()
  await expect(page.getByRole('tab', { name: 'kept', selected: true })).toBeVisible()
  await newDrawing(page)
  await canvas(page).focus()
  await page.keyboard.press('p')
  const drafts = (): string[] => (existsSync(join(data, 'drafts')) ? readdirSync(join(data, 'drafts')) : [])
  await expect.poll(() => drafts().length, { timeout: 5_000 }).toBeGreaterThan(0)
  await command(page, 'Forget this session')
  const dialog = page.getByRole('dialog', { name: 'Forget this session?' })
  await expect(dialog).toContainText('One open drawing is not saved and will be lost')
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-node-id]')).toHaveCount(1)
  await command(page, 'Forget this session')
  await dialog.getByRole('button', { name: 'Forget' }).click()
  await expect(page.getByRole('tab')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Forgotten')
  expect(readdirSync(workspace)).toEqual(['kept.interlock'])
  expect(readFileSync(join(workspace, 'kept.interlock'), 'utf8')).toBe(sample)
  expect(drafts()).toEqual([])
  expect(JSON.parse(readFileSync(join(data, 'recent.json'), 'utf8'))).toEqual([])
  expect(await page.evaluate(() => sessionStorage.getItem('interlock.open') ?? '[]')).toBe('[]')
  await app.reload()
  await expect(page.getByRole('button', { name: 'Recover', exact: true })).toHaveCount(0)
  await expect(page.getByText('kept')).toHaveCount(0)
})

test('6 a protected profile is told once, and everything goes on in memory', async ({ app }) => {
  const { workspace, data } = app
  await app.kill()
  rmSync(data, { recursive: true, force: true })
  writeFileSync(data, 'a file where the folder of settings would stand')
  await app.restart()
  const { page } = app
  await expectVerdict(page, 'Deadlock')
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages).toContainText('Settings and the list of recent files cannot be kept')
  await command(page, 'Theme: Dark')
  await app.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(messages.getByText('cannot be kept')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+Shift+s')
  await page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('saved')
  await page.keyboard.press('Enter')
  await expect.poll(() => readdirSync(workspace)).toContain('saved.interlock')
})

test('a file of 10 MB says that it is being opened, and opens', async ({ app }) => {
  const { page, workspace } = app
  await expectVerdict(page, 'Deadlock')
  const text = largeDrawingText()
  expect(text.length).toBeGreaterThan(9.5 * 1024 * 1024)
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, 'big.interlock'), text)
  await page.keyboard.press('ControlOrMeta+o')
  await page.getByRole('dialog').getByRole('option', { name: /big/ }).dblclick()
  await expect(page.getByTestId('opening')).toHaveText('Opening big.interlock, 10 MB…')
  await expect(page.getByRole('tab', { name: 'big', selected: true })).toBeVisible({ timeout: 20_000 })
  await expectVerdict(page, 'No deadlock')
  await expect(page.getByTestId('opening')).toHaveText('')
})
