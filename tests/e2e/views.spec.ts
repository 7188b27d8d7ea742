// The views of one drawing: matrices edited like a spreadsheet, the wait-for graph, finding, the overview, history.
import { type Locator, type Page, expect, test as base } from '@playwright/test'
import { canvas, command, drag, dragConnection, dragFromPalette, expectVerdict, newDrawing, node } from './drawing.ts'
import { test } from './shells.ts'

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Views of the drawing' })
const view = (page: Page, name: string): Locator => bar(page).getByRole('button', { name, exact: true })
const cell = (page: Page, name: string): Locator => page.getByRole('gridcell', { name, exact: true })

async function paste(page: Page, matrix: string, text: string): Promise<void> {
  await page.getByTestId(matrix).evaluate((grid, clip) => {
    const data = new DataTransfer()
    data.setData('text/plain', clip)
    grid.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

async function twoAndTwo(page: Page): Promise<void> {
  await newDrawing(page)
  await dragFromPalette(page, 'Process', { x: 0.2, y: 0.3 })
  await dragFromPalette(page, 'Process', { x: 0.8, y: 0.3 })
  await dragFromPalette(page, 'Resource type', { x: 0.2, y: 0.8 })
  await dragFromPalette(page, 'Resource type', { x: 0.8, y: 0.8 })
  await expect(page.locator('[data-node-id]')).toHaveCount(4)
}

test('cells change the drawing and its verdict, and are refused with a reason', async ({ app }) => {
  const { page } = app
  const { step } = base
  await twoAndTwo(page)
  await view(page, 'Matrices').click()

  await step('typing a number draws an edge, Enter goes on below', async () => {
    await cell(page, 'P1 holds 0 units of R1').click()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'P1 holds 1 unit of R1')).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type('1')
    await page.keyboard.press('Tab')
    await expect(cell(page, 'P2 holds 1 unit of R2')).toBeVisible()
    await expect(cell(page, '0 units of R1 available')).toBeVisible()
  })

  await step('cells of a spreadsheet make a deadlock in one step, and undo takes them back', async () => {
    await cell(page, 'P1 asks for 0 units of R1').click()
    await paste(page, 'matrix-request', '\tR1\tR2\nP1\t0\t1\nP2\t1\t0\n')
    await expect(page.getByText('4 cells pasted.')).toBeVisible()
    await expectVerdict(page, 'Deadlock')
    await expect(page.getByRole('rowheader', { name: 'P1' }).first().locator('svg.ring')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expectVerdict(page, /No deadlock/)
    await page.keyboard.press('ControlOrMeta+y')
    await expectVerdict(page, 'Deadlock')
  })

  await step('what is no number is refused and nothing is lost', async () => {
    await cell(page, 'P1 holds 1 unit of R1').dblclick()
    await page.keyboard.type('two')
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('alert').filter({ hasText: 'A number of units from 0 to 1,000,000, please.' }),
    ).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(cell(page, 'P1 holds 1 unit of R1')).toBeVisible()
  })

  await step('what is held beyond the total is said in words', async () => {
    await cell(page, 'P1 holds 1 unit of R1').dblclick()
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await expectVerdict(page, 'Withheld')
    await expect(page.getByTestId('over-assigned')).toHaveText('Over-assigned: 2 units of R1 held beyond its total.')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByTestId('over-assigned')).toHaveCount(0)
  })

  await step('a second unit breaks it', async () => {
    await cell(page, 'R1 has 1 unit').dblclick()
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await expectVerdict(page, /No deadlock/)
    await expect(cell(page, '1 unit of R1 available')).toBeVisible()
  })
})

