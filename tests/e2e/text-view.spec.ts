// The drawing as text: typed with mistakes, mended, drawn and judged; edits of the drawing reach the text; one undo for both.
import { type Locator, type Page, expect, test as base } from '@playwright/test'
import { drag, expectVerdict, middle, newDrawing, node } from './drawing.ts'
import { test } from './shells.ts'

const code = (page: Page): Locator => page.getByRole('textbox', { name: 'The drawing as text' })
const line = (page: Page, text: string): Locator => code(page).locator('.cm-line').filter({ hasText: text })

async function textOf(page: Page): Promise<string> {
  return (await code(page).locator('.cm-line').allInnerTexts()).map((each) => each.replace(/\n$/, '')).join('\n')
}

async function openText(page: Page): Promise<void> {
  await newDrawing(page)
  await page
    .getByRole('toolbar', { name: 'Views of the drawing' })
    .getByRole('button', { name: 'Text', exact: true })
    .click()
  await code(page).click()
}

test('a ring is typed with a mistake, mended, judged, and changed in the drawing', async ({ app }) => {
  const { page } = app
  const step = base.step
  await openText(page)

  await step('a mistake is marked where it is, and the drawing waits', async () => {
    await page.keyboard.insertText('# a ring\nP1 -> R1 -> P2 # asks\nP2 -> R2\nR2 hold P1\n')
    await expect(page.getByText('The drawing waits: 1 problem.')).toBeVisible()
    await expect(code(page).locator('.cm-lintRange-error')).toHaveText('hold')
    await expect(page.locator('[data-node-id]')).toHaveCount(0)
    await page.keyboard.press('F8')
    await expect(page.locator('.cm-tooltip-lint')).toContainText('hold is not understood here. Did you mean holds?')
  })

  await step('mended, the drawing and its verdict are there', async () => {
    await page.getByRole('button', { name: /^Line 4/ }).click()
    await page.keyboard.press('End')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.insertText('R2 -> P1')
    await expect(page.locator('[data-node-id]')).toHaveCount(4)
    await expectVerdict(page, 'Deadlock')
    await expect(page.getByText(/The drawing waits/)).toHaveCount(0)
  })

  await step('moving changes no text, renaming changes every mention and leaves the comments', async () => {
    const at = await middle(page, 'R1')
    await drag(page, at, { x: at.x, y: at.y + 120 })
    expect(await textOf(page)).toBe('# a ring\nP1 -> R1 -> P2 # asks\nP2 -> R2\nR2 -> P1\n')
    await page.keyboard.press('F2')
    await page.keyboard.insertText('Disk')
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf(page)).toBe('# a ring\nP1 -> Disk -> P2 # asks\nP2 -> R2\nR2 -> P1\n')
  })

  await step('a selection lights its lines', async () => {
    const at = await middle(page, 'R2')
    await page.mouse.click(at.x, at.y)
    await expect(code(page).locator('.cm-lit')).toHaveText(['P2 -> R2', 'R2 -> P1'])
  })

  await step('undo in the text goes back through both', async () => {
    await line(page, 'R2 -> P1').click()
    await page.keyboard.press('End')
    await page.keyboard.insertText(' x2')
    await expect.poll(() => textOf(page)).toContain('R2 -> P1 x2')
    await expectVerdict(page, /.+/)
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => textOf(page)).toBe('# a ring\nP1 -> Disk -> P2 # asks\nP2 -> R2\nR2 -> P1\n')
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => textOf(page)).toContain('P1 -> R1 -> P2 # asks')
    await page.keyboard.press('ControlOrMeta+z')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.locator('[data-node-id]')).toHaveCount(0)
    // the example of an empty text is there again
    await expect(code(page).locator('.cm-placeholder')).toContainText('# One statement a line')
  })
})

test('completion offers fitting names, Tab leaves the editor, and a run closes it', async ({ app }) => {
  const { page } = app
  await openText(page)
  await page.keyboard.insertText('Printer has 2\nP1 holds ')
  await page.keyboard.type('Pr')
  const offer = page.getByRole('option', { name: /^Printer/ })
  await expect(offer).toBeVisible()
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.type('inter')
  await page.keyboard.press('Escape')
  await expect(node(page, 'P1')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(code(page)).not.toBeFocused()

  await page.getByRole('button', { name: 'Step through the reduction' }).first().click()
  await expect(page.getByText('The text cannot be changed while a run is open.')).toBeVisible()
  await expect(code(page)).toHaveAttribute('aria-readonly', 'true')
  await code(page).click()
  await page.keyboard.type('x')
  expect(await textOf(page)).toBe('Printer has 2\nP1 holds Printer')
})
