// The lab of namespaces as a person uses it: a real terminal, the picture beside it, conditions that turn to hold, a reload
// in the middle, going back in time, the run kept and played, and nothing left at the end.
import { existsSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { command } from './drawing.ts'
import { type App, expect, test } from './shells.ts'

const lab = (page: Page): Locator => page.getByTestId('namespaces')
const terminals = (page: Page): Locator => page.getByRole('region', { name: 'Terminals', exact: true })
const matrix = (page: Page): Locator => page.getByRole('grid', { name: 'Processes and their namespaces' })
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Moment of the run' })
const moment = (page: Page): Locator => page.getByTestId('moment')
const view = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true })

async function openLab(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Labs' }).getByRole('button', { name: 'Isolation' }).click()
  await expect(lab(page)).toBeVisible()
}

/** Opens an experiment, or skips where this machine cannot do it, with the machine's own reason. */
async function openExperiment(page: Page, id: string): Promise<void> {
  await openLab(page)
  const choice = lab(page).locator(`[data-experiment="${id}"]`)
  await expect(choice).toContainText(/Can be done here|Recorded only/)
  const text = (await choice.innerText()).replaceAll('\n', ' ')
  test.skip(text.includes('Recorded only'), `this machine cannot do the experiment: ${text}`)
  await choice.click()
}

async function type(page: Page, text: string): Promise<void> {
  await terminals(page)
    .getByRole('textbox', { name: /^Terminal \d+$/ })
    .focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** The row of the process that is number 1 of its own PID namespace. A person's start files may run others beside it. */
const first = (page: Page): Locator =>
  matrix(page)
    .locator('tbody tr')
    .filter({ has: page.locator('td.number:nth-of-type(2)', { hasText: /^1$/ }) })
const rowOf = (page: Page, name: string): Locator =>
  matrix(page)
    .locator('tbody tr')
    .filter({ has: page.getByText(name, { exact: true }) })

/** Rows of the matrix as process name and pid. */
async function processes(page: Page): Promise<{ name: string; pid: number }[]> {
  return matrix(page)
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => ({
        name: row.querySelector('.name')?.textContent ?? '',
        pid: Number(row.getAttribute('data-pid')),
      })),
    )
}

const states = (page: Page): Promise<(string | null)[]> =>
  page.locator('[data-condition]').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))

/** A process that ended and was not asked for by its parent still has a folder; it runs no more all the same. */
const runs = (pid: number): boolean => existsSync(`/proc/${pid}/exe`) && existsSync(`/proc/${pid}/cwd/.`)

