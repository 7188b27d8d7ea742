// A deadlock is explained by its four conditions, broken by the smallest change, and brought back by undo.
import { expectVerdict, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

test('the philosophers: conditions are listed, the smallest repair is taken, and undo brings the deadlock back', async ({
  app,
}) => {
  const { page } = app
  await expectVerdict(page, 'Deadlock') // the first start shows the dining philosophers
  const panel = verdict(page)
  for (const name of ['Mutual exclusion', 'Hold and wait', 'No preemption', 'Circular wait']) {
    await expect(panel.getByRole('button', { name: `${name}: fulfilled` })).toBeVisible()
  }
  const circular = panel.getByRole('button', { name: 'Circular wait: fulfilled' })
  await circular.click()
  await expect(circular).toHaveAttribute('aria-expanded', 'true')
  await expect(circular).toContainText('Each type on this cycle has one instance')

  const repairs = page.getByTestId('repairs')
  await expect(repairs).toHaveAttribute('data-fresh', 'true')
  await expect(repairs.getByRole('listitem')).toHaveCount(3)
  await expect(repairs.getByRole('listitem').first()).toContainText('P1 withdraws its request for Fork 1')
  await expect(repairs.getByRole('listitem').first()).toContainText('Finishing order: P1, P5, P4, P3, P2.')
  await repairs.getByRole('button', { name: 'Show 12 more' }).click()
  await expect(repairs.getByRole('listitem')).toHaveCount(15)

  await repairs.getByRole('button', { name: 'Do this: P1 withdraws its request for Fork 1' }).click()
  await expectVerdict(page, 'No deadlock')
  await expect(repairs).toBeHidden()
  await expect(panel.getByRole('button', { name: 'Circular wait: not fulfilled' })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+z')
  await expectVerdict(page, 'Deadlock')
  await expect(repairs).toHaveAttribute('data-fresh', 'true')
})

test('a drawing is generated from a seed, an impossible wish is refused with the reason, and another one follows', async ({
  app,
}) => {
  const { page } = app
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('Alt+m')
  const dialog = page.getByRole('dialog', { name: 'Generate a drawing' })
  await dialog.getByLabel('With').selectOption('A cycle, but no deadlock')
  await dialog.getByLabel('Most instances of a type').fill('1')
  await dialog.getByRole('button', { name: 'Draw it' }).click()
  await expect(dialog.getByRole('alert')).toContainText('a cycle is always a deadlock')
  await dialog.getByLabel('Most instances of a type').fill('2')
  await dialog.getByLabel('Seed', { exact: true }).fill('7')
  await dialog.getByRole('button', { name: 'Draw it' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('tab', { name: 'Generated drawing 7' })).toBeVisible()
  await expectVerdict(page, 'No deadlock')
  await expect(verdict(page).getByRole('button', { name: 'Circular wait: not fulfilled' })).toBeVisible()
  await page.keyboard.press('Alt+Shift+m')
  await expect(page.getByRole('tab', { name: 'Generated drawing 8' })).toBeVisible()
})
