// A topology by mouse: a bare-metal hypervisor with two machines and a container in one of them, a hypervisor where it
// cannot be and the change that mends it, and things that are dragged from box to box.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { canvas, command, drag, dragFromPalette, expectVerdict, node, verdict } from './drawing.ts'
import { expect, test } from './shells.ts'

const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' })

/** Where the strip of a box can be taken, away from its words. */
async function strip(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await node(page, id).boundingBox()
  if (box === null) throw new Error(`${id} is not shown`)
  return { x: box.x + box.width / 2, y: box.y + 8 }
}

const lies = (page: Page, inner: string, outer: string) =>
  page.evaluate(
    ([a, b]) => {
      const box = (id: string | undefined) => document.querySelector(`[data-node-id="${id}"]`)!.getBoundingClientRect()
      const [one, two] = [box(a), box(b)]
      return one.left >= two.left && one.right <= two.right && one.top >= two.top && one.bottom <= two.bottom
    },
    [inner, outer],
  )

test('machines are stacked by mouse, judged while they are drawn, and mended by the change that is offered', async ({
  app,
}) => {
  const { page } = app
  await test.step('a bare-metal hypervisor with two machines', async () => {
    await page
      .getByRole('button', { name: /Machines/ })
      .first()
      .click()
    await expectVerdict(page, 'Nothing yet')
    const centre = { x: 0.5, y: 0.5 }
    await dragFromPalette(page, 'Physical host', centre)
    await dragFromPalette(page, 'Hypervisor', centre)
    await expectVerdict(page, 'Sound')
    await dragFromPalette(page, 'Virtual machine', centre)
    await expectVerdict(page, '1 error')
    await expect(verdict(page)).toContainText('vm1 has no guest system')
    await page.getByRole('button', { name: 'Put an operating system into vm1', exact: true }).click()
    await expectVerdict(page, 'Sound')
    await node(page, 'vm1').waitFor()
    expect(await lies(page, 'vm1', 'hv1')).toBe(true)
  })

  await test.step('a second machine by copy, side by side with the first', async () => {
    await page.mouse.click((await strip(page, 'vm1')).x, (await strip(page, 'vm1')).y)
    await page.keyboard.press('ControlOrMeta+d')
    await expect(node(page, 'vm2')).toBeVisible()
    expect(await lies(page, 'vm2', 'hv1')).toBe(true)
    expect(await lies(page, 'hv1', 'host1')).toBe(true)
    await expectVerdict(page, 'Sound')
  })

  await test.step('a container engine in the guest, by keyboard', async () => {
    const guest = (await page.locator('[data-kind="os"]').first().getAttribute('data-node-id'))!
    await page.mouse.click((await strip(page, guest)).x, (await strip(page, guest)).y)
    await canvas(page).focus()
    await page.keyboard.press('g')
    await expect(node(page, 'engine1')).toBeVisible()
    await page.keyboard.press('c')
    await expect(node(page, 'ctr1')).toBeVisible()
    expect(await lies(page, 'ctr1', 'engine1')).toBe(true)
    await expectVerdict(page, 'Sound, 1 remark')
    await page.getByRole('button', { name: 'Give ctr1 a user namespace', exact: true }).click()
    await expectVerdict(page, 'Sound')
  })

  await test.step('a hosted hypervisor on bare hardware is explained and mended', async () => {
    // What has grown may have left the window by now.
    await command(page, 'Show the whole drawing')
    await expect(node(page, 'host1')).toBeInViewport({ ratio: 0.99 })
    await page.mouse.click((await strip(page, 'hv1')).x, (await strip(page, 'hv1')).y)
    await page.getByRole('tab', { name: 'Inspector' }).click()
    await inspector(page).getByLabel('Product').selectOption('virtualbox')
    await page.getByRole('tab', { name: 'Verdict' }).click()
    await expectVerdict(page, '1 error')
    await expect(verdict(page)).toContainText('hv1 is a Type 2 hypervisor and lies directly on host1')
    await expect(verdict(page)).toContainText('P-3, week 6')
    await page.getByRole('button', { name: 'Put an operating system below hv1', exact: true }).click()
    await expectVerdict(page, 'Sound')
    expect(await lies(page, 'vm1', 'hv1')).toBe(true)
    await page.keyboard.press('ControlOrMeta+z')
    await expectVerdict(page, '1 error')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expectVerdict(page, 'Sound')
  })

  await test.step('a machine is dragged out of everything and back', async () => {
    const area = (await canvas(page).boundingBox())!
    await drag(page, await strip(page, 'vm2'), { x: area.x + 90, y: area.y + area.height - 60 })
    await expect(verdict(page)).toContainText('vm2 is a virtual machine with no hypervisor below it')
    expect(await lies(page, 'vm2', 'host1')).toBe(false)
    await page.keyboard.press('ControlOrMeta+z')
    await expectVerdict(page, 'Sound')
  })

  await test.step('everything is still there after a reload, and in an exported picture', async () => {
    const before = await page.locator('[data-node-id]').count()
    await app.reload()
    await expect(page.locator('[data-node-id]')).toHaveCount(before)
    await expectVerdict(page, 'Sound')
    const download = page.waitForEvent('download')
    await command(page, 'Export as SVG')
    const svg = readFileSync(await (await download).path(), 'utf8')
    for (const word of ['TYPE 2', 'host1', 'ctr1', 'vm2']) expect(svg).toContain(word)
  })
})

test('a machine that writes faster than it can be copied is migrated when it writes less, and written for libvirt', async ({
  app,
}) => {
  const { page } = app
  await command(page, 'Sample: A machine that writes faster than it can be copied')
  await expectVerdict(page, 'Sound')
  const timeline = page.getByRole('region', { name: 'Timeline' })
  const migrate = async (): Promise<void> => {
    await verdict(page).getByRole('button', { name: 'Migrate live', exact: true }).click()
    await expect(timeline.getByText('Step 0 of 0')).toBeVisible()
    await page.getByRole('button', { name: 'To the end', exact: true }).click()
  }

  await test.step('the rounds come to no end by themselves, and that is said with their numbers', async () => {
    await migrate()
    await expect(timeline).toContainText('600 MiB/s')
    await expect(page.getByText(/does not come to an end/).first()).toBeVisible()
    await timeline
      .getByText(/^ledger is slowed by 20 %/)
      .first()
      .click()
    await page.getByRole('button', { name: 'Close the run', exact: true }).click()
  })

  await test.step('with another rate it converges', async () => {
    await page.mouse.click((await strip(page, 'ledger')).x, (await strip(page, 'ledger')).y)
    await page.getByRole('tab', { name: 'Inspector' }).click()
    await inspector(page).getByLabel('Memory written').fill('100')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Verdict' }).click()
    await migrate()
    // 4096, 819.2, 163.84 MiB are sent, and 32.768 MiB are what the network carries in 65.5 ms.
    await expect(timeline).toContainText('it stood still for 65.5 ms')
  })

  await test.step('the machine is written for libvirt', async () => {
    await page.getByRole('button', { name: 'Close the run', exact: true }).click()
    await command(page, 'Export …')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^libvirt definitions/ }).check()
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const script = readFileSync(await (await download).path(), 'utf8')
    expect(script).toContain('<name>ledger</name>')
    expect(script).toContain('<memory unit="MiB">4096</memory>')
  })
})
