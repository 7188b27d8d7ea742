// Presentations: the drawing and one line for the room, a presenter's remote, and what is done on top of the drawing.
import { command, drag, dragFromPalette, expectVerdict, middle, node } from './drawing.ts'
import { expect, test } from './shells.ts'

test('a presentation shows the drawing and one line, and a remote steps, blanks and leaves', async ({
  app: { page },
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('Alt+p')
  const stage = page.getByTestId('presentation')
  await expect(stage).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector')
  await expect(page.getByRole('tablist')).toHaveCount(0)
  await expect(page.getByTestId('presented-line')).toContainText('Deadlock. P1, P2, P3, P4 and P5 wait')
  const size = await page
    .getByTestId('presented-line')
    .evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize))
  expect(size).toBeGreaterThanOrEqual(30)

  // Names at least 24 px, told by the factor on type and the zoom of the drawing.
  const name = await page.evaluate(() => {
    const circle = document.querySelector('[data-node-id="P1"]')?.getBoundingClientRect().width ?? 0
    return (circle / 56) * 14 * Number(getComputedStyle(document.documentElement).getPropertyValue('--type'))
  })
  expect(name).toBeGreaterThanOrEqual(23.5)

  // The drawing stays in hand: the pointer has its halo, a node can be dragged.
  const p1 = await middle(page, 'P1')
  await drag(page, p1, { x: p1.x + 60, y: p1.y + 40 })
  await expect(page.getByTestId('pointer-halo')).toBeVisible()
  await expect.poll(async () => Math.round((await middle(page, 'P1')).x - p1.x)).toBeGreaterThan(30)
  await page.keyboard.press('ControlOrMeta+z')

  await test.step('spotlight, ink and a part that fills the screen leave the drawing as it is', async () => {
    const tools = page.getByTestId('stage-tools')
    const before = await middle(page, 'P1')
    await page.keyboard.press('2')
    await page.mouse.move(before.x, before.y)
    await expect(tools).toContainText('Spotlight')
    await page.keyboard.press('3')
    await drag(page, before, { x: before.x + 120, y: before.y + 40 })
    await expect(tools.locator('path')).toHaveCount(1)
    expect(await middle(page, 'P1')).toEqual(before)
    await page.keyboard.press('4')
    await drag(page, { x: before.x - 60, y: before.y - 40 }, { x: before.x + 60, y: before.y + 40 })
    await expect.poll(async () => (await node(page, 'P1').boundingBox())?.width ?? 0).toBeGreaterThan(200)
    // The ink stays where it was drawn.
    const [ink, circle] = [await tools.locator('path').boundingBox(), await middle(page, 'P1')]
    expect(Math.abs((ink?.x ?? 0) - circle.x)).toBeLessThan(20)
    await page.keyboard.press('0')
    await expect(tools.locator('path')).toHaveCount(0)
    await expect.poll(async () => Math.abs((await middle(page, 'P1')).x - before.x)).toBeLessThan(2)
  })

  await page.keyboard.press('b')
  await expect(page.getByRole('status').getByText('The screen is blank')).toBeAttached()
  await page.keyboard.press('PageDown')
  await expect(page.getByText('The screen is blank')).toHaveCount(0)

  // Two units break the ring, so that the reduction has steps to take.
  const r1 = await middle(page, 'R1')
  await page.mouse.click(r1.x, r1.y)
  await page.keyboard.press('+')
  await expect(page.getByTestId('presented-line')).toContainText('No deadlock')
  await command(page, 'Step through the reduction')
  await expect(page.getByTestId('presented-line')).toContainText('Step 0.')
  await command(page, 'Show pressed keys in presentations')
  await page.keyboard.press('PageDown')
  await expect(page.getByTestId('presented-line')).toContainText('Step 1.')
  await expect(page.getByTestId('key-captions')).toContainText('Page Down')
  await page.keyboard.press('PageDown')
  await expect(page.getByTestId('presented-line')).toContainText('Step 2.')
  await page.keyboard.press('PageUp')
  await expect(page.getByTestId('presented-line')).toContainText('Step 1.')

  await page.keyboard.press('Escape')
  if (await stage.isVisible()) await page.keyboard.press('Escape') // the first one gave up the selection
  await expect(stage).toBeHidden()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expectVerdict(page, 'No deadlock')
})

test('without a run a remote goes from drawing to drawing', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await command(page, 'Sample: A chain without deadlock')
  await dragFromPalette(page, 'Process', { x: 0.2, y: 0.2 })
  await command(page, 'Sample: Dining philosophers')
  await expect(page.getByRole('tab', { name: 'Dining philosophers', selected: true })).toBeVisible()
  await page.keyboard.press('Alt+p')
  await expect(page.getByTestId('presented-line')).toContainText('Deadlock')
  await page.keyboard.press('PageDown')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A chain without deadlock')
  await page.keyboard.press('PageUp')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dining philosophers')
})
