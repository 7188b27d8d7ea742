// axe over the states a person meets, in each theme; reduced motion and the 200 % zoom.
import AxeBuilder from '@axe-core/playwright'
import { canvas, command, expectVerdict } from './drawing.ts'
import { expect, test } from './shells.ts'

for (const theme of ['Light', 'Dark', 'High contrast']) {
  test(`no serious violation in the theme ${theme}`, async ({ app }) => {
    await expectVerdict(app.page, 'Deadlock')
    await command(app.page, `Theme: ${theme}`)
    const serious = async (): Promise<string[]> => {
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
  })
}