test('the wait-for graph shows the ring and what it proves', async ({ app }) => {
  const { page } = app
  await twoAndTwo(page)
  await dragConnection(page, 'R1', 'P1')
  await dragConnection(page, 'R2', 'P2')
  await dragConnection(page, 'P1', 'R2')
  await view(page, 'Wait-for graph').click()
  const proof = page.getByTestId('wait-for-proof')
  await expect(proof).toHaveText('Each type has one unit and there is no cycle, so there is no deadlock.')
  await view(page, 'Wait-for graph').click()
  await expect(proof).toHaveCount(0)
  await dragConnection(page, 'P2', 'R1')
  await view(page, 'Wait-for graph').click()
  await expect(proof).toHaveText('Each type has one unit, so a cycle is a deadlock.')
  await expect(page.getByTestId('wait-for').locator('.arrow.ring')).toHaveCount(2)
  await page.getByRole('region', { name: 'Wait-for graph' }).getByText('Who waits for whom').click()
  await page.getByRole('button', { name: 'P1 waits for P2, which holds R2' }).click()
  await expect(page.getByTestId('wait-for').locator('.node.selected .label')).toHaveText('P1')
  await view(page, 'Drawing').click()
  await expect(canvas(page)).toHaveCount(0)
  await view(page, 'Drawing').click()
  await expect(canvas(page)).toBeVisible()
})

test('history is a list in which one can jump', async ({ app }) => {
  const { page } = app
  await twoAndTwo(page)
  await dragConnection(page, 'R1', 'P1')
  await page.keyboard.press('Alt+h')
  const history = page.getByTestId('history')
  await expect(history.getByRole('button')).toHaveText([
    /As it was opened/,
    /New P1/,
    /New P2/,
    /New R1/,
    /New R2/,
    /Connect R1 → P1/,
  ])
  await history.getByRole('button', { name: 'New P2' }).click()
  await expect(page.locator('[data-node-id]')).toHaveCount(2)
  await expect(history.getByRole('button', { name: /New R2 ?, taken back/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-node-id]')).toHaveCount(4)
})

/** Nodes under the overview, by their ids. */
function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const overview = document.querySelector('[data-testid="overview"]')?.getBoundingClientRect()
    if (overview === undefined) return []
    return [...document.querySelectorAll<HTMLElement>('[data-node-id]')].flatMap((each) => {
      const { left, right, top, bottom } = each.getBoundingClientRect()
      const over = left < overview.right && right > overview.left && top < overview.bottom && bottom > overview.top
      return over ? [each.dataset['nodeId'] ?? ''] : []
    })
  })
}

test('finding lights what is called so and goes there; the overview shows what is out of sight', async ({ app }) => {
  const { page } = app
  await expectVerdict(page, 'Deadlock')
  await command(page, 'Two rings')
  await expect(node(page, 'P5')).toBeVisible()
  await expect(page.getByTestId('overview')).toHaveCount(0)
  await canvas(page).focus()
  await page.keyboard.press('ControlOrMeta+0')
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ControlOrMeta+=')
  await expect(page.getByTestId('overview')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+f')
  const field = page.getByRole('textbox', { name: 'Find by name' })
  await field.fill('P5')
  await expect(page.getByText('1 of 1')).toBeVisible()
  const box = await canvas(page).boundingBox()
  const at = await node(page, 'P5').boundingBox()
  expect(at?.x).toBeGreaterThan(box?.x ?? 0)
  await field.fill('p1 r1')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await canvas(page).focus()
  await page.keyboard.press('ControlOrMeta+f')
  await expect(field).toBeFocused()
  await field.press('Escape')
  await expect(field).toHaveCount(0)
  const before = await node(page, 'P5').boundingBox()
  const overview = await page.getByTestId('overview').boundingBox()
  if (overview === null) throw new Error('the overview is not on the screen')
  const middle = { x: overview.x + overview.width / 2, y: overview.y + overview.height / 2 }
  await drag(page, middle, { x: middle.x + 30, y: middle.y })
  expect((await node(page, 'P5').boundingBox())?.x).not.toBe(before?.x)

  // Wherever the drawing is moved to, the overview lies over no node, or is a button.
  await canvas(page).focus()
  const sheet = await canvas(page).boundingBox()
  if (sheet === null) throw new Error('the canvas is not on the screen')
  const centre = { x: sheet.x + sheet.width / 2, y: sheet.y + sheet.height / 2 }
  for (const turn of [0, 1, 2, 3]) {
    await page.mouse.move(centre.x, centre.y)
    await page.mouse.wheel(turn % 2 === 0 ? 120 : -60, turn < 2 ? 90 : -150)
    await expect.poll(() => covered(page)).toEqual([])
  }
})
