// The help has a page for each topic, and what it speaks of is opened from there; so is everything in the library.
import { expect, test } from './shells.ts'

test('a topic of each week is read, and its sample is opened by a click', async ({ app }) => {
  const { page } = app
  const help = page.getByRole('dialog', { name: 'Help: Deadlock' })
  const topics = help.getByRole('navigation', { name: 'Topics' })
  const turns = [
    { topic: 'A cycle, and when it is a deadlock', opens: 'A cycle without deadlock' },
    { topic: 'Claims, safe and unsafe', opens: 'An unsafe state without deadlock' },
    { topic: 'Detection with matrices', opens: 'Exercise: Detection with three processes' },
  ]
  for (const { topic, opens } of turns) {
    await page.keyboard.press('F1')
    await topics.getByRole('button', { name: topic }).click()
    await expect(help.getByRole('article', { name: topic })).toBeVisible()
    await help.getByRole('button', { name: opens, exact: true }).click()
    await expect(help).toHaveCount(0)
    await expect(page.getByRole('tab', { name: opens.replace('Exercise: ', ''), selected: true })).toBeVisible()
  }

  // It opens where it was left, and arrow keys turn the pages.
  await page.keyboard.press('F1')
  await expect(topics.getByRole('button', { name: 'Detection with matrices' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(help.getByRole('article', { name: 'The wait-for graph' })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(help.getByRole('article', { name: 'What a deadlock is' })).toBeVisible()
})

test('a sample is found in the library by a part of its title', async ({ app }) => {
  const { page } = app
  await page.keyboard.press('Alt+e')
  const library = page.getByRole('dialog', { name: 'Samples and exercises' })
  const field = library.getByRole('searchbox')
  await field.fill('gridlok')
  await expect(library.getByRole('status')).toHaveText('No sample or exercise is called “gridlok”.')
  await field.fill('gridl')
  await expect(library.getByRole('button', { name: 'Gridlock at a crossing' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(library).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Gridlock at a crossing', selected: true })).toBeVisible()
})
