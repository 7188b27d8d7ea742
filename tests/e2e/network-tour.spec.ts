// The tour of the networks: each step is done as its card says, with the mouse, and does what the card promises.
import { command, expectVerdict, middle, node, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

test('the tour of the networks is finished by doing what it asks for', async ({ app: { page } }) => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Network/ })
    .click()
  await expect(page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: 'Node' })).toBeVisible()
  await page.getByRole('button', { name: 'One-minute tour' }).click()
  const card = page.getByTestId('tour')
  const ring = page.getByTestId('tour-ring')
  const timeline = page.getByTestId('timeline')
  const step = (id: string): Promise<void> => expect(card).toHaveAttribute('data-step', id)

  // It begins on a drawing of its own: eight nodes on a ring, whose leader has crashed.
  await step('verdict')
  await expect(page.locator('[data-node-id]')).toHaveCount(8)
  await expectVerdict(page, 'P7 leads')
  await expect(card).toBeFocused()
  await card.getByRole('button', { name: 'Next' }).click()

  await step('evidence')
  await verdict(page).getByText('One leader at a time').hover()

  await step('crash')
  const highest = await middle(page, 'n7')
  const around = await ring.boundingBox()
  expect(Math.abs((around?.x ?? 0) + (around?.width ?? 0) / 2 - highest.x)).toBeLessThan(3)
  await page.mouse.click(highest.x, highest.y)
  await page.keyboard.press('x')
  await expect(node(page, 'n7')).toHaveAttribute('data-mark', 'impossible')
  await expect(card).toContainText('Done')

  await step('step')
  await expectVerdict(page, 'P6 leads')
  await verdict(page).getByRole('button', { name: 'Run Ring election' }).click()
  const next = page.getByRole('button', { name: 'Next step' })
  await next.click()
  await page.keyboard.press('.')
  await step('step')
  await page.keyboard.press('.')

  // What it says about breaking the run is true: a click on a message offers to drop it.
  await step('break')
  await page.getByRole('searchbox', { name: 'Find what could happen' }).fill('drop')
  const drop = timeline.getByRole('button', { name: /^Drop m\d+/ }).first()
  await expect(drop).toBeVisible()
  await expect(timeline).toContainText('1 under way')
  await drop.click()
  // It was the only one on the ring: the election goes no further.
  await expect(timeline).toContainText('0 under way')
  await card.getByRole('button', { name: 'Next' }).click()

  await step('find')
  await card.getByRole('button', { name: 'Finish' }).click()
  await expect(card).toHaveCount(0)
  await expect(page.getByText('That was the tour.')).toBeVisible()
})

test('the tour of the networks ends with Escape, and is found again by its name', async ({ app: { page } }) => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Network/ })
    .click()
  await expect(page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: 'Node' })).toBeVisible()
  await command(page, 'One-minute tour')
  const card = page.getByTestId('tour')
  await expect(card).toHaveAttribute('data-step', 'verdict')
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await command(page, 'One-minute tour')
  await expect(card).toHaveAttribute('data-step', 'verdict')
})
