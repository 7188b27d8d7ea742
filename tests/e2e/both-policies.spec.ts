// One script under several policies: compared on one screen, a setting changed, one of them played in the drawing.
import { command, middle, newDrawing } from './drawing.ts'
import { expect, test } from './shells.ts'

test('policies are compared, a livelock is made and ended, and a policy is played in the drawing', async ({ app }) => {
  const { page } = app
  const view = page.getByTestId('policies')
  const row = (policy: string) => view.getByTestId(`policy-${policy}`)
  const more = (policy: string) => row(policy).locator('xpath=following-sibling::tr[1]')

  await command(page, 'Sample: One script, many policies')
  await expect(page.getByRole('tab', { name: 'One script, many policies', selected: true })).toBeVisible()
  await page.keyboard.press('Alt+8')
  await expect(row('none')).toContainText('Deadlock from tick 6')
  await expect(row('banker')).toContainText('All finish by tick 24')
  await expect(view.getByRole('slider')).toHaveCount(7)

  // By keyboard a tick is looked at, and said.
  await row('timeout').getByRole('slider').focus()
  for (let tick = 0; tick < 7; tick += 1) await page.keyboard.press('ArrowRight')
  await expect(view.getByTestId('policy-tick')).toContainText('Timeout and retry, tick 7: P1 is stuck by a deadlock')

  await view.getByRole('button', { name: 'Hierarchical locks' }).click()
  await expect(row('levels')).toContainText('All finish by tick 25')
  await view.getByRole('button', { name: 'No policy' }).click()
  await expect(row('none')).toHaveCount(0)

  await more('order').locator('summary').click()
  await expect(more('order')).toContainText('P2 gives back Printer before it asks.')
  await more('order').getByRole('button', { name: 'Play this in the drawing' }).click()
  await expect(page.getByRole('slider', { name: 'Step of the run' })).toBeVisible()
  await page.getByRole('button', { name: 'Branches 2' }).click()
  await expect(page.getByText('Policy: Global order').first()).toBeVisible()
  await page.keyboard.press('Alt+x')

  await command(page, 'Sample: Livelock: two polite people')
  await expect(page.getByRole('tab', { name: 'Livelock: two polite people', selected: true })).toBeVisible()
  await page.keyboard.press('Alt+8')
  await expect(row('timeout')).toContainText('Livelock from tick 6: it repeats every 7 ticks')
  await more('timeout').locator('summary').click()
  await more('timeout').getByLabel('Length of the pause').selectOption('random')
  await expect(row('timeout')).toContainText('All finish by tick')
})

test('the comparison follows the drawing, and keeps its last figures beside an error', async ({ app }) => {
  const { page } = app
  const view = page.getByTestId('policies')
  const none = view.getByTestId('policy-none')
  await command(page, 'Sample: One script, many policies')
  await expect(page.getByRole('tab', { name: 'One script, many policies', selected: true })).toBeVisible()
  await page.keyboard.press('Alt+8')
  await expect(none).toContainText('Deadlock from tick 6')

  // A second disk lets everybody go on; without any, the script speaks of a type that is not there.
  const disk = await middle(page, 'R1')
  await page.mouse.click(disk.x, disk.y)
  await page.keyboard.press('+')
  await expect(none).toContainText('All finish by tick')
  await page.keyboard.press('Delete')
  await expect(view.getByRole('alert')).toContainText('Line 1 of the script: There is no resource type called Disk.')
  await expect(none).toContainText('All finish by tick')
  await expect(view.getByTestId('policy-tick')).toHaveText('These are the figures of the drawing as it was.')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(view.getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(none).toContainText('Deadlock from tick 6')
})

test('without anybody asking for anything the view says what to do', async ({ app }) => {
  const { page } = app
  await newDrawing(page)
  await page.keyboard.press('Alt+8')
  await expect(page.getByTestId('policies')).toContainText('Nobody asks for anything yet')
  await page.getByRole('button', { name: 'Open the sample “One script, many policies”' }).click()
  await expect(page.getByRole('tab', { name: 'One script, many policies', selected: true })).toBeVisible()
})
