// What a person does on the page, as functions: drag from the palette, drag a connection, read the verdict.
// All selectors of the end-to-end tests live here.
import { type Locator, type Page, expect } from '@playwright/test'

export const verdict = (page: Page): Locator => page.getByRole('region', { name: 'Verdict' })
export const canvas = (page: Page): Locator => page.getByRole('application')
export const node = (page: Page, id: string): Locator => page.locator(`[data-node-id="${id}"]`)

export interface Spot {
  x: number
  y: number
}

/** The middle of a node as it stands on the screen now. */
export async function middle(page: Page, id: string): Promise<Spot> {
  const box = await node(page, id).boundingBox()
  if (box === null) throw new Error(`${id} is not on the screen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Moves as a hand does: several steps, so that every pointer event on the way happens. */
export async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
}

/** Drags a kind of node from the palette to a place on the canvas, given as parts of its width and height. */
export async function dragFromPalette(page: Page, label: string, place: Spot): Promise<void> {
  const item = await page.getByRole('toolbar', { name: 'Palette' }).getByRole('button', { name: label }).boundingBox()
  const box = await canvas(page).boundingBox()
  if (item === null || box === null) throw new Error('palette or canvas is not on the screen')
  await drag(
    page,
    { x: item.x + item.width / 2, y: item.y + item.height / 2 },
    { x: box.x + box.width * place.x, y: box.y + box.height * place.y },
  )
}

/** Hovers a node until its handle shows, and drags from the handle to another node. */
export async function dragConnection(page: Page, from: string, to: string): Promise<void> {
  const start = await middle(page, from)
  await page.mouse.move(start.x, start.y, { steps: 3 })
  const handle = page.getByTestId('connect-handle')
  await expect(handle).toBeVisible()
  const box = await handle.boundingBox()
  if (box === null) throw new Error('the handle is not on the screen')
  await drag(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, await middle(page, to))
}

/** Waits for the verdict's word. */
export async function expectVerdict(page: Page, word: string | RegExp): Promise<void> {
  await expect(verdict(page).getByTestId('verdict-word')).toHaveText(word)
}

/** Runs a command by its name through the command palette. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill(name)
  await page.keyboard.press('Enter')
}

/** Begins a new drawing and waits until it is there. */
export async function newDrawing(page: Page): Promise<void> {
  await command(page, 'New drawing')
  await expect(page.getByRole('tab', { name: 'Untitled drawing', selected: true })).toBeVisible()
  await expect(page.locator('[data-node-id]')).toHaveCount(0)
}

/** Drops a file on the page, as a person does from a file manager. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([file, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], file))
      window.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
    },
    [name, text] as const,
  )
}
