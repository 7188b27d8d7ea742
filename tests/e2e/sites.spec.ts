// Deadlocks over several sites and in a database, as a person meets them: samples played to what they show, and sites
// given to processes of a drawing of one's own.
import type { Locator, Page } from '@playwright/test'
import { command, dragFromPalette, expectVerdict, middle, newDrawing, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

const timeline = (page: Page): Locator => page.getByTestId('timeline')
const row = (page: Page, name: string): Locator =>
  timeline(page)
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })

async function playSample(page: Page, title: string): Promise<void> {
  await command(page, title)
  await expect(page.getByRole('tab', { name: title, selected: true })).toBeVisible()
  await timeline(page).getByRole('button', { name: 'Play the script' }).click()
}

test('a phantom deadlock is seen, told from a real one, and gone when the late report comes', async ({ app }) => {
  const { page } = app
  await playSample(page, 'A phantom deadlock')
  await timeline(page)
    .getByRole('button', { name: /^To the phantom deadlock/ })
    .click()
  await expect(timeline(page)).toContainText('Phantom: the detector sees P1 → P2 → P1, yet P2 no longer waits for P1.')
  await expect(row(page, 'P2').getByRole('cell')).toContainText(['2', '–', 'P1', 'no longer for P1'])
  await timeline(page)
    .getByRole('button', { name: /^The detector asks sites 1 and 2 again/ })
    .click()
  await timeline(page)
    .getByRole('button', { name: /^Site 2 answers: P2 no longer waits for P1/ })
    .click()
  await expect(row(page, 'P2').getByRole('cell')).toContainText(['2', '–', '–', 'no longer for P1'])
  await expect(timeline(page)).toContainText('The detector sees no cycle that is not there.')
})

test('the youngest transaction on a ring is rolled back, and its lock goes to the other one', async ({ app }) => {
  const { page } = app
  await playSample(page, 'Two transactions lock two rows')
  await timeline(page)
    .getByRole('button', { name: /^To the deadlock/ })
    .click()
  await expect(timeline(page)).toContainText('Deadlock: T1 → T2 → T1. T2 is the youngest of them')
  await timeline(page)
    .getByRole('button', { name: /^T2 is rolled back and gives up B; B goes to T1/ })
    .first()
    .click()
  await expect(row(page, 'T1').getByRole('cell')).toContainText(['1', 'running', 'A, B', '–', '–'])
  await expect(row(page, 'T2').getByRole('cell')).toContainText(['2', 'rolled back', '–', '–', '1×'])
})

test('a process is put on another site where its properties are, and probes are offered from then on', async ({
  app,
}) => {
  const { page } = app
  await newDrawing(page)
  await dragFromPalette(page, 'Process', { x: 0.3, y: 0.3 })
  await dragFromPalette(page, 'Process', { x: 0.7, y: 0.3 })
  await expectVerdict(page, 'No deadlock')
  await expect(verdict(page).getByRole('button', { name: 'Chase with probes' })).toHaveCount(0)
  const place = await middle(page, 'P2')
  await page.mouse.click(place.x, place.y)
  await page.getByRole('tab', { name: 'Inspector' }).click()
  const site = page.getByLabel('Site', { exact: true })
  await expect(site).toHaveValue('1')
  await site.fill('0')
  await site.press('Enter')
  await expect(site).toHaveAttribute('aria-invalid', 'true')
  await site.fill('2')
  await site.press('Enter')
  await page.getByRole('tab', { name: 'Verdict' }).click()
  await expect(verdict(page).getByRole('button', { name: 'Chase with probes' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(verdict(page).getByRole('button', { name: 'Chase with probes' })).toHaveCount(0)
})
