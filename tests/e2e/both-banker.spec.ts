// The Banker by hand: a wrong order and its first wrong step, the order mended, units asked for with the three tests, the
// grant in the drawing and its undo; then the same drawing judged by
// detection, and the paths of two processes.
import type { Locator } from '@playwright/test'
import { expectVerdict, newDrawing, node } from './drawing.ts'
import { expect, test } from './shells.ts'

test('an order is tried and mended, a request is tested, granted and undone', async ({ app }) => {
  const { page } = app
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  await page.keyboard.press('Alt+e')
  await page.keyboard.type('A safe state')
  await page.keyboard.press('Enter')
  await expectVerdict(page, 'Safe')
  await page
    .getByRole('toolbar', { name: 'Views of the drawing' })
    .getByRole('button', { name: 'Banker', exact: true })
    .click()
  const view = page.getByTestId('banker')
  await expect(view.getByTestId('banker-verdict')).toContainText('Safe. 2 orders')
  const row = (name: string): Locator => view.getByTestId('state-table').getByRole('row', { name })

  await step('the first wrong step is named with what is missing', async () => {
    await view.getByTestId('order-field').fill('p1, P3, P2')
    await expect(view.getByTestId('order-said')).toHaveText(
      'Step 2: P3 cannot finish at this step: it needs 3 of R2 and Work has 2.',
    )
  })

  await step('mended by pressing processes, the order is accepted', async () => {
    await view.getByRole('button', { name: 'Take back the last step' }).click()
    await view.getByRole('button', { name: 'Take back the last step' }).click()
    await row('P2').getByRole('button').click()
    await expect(view.getByTestId('order-said')).toHaveText('So far every step fits. Still to come: P3.')
    await row('P3').getByRole('button').click()
    await expect(view.getByTestId('order-said')).toContainText('Accepted')
  })

  await step('each test shows its arithmetic, and the first that fails decides', async () => {
    await view.getByTestId('ask-process').selectOption({ label: 'P2' })
    await view.getByLabel('Units of R1').fill('3')
    await expect(view.getByTestId('test-1')).toHaveClass(/failed/)
    await expect(view.getByTestId('test-1')).toContainText('R1: 3 > 2')
    await expect(view.getByTestId('test-2')).toContainText('not reached')
    await expect(view.getByTestId('ask-answer')).toContainText('An error of P2')

    await view.getByLabel('Units of R1').fill('0')
    await view.getByLabel('Units of R2').fill('1')
    for (const test of [1, 2, 3]) await expect(view.getByTestId(`test-${test}`)).toHaveClass(/passed/)
    await expect(view.getByTestId('ask-answer')).toHaveText('Granted.')
    await expect(row('P2')).toContainText('1→2')
  })

  await step('granted in the drawing, and undone as one entry', async () => {
    await view.getByRole('button', { name: 'Grant it in the drawing' }).click()
    const held = row('P2').getByRole('cell').nth(1)
    await expect(held).toHaveText('2')
    await expect(view.getByTestId('order-said')).toContainText('Step 1')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(held).toHaveText('1')
    await expect(node(page, 'P2')).toBeVisible()
  })

  await step('detection judges by what is asked for now', async () => {
    await view.getByRole('button', { name: 'Detection' }).click()
    await expect(view.getByTestId('banker-verdict')).toHaveText('No deadlock. 6 orders in which all can finish.')
  })

  await step('the paths of two processes are drawn and refused where too little is left', async () => {
    await newDrawing(page)
    await page.getByRole('toolbar', { name: 'Views of the drawing' }).getByRole('button', { name: 'Text' }).click()
    await page.getByRole('textbox', { name: 'The drawing as text' }).click()
    await page.keyboard.insertText('R1 has 1\nR2 has 1\nP1 claims R1, R2\nP2 claims R1, R2\n')
    await expect(node(page, 'P2')).toBeVisible()
    await page
      .getByRole('toolbar', { name: 'Views of the drawing' })
      .getByRole('button', { name: 'Banker', exact: true })
      .click()
    await view.getByRole('button', { name: 'Paths' }).click()
    await expect(view.locator('[data-region="stuck"]')).toHaveCount(0)
    await view.getByLabel('P2 asks first for').selectOption({ label: 'R2' })
    await expect(view.locator('[data-region="stuck"]')).toHaveCount(1)
    await view.getByRole('button', { name: 'P1 goes on' }).click()
    await view.locator('[data-place="1,2"]').click()
    await expect(view.getByTestId('path-said')).toContainText(
      'P2 cannot go on: its next step takes 1 of R1, and none is left.',
    )
    await expect(view.getByTestId('path-said')).toContainText('Deadlock')
  })
})
