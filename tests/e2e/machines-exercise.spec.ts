// An exercise of the machines as a student does it: find what is open, close it in the inspector, and be told on the way
// what is still wrong; then predict a run, and watch it come to the same.
import type { Locator, Page } from '@playwright/test'
import { command, expectVerdict, node } from './drawing.ts'
import { expect, test } from './shells.ts'

const question = (page: Page, id: string): Locator => page.getByTestId(`question-${id}`)
const judgement = (page: Page, id: string): Locator => question(page, id).getByTestId('judgement')
const check = (page: Page, id: string): Promise<void> =>
  question(page, id).getByRole('button', { name: 'Check', exact: true }).click()
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click()

async function begin(page: Page, title: string): Promise<void> {
  await command(page, title)
  await expect(page.getByRole('tab', { name: 'Task', selected: true })).toBeVisible()
  await page.getByLabel('Your name').fill('Ada')
  await page.getByTestId('task').getByRole('button', { name: 'Begin', exact: true }).click()
}

async function select(page: Page, id: string): Promise<Locator> {
  const box = (await node(page, id).boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height - 12)
  await tab(page, 'Inspector')
  return page.getByRole('region', { name: 'Inspector' })
}

test('doors of containers are found and closed', async ({ app: { page } }) => {
  await begin(page, 'Which doors are open?')
  await expect(question(page, 'which').getByRole('checkbox')).toHaveCount(3)
  await question(page, 'which').getByLabel('web', { exact: true }).check()
  await check(page, 'which')
  await expect(judgement(page, 'which')).toContainText('not all')
  await question(page, 'which').getByLabel('tool', { exact: true }).check()
  await check(page, 'which')
  await expect(judgement(page, 'which')).toContainText('Right.')

  // Half closed: what is still open is named, and nothing is given away in the drawing.
  await expect(page.locator('[data-mark="unsafe"]')).toHaveCount(0)
  await (await select(page, 'tool')).getByLabel('Own pid namespace').check()
  await page.getByRole('region', { name: 'Inspector' }).getByLabel('Memory limit').fill('256')
  await page.keyboard.press('Enter')
  await tab(page, 'Task')
  await check(page, 'mend')
  await expect(judgement(page, 'mend')).toContainText('web is privileged')
  await (await select(page, 'web')).getByLabel('Privileged').uncheck()
  await tab(page, 'Task')
  await check(page, 'mend')
  await expect(judgement(page, 'mend')).toContainText('Right.')

  await question(page, 'kernel').getByRole('radio').first().check()
  await check(page, 'kernel')
  await expect(page.getByTestId('score')).toContainText('6 of 6 points')
  await tab(page, 'Verdict')
  await expectVerdict(page, 'Sound')
})

test('a migration is predicted, and its run comes to the same', async ({ app: { page } }) => {
  await begin(page, 'Rounds, then a short stop')
  const answer = async (id: string, value: string): Promise<void> => {
    await question(page, id).getByRole('textbox').fill(value)
    await check(page, id)
  }
  await answer('rounds', '5')
  await expect(judgement(page, 'rounds')).toContainText('5 is not the number.')
  await answer('rounds', '4')
  await expect(judgement(page, 'rounds')).toContainText('Right.')
  await answer('stop', '0.21')
  await expect(judgement(page, 'stop')).toContainText('0.2097')

  await page.getByRole('button', { name: 'Migrate live', exact: true }).first().click()
  const next = page.getByRole('button', { name: 'Next step' })
  for (let round = 0; round < 4; round += 1) await next.click()
  await expect(page.getByTestId('timeline')).toContainText('209.7')
})
