// A space-time diagram drawn by hand, as in a lecture: nodes do something and send when a person says so, by mouse and by
// keyboard, and the clocks are read; then the same from the plan, in which a message is moved.
import type { Locator, Page } from '@playwright/test'
import { command, dragFromPalette, expectVerdict, middle, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

async function openNetwork(page: Page): Promise<void> {
  await expectVerdict(page, 'Deadlock')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Network/ })
    .click()
  await expect(page.locator('[data-node-id]')).toHaveCount(0)
  for (const [x, y] of [
    [0.2, 0.65],
    [0.5, 0.3],
    [0.8, 0.65],
  ] as const) {
    await dragFromPalette(page, 'Node', { x, y })
  }
  await expect(page.locator('[data-node-id]')).toHaveCount(3)
  await page.getByRole('combobox', { name: 'Algorithm' }).selectOption({ label: 'By hand' })
  await expectVerdict(page, 'Nothing yet')
}

/** Asks a node what can happen with it, and chooses. */
/** Asks a node what can happen with it, and chooses. */
async function chooseAt(page: Page, node: string, what: string): Promise<void> {
  const choice = page.getByRole('menu').getByRole('menuitem', { name: what, exact: true })
  // The drawing moves while the timeline opens below it.
  await expect(async () => {
    const spot = await middle(page, node)
    await page.mouse.click(spot.x, spot.y, { button: 'right' })
    await expect(choice).toBeVisible({ timeout: 500 })
  }).toPass()
  await choice.click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

/** The row of a node in the table of the state. */
const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })

test('three events and two messages are drawn by hand in a run, and the clocks are read', async ({ app: { page } }) => {
  await openNetwork(page)
  await page.getByRole('button', { name: 'Run By hand' }).first().click()
  const timeline = page.getByTestId('timeline')

  await test.step('events and messages are chosen at the nodes', async () => {
    await chooseAt(page, 'P1', 'P1 does something')
    await chooseAt(page, 'P1', 'P1 sends to P2')
    await chooseAt(page, 'P3', 'P3 does something')
    await chooseAt(page, 'P3', 'P3 sends to P1')
    await chooseAt(page, 'P2', 'P2 does something')
    await expect(timeline).toContainText('P2 does something')
  })

  await test.step('messages arrive, the later one first', async () => {
    await page.getByRole('searchbox', { name: 'Find what could happen' }).fill('gets')
    await timeline.getByRole('button', { name: /^P1 gets m2 from P3/ }).click()
    await timeline.getByRole('button', { name: /^P2 gets m1 from P1/ }).click()
    await expect(timeline).toContainText('nothing more is to come')
    await expect(rowOf(page, 'P1')).toContainText('(3,0,2)')
    await expect(rowOf(page, 'P2')).toContainText('(2,2,0)')
    await expect(rowOf(page, 'P2')).toContainText('(2,0,0) (2,2,0) (0,0,0)')
  })

  await test.step('the diagram has the clocks, and tells what happened before what', async () => {
    await page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name: 'Space-time', exact: true }).click()
    const diagram = page.getByTestId('space-time')
    const told = page.getByTestId('space-time-told')
    await page.getByRole('combobox', { name: 'Stamps' }).selectOption({ label: 'Matrix' })
    await diagram.focus()
    await page.keyboard.press('ArrowRight')
    await expect(told).toContainText('P1 does something · Lamport 1 · vector (1,0,0) · matrix (1,0,0) (0,0,0) (0,0,0)')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+Enter')
    await expect(told).toHaveText('P1 2 and P2 5 are concurrent: neither could know of the other.')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+Enter')
    await expect(told).toHaveText('P1 2 happened before P2 7: m1 to P2.')
  })

  await test.step('what was done by hand is a script', async () => {
    await timeline.getByRole('button', { name: 'Script', exact: true }).click()
    const script = timeline.getByRole('textbox', { name: /^Script/ })
    await expect(script).toContainText('P1 does something')
    await expect(script).toContainText('P3 sends to P1')
    await expect(script).toContainText('m2 arrives')
  })
})

test('events are planned by keyboard, and a message is moved', async ({ app: { page } }) => {
  await openNetwork(page)
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click()
  await tab('Inspector')
  const plan = page.getByRole('group').filter({ hasText: 'Nothing is planned' })
  await plan.getByRole('combobox', { name: 'What' }).selectOption({ label: 'sends a message' })
  await page.getByRole('combobox', { name: 'Who' }).selectOption({ label: 'P1' })
  await page.getByRole('combobox', { name: 'To', exact: true }).selectOption({ label: 'P2' })
  await page.getByRole('textbox', { name: 'Name (if any)' }).fill('hello')
  await page.keyboard.press('Enter')
  const entry = page.getByRole('button', { name: '0 ms: P1 sends hello to P2', exact: true })
  await expect(entry).toBeVisible()
  await tab('Verdict')
  await expectVerdict(page, '2 events')
  await expect(verdict(page)).toContainText('1 message in 10 ms')
  await expect(verdict(page)).toContainText('P2 gets hello from P1')

  await tab('Inspector')
  await entry.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('spinbutton', { name: 'On its way (ms)' }).fill('75')
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('button', { name: '0 ms: P1 sends hello to P2, 75 ms on its way', exact: true }),
  ).toBeVisible()
  await tab('Verdict')
  await expect(verdict(page)).toContainText('1 message in 75 ms')
  await command(page, 'Undo')
  await expect(verdict(page)).toContainText('1 message in 10 ms')
})
