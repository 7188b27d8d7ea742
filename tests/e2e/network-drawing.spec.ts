// Drawing a network: nodes dragged into a ring that keeps its shape, one put between two others, moved on, undone; links,
// crashes and shapes by keys and in the list; and nothing of it where a drawing is run.
import type { Page } from '@playwright/test'
import { type Spot, canvas, command, drag, dragFromPalette, expectVerdict, middle, node } from './drawing.ts'
import { expect, test } from './shells.ts'

const counts = (page: Page, text: string): Promise<void> => expect(page.getByText(text, { exact: true })).toBeVisible()
const said = (page: Page) => page.getByTestId('canvas-announcement')

async function openNetwork(page: Page): Promise<void> {
  await expectVerdict(page, 'Deadlock')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Network/ })
    .click()
  await expect(page.locator('[data-node-id]')).toHaveCount(0)
}

/** Clockwise by where the nodes stand on the screen, from P1 on. */
async function clockwise(page: Page, ids: readonly string[]): Promise<string[]> {
  const spots = new Map<string, Spot>()
  for (const id of ids) spots.set(id, await middle(page, id))
  const mean = (of: (spot: Spot) => number): number =>
    [...spots.values()].reduce((sum, one) => sum + of(one), 0) / spots.size
  const [x, y] = [mean((spot) => spot.x), mean((spot) => spot.y)]
  const angle = (id: string): number => {
    const spot = spots.get(id) ?? { x, y }
    return (Math.atan2(spot.x - x, y - spot.y) + 2 * Math.PI) % (2 * Math.PI)
  }
  const order = [...ids].sort((a, b) => angle(a) - angle(b))
  const start = order.indexOf('P1')
  return [...order.slice(start), ...order.slice(0, start)]
}

/** Whether all stand equally far from their middle, inside of the canvas. */
async function expectCircle(page: Page, ids: readonly string[]): Promise<void> {
  const spots = await Promise.all(ids.map((id) => middle(page, id)))
  const mean = (of: (spot: Spot) => number): number => spots.reduce((sum, one) => sum + of(one), 0) / spots.length
  const [x, y] = [mean((spot) => spot.x), mean((spot) => spot.y)]
  const far = spots.map((spot) => Math.hypot(spot.x - x, spot.y - y))
  expect(Math.max(...far) - Math.min(...far)).toBeLessThan(3)
  const box = await canvas(page).boundingBox()
  for (const spot of spots) {
    expect(spot.x).toBeGreaterThan(box!.x)
    expect(spot.x).toBeLessThan(box!.x + box!.width)
    expect(spot.y).toBeGreaterThan(box!.y)
    expect(spot.y).toBeLessThan(box!.y + box!.height)
  }
}

const names = (count: number): string[] => Array.from({ length: count }, (_, k) => `P${k + 1}`)

test('a ring is drawn by hand, takes a node between two others, and every gesture is one step back', async ({
  app: { page },
}) => {
  await openNetwork(page)
  await page.getByRole('tab', { name: 'Inspector' }).click()
  await page.getByRole('combobox', { name: 'Shape that is kept' }).selectOption({ label: 'Ring' })
  for (let k = 0; k < 8; k += 1) {
    const angle = (2 * Math.PI * (k + 0.3)) / 8
    await dragFromPalette(page, 'Node', { x: 0.5 + 0.28 * Math.sin(angle), y: 0.5 - 0.36 * Math.cos(angle) })
    await expect(page.locator('[data-node-id]')).toHaveCount(k + 1)
  }
  await counts(page, '8 nodes, 8 edges')
  await expectCircle(page, names(8))

  const before = await clockwise(page, names(8))
  const [one = '', two = ''] = [before[2], before[3]]
  await test.step('one is put between two others', async () => {
    const [a, b, box] = [await middle(page, one), await middle(page, two), await canvas(page).boundingBox()]
    await dragFromPalette(page, 'Node', {
      x: ((a.x + b.x) / 2 - box!.x) / box!.width,
      y: ((a.y + b.y) / 2 - box!.y) / box!.height,
    })
    await counts(page, '9 nodes, 9 edges')
    await expectCircle(page, names(9))
    const order = await clockwise(page, names(9))
    expect(order.slice(order.indexOf(one), order.indexOf(one) + 3)).toEqual([one, 'P9', two])
  })

  await test.step('it is dragged elsewhere, and comes back with one step', async () => {
    const order = await clockwise(page, names(9))
    const [c, d] = [await middle(page, order[6]!), await middle(page, order[7]!)]
    const from = await middle(page, 'P9')
    await drag(page, from, { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 })
    await expectCircle(page, names(9))
    const moved = await clockwise(page, names(9))
    expect(moved.slice(moved.indexOf('P9') - 1, moved.indexOf('P9') + 1)).toEqual([order[6], 'P9'])
    await page.keyboard.press('ControlOrMeta+z')
    expect(await clockwise(page, names(9))).toEqual(order)
    await counts(page, '9 nodes, 9 edges')
    await page.keyboard.press('ControlOrMeta+z')
    await counts(page, '8 nodes, 8 edges')
    expect(await clockwise(page, names(8))).toEqual(before)
  })

  await test.step('a deleted node leaves a smaller ring', async () => {
    const spot = await middle(page, one)
    await page.mouse.click(spot.x, spot.y)
    await page.keyboard.press('Delete')
    await counts(page, '7 nodes, 7 edges')
    await expectCircle(
      page,
      names(8).filter((id) => id !== one),
    )
  })
})

