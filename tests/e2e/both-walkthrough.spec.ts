// A walkthrough from hand to hand: recorded with a real mouse, a caption edited, played, taken over, gone back to, saved
// and opened again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Walkthrough } from '../../src-main/contract/walkthrough.ts'
import { command, dragConnection, dragFromPalette, expectVerdict, newDrawing, node } from './drawing.ts'
import { expect, test } from './shells.ts'

test('a walkthrough is recorded, edited, played, taken over, gone back to, saved and reopened', async ({ app }) => {
  await expectVerdict(app.page, 'Deadlock')
  await newDrawing(app.page)
  await dragFromPalette(app.page, 'Process', { x: 0.3, y: 0.4 })
  await expect(node(app.page, 'P1')).toBeVisible()

  await test.step('record', async () => {
    await command(app.page, 'Record a walkthrough')
    await expect(app.page.getByTestId('recording')).toContainText('Recording: 1 step')
    await dragFromPalette(app.page, 'Resource type', { x: 0.6, y: 0.4 })
    await expect(node(app.page, 'R1')).toBeVisible()
    await dragConnection(app.page, 'P1', 'R1')
    await dragConnection(app.page, 'R1', 'P1')
    await expect(app.page.locator('[data-testid="counts"]')).toContainText('2 edges')
    await app.page.waitForTimeout(1500)
    await app.page.getByRole('button', { name: 'Stop recording', exact: true }).click()
    await expect(app.page.getByTestId('walkthrough-offer')).toBeVisible()
  })

  await test.step('a caption is edited, and the edit can be undone', async () => {
    await app.page.getByRole('button', { name: 'Edit steps', exact: true }).click()
    const dialog = app.page.getByRole('dialog', { name: 'Steps of the walkthrough' })
    const first = dialog.getByRole('textbox', { name: 'Caption of step 1', exact: true })
    await first.fill('One process, and nothing it could wait for.')
    await app.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await app.page.getByRole('application').focus()
    await app.page.keyboard.press('ControlOrMeta+z')
    await app.page.keyboard.press('ControlOrMeta+Shift+z')
  })

  const file = join(app.workspace, 'Told.interlock')
  const saved = (): Walkthrough => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as { walkthrough: unknown }
    return Walkthrough.parse(document.walkthrough)
  }
  await test.step('save: every gesture is a step', async () => {
    if (app.shell === 'electron-double') {
      await app.answerDialog(file)
      await app.page.keyboard.press('ControlOrMeta+s')
    } else {
      await app.page.keyboard.press('ControlOrMeta+s')
      await app.page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('Told')
      await app.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    }
    await expect(app.page.getByRole('tab', { name: /Told/ })).toBeVisible()
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"walkthrough"')
    const told = saved()
    expect(told.start.nodes.map(({ id }) => id)).toEqual(['P1'])
    expect(told.steps[0]?.caption).toBe('One process, and nothing it could wait for.')
    const put = told.steps.flatMap(({ changes }) => changes.flatMap((change) => ('put' in change ? [change.in] : [])))
    expect(put.filter((part) => part === 'nodes')).toHaveLength(1)
    expect(put.filter((part) => part === 'edges')).toHaveLength(2)
  })

  const replay = app.page.getByTestId('replay')
  await test.step('play it', async () => {
    await app.page.getByTestId('walkthrough-offer').getByRole('button', { name: 'Play', exact: true }).click()
    await expect(replay).toBeVisible()
    await expect(replay.getByTestId('caption')).toHaveText('One process, and nothing it could wait for.')
    await replay.getByRole('button', { name: 'Pause', exact: true }).click()
    const position = replay.getByRole('slider', { name: 'Position in the walkthrough' })
    await position.focus()
    await app.page.keyboard.press('Home')
    await expect(app.page.locator('[data-node-id]')).toHaveCount(1)
    await app.page.keyboard.press('End')
    await expect(app.page.locator('[data-node-id]')).toHaveCount(2)
    await expect(app.page.locator('[data-testid="counts"]')).toContainText('2 edges')
    await app.page.keyboard.press('Home')
    await expect(app.page.locator('[data-node-id]')).toHaveCount(1)
    await replay.getByRole('button', { name: 'Play', exact: true }).click()
    await expect(app.page.locator('[data-node-id]')).toHaveCount(2, { timeout: 20_000 })
    await expect(replay.getByRole('button', { name: 'Play again', exact: true })).toBeVisible({ timeout: 30_000 })
  })

  await test.step('take over, try something, go back', async () => {
    await replay.getByRole('button', { name: 'Take over', exact: true }).click()
    await expect(replay).toBeHidden()
    await expect(app.page.locator('[data-node-id]')).toHaveCount(2)
    await dragFromPalette(app.page, 'Process', { x: 0.5, y: 0.75 })
    await expect(app.page.locator('[data-node-id]')).toHaveCount(3)
    await app.page.getByRole('button', { name: 'Go back', exact: true }).click()
    await expect(replay).toBeVisible()
    await expect(app.page.locator('[data-node-id]')).toHaveCount(2)
  })

  await test.step('the file is as it was saved, and opens with its walkthrough', async () => {
    await app.page.keyboard.press('Alt+w')
    await expect(replay).toBeHidden()
    await app.page.getByRole('tab', { name: /Told/ }).click()
    await app.reload()
    await app.page.getByRole('tab', { name: /Told/ }).click()
    await expect(app.page.getByTestId('walkthrough-offer')).toBeVisible()
    expect(saved().steps[0]?.caption).toBe('One process, and nothing it could wait for.')
  })
})
