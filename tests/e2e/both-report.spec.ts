// The whole way of a report: type a model, drag a node, edit a cell, record a script, find the deadlock on the timeline,
// take the smallest repair, and export the figure. The same on every shell.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { canvas, command, dragConnection, drag, expectVerdict, middle, newDrawing, node } from './drawing.ts'
import { expect, test } from './shells.ts'

const timeline = (page: Page): Locator => page.getByTestId('timeline')
const where = (page: Page): Locator => timeline(page).getByText(/^Step \d+ of \d+$/)
const view = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: 'Views of the drawing' }).getByRole('button', { name, exact: true })
const code = (page: Page): Locator => page.getByRole('textbox', { name: 'The drawing as text' })

test('from a typed model to a figure in a report', async ({ app }) => {
  const { page } = app
  const { step } = test
  await newDrawing(page)

  await step('type a model', async () => {
    await view(page, 'Text').click()
    await code(page).click()
    await page.keyboard.insertText('# two printers\nPrinter has 1\nScanner has 2\nP1 holds Printer\nP2 holds Scanner\n')
    await expect(page.locator('[data-node-id]')).toHaveCount(4)
    await expectVerdict(page, 'No deadlock')
  })

  await step('drag a node; the text stays as it is', async () => {
    const id = await page.locator('[data-node-id][aria-label^="P1"]').getAttribute('data-node-id')
    const at = await middle(page, id ?? '')
    await drag(page, at, { x: at.x + 24, y: at.y - 48 })
    const after = await middle(page, id ?? '')
    expect(Math.round(after.y - at.y)).toBeLessThan(-20)
    await expect(code(page).locator('.cm-line').first()).toHaveText('# two printers')
  })

  await step('edit a cell of the matrices; text and drawing follow', async () => {
    await view(page, 'Matrices').click()
    await page.getByRole('gridcell', { name: 'Scanner has 2 units' }).dblclick()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('gridcell', { name: '0 units of Scanner available' })).toBeVisible()
    await view(page, 'Text').click()
    await expect(code(page)).toContainText('Scanner has 1')
    await expect(code(page)).toContainText('# two printers')
    await view(page, 'Text').click()
    await expect(code(page)).toHaveCount(0)
  })

  const ids = async (name: string): Promise<string> =>
    (await page.locator(`[data-node-id][aria-label^="${name}"]`).getAttribute('data-node-id')) ?? ''

  await step('record a script by drawing, and find the deadlock on the timeline', async () => {
    await timeline(page).getByRole('button', { name: 'Play requests and releases' }).click()
    await timeline(page).getByRole('button', { name: 'Record what is drawn' }).click()
    await dragConnection(page, await ids('P1'), await ids('Scanner'))
    await expect(where(page)).toHaveText('Step 1 of 1')
    await dragConnection(page, await ids('P2'), await ids('Printer'))
    await expect(where(page)).toHaveText('Step 2 of 2')
    await timeline(page).getByRole('button', { name: 'Stop recording' }).click()
    await expect(timeline(page).getByRole('button', { name: 'Saved with the drawing' })).toBeDisabled()
    await timeline(page).getByRole('button', { name: 'To the start' }).click()
    await expect(where(page)).toHaveText('Step 0 of 2')
    await timeline(page)
      .getByRole('button', { name: /^Step 2: Deadlock/ })
      .click()
    await expect(where(page)).toHaveText('Step 2 of 2')
  })

  await step('make that step the drawing, and take the smallest repair', async () => {
    await timeline(page).getByRole('button', { name: 'Make it the drawing' }).click()
    await expectVerdict(page, 'Deadlock')
    const repairs = page.getByTestId('repairs')
    await expect(repairs).toHaveAttribute('data-fresh', 'true')
    await repairs
      .getByRole('button', { name: /^Do this/ })
      .first()
      .click()
    await expectVerdict(page, 'No deadlock')
    await page.keyboard.press('ControlOrMeta+z')
    await expectVerdict(page, 'Deadlock')
    await page.keyboard.press('ControlOrMeta+y')
    await expectVerdict(page, 'No deadlock')
  })

  await step('export the figure with its verdict', async () => {
    await canvas(page).focus()
    await command(page, 'Export …')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^SVG/ }).check()
    await dialog.getByRole('checkbox', { name: 'Verdict below the picture' }).check()
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const svg = readFileSync(await (await coming).path(), 'utf8')
    expect(svg).toContain('Printer')
    expect(svg).toContain('No deadlock')
  })
  await expect(node(page, await ids('P1'))).toHaveAttribute('data-mark', 'free')
})
