// The main job of the distributed lab with the mouse: eight nodes into a ring, ids, a crashed leader, two elections
// compared, a message dropped by hand, what breaks, back in time, a branch, and the diagram as a picture.
import { readFileSync } from 'node:fs'
import { canvas, command, dragFromPalette, expectVerdict, middle, node, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

test('an election is drawn, run, broken by hand, looked at in space and time, branched and exported', async ({
  app,
}) => {
  const { page } = app
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  const algorithm = page.getByRole('combobox', { name: 'Algorithm' })
  const view = (name: string) => page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name, exact: true })
  await expectVerdict(page, 'Deadlock')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Network/ })
    .click()
  await expect(page.locator('[data-node-id]')).toHaveCount(0)

  await step('eight nodes are dragged, and stand in a ring', async () => {
    await command(page, 'Keep the drawing in shape: ring')
    for (let k = 0; k < 8; k += 1) {
      const angle = (2 * Math.PI * (k + 0.3)) / 8
      await dragFromPalette(page, 'Node', { x: 0.5 + 0.28 * Math.sin(angle), y: 0.5 - 0.36 * Math.cos(angle) })
    }
    await expect(page.locator('[data-node-id]')).toHaveCount(8)
    await expect(page.getByText('8 nodes, 8 edges')).toBeVisible()
    // One gesture is one entry: the node and its place in the ring go together.
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByText('7 nodes, 7 edges')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(page.getByText('8 nodes, 8 edges')).toBeVisible()
  })

  await step('an id is set by a name in place, and the leader crashes by a key', async () => {
    const third = await middle(page, 'P3')
    await page.mouse.dblclick(third.x, third.y)
    await page.getByRole('textbox', { name: 'Name' }).fill('P12')
    await page.keyboard.press('Enter')
    await expectVerdict(page, 'P12 leads')
    const leader = await middle(page, 'P3')
    await page.mouse.click(leader.x, leader.y)
    await page.keyboard.press('x')
    await expectVerdict(page, 'P8 leads')
    await expect(node(page, 'P3')).toHaveAttribute('data-mark', 'impossible')
  })

  await step('Bully and the ring election are run and compared', async () => {
    await expect(verdict(page)).toContainText('56 messages')
    await expect(verdict(page)).toContainText('48 without those to crashed nodes')
    await algorithm.selectOption({ label: 'Ring election' })
    await expect(verdict(page)).toContainText('15 messages')
    await view('Compare').click()
    await expect(page.getByTestId('compare-bully')).toContainText('28 ELECTION, 21 OK, 7 COORDINATOR')
    await expect(page.getByTestId('compare-ring')).toContainText('8 ELECTION, 7 COORDINATOR')
    await view('Compare').click()
    await algorithm.selectOption({ label: 'Bully election' })
    await expectVerdict(page, 'P8 leads')
  })

  const timeline = page.getByTestId('timeline')
  const next = page.getByRole('button', { name: 'Next step' })
  await step('a message is dropped by hand, and a second leader stands up', async () => {
    await page.getByRole('button', { name: 'Run Bully election' }).first().click()
    await next.click()
    await expect(timeline).toContainText('P2 gets ELECTION from P1')
    for (let k = 0; k < 16; k += 1) await next.click()
    await page.getByRole('searchbox', { name: 'Find what could happen' }).fill('drop')
    const drop = timeline.getByRole('button', { name: /^Drop m\d+: OK P8 → P7$/ })
    for (let k = 0; k < 20 && (await drop.count()) === 0; k += 1) await next.click()
    await drop.first().click()
    await expect(timeline).toContainText('OK P8 → P7')
    await page.getByRole('button', { name: 'To the end' }).click()
    await expect(timeline).toContainText('P7 and P8 both take themselves for the leader')
  })

  await step('back in time, another way is taken, and both are kept', async () => {
    for (let k = 0; k < 3; k += 1) await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('searchbox', { name: 'Find what could happen' }).fill('P1 crashes')
    await timeline.getByRole('button', { name: 'P1 crashes' }).click()
    await expect(timeline).toContainText('P1 crashes')
    const columns = timeline.getByRole('group', { name: 'What this column shows' })
    await columns.getByRole('button', { name: 'Branches' }).click()
    const branches = timeline.getByTestId('branches')
    await expect(branches.getByRole('listitem').filter({ hasText: /First branch|After \d+/ })).toHaveCount(2)
    await expect(branches.locator('[aria-current="true"]')).toContainText('P1 crashes')
    // The first branch still ends where two lead, and a click goes there and back.
    await branches.getByRole('button', { name: /First branch/ }).click()
    await expect(timeline).toContainText('P7 and P8 both take themselves for the leader')
    await branches.getByRole('button', { name: /P1 crashes/ }).click()
    await expect(branches.locator('[aria-current="true"]')).toContainText('P1 crashes')
    await command(page, 'Compare branches')
    const compared = page.getByRole('dialog', { name: 'Compare branches' })
    await expect(compared).toContainText('P1 crashes')
    await page.keyboard.press('Escape')
    await expect(compared).toHaveCount(0)
  })

  await step('the space-time diagram is looked at and exported', async () => {
    await view('Space-time').click()
    const diagram = page.getByTestId('space-time')
    await expect(diagram).toBeVisible()
    await diagram.focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByTestId('space-time-told')).toContainText('Lamport 1')
    await page.getByRole('button', { name: 'Export the diagram' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'SVG' }).click()
    const svg = readFileSync(await (await download).path(), 'utf8')
    expect(svg).toMatch(/^<svg/)
    for (const name of ['P1', 'P12', 'P8']) expect(svg).toContain(`>${name}<`)
    expect(svg).toContain('ELECTION')
  })
  await expect(canvas(page).first()).toBeVisible()
})