async function violations(page: Page): Promise<string[]> {
  // Colours on their way from one theme to another are neither. The cursor of a terminal never stops blinking.
  const moving = (): Promise<number> =>
    page.evaluate(() => {
      const ending = (one: Animation): boolean => one.effect?.getComputedTiming().iterations !== Infinity
      return document.getAnimations().filter(ending).length
    })
  await expect.poll(moving).toBe(0)
  const { violations: found } = await new AxeBuilder({ page }).include('[data-testid="namespaces"]').analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

/** Does PID 1 up to where everything holds. */
async function doPid1(app: App): Promise<void> {
  const { page } = app
  await openExperiment(page, 'pid-1')
  await lab(page).getByRole('button', { name: 'Start', exact: true }).click()
  await expect(matrix(page).locator('tbody tr').first()).toBeVisible({ timeout: 20_000 })
  await expect(moment(page)).toHaveText('live')
  await type(page, 'unshare --user --map-root-user --pid --fork --mount-proc bash --norc')
  await expect(first(page)).toHaveCount(1, { timeout: 20_000 })
}

test('PID 1 from the first command to a machine on which nothing is left', async ({ app }) => {
  test.slow()
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  await step('start, type, and see it in the picture', () => doPid1(app))
  await step('the new shell has two numbers and other namespaces', async () => {
    const row = first(app.page)
    await expect(row.locator('th')).toContainText('bash')
    for (const kind of ['pid', 'user', 'mnt']) {
      await expect(row.locator(`[data-type="${kind}"]`)).toContainText(/namespace A/)
    }
    await expect(row.locator('[data-type="net"]')).toContainText('namespace of the host')
    await expect(app.page.getByTestId('changes').locator('li')).not.toHaveCount(0)
  })
  const inner = Number(await first(app.page).getAttribute('data-pid'))
  expect(runs(inner)).toBe(true)

  await step('reload in the middle: the same picture, the same terminal, and it goes on', async () => {
    const held = (await states(app.page)).filter((state) => state === 'holds').length
    expect(held).toBeGreaterThan(0)
    await app.reload()
    await expect(first(app.page)).toHaveAttribute('data-pid', String(inner), { timeout: 20_000 })
    expect((await states(app.page)).filter((state) => state === 'holds').length).toBeGreaterThanOrEqual(held)
    await type(app.page, 'echo $$; sleep 300 &')
    await expect(terminals(app.page).locator('.xterm-rows')).toContainText('[1]')
    await expect(rowOf(app.page, 'sleep')).toHaveCount(1, { timeout: 20_000 })
  })
  const all = (await processes(app.page)).map(({ pid }) => pid)

  await step('all conditions hold', async () => {
    await expect(app.page.getByTestId('solved')).toBeVisible({ timeout: 20_000 })
    expect(new Set(await states(app.page))).toEqual(new Set(['holds']))
  })

  await step('back in time by keys, and live again', async () => {
    await slider(app.page).focus()
    await app.page.keyboard.press('Home')
    await expect(moment(app.page)).toHaveText(/^\d+\.\d s$/)
    await expect(first(app.page)).toHaveCount(0)
    await expect(app.page.getByTestId('solved')).toBeHidden()
    await app.page.keyboard.press('End')
    await expect(moment(app.page)).toHaveText('live')
    await expect(rowOf(app.page, 'sleep')).toHaveCount(1)
    const oldest = app.page.getByTestId('changes').locator('button').last()
    await oldest.click()
    await expect(oldest).toHaveAttribute('aria-current', 'step')
    await lab(app.page).getByRole('button', { name: 'Go live', exact: true }).click()
    await expect(moment(app.page)).toHaveText('live')
  })

  await step('keep the run, clean up, close the terminal: no process is left', async () => {
    await lab(app.page).getByRole('button', { name: 'Keep this run', exact: true }).click()
    await expect(app.page.getByText('This run is in the document now.')).toBeVisible()
    await lab(app.page).getByRole('button', { name: 'Clean up', exact: true }).click()
    await expect(lab(app.page).getByText(/^Nothing is left/)).toBeVisible({ timeout: 20_000 })
    expect(all.slice(1).filter(runs)).toEqual([])
    await terminals(app.page).getByRole('tab').first().focus()
    await command(app.page, 'Close the terminal')
    await expect(terminals(app.page)).toBeHidden()
    await expect.poll(() => all.filter(runs), { timeout: 20_000 }).toEqual([])
    await expect(lab(app.page).getByText(/^The terminal of this run is closed/)).toBeVisible()
  })

  await step('the kept run is played, with what the terminal showed', async () => {
    await lab(app.page).getByRole('button', { name: 'Recorded run', exact: true }).click()
    const screen = app.page.getByRole('region', { name: 'Recorded terminal', exact: true })
    await expect(screen.locator('.xterm-rows')).not.toContainText('[1]')
    await lab(app.page).getByRole('combobox', { name: 'Speed' }).selectOption({ label: '4 ×' })
    await lab(app.page).getByRole('button', { name: 'Play', exact: true }).click()
    await expect(screen.locator('.xterm-rows')).toContainText('[1]', { timeout: 60_000 })
    await expect(app.page.getByTestId('solved')).toBeVisible({ timeout: 60_000 })
    await lab(app.page)
      .getByRole('button', { name: /^(Pause|Play)$/ })
      .click()
    await slider(app.page).focus()
    await app.page.keyboard.press('Home')
    await expect(screen.locator('.xterm-rows')).not.toContainText('[1]')
    await expect(first(app.page)).toHaveCount(0)
  })
})

test('a command is typed for the person, who presses Enter', async ({ app }) => {
  const { page } = app
  await openExperiment(page, 'pid-1')
  await expect(lab(page).getByText(/^The terminal is a real shell on this machine/)).toBeVisible()
  await expect(lab(page).getByRole('button', { name: /^Type it into the terminal: / })).toHaveCount(0)
  await lab(page).getByRole('button', { name: 'Start', exact: true }).click()
  await expect(matrix(page).locator('tbody tr').first()).toBeVisible({ timeout: 20_000 })
  const put = lab(page)
    .getByRole('button', { name: /^Type it into the terminal: unshare/ })
    .first()
  await put.click()
  await expect(terminals(page).locator('.xterm-rows')).toContainText('unshare')
  await expect(terminals(page).getByRole('textbox', { name: /^Terminal \d+$/ })).toBeFocused()
  await page.waitForTimeout(1000)
  expect((await processes(page)).map(({ name }) => name)).not.toContain('unshare')
  await page.keyboard.press('Enter')
  await expect(matrix(page).locator('tbody')).toContainText('unshare', { timeout: 20_000 })
})

test('every view is within reach of everybody, by keys and in every theme', async ({ app }) => {
  test.slow()
  const { page } = app
  await openLab(page)
  expect(await violations(page)).toEqual([])
  await app.reload()
  await doPid1(app)
  const inner = Number(await first(page).getAttribute('data-pid'))
  const names = ['Processes', 'Nesting', 'Control groups', 'Mounts', 'Network', 'Identity']
  await view(page, 'Processes').focus()
  for (const name of names) {
    await expect(view(page, name)).toHaveAttribute('aria-selected', 'true')
    expect(await violations(page), name).toEqual([])
    await page.keyboard.press('ArrowRight')
  }
  await expect(view(page, 'Processes')).toHaveAttribute('aria-selected', 'true')
  // From the process to a cell of its row: who shares the namespace is said, and Enter tells who the process is.
  await matrix(page).locator('[tabindex="0"]').focus()
  const below = (await processes(page)).findIndex(({ pid }) => pid === inner)
  for (let row = 0; row < below; row += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(lab(page).getByText(/^PID namespace A \(\d+\): bash \d+\.$/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(view(page, 'Identity')).toHaveAttribute('aria-selected', 'true')
  await expect(
    lab(page)
      .getByText(/^0 inside is \d+ outside$/)
      .first(),
  ).toBeVisible()
  await view(page, 'Processes').click()
  for (const theme of ['Dark', 'High contrast', 'Projector']) {
    await command(page, `Theme: ${theme}`)
    await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeHidden()
    await expect(terminals(page).getByRole('textbox', { name: 'Terminal 1', exact: true })).not.toBeFocused()
    expect(await violations(page), theme).toEqual([])
  }
})
