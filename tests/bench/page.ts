// The page measured as a person meets it: how long the start takes, how much is loaded, and how soon an edit among
// 500 nodes and 1,500 edges is followed by its painted verdict. The peer is the bound the project set itself.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type Page, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { serialiseDocument } from '../../src-main/contract/document-text.ts'
import { createRandom } from '../../src-main/simulation/random.ts'
import { largeDrawingText } from '../classroom/large-drawing.ts'
import { end, root, serve } from '../e2e/serve.ts'
import type { Row } from './measure.ts'

const row = (name: string, ours: number, bound: number, unit: string, note: string): Row => ({
  name,
  ours,
  peer: bound,
  ratio: ours / bound,
  unit,
  note,
})

/** A drawing of 250 processes and 250 types with 1,500 edges, the same for every run. */
function largeDrawing(): string {
  const random = createRandom(500)
  const nodes = []
  const positions: Record<string, { x: number; y: number }> = {}
  for (let i = 1; i <= 250; i += 1) {
    nodes.push(
      { id: `P${i}`, kind: 'process', name: `P${i}` },
      { id: `R${i}`, kind: 'resource', name: `R${i}`, instances: 8 },
    )
    positions[`P${i}`] = { x: (i % 25) * 160, y: Math.floor(i / 25) * 240 }
    positions[`R${i}`] = { x: (i % 25) * 160 + 60, y: Math.floor(i / 25) * 240 + 120 }
  }
  const edges = []
  const seen = new Set<string>()
  while (edges.length < 1500) {
    const process = `P${1 + random.below(250)}`
    const resource = `R${1 + random.below(250)}`
    const kind: string = edges.length % 2 === 0 ? 'assignment' : 'request'
    const key = `${kind}${process}${resource}`
    if (seen.has(key)) continue
    seen.add(key)
    const [from, to] = kind === 'assignment' ? [resource, process] : [process, resource]
    edges.push({ id: `e${edges.length + 1}`, kind, from, to, count: 1 })
  }
  return serialiseDocument({
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title: 'Large',
    model: { nodes, edges },
    layout: { positions },
    notes: [],
  })
}

function initialScriptBytes(): number {
  const html = readFileSync(join(root, 'out/renderer/index.html'), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const text = readFileSync(join(root, 'out/renderer', path), 'utf8')
    for (const match of text.matchAll(/(?:from|^import|;import)\s*"\.\/([^"]+\.js)"/g)) visit(`assets/${match[1]}`)
  }
  first.forEach(visit)
  return [...seen].reduce((sum, path) => sum + gzipSync(readFileSync(join(root, 'out/renderer', path))).length, 0)
}

async function warmStart(browser: Browser, workspace: string, data: string): Promise<number> {
  const times = []
  for (let i = 0; i < 4; i += 1) {
    const start = performance.now()
    // A new data folder each time: every start shows the first sample with its verdict.
    const host = await serve(workspace, join(data, String(i)))
    const page = await browser.newPage()
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    times.push(performance.now() - start)
    await page.close()
    await end(host.process, 'SIGTERM')
  }
  return Math.min(...times.slice(1))
}

/** Milliseconds from a key press that changes the drawing to the frame in which the new verdict is on the screen. */
async function editTimes(page: Page, count: number): Promise<number[]> {
  await page.keyboard.press('Alt+3')
  await page.locator('[data-id="R7"]').first().click()
  await page.keyboard.press('Alt+1')
  await page.getByRole('application').focus()
  return page.evaluate(async (times) => {
    const panel = document.querySelector('[data-testid="verdict"]')
    const target = document.querySelector('[role="application"]')
    if (panel === null || target === null) throw new Error('no verdict panel or no canvas')
    const measured: number[] = []
    const changed = (element: Element): Promise<void> =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(element, { attributeFilter: ['data-revision'] })
      })
    for (let i = 0; i < times; i += 1) {
      const start = performance.now()
      target.dispatchEvent(new KeyboardEvent('keydown', { key: i % 2 === 0 ? '+' : '-', bubbles: true }))
      await changed(panel)
      // The next frame paints the change, canvas and panel alike; a task queued in it runs when it is done.
      await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
      measured.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
    return measured
  }, count)
}

/** Seconds from a double click on a file of 10 MB to the frame in which its drawing is painted. */
async function largeOpening(browser: Browser, workspace: string, data: string): Promise<number> {
  writeFileSync(join(workspace, 'Huge.interlock'), largeDrawingText())
  const host = await serve(workspace, data)
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    const option = page.getByRole('dialog').getByRole('option', { name: /Huge/ })
    await option.waitFor()
    const start = performance.now()
    await option.dblclick()
    await page.getByRole('tab', { name: /Huge/ }).waitFor()
    await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0))))
    const seconds = (performance.now() - start) / 1000
    await page.close()
    return seconds
  } finally {
    await end(host.process, 'SIGTERM')
  }
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  const data = join(folder, 'data')
  mkdirSync(workspace, { recursive: true })
  writeFileSync(join(workspace, 'Large.interlock'), largeDrawing())
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const start = await warmStart(browser, workspace, data)
    const host = await serve(workspace, data)
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Large/ }).dblclick()
    await page.getByRole('tab', { name: /Large/ }).waitFor()
    const times = (await editTimes(page, 60)).slice(5).sort((a, b) => a - b)
    await end(host.process, 'SIGTERM')
    const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN
    const huge = await largeOpening(browser, workspace, join(folder, 'data of the large one'))
    const size = initialScriptBytes() / 1024
    const parts = readdirSync(join(root, 'out/renderer/assets')).filter((name) => name.endsWith('.js')).length
    return [
      row(
        'start of the browser shell to a verdict, warm',
        start / 1000,
        2,
        's',
        'process start included; best of 3 after a warm-up',
      ),
      row(
        'edit to painted verdict, 500 nodes, 1,500 edges, p95',
        p95,
        50,
        'ms',
        `median ${median.toFixed(1)} ms; 55 edits after 5 of warm-up`,
      ),
      row(
        'document of 10 MB (15,000 records), opened and drawn',
        huge,
        2,
        's',
        'double click to painted frame; once, in a fresh host',
      ),
      row(
        'initial script, gzipped',
        size,
        350,
        'KiB',
        `before the lab and its views, loaded when they are needed; ${parts} script files in all`,
      ),
    ]
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
