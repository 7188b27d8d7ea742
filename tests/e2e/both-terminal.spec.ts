// A real shell in the page: type, reload in the middle and go on, several lines are asked about, the tab is closed and no
// process is left.
import { readdirSync, readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { type Locator, type Page } from '@playwright/test'
import { expect, test } from './shells.ts'

const region = (page: Page): Locator => page.getByRole('region', { name: 'Terminals', exact: true })
const rows = (page: Page): Locator => region(page).locator('.xterm-rows')

/** A terminal takes nearly all keys, so it is left first; the commands of terminals come when the host has said that it can. */
async function run(page: Page, name: string): Promise<void> {
  await expect(
    page.getByRole('button', { name: /^(Open a terminal|Show or hide the terminals)$/ }).first(),
  ).toBeVisible()
  const inside = await page.evaluate(() => document.activeElement?.closest('.terminal-view') !== null)
  if (inside) await page.keyboard.press('F6')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill(name)
  await expect(page.getByRole('option', { name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
}

/** Types into the terminal that is in sight, and Enter. */
async function type(page: Page, text: string): Promise<void> {
  await region(page).getByRole('textbox', { name: 'Terminal 1', exact: true }).focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Host pids of programs that were started with exactly these words. */
function running(...words: string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `${words.join('\0')}\0`
      } catch {
        return false
      }
    })
}

test('a terminal runs what is typed, outlives a reload, and leaves no process', async ({ app }) => {
  const step = <T>(name: string, body: () => Promise<T>): Promise<T> => test.step(name, body)
  const seconds = String(700_000 + (process.pid % 100_000))
  const mark = async (word: string): Promise<void> => expect(rows(app.page)).toContainText(word)

  await step('open, and read once what it can do', async () => {
    await run(app.page, 'Open a terminal')
    await expect(region(app.page).getByText('This is a real shell on this machine.')).toBeVisible()
    await region(app.page).getByRole('button', { name: 'Understood', exact: true }).click()
    await expect(region(app.page).getByText('This is a real shell on this machine.')).toBeHidden()
  })

  await step('type and read', async () => {
    await type(app.page, 'echo $((6*7)) fish')
    await mark('42 fish')
    await type(
      app.page,
      `(setsid sleep ${seconds} &); unshare --fork --pid sleep ${seconds} 2>/dev/null & sleep ${seconds}`,
    )
    await expect.poll(() => running('sleep', seconds).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
  })

  await step('reload: the same screen, the same program, and it goes on', async () => {
    await app.reload()
    await mark('42 fish')
    expect(running('sleep', seconds).length).toBeGreaterThanOrEqual(2)
    await region(app.page).getByRole('textbox', { name: 'Terminal 1', exact: true }).focus()
    await app.page.keyboard.press('Control+c')
    await type(app.page, 'echo after $((50-8)) reload')
    await mark('after 42 reload')
    await expect(rows(app.page)).toContainText('42 fish')
  })

  await step('keys lead out and in again', async () => {
    const field = region(app.page).getByRole('textbox', { name: 'Terminal 1', exact: true })
    await field.focus()
    await app.page.keyboard.press('F6')
    await expect(field).not.toBeFocused()
    await app.page.keyboard.press('F6')
    await expect(field).toBeFocused()
    await app.page.keyboard.press('Alt+Shift+u')
    await expect(region(app.page)).toBeHidden()
    await app.page.keyboard.press('Alt+Shift+u')
    await expect(rows(app.page)).toContainText('after 42 reload')
  })

  await step('several lines are asked about before they are pasted', async () => {
    const paste = (text: string): Promise<void> =>
      region(app.page)
        .getByRole('textbox', { name: 'Terminal 1', exact: true })
        .evaluate((field, given) => {
          const data = new DataTransfer()
          data.setData('text/plain', given)
          field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }, text)
    await paste('echo no $((1+1))\necho no $((2+2))\n')
    const dialog = app.page.getByRole('dialog', { name: 'Paste 2 lines?', exact: true })
    await expect(dialog).toContainText('echo no $((2+2))')
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).last().click()
    await expect(dialog).toBeHidden()
    await paste('echo one \u001b[201~$((1+1)) line')
    await app.page.keyboard.press('Enter')
    await mark('one [201~2 line')
    await expect(rows(app.page)).not.toContainText('no 2')
  })

  await step('search', async () => {
    await run(app.page, 'Find in the terminal')
    const field = region(app.page).getByRole('searchbox', { name: 'Find in the terminal', exact: true })
    await field.fill('42 fish')
    await expect(region(app.page).getByText('Not found', { exact: true })).toBeHidden()
    await field.fill('no such fish anywhere')
    await expect(region(app.page).getByText('Not found', { exact: true })).toBeVisible()
    await field.press('Escape')
    await expect(field).toBeHidden()
  })

  await step('close the tab: no process is left', async () => {
    await run(app.page, 'Close the terminal')
    await expect(region(app.page)).toBeHidden()
    await expect.poll(() => running('sleep', seconds), { timeout: 20_000 }).toEqual([])
  })
})

test('a terminal that ended says so, and another opens in its place', async ({ app }) => {
  await run(app.page, 'Open a terminal')
  await type(app.page, 'exit 7')
  await expect(region(app.page).getByText('The shell has ended with 7.', { exact: true })).toBeVisible()
  await region(app.page).getByRole('button', { name: 'Open another', exact: true }).click()
  await expect(region(app.page).getByRole('tab')).toHaveCount(2)
  await region(app.page).getByRole('textbox', { name: 'Terminal 2', exact: true }).focus()
  await app.page.keyboard.type('echo $((5*5))')
  await app.page.keyboard.press('Enter')
  await expect(rows(app.page)).toContainText('25')
})

test('a terminal is within reach of everybody: no violation, read aloud on wish, whole at any zoom', async ({
  app,
}) => {
  const field = region(app.page).getByRole('textbox', { name: 'Terminal 1', exact: true })
  await run(app.page, 'Open a terminal')
  await type(app.page, 'for i in 1 2 3 4 5 6; do printf "\\033[3${i}mcolour $i \\033[0m"; done; echo')
  await expect(rows(app.page)).toContainText('colour 6')
  for (const theme of ['Light', 'Dark', 'High contrast']) {
    await run(app.page, `Theme: ${theme}`)
    // The cursor of a terminal never stops blinking.
    const moving = (): Promise<number> =>
      app.page.evaluate(() => {
        const ending = (one: Animation): boolean => one.effect?.getComputedTiming().iterations !== Infinity
        return document.getAnimations().filter(ending).length
      })
    await expect.poll(moving).toBe(0)
    const { violations } = await new AxeBuilder({ page: app.page }).include('.dock').analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
    expect(found, theme).toEqual([])
  }
  await run(app.page, 'Terminals: read output to screen readers')
  await type(app.page, 'echo heard $((9*9))')
  await expect(region(app.page).getByRole('list')).toContainText('heard 81')
  for (let times = 0; times < 4; times += 1) await app.page.keyboard.press('F6')
  await run(app.page, 'Make the page larger')
  await run(app.page, 'Make the page larger')
  await type(app.page, 'echo $((8*8)) zoomed')
  await expect(rows(app.page)).toContainText('64 zoomed')
  const [place, screen] = await Promise.all(
    ['.dock .place', '.dock .xterm-screen'].map((part) => app.page.locator(part).boundingBox()),
  )
  expect(screen?.width).toBeLessThanOrEqual(place?.width ?? 0)
  expect(screen?.height).toBeLessThanOrEqual(place?.height ?? 0)
  expect(screen?.width).toBeGreaterThan((place?.width ?? 0) * 0.9)
  await expect(field).toBeFocused()
})
