// Predict, then run: the numbers of the next step are asked for before they are shown, by keyboard alone.
import AxeBuilder from '@axe-core/playwright'
import { command } from './drawing.ts'
import { expect, test } from './shells.ts'

test('each step of a migration is predicted before it is shown', async ({ app }) => {
  const { page } = app
  await command(page, 'Sample: A machine that writes faster than it can be copied')
  const timeline = page.getByTestId('timeline')
  await timeline.getByRole('button', { name: 'Migrate live', exact: true }).click()
  await expect(timeline.getByText('Step 0 of 0')).toBeVisible()
  await page.keyboard.press('Alt+a')
  const panel = page.getByTestId('prediction')
  const gap = panel.getByRole('textbox', { name: 'Number 1', exact: true })

  await test.step('a wrong number is told, with the right one', async () => {
    await expect(gap).toBeFocused()
    await expect(panel).not.toContainText('8.192')
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    await expect(panel).toContainText('8.192')
    await expect(panel).toContainText('0 of 1 right')
    await expect(timeline.getByText('Step 0 of 0')).toBeVisible()
  })

  await test.step('the next one is right: 4096 MiB over 500 MiB/s', async () => {
    await page.keyboard.press('Enter')
    await expect(timeline.getByText('Step 1 of 1')).toBeVisible()
    await expect(gap).toBeFocused()
    await page.keyboard.type('8.19')
    await page.keyboard.press('Enter')
    await expect(panel).toContainText('1 of 2 right')
    const { violations } = await new AxeBuilder({ page }).include('[data-testid="timeline"]').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })

  await test.step('without predictions the steps and what is possible are there again', async () => {
    await page.keyboard.press('Alt+a')
    await expect(panel).toHaveCount(0)
    await expect(timeline.getByText('Possible now')).toBeVisible()
  })
})
