// The same drawing and the same seed give the same trace, byte for byte, in the page of either shell and on the command
// line: on a network where chance loses, delays and doubles messages.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { command, drop } from './drawing.ts'
import { expect, test } from './shells.ts'

const root = resolve(import.meta.dirname, '../..')

/** Six nodes that hold an election on a bad network, from a seed of their own. */
const drawing = {
  format: 'interlock',
  version: 1,
  lab: 'distributed',
  title: 'A bad network',
  model: {
    nodes: [1, 2, 3, 4, 5, 6].map((id) => ({
      id: `n${id}`,
      kind: 'node',
      name: `P${id}`,
      ...(id === 6 ? { down: true } : {}),
    })),
    edges: [],
    algorithm: 'bully',
    network: { delay: 5, spread: 30, loss: 10, duplicates: 10, overtaking: true },
    seed: 4711,
  },
  layout: {
    positions: Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((id) => [`n${id}`, { x: 120 * id, y: id % 2 === 0 ? 120 : 300 }]),
    ),
  },
  notes: [],
}

test('one drawing and one seed give one trace in the page and on the command line', async ({ app }) => {
  const { page } = app
  const folder = mkdtempSync(join(tmpdir(), 'interlock-trace-'))
  try {
    const file = join(folder, 'bad.interlock')
    writeFileSync(file, JSON.stringify(drawing))
    const out = join(folder, 'trace.json')
    execFileSync(process.execPath, ['src-main/cli/main.ts', 'export', file, '--to', 'trace-json', '--out', out], {
      cwd: root,
    })

    await drop(page, 'bad.interlock', JSON.stringify(drawing))
    await expect(page.getByRole('tab', { name: 'A bad network' })).toBeVisible()
    await page.getByRole('button', { name: 'Run Bully election' }).first().click()
    const end = page.getByRole('button', { name: 'To the end' })
    // Playing on stops where something is found; the run goes on after it.
    await expect(async () => {
      if (await end.isEnabled()) await end.click()
      await expect(page.getByTestId('timeline')).toContainText('nothing more is to come', { timeout: 300 })
    }).toPass()
    const download = page.waitForEvent('download')
    await command(page, 'Trace as JSON')
    const fromPage = readFileSync(await (await download).path(), 'utf8')
    expect(fromPage.length).toBeGreaterThan(2_000)
    expect(fromPage).toBe(readFileSync(out, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
