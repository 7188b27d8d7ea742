// The walkthrough that a lab brings: offered quietly to who is new, played at one press, waved away for good, and listed
// among what comes with Interlock.
import { command, newDrawing } from './drawing.ts'
import { expect, test } from './shells.ts'

test('who is new is offered the walkthrough of the lab that opens, and it plays at one press', async ({ app }) => {
  const offer = app.page.getByTestId('walkthrough-watch')
  await offer.getByRole('button', { name: 'Two-minute walkthrough', exact: true }).click()
  const replay = app.page.getByTestId('replay')
  await expect(replay).toBeVisible()
  await expect(replay.getByTestId('caption')).toContainText('A circle is a process.')
  await replay.getByRole('button', { name: 'Pause', exact: true }).click()
  // Watched once, it is not offered again; the walkthroughs of other labs still are.
  await newDrawing(app.page)
  await expect(offer).toHaveCount(0)
  await app.page
    .getByRole('navigation')
    .getByRole('button', { name: /Machines/ })
    .click()
  await expect(offer).toBeVisible()
})

test('an offer that was waved away does not come back after a reload', async ({ app }) => {
  const offer = app.page.getByTestId('walkthrough-watch')
  await expect(offer).toBeVisible()
  await offer.getByRole('button', { name: 'No walkthrough now', exact: true }).click()
  await expect(offer).toHaveCount(0)
  // It is told to the host a moment later.
  await app.page.waitForTimeout(600)
  await app.reload()
  await expect(app.page.locator('[data-testid="counts"]')).toContainText('nodes')
  await expect(offer).toHaveCount(0)
})

test('each lab has one among the walkthroughs of the library, and in the list of commands', async ({ app }) => {
  await command(app.page, 'Samples and exercises …')
  const dialog = app.page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('walkthroughs')
  await expect(dialog.getByRole('heading', { name: 'Walkthroughs' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: /told step by step/ })).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await command(app.page, 'Watch: A live migration told step by step')
  await expect(app.page.getByTestId('caption')).toContainText('A host, a hypervisor')
})
