// Drawings from elsewhere and to elsewhere: DOT dropped on the window, matrices pasted as text, a text file opened from
// the workspace, pictures and texts exported with choices that are remembered.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { command, drop, expectVerdict, node } from './drawing.ts'
import { expect, test } from './shells.ts'

const ring = `digraph ring {
  node [shape=circle]; P1; P2;
  node [shape=box]; R1; R2 [label="R2 (1)"];
  R1 -> P1 -> R2 -> P2 -> R1;
}
`

const dialog = (page: Page): Locator => page.getByRole('dialog')

async function download(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Download' }).click(),
  ])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('a DOT file is dropped, laid out and judged; a broken one says where', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await drop(page, 'ring.dot', ring)
  await expect(page.getByRole('tab', { name: 'ring', selected: true })).toBeVisible()
  await expect(page.getByText('Read as Graphviz DOT.')).toBeVisible()
  await expect(page.locator('[data-node-id]')).toHaveCount(4)
  await expectVerdict(page, 'Deadlock')
  const boxes = await Promise.all(['P1', 'P2', 'R1', 'R2'].map((id) => node(page, id).boundingBox()))
  expect(new Set(boxes.map((box) => `${box?.x} ${box?.y}`)).size).toBe(4)

  await drop(page, 'broken.dot', 'digraph {\n  P1 -> \n}')
  await expect(page.getByText(/“broken\.dot” was not opened\. Line 3, column 1: this is not DOT/)).toBeVisible()
})

test('matrices are pasted, a mistake is shown at its place, and the drawing is made', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('Alt+i')
  const field = dialog(page).getByRole('textbox', { name: 'Text of the drawing' })
  const create = dialog(page).getByRole('button', { name: 'Create the drawing' })
  await expect(create).toBeDisabled()
  const table = 'Allocation\tR1\tR2\nP1\t1\t0\nP2\t0\t1\n\nRequest\tR1\tR2\nP1\t0\tone\nP2\t1\t0\n'
  await field.fill(table)
  await expect(dialog(page).getByText(/Line 6, column 6: expected a whole number of units/)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Go to the place' }).click()
  expect(
    await field.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
  ).toBe('one')

  await page.keyboard.type('1')
  await expect(dialog(page).getByText('CSV tables')).toBeVisible()
  await expect(dialog(page).getByText('Process: 2 · Resource type: 2 · Arrows: 4')).toBeVisible()
  await create.click()
  await expect(page.locator('[data-node-id]')).toHaveCount(4)
  await expectVerdict(page, 'Deadlock')
})

test('a text file of the workspace is offered and opens as a new drawing', async ({ app }) => {
  test.skip(app.shell !== 'browser-shell', 'the desktop shell has the system’s dialog')
  const { page, workspace } = app
  await expectVerdict(page, 'Deadlock')
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, 'week3.gv'), ring)
  writeFileSync(join(workspace, 'notes.docx'), 'no drawing')
  await page.keyboard.press('ControlOrMeta+o')
  await expect(dialog(page).getByRole('option', { name: /notes/ })).toHaveCount(0)
  await dialog(page)
    .getByRole('option', { name: /week3\.gv/ })
    .dblclick()
  await expect(page.getByRole('tab', { name: 'ring', selected: true })).toBeVisible()
  await expect(page.getByText('Not saved', { exact: false }).first()).toBeVisible()
  expect(readFileSync(join(workspace, 'week3.gv'), 'utf8')).toBe(ring)
})

test('PDF, PNG and texts are exported with choices that are remembered', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('ControlOrMeta+Shift+e')
  await expect(dialog(page).getByRole('img', { name: 'Preview' })).toBeVisible()

  await dialog(page).getByRole('radio', { name: /PDF/ }).check()
  const pdf = await download(page)
  expect(pdf.name).toBe('Dining philosophers.pdf')
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  await expect(dialog(page)).toHaveCount(0)

  await command(page, 'Export …')
  await expect(dialog(page).getByRole('radio', { name: /PDF/ })).toBeChecked()
  await dialog(page).getByRole('radio', { name: /PNG/ }).check()
  await dialog(page).getByRole('combobox', { name: 'Pixels for each unit' }).selectOption('1×')
  const small = await download(page)
  await command(page, 'Export …')
  await expect(dialog(page).getByRole('combobox', { name: 'Pixels for each unit' })).toHaveValue('1')
  await dialog(page).getByRole('combobox', { name: 'Pixels for each unit' }).selectOption('3×')
  const large = await download(page)
  for (const { bytes } of [small, large]) expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(large.bytes.readUInt32BE(16)).toBe(3 * small.bytes.readUInt32BE(16))

  await command(page, 'Export …')
  await dialog(page)
    .getByRole('radio', { name: /Graphviz DOT/ })
    .check()
  await dialog(page).getByRole('checkbox', { name: 'Verdict as a comment' }).check()
  await expect(dialog(page).getByText('// Deadlock.', { exact: false })).toBeVisible()
  const dot = await download(page)
  expect(dot.name).toBe('Dining philosophers.dot')
  expect(dot.bytes.toString()).toMatch(/^digraph "Dining philosophers" \{\n {2}\/\/ Deadlock\./)
})