test('by keys and in the list: nodes, a shape, crashes, a cut link, a link removed; a run changes nothing', async ({
  app: { page },
}) => {
  await openNetwork(page)
  await canvas(page).focus()
  for (let k = 0; k < 5; k += 1) await page.keyboard.press('p')
  await expect(page.locator('[data-node-id]')).toHaveCount(5)
  await command(page, 'Keep the drawing in shape: star')
  await counts(page, '5 nodes, 4 edges')
  await page.keyboard.press('ControlOrMeta+z')
  await counts(page, '5 nodes, 0 edges')
  await command(page, 'Keep the drawing in shape: ring')
  await counts(page, '5 nodes, 5 edges')

  await test.step('several nodes crash and come back', async () => {
    await canvas(page).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('x')
    await expect(page.locator('[data-mark="impossible"]')).toHaveCount(5)
    await expect(page.getByRole('img', { name: 'P1, node, crashed' })).toHaveCount(1)
    await page.keyboard.press('x')
    await expect(page.locator('[data-mark="impossible"]')).toHaveCount(0)
  })

  await test.step('the list says and changes it', async () => {
    await page.getByRole('tab', { name: 'List' }).click()
    const row = page.getByRole('row').filter({ hasText: 'P4' }).first()
    await row.click()
    await row.press('x')
    await expect(row).toContainText('crashed')
    await expect(node(page, 'P4')).toHaveAttribute('data-mark', 'impossible')
    const link = page.getByRole('row').filter({ hasText: 'Link' }).first()
    await link.click()
    await link.press('x')
    await expect(link).toContainText('cut')
  })

  await test.step('a link removed by hand leaves the shape, and undo returns to it', async () => {
    const link = page.getByRole('row').filter({ hasText: 'Link' }).first()
    await link.click()
    await link.press('Delete')
    await counts(page, '5 nodes, 4 edges')
    await expect(said(page)).toContainText('no longer kept in its shape')
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Inspector' }).click()
    await canvas(page).focus()
    await page.keyboard.press('Escape')
    const shape = page.getByRole('combobox', { name: 'Shape that is kept' })
    await expect(shape).toHaveValue('free')
    await page.keyboard.press('ControlOrMeta+z')
    await counts(page, '5 nodes, 5 edges')
    await page.keyboard.press('Escape')
    await expect(shape).toHaveValue('ring')
  })

  await test.step('while a run is shown, the drawing keeps its shape and its nodes', async () => {
    await page.getByRole('button', { name: /^Run / }).first().click()
    await expect(page.getByTestId('timeline')).toBeVisible()
    await expect(page.getByRole('combobox', { name: 'Shape that is kept' })).toBeDisabled()
    await canvas(page).focus()
    await page.keyboard.press('p')
    await expect(page.locator('[data-node-id]')).toHaveCount(5)
  })
})
