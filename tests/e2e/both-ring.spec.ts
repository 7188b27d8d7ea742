// The main job with the mouse: draw the three-process ring, read the verdict, change it, step, undo, save,
// survive the end of the host, export.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  command,
  dragConnection,
  dragFromPalette,
  expectVerdict,
  middle,
  newDrawing,
  node,
  verdict,
} from './drawing.ts'
import { expect, test } from './shells.ts'

test('a ring of three is drawn with the mouse, judged, changed, stepped, undone, saved, recovered and exported', async ({
  app,
}) => {
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  await expectVerdict(app.page, 'Deadlock') // the first start shows a sample with its verdict
  await newDrawing(app.page)

  await step('draw', async () => {
    const places = [
      ['Process', 0.5, 0.14],
      ['Process', 0.74, 0.78],
      ['Process', 0.26, 0.78],
      ['Resource type', 0.26, 0.4],
      ['Resource type', 0.74, 0.4],
      ['Resource type', 0.5, 0.8],
    ] as const
    for (const [label, x, y] of places) await dragFromPalette(app.page, label, { x, y })
    await expect(app.page.locator('[data-node-id]')).toHaveCount(6)
    const edges = ['R1>P1', 'P1>R2', 'R2>P2', 'P2>R3', 'R3>P3']
    for (const edge of edges) {
      const [from = '', to = ''] = edge.split('>')
      await dragConnection(app.page, from, to)
    }
    await expectVerdict(app.page, 'No deadlock')
    await dragConnection(app.page, 'P3', 'R1')
    await expectVerdict(app.page, 'Deadlock')
    await expect(verdict(app.page)).toContainText('P1, P2 and P3 wait for each other in a ring')
    for (const id of ['P1', 'P2', 'P3']) await expect(node(app.page, id)).toHaveAttribute('data-mark', 'ring')
  })

  await step('a second instance breaks the ring', async () => {
    const r1 = await middle(app.page, 'R1')
    await app.page.mouse.click(r1.x, r1.y)
    await app.page.keyboard.press('+')
    await expectVerdict(app.page, 'No deadlock')
  })

  await step('step through the reduction', async () => {
    await app.page.getByRole('button', { name: 'Step through the reduction' }).first().click()
    const next = app.page.getByRole('button', { name: 'Next step' })
    for (let i = 0; i < 3; i += 1) await next.click()
    await expect(next).toBeDisabled()
    await app.page.getByRole('button', { name: 'Step back' }).click()
    await expect(next).toBeEnabled()
    await app.page.getByRole('button', { name: 'Close the run' }).click()
  })

  await step('undo everything and redo everything', async () => {
    for (let i = 0; i < 40; i += 1) await app.page.keyboard.press('ControlOrMeta+z')
    await expect(app.page.locator('[data-node-id]')).toHaveCount(0)
    for (let i = 0; i < 40; i += 1) await app.page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(app.page.locator('[data-node-id]')).toHaveCount(6)
    await expectVerdict(app.page, 'No deadlock')
  })

  const file = join(app.workspace, 'Ring of three.interlock')
  await step('save', async () => {
    if (app.shell === 'electron-double') {
      await app.answerDialog(file)
      await app.page.keyboard.press('ControlOrMeta+s')
    } else {
      await app.page.keyboard.press('ControlOrMeta+s')
      await app.page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('Ring of three')
      await app.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
    }
    await expect(app.page.getByRole('tab', { name: /Ring of three/ })).toBeVisible()
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('"lab": "deadlock"')
  })

  await step('the host is killed after an edit; the next start offers the drawing and nothing is lost', async () => {
    const saved = readFileSync(file, 'utf8')
    await app.page.keyboard.press('-') // R1 is still selected: one instance again
    await expectVerdict(app.page, 'Deadlock')
    await app.page.waitForTimeout(1500)
    await app.kill()
    await app.restart()
    await app.page.getByRole('button', { name: 'Recover', exact: true }).first().click()
    await expect(app.page.getByRole('dialog')).toBeHidden()
    await expect(app.page.locator('[data-node-id]')).toHaveCount(6)
    await expectVerdict(app.page, 'Deadlock')
    expect(readFileSync(file, 'utf8')).toBe(saved)
  })

  await step('export as SVG', async () => {
    const download = app.page.waitForEvent('download')
    await command(app.page, 'Export as SVG')
    const svg = readFileSync(await (await download).path(), 'utf8')
    expect(svg).toMatch(/^<svg|^<\?xml/)
    expect(svg).not.toContain('<image')
    for (const name of ['P1', 'P2', 'P3', 'R1', 'R2', 'R3']) expect(svg).toContain(`>${name}<`)
  })
})
