// The way of an exercise: begin under a name, answer wrongly and be told the first wrong step, solve it, hand in, and be
// graded by the command line. The same on every shell.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { interlock } from '../main/cli/program.ts'
import { handIns, writeClass } from '../classroom/hand-ins.ts'
import { command, expectVerdict } from './drawing.ts'
import { root } from './serve.ts'
import { expect, test } from './shells.ts'

const pack = join(root, 'src-main/labs/deadlock/exercises/banker-ten.interlock')
const question = (page: Page, id: string): Locator => page.getByTestId(`question-${id}`)
const judgement = (page: Page, id: string): Locator => question(page, id).getByTestId('judgement')

async function order(page: Page, ...names: string[]): Promise<void> {
  for (const name of names)
    await question(page, 'order')
      .getByRole('button', { name: `Add ${name}` })
      .click()
  await question(page, 'order').getByRole('button', { name: 'Check' }).click()
}

test('a student solves a Banker exercise, hands it in, and it is graded', async ({ app }) => {
  const { step } = test
  const { page } = app

  await step('the task asks who works on it; nothing is given away', async () => {
    await command(page, 'The Banker with ten units')
    await expect(page.getByRole('tab', { name: 'Task', selected: true })).toBeVisible()
    await page.getByTestId('task').getByRole('button', { name: 'Begin', exact: true }).click()
    await expect(page.getByRole('alert')).toHaveText('Enter your name.')
    await page.getByLabel('Your name').fill('Ada Lovelace')
    await page.getByLabel(/Student number/).fill('1815')
    await page.getByTestId('task').getByRole('button', { name: 'Begin', exact: true }).click()
    await expect(question(page, 'order')).toBeVisible()
    await page.getByRole('tab', { name: 'Verdict' }).click()
    await expect(page.getByTestId('verdict')).toContainText('hidden until you have committed')
    await expect(page.getByTestId('verdict-word')).toHaveCount(0)
    await expect(page.locator('[data-mark="unsafe"], [data-mark="free"]')).toHaveCount(0)
    await page.getByRole('tab', { name: 'Task' }).click()
  })

  await step('a wrong order is told its first wrong step, with numbers', async () => {
    await order(page, 'P1', 'P0', 'P2')
    await expect(judgement(page, 'order')).toContainText('Right.')
    await question(page, 'order').getByRole('button', { name: 'Start over' }).click()
    await expect(judgement(page, 'order')).toHaveCount(0)
    await order(page, 'P2', 'P0', 'P1')
    await expect(judgement(page, 'order')).toContainText('Right.')
    await question(page, 'order').getByRole('button', { name: 'Start over' }).click()
    await order(page, 'P0', 'P1', 'P2')
    await expect(judgement(page, 'order')).toContainText(
      'P0 cannot finish at this step: it needs 7 of R and Work has 6.',
    )
    await question(page, 'order').getByRole('button', { name: 'Hint' }).click()
    await expect(question(page, 'order')).toContainText('Whose need fits what is available now?')
  })

  await step('what is done survives a power cut', async () => {
    await page.waitForTimeout(1500)
    await app.kill()
    await app.restart()
    await app.page.getByRole('button', { name: 'Recover', exact: true }).first().click()
    await expect(app.page.getByRole('dialog')).toBeHidden()
    await expect(question(app.page, 'order').getByRole('button', { name: 'Take P0 out' })).toBeVisible()
    await expect(question(app.page, 'order')).toContainText('Whose need fits what is available now?')
  })

  const again = app.page
  await step('it is solved, and the verdict is shown', async () => {
    await question(again, 'order').getByRole('button', { name: 'Start over' }).click()
    await question(again, 'order').getByRole('button', { name: 'Choose in the drawing' }).click()
    await again.locator('[data-node-id="P1"]').click({ force: true })
    await expect(question(again, 'order').getByRole('button', { name: 'Take P1 out' })).toBeVisible()
    await question(again, 'order').getByRole('button', { name: 'Done choosing in the drawing' }).click()
    const typed = question(again, 'order').getByRole('textbox')
    await typed.fill('P1, P2, P0')
    await typed.press('Enter')
    await question(again, 'order').getByRole('button', { name: 'Check' }).click()
    await expect(judgement(again, 'order')).toContainText('Each step fits')
    for (const [id, cells] of Object.entries({ available: ['6'], need: ['7', '3', '1'] })) {
      for (const [index, cell] of cells.entries()) {
        await question(again, id).getByRole('textbox').nth(index).fill(cell)
      }
      await question(again, id).getByRole('button', { name: 'Check' }).click()
      await expect(judgement(again, id)).toContainText('Every number is right.')
    }
    await question(again, 'state').getByLabel('Safe', { exact: true }).check()
    await question(again, 'state').getByRole('button', { name: 'Check' }).click()
    await question(again, 'count').getByRole('textbox').fill('4')
    await question(again, 'count').getByRole('button', { name: 'Check' }).click()
    await expect(again.getByTestId('score')).toHaveText('6 of 6 points so far')
    await expect(again.getByTestId('task')).toContainText('Four of the six orders are safe')
    await again.getByRole('tab', { name: 'Verdict' }).click()
    await expectVerdict(again, 'Safe')
    await again.getByRole('tab', { name: 'Task' }).click()
  })

  const file = join(app.workspace, 'banker-ten-1815.interlock')
  await step('it is handed in as a file, and can only be looked at from then on', async () => {
    if (app.shell === 'electron-double') await app.answerDialog(file)
    await again.getByRole('button', { name: 'Hand in …' }).click()
    if (app.shell === 'browser-shell') {
      await expect(again.getByRole('dialog').getByRole('textbox', { name: 'File name' })).toHaveValue(/banker-ten-1815/)
      await again.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    }
    await expect(again.getByTestId('task')).toContainText('Handed in on')
    await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : '')).toMatch(/"handedIn": \d+/)
    await expect(again.getByText('Look only.')).toBeVisible()
  })

  await step('the command line gives it all points', async () => {
    const { code, out } = await interlock(['grade', pack, file, '--json'])
    const report = JSON.parse(out) as { handIns: { points: number; of: number; remarks: string[] }[] }
    expect(report.handIns).toMatchObject([{ points: 6, of: 6, remarks: [], student: { name: 'Ada Lovelace' } }])
    expect(code).toBe(0)
  })
})

