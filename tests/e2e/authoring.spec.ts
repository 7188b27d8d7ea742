// An instructor makes an exercise of a drawing, sees the right answers, and looks at it as a student would.
import { command } from './drawing.ts'
import { expect, test } from './shells.ts'

test('an exercise is written beside the drawing, tried as a student, and is still there after a reload', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'Make an exercise of this drawing')
  const panel = page.getByTestId('author')
  await panel.getByLabel('Task', { exact: true }).fill('Five philosophers sit down.')
  const first = page.getByTestId('author-q1')
  await first.getByLabel('What is asked for').selectOption({ label: 'Who is on the ring?' })
  await first.getByLabel('The question in words').fill('Who waits for whom in a ring?')
  await expect(first.getByTestId('key')).toHaveText('Right answer: P1, P2, P3, P4 and P5')

  await panel.getByRole('button', { name: 'Add a question' }).click()
  const second = page.getByTestId('author-q2')
  await second.getByLabel('What is asked for').selectOption({ label: 'What is answered to a request?' })
  await expect(second.getByTestId('key')).toContainText('Not to be asked yet.')
  await second.getByLabel('Who asks').fill('P1')
  await second.getByLabel('Units of each type').fill('Fork 1 1')
  await second.getByLabel('Units of each type').press('Tab')
  await expect(second.getByRole('alert')).toContainText('R1: 2, R2: 1')
  await second.getByLabel('Units of each type').fill('Fork 1: 1')
  await second.getByLabel('Units of each type').press('Tab')
  await expect(second.getByTestId('key')).toContainText('Right answer: It has to wait')

  await panel.getByRole('button', { name: 'Done: see it as a student' }).click()
  const task = page.getByTestId('task')
  await expect(task).toContainText('Five philosophers sit down.')
  await expect(page.locator('[data-mark="ring"]')).toHaveCount(0)
  await task.getByLabel('Your name').fill('Ada')
  await task.getByRole('button', { name: 'Begin', exact: true }).click()
  await expect(page.getByTestId('question-q1')).toContainText('Who waits for whom in a ring?')

  await expect(page.getByText(/^Changes kept at/)).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('question-q1')).toContainText('Who waits for whom in a ring?')
})
