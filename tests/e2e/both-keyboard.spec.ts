// The main job without a mouse: create, name, connect, judge, change, step, undo, save, recover, export.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { canvas, command, expectVerdict, newDrawing, node } from './drawing.ts'
import { expect, test } from './shells.ts'

/** Connects the selected node by keyboard: E, then arrows until the wanted target is announced, then Enter. */
async function connectTo(page: Page, target: string): Promise<void> {
  await page.keyboard.press('e')
  const live = page.getByTestId('canvas-announcement')
  for (let i = 0; i < 20; i += 1) {
    if (new RegExp(`(to |^)${target}:`).test((await live.textContent()) ?? '')) break
    await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.press('Enter')
}

/** Walks down the list until the row is reached; the selection follows the focus. */
async function selectInList(page: Page, id: string): Promise<void> {
  const list = page.getByTestId('list-view')
  await list.locator('[role="row"][tabindex="0"]').focus()
  await page.keyboard.press('Home')
  for (let i = 0; i < 20; i += 1) {
    if ((await list.locator(':focus').getAttribute('data-id')) === id) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`${id} is not in the list`)
}

test('a ring of three is drawn, judged, changed, stepped, undone, saved, recovered and exported by keyboard alone', async ({
  app,
}) => {
  const press = (keys: string): Promise<void> => app.page.keyboard.press(keys)
  await expectVerdict(app.page, 'Deadlock')
  await newDrawing(app.page)
  await canvas(app.page).focus()
  for (const key of ['p', 'p', 'p', 'r', 'r', 'r']) await press(key)
  await expect(app.page.locator('[data-node-id]')).toHaveCount(6)

  await command(app.page, 'Show the list')
  for (const edge of ['R1>P1', 'P1>R2', 'R2>P2', 'P2>R3', 'R3>P3', 'P3>R1']) {
    const [from = '', to = ''] = edge.split('>')
    await selectInList(app.page, from)
    await canvas(app.page).focus()
    await connectTo(app.page, to)
  }
  await command(app.page, 'Show the verdict')
  await expectVerdict(app.page, 'Deadlock')
  for (const id of ['P1', 'P2', 'P3']) await expect(node(app.page, id)).toHaveAttribute('data-mark', 'ring')

  await command(app.page, 'Show the list')
  await selectInList(app.page, 'R1')
  await canvas(app.page).focus()
  await press('F2')
  await app.page.keyboard.type('Printer₁')
  await press('Enter')
  await press('+')
  await command(app.page, 'Show the verdict')
  await expectVerdict(app.page, 'No deadlock')

  await command(app.page, 'Step through the reduction')
  await expect(app.page.getByRole('button', { name: 'Close the run' })).toBeVisible()
  for (let i = 0; i < 3; i += 1) await command(app.page, 'Next step')
  await expect(app.page.getByRole('button', { name: 'Next step' })).toBeDisabled()
  await command(app.page, 'Close the run')

  await canvas(app.page).focus()
  for (let i = 0; i < 30; i += 1) await press('ControlOrMeta+z')
  await expect(app.page.locator('[data-node-id]')).toHaveCount(0)
  for (let i = 0; i < 30; i += 1) await press('ControlOrMeta+Shift+z')
  await expect(app.page.locator('[data-node-id]')).toHaveCount(6)

  const file = join(app.workspace, 'Keys.interlock')
  if (app.shell === 'electron-double') await app.answerDialog(file)
  await press('ControlOrMeta+s')
  if (app.shell === 'browser-shell') {
    await expect(app.page.getByRole('dialog').getByRole('textbox', { name: 'File name' })).toBeFocused()
    await press('ControlOrMeta+a')
    await app.page.keyboard.type('Keys')
    await press('Enter')
  }
  await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : '')).toContain('Printer₁')

  await canvas(app.page).focus()
  await press('p')
  await app.page.waitForTimeout(1500)
  await app.kill()
  await app.restart()
  const recover = app.page.getByRole('button', { name: 'Recover', exact: true }).first()
  await recover.focus()
  await press('Enter')
  await expect(app.page.getByRole('dialog')).toBeHidden()
  await expect(app.page.locator('[data-node-id]')).toHaveCount(7)

  const download = app.page.waitForEvent('download')
  await command(app.page, 'Export as SVG')
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('Printer₁')
})
