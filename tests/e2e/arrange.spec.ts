// Arranging by mouse and keys: guides while dragging, align, distribute, tidy up; and a note on the canvas from the
// first word to the next start.
import type { Locator, Page } from '@playwright/test'
import { canvas, drag, dragConnection, dragFromPalette, middle, newDrawing, node } from './drawing.ts'
import { expect, test } from './shells.ts'

const note = (page: Page): Locator => page.locator('[data-note-id]')

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not on the screen')
  return box
}

/** Middles of P1, P2 and P3 on the screen. */
const three = (page: Page): Promise<{ x: number; y: number }[]> =>
  Promise.all(['P1', 'P2', 'P3'].map((id) => middle(page, id)))

test('things are dragged along guides, aligned, distributed and tidied up', async ({ app: { page } }) => {
  await newDrawing(page)
  await dragFromPalette(page, 'Process', { x: 0.25, y: 0.25 })
  await dragFromPalette(page, 'Process', { x: 0.4, y: 0.5 })
  await dragFromPalette(page, 'Process', { x: 0.75, y: 0.75 })
  await expect(page.locator('[data-node-id]')).toHaveCount(3)

  await test.step('a guide shows and holds', async () => {
    const [p1, p2] = await three(page)
    await page.mouse.move(p2!.x, p2!.y)
    await page.mouse.down()
    await page.mouse.move(p2!.x + 20, p1!.y + 30, { steps: 4 })
    await page.mouse.move(p2!.x + 20, p1!.y + 4, { steps: 4 })
    // A line without height counts as hidden.
    await expect(page.getByTestId('guides').locator('line.line')).not.toHaveCount(0)
    await page.mouse.up()
    await expect(page.getByTestId('guides')).toHaveCount(0)
    expect((await middle(page, 'P2')).y).toBeCloseTo(p1!.y, 0)
  })

  await test.step('Alt holds nothing', async () => {
    const [p1, p2] = await three(page)
    await page.keyboard.down('Alt')
    await drag(page, p2!, { x: p2!.x, y: p1!.y + 5 })
    await page.keyboard.up('Alt')
    expect((await middle(page, 'P2')).y).toBeCloseTo(p1!.y + 5, 0)
  })

  await test.step('align and distribute', async () => {
    await canvas(page).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Alt+Shift+ArrowUp')
    await expect(page.getByTestId('canvas-announcement')).toContainText('3 things aligned at their top edges')
    const ys = (await three(page)).map(({ y }) => Math.round(y))
    expect(new Set(ys).size).toBe(1)
    await page.keyboard.press('Alt+Shift+H')
    const [a, b, c] = await three(page)
    expect(b!.x - a!.x).toBeCloseTo(c!.x - b!.x, 0)
    await page.keyboard.press('ControlOrMeta+z')
    await page.keyboard.press('ControlOrMeta+z')
    const after = (await three(page)).map(({ y }) => Math.round(y))
    expect(new Set(after).size).toBe(3)
  })

  await test.step('tidy up', async () => {
    await page.keyboard.press('Escape')
    await dragFromPalette(page, 'Resource type', { x: 0.2, y: 0.8 })
    await dragConnection(page, 'P3', 'R1')
    await canvas(page).focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+Shift+R')
    await expect(page.getByTestId('canvas-announcement')).toContainText('4 things tidied up')
    const [p3, r1] = [await middle(page, 'P3'), await middle(page, 'R1')]
    expect(r1.x - p3.x).toBeGreaterThan(60)
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(async () => (await middle(page, 'R1')).x < (await middle(page, 'P3')).x).toBe(true)
  })
})

test('a note is written, resized, moved with a node, undone, listed and still there after a reload', async ({
  app,
}) => {
  const { page } = app
  await newDrawing(page)
  await dragFromPalette(page, 'Process', { x: 0.3, y: 0.3 })

  await test.step('write', async () => {
    await dragFromPalette(page, 'Note', { x: 0.65, y: 0.35 })
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('P1 waits.\nNobody else does.')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(note(page)).toHaveAttribute('aria-label', 'Note: P1 waits.\nNobody else does.')
    await expect(canvas(page)).toBeFocused()
  })

  await test.step('resize by a corner and by keys', async () => {
    const before = await boxOf(note(page))
    const corner = { x: before.x + before.width, y: before.y + before.height }
    await drag(page, corner, { x: corner.x + 48, y: corner.y + 40 })
    const after = await boxOf(note(page))
    expect(after.width - before.width).toBeGreaterThan(30)
    expect(after.height - before.height).toBeGreaterThan(24)
    await page.keyboard.press('Alt+ArrowLeft')
    expect((await boxOf(note(page))).width).toBeLessThan(after.width)
  })

  await test.step('move with a node, and undo', async () => {
    const [p1, before] = [await middle(page, 'P1'), await boxOf(note(page))]
    await page.keyboard.press('ControlOrMeta+a')
    await drag(page, p1, { x: p1.x + 64, y: p1.y + 40 })
    const [moved, after] = [await middle(page, 'P1'), await boxOf(note(page))]
    expect(moved.x - p1.x).toBeGreaterThan(40)
    expect(after.x - before.x).toBeCloseTo(moved.x - p1.x, 0)
    expect(after.y - before.y).toBeCloseTo(moved.y - p1.y, 0)
    await page.keyboard.press('ControlOrMeta+z')
    expect((await boxOf(note(page))).x).toBeCloseTo(before.x, 0)
  })

  await test.step('write again by a double click; Escape leaves it as it was', async () => {
    const box = await boxOf(note(page))
    await page.mouse.dblclick(box.x + 20, box.y + 20)
    const field = page.getByRole('textbox', { name: 'Text of the note' }).first()
    await field.fill('Something else')
    await page.keyboard.press('Escape')
    await expect(note(page)).toHaveAttribute('aria-label', /P1 waits/)
  })

  await test.step('listed', async () => {
    await page.keyboard.press('Alt+3')
    await expect(page.getByRole('row', { name: /P1 waits/ })).toBeVisible()
  })

  await test.step('reloaded', async () => {
    const box = await boxOf(note(page))
    await page.waitForTimeout(1_500) // work is kept within a second of the last edit
    await app.reload()
    await expect(note(page)).toHaveAttribute('aria-label', /P1 waits/)
    // The view may be another one, the shape is not.
    const now = await boxOf(note(page))
    expect(now.width / now.height).toBeCloseTo(box.width / box.height, 1)
    await expect(node(page, 'P1')).toHaveCount(1)
  })
})
