// How soon an edit of a long text is in the drawing: from the input of a word in a text of 2,000 lines to the frame that
// paints the drawing with one more edge. The pause that the view waits for before it reads is part of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { end, serve } from '../e2e/serve.ts'
import type { Row } from './measure.ts'

const BOUND = 100
const COUNT = 1_000

/** 1,000 types and 1,000 processes, each of which holds one type and asks for another. */
function longText(): string {
  const lines: string[] = []
  for (let i = 1; i <= COUNT; i += 1) lines.push(`R${i} has 3`)
  for (let i = 1; i <= COUNT; i += 1) lines.push(`P${i} holds R${i}, wants R${(i % COUNT) + 1}`)
  return `${lines.join('\n')}\n`
}

/** Writes into the line of the cursor and takes it back, again and again; milliseconds of each writing. */
async function editTimes(page: Page, count: number): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < count; i += 1) {
    const measured = page.evaluate(async () => {
      const counts = document.querySelector('[data-testid="counts"]')
      if (counts === null) throw new Error('the status line has no counts')
      const start = new Promise<number>((resolve) => {
        document.addEventListener('input', () => resolve(performance.now()), { once: true, capture: true })
      })
      const changed = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(counts, { characterData: true, childList: true, subtree: true })
      })
      const began = await start
      await changed
      // The next frame paints the drawing; a task queued in it runs when it is done.
      await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
      return performance.now() - began
    })
    await page.waitForTimeout(50)
    await page.keyboard.insertText(' R777')
    times.push(await measured)
    await page.waitForTimeout(1600)
    await page.keyboard.press('ControlOrMeta+z')
    await page.waitForTimeout(800)
  }
  return times
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'Long.txt'), longText())
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  const host = await serve(workspace, join(folder, 'data'))
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Long/ }).dblclick()
    await page.getByText(`${2 * COUNT} nodes`, { exact: false }).waitFor()
    await page.getByRole('toolbar', { name: 'Views of the drawing' }).getByRole('button', { name: 'Text' }).click()
    await page.getByRole('textbox', { name: 'The drawing as text' }).click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('End')
    await page.waitForTimeout(1500)
    const times = (await editTimes(page, 23)).slice(3).sort((a, b) => a - b)
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN
    const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN
    return [
      {
        name: 'edit of a text of 2,000 lines to the painted drawing, p95',
        ours: p95,
        peer: BOUND,
        ratio: p95 / BOUND,
        unit: 'ms',
        note: `median ${median.toFixed(0)} ms; ${times.length} edits after 3 of warm-up; the wait for a pause in typing is part of it`,
      },
    ]
  } finally {
    await browser.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}
