// axe over the states a person meets, in each theme and at the page's own zoom of 200 %.
import AxeBuilder from '@axe-core/playwright'
import { canvas, command, expectVerdict } from './drawing.ts'
import { expect, test } from './shells.ts'

for (const theme of ['Light', 'Dark', 'High contrast', 'Projector']) {
  test(`no serious violation in the theme ${theme}`, async ({ app }) => {
    await expectVerdict(app.page, 'Deadlock')
    await command(app.page, `Theme: ${theme}`)
    const serious = async (): Promise<string[]> => {
      // Half-way between two themes a colour is neither.
      await expect.poll(() => app.page.evaluate(() => document.getAnimations().length)).toBe(0)
      const result = await new AxeBuilder({ page: app.page }).analyze()
      return result.violations
        .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
        .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`)
    }
    expect(await serious(), 'frame with verdict').toEqual([])
    await command(app.page, 'Step through the reduction')
    await expect(app.page.getByRole('button', { name: 'Close the run' })).toBeVisible()
    expect(await serious(), 'with a run').toEqual([])
    await command(app.page, 'Close the run')
    await command(app.page, 'Show the list')
    expect(await serious(), 'list view').toEqual([])
    await canvas(app.page).focus()
    await app.page.keyboard.press('ControlOrMeta+k')
    expect(await serious(), 'command palette').toEqual([])
    // The colours are held by a test of their own; what is below differs between themes in nothing else.
    if (theme !== 'Light') return
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('?')
    expect(await serious(), 'shortcuts').toEqual([])
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('F1')
    await expect(app.page.getByRole('dialog', { name: 'Help: Deadlock' })).toBeVisible()
    expect(await serious(), 'help').toEqual([])
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('Alt+e')
    expect(await serious(), 'library').toEqual([])
    await app.page.keyboard.press('Escape')
    await app.page.keyboard.press('Escape')
    for (const view of ['Policies', 'Banker', 'Recovery']) {
      await command(app.page, `Show or hide view: ${view}`)
      await expect(app.page.getByTestId(view.toLowerCase()).locator('table, p').first()).toBeVisible()
      expect(await serious(), view).toEqual([])
    }
    await command(app.page, 'Show or hide view: Recovery')
    await command(app.page, 'Make an exercise of this drawing')
    await expect(app.page.getByTestId('author').getByTestId('key')).toBeVisible()
    expect(await serious(), 'writing an exercise').toEqual([])
    await app.page.getByRole('button', { name: 'Remove the exercise' }).click()
    await command(app.page, 'One-minute tour')
    await expect(app.page.getByTestId('tour')).toBeVisible()
    expect(await serious(), 'tour').toEqual([])
    await app.page.keyboard.press('Escape')
    for (let step = 0; step < 5; step += 1) await app.page.keyboard.press('Alt+=')
    await expect(app.page.getByRole('button', { name: 'Menu' })).toBeVisible()
    expect(await serious(), 'at 200 %').toEqual([])
    await app.page.keyboard.press('Alt+p')
    await expect(app.page.getByTestId('presentation')).toBeVisible()
    expect(await serious(), 'presentation').toEqual([])
  })
}