test('a class is graded on screen, and a row leads to the place in the drawing', async ({ app }) => {
  const { page } = app
  writeClass(join(app.workspace, 'class'))
  await command(page, 'Grade hand-ins')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Exercises' }).fill('class/pack')
  await dialog.getByRole('combobox', { name: 'Hand-ins' }).fill('class/hand-ins')
  await dialog.getByRole('button', { name: 'Grade', exact: true }).click()
  const report = page.getByTestId('grading-report')
  await expect(report.getByTestId('graded')).toHaveCount(handIns.length)
  for (const { file, points, remark } of handIns) {
    const row = report.locator(`[data-file="${file}"]`)
    await expect(row.getByTestId('points'), file).toHaveText(points)
    if (remark !== null) await expect(row, file).toContainText(remark)
  }
  await report.getByLabel('Show').selectOption({ label: 'Wrong or missing answers' })
  const wrong = report.locator('[data-file="03-wrong.interlock"]')
  await wrong.getByRole('button', { name: /order/i }).first().click()
  await expect(page.getByText('Look only.')).toBeVisible()
  await page.getByRole('tab', { name: 'Inspector' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('2 things selected')
  await page.getByRole('button', { name: 'Back to the report' }).click()
  await expect(report).toBeVisible()
  await report.getByRole('button', { name: 'Save as CSV' }).click()
  await expect(page.getByText('grading-report.csv')).toBeVisible()
  expect(readFileSync(join(app.workspace, 'grading-report.csv'), 'utf8')).toContain('03-wrong.interlock')
})
