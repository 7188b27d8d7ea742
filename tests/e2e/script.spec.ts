// Scripts by hand: typed until a deadlock is marked, gone to, branched and compared, recorded by drawing, saved, and
// there again after a reload.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { command, dragConnection, dragFromPalette, middle, newDrawing } from './drawing.ts'
import { expect, test } from './shells.ts'

const timeline = (page: Page): Locator => page.getByTestId('timeline')
const script = (page: Page): Locator => timeline(page).getByRole('textbox', { name: /^Script/ })
const where = (page: Page): Locator => timeline(page).getByText(/^Step \d+ of \d+$/)
const lines = (page: Page): Promise<string[]> => script(page).locator('.cm-line').allTextContents()

/** Serious violations of accessibility within a part of the page. */
async function violations(page: Page, part: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

async function write(page: Page, text: string): Promise<void> {
  await script(page).click()
  await page.keyboard.press('ControlOrMeta+End')
  for (const line of text.split('\n')) {
    // what is pasted is not completed, as a person who types past the list does not want it either
    await page.keyboard.insertText(line)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
  }
}

test('a script is typed, marked, branched, compared, recorded, saved and opened again', async ({ app }) => {
  const { page } = app
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  await newDrawing(page)
  const places = [
    ['Process', 0.25, 0.2],
    ['Process', 0.75, 0.2],
    ['Resource type', 0.25, 0.7],
    ['Resource type', 0.75, 0.7],
  ] as const
  for (const [label, x, y] of places) await dragFromPalette(page, label, { x, y })
  await timeline(page).getByRole('button', { name: 'Play requests and releases' }).click()
  await timeline(page).getByRole('button', { name: 'Script', exact: true }).click()

  await step('type until there is a deadlock', async () => {
    await write(page, '# crossed\nP1 requests R1\nR1 grants\nP2 requests R2\nR2 grants\nP1 requests R2\nP2 requests R1')
    await expect(where(page)).toHaveText('Step 6 of 6')
    await expect(timeline(page).getByRole('button', { name: /^Step 6: Deadlock: P1 and P2/ })).toBeVisible()
  })

  await step('a line that cannot be played is marked with the reason', async () => {
    await write(page, 'P1 releases R1')
    await expect(timeline(page).getByRole('alert')).toHaveText(/^Line 8: P1 waits and does nothing else/)
    await expect(script(page).locator('.cm-lintRange-error')).toHaveText('P1 releases R1')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(timeline(page).getByRole('alert')).toHaveCount(0)
  })

  await step('the timeline with a script has no serious violation', async () => {
    expect(await violations(page, '[data-testid="timeline"]')).toEqual([])
  })

  await step('a click on a line goes there, and a button back to the deadlock', async () => {
    await script(page).locator('.cm-line', { hasText: 'P2 requests R2' }).click()
    await expect(where(page)).toHaveText('Step 3 of 6')
    await timeline(page).getByRole('button', { name: 'To the deadlock, step 6' }).click()
    await expect(where(page)).toHaveText('Step 6 of 6')
  })

  await step('another choice begins a branch', async () => {
    await script(page).locator('.cm-line', { hasText: 'P1 requests R2' }).click()
    await timeline(page).getByRole('button', { name: 'P2 releases R2' }).click()
    await expect(where(page)).toHaveText('Step 6 of 6')
    await timeline(page).getByRole('button', { name: 'Keep as script' }).click()
    await expect(timeline(page).getByRole('button', { name: 'Saved with the drawing' })).toBeDisabled()
  })

  await step('branches are named and compared', async () => {
    await timeline(page)
      .getByRole('button', { name: /^Branches/ })
      .click()
    await timeline(page).getByRole('button', { name: 'After 5: P2 releases R2' }).dblclick()
    await page.getByRole('textbox', { name: /^Name of the branch/ }).fill('Giving way')
    await page.keyboard.press('Enter')
    await expect(timeline(page).getByRole('button', { name: 'Giving way' })).toBeVisible()
    await command(page, 'Compare branches')
    const dialog = page.getByRole('dialog', { name: 'Compare branches' })
    await expect(dialog).toContainText('They part after step 5: P1 requests R2.')
    await expect(dialog.getByRole('row', { name: /^Step of the deadlock/ })).toContainText('6')
    await expect(dialog.getByRole('row', { name: /^Step of the deadlock/ })).toContainText('none')
    await expect(dialog.getByRole('row', { name: /^On a ring/ })).toContainText('P1, P2')
    expect(await violations(page, 'dialog')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await step('two events are recorded by drawing', async () => {
    await timeline(page).getByRole('button', { name: 'Record what is drawn' }).click()
    // P1 has asked for R2 and P2 has given it back: drawing the assignment is the grant
    await dragConnection(page, 'R2', 'P1')
    await expect(where(page)).toHaveText('Step 7 of 7')
    await expect.poll(() => lines(page)).toContain('R2 grants P1')
    await dragConnection(page, 'P2', 'R2')
    await expect(where(page)).toHaveText('Step 8 of 8')
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('P2 requests R2')
    // what no event can make is refused with the reason
    await dragConnection(page, 'R1', 'P2')
    await expect(timeline(page).getByRole('alert')).toHaveText(/P2 waits/)
    await expect(where(page)).toHaveText('Step 8 of 8')
  })

  await step('an edge that is taken away is recorded as well', async () => {
    // the assignment of R1 to P1 goes straight up
    const [from, to] = [await middle(page, 'R1'), await middle(page, 'P1')]
    await page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2)
    await page.keyboard.press('Delete')
    await expect(where(page)).toHaveText('Step 9 of 9')
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('P1 releases R1')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(where(page)).toHaveText('Step 8 of 8')
  })

  const file = join(app.workspace, 'Crossed.interlock')
  await step('saved, and there again after a reload', async () => {
    await page.keyboard.press('ControlOrMeta+s')
    await page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('Crossed')
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('tab', { name: /Crossed/ })).toBeVisible()
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"script"')
    const saved = JSON.parse(readFileSync(file, 'utf8')) as {
      script: { events: unknown[]; branches: { name: string; after: number; events: unknown[] }[] }
      sources: Record<string, string>
    }
    expect(saved.script.events.length).toBe(6)
    expect(saved.script.branches).toMatchObject([{ name: 'Giving way', after: 5, events: [{}, {}, {}] }])
    expect(saved.sources['script']).toContain('# crossed')
    await app.reload()
    await timeline(page).getByRole('button', { name: 'Play the script' }).click()
    await timeline(page).getByRole('button', { name: 'Script', exact: true }).click()
    await expect
      .poll(() => lines(page))
      .toEqual([
        '# crossed',
        'P1 requests R1',
        'R1 grants',
        'P2 requests R2',
        'R2 grants',
        'P1 requests R2',
        'P2 requests R1',
        '',
      ])
    await expect(timeline(page).getByRole('button', { name: /^Step 6: Deadlock/ })).toBeVisible()
    await expect(timeline(page).getByRole('button', { name: 'Saved with the drawing' })).toBeDisabled()
  })

  await step('the edges are drawn again when the run is closed', async () => {
    await timeline(page).getByRole('button', { name: 'Close the run' }).click()
    await middle(page, 'P1')
    await expect(timeline(page).getByRole('button', { name: 'Play the script' })).toBeVisible()
  })
})
