// The tour of machines and containers: each step is done as its card says, with the mouse, and does what the card says.
import { command, middle, node, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

test('the tour of the machines is finished by doing what it asks for', async ({ app: { page } }) => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Machines/ })
    .click()
  await expect(page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: 'Pod' })).toBeVisible()
  await page.getByRole('button', { name: 'One-minute tour' }).click()
  const card = page.getByTestId('tour')
  const step = (id: string): Promise<void> => expect(card).toHaveAttribute('data-step', id)

  // It begins on a drawing of its own: a server with three machines.
  await step('verdict')
  await expect(page.locator('[data-node-id]')).toHaveCount(8)
  await expect(card).toBeFocused()
  await card.getByRole('button', { name: 'Next' }).click()

  await step('evidence')
  await verdict(page).locator('.groups').hover()

  await step('break')
  const guest = await middle(page, 'Debian')
  const around = await page.getByTestId('tour-ring').boundingBox()
  expect(Math.abs((around?.x ?? 0) + (around?.width ?? 0) / 2 - guest.x)).toBeLessThan(3)
  await page.mouse.click(guest.x, guest.y)
  await page.keyboard.press('Delete')
  await expect(node(page, 'Debian')).toHaveCount(0)
  await expect(card).toContainText('Done')

  await step('mend')
  // What the card says is so: the machine is marked, and the finding says what to do.
  await expect(node(page, 'web')).toHaveAttribute('data-mark', 'impossible')
  await expect(verdict(page)).toContainText('web')
  await page.keyboard.press('Control+z')
  await expect(node(page, 'Debian')).toHaveCount(1)

  await step('step')
  await verdict(page).locator('.actions button').first().click()
  const next = page.getByRole('button', { name: 'Next step' })
  await next.click()
  await page.keyboard.press('.')
  await step('step')
  await page.keyboard.press('.')

  await step('find')
  await card.getByRole('button', { name: 'Finish' }).click()
  await expect(card).toHaveCount(0)
  await expect(page.getByText('That was the tour.')).toBeVisible()
})

test('the tour of the machines ends with Escape, and is found again by its name', async ({ app: { page } }) => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Machines/ })
    .click()
  await expect(page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: 'Pod' })).toBeVisible()
  await command(page, 'One-minute tour')
  const card = page.getByTestId('tour')
  await expect(card).toHaveAttribute('data-step', 'verdict')
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await command(page, 'One-minute tour')
  await expect(card).toHaveAttribute('data-step', 'verdict')
})
