// Recovery from a deadlock: whom it costs least to end, a weight moved, and a way to recover played to its end.
import { command } from './drawing.ts'
import { expect, test } from './shells.ts'

test('victims are ranked, a weight changes the choice, and a recovery is played until no deadlock is left', async ({
  app,
}) => {
  const { page } = app
  const title = 'Recovery: the obvious victim is wrong'
  const view = page.getByTestId('recovery')
  await command(page, `Sample: ${title}`)
  await expect(page.getByRole('tab', { name: title, selected: true })).toBeVisible()
  await page.getByRole('button', { name: 'Recovery', exact: true }).click()
  await page.getByRole('button', { name: 'Drawing', exact: true }).click()
  await expect(view).toContainText('The cheapest set that ends the deadlock: Editor, for 52.')

  const priority = view.getByLabel('Weight of Priority')
  await priority.fill('40')
  await expect(view).toContainText('The cheapest set that ends the deadlock: Backup, for 138.')
  await expect(view).toContainText('10 × 1 + 40 × 1 + 1 × 90')
  await view.getByRole('button', { name: 'Usual weights' }).click()
  await expect(priority).toHaveValue('10')
  // The weights belong to the drawing: the reset and what was typed are entries of its history.
  await page.keyboard.press('ControlOrMeta+z')
  await expect(priority).toHaveValue('40')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(priority).toHaveValue('10')

  await view.getByRole('button', { name: 'Play: End one by one' }).click()
  await expect(page.getByRole('slider', { name: 'Step of the run' })).toBeVisible()
  await expect(page.getByText('Step 0 of 3')).toBeVisible()
  await page.getByRole('button', { name: 'To the end' }).click()
  await expect(page.getByText('Step 3 of 3')).toBeVisible()
  await expect(page.getByText('No deadlock is left.', { exact: true }).first()).toBeVisible()
})
