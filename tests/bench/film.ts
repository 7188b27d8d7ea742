// How long the export of a video takes for each second of it, and how much memory: a minute of a told resource allocation
// graph, mostly still, and a minute in which the camera never rests. 1920 × 1080 at 30 frames a second, WebM with VP9.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import type { DocumentEnvelope } from '../../src-main/contract/document.ts'
import { serialiseDocument } from '../../src-main/contract/document-text.ts'
import { lengthOf } from '../../src-main/contract/walkthrough-edits.ts'
import type { Walkthrough, WalkthroughStep } from '../../src-main/contract/walkthrough.ts'
import { command } from '../e2e/drawing.ts'
import { end, root, serve } from '../e2e/serve.ts'
import { print, type Row } from './measure.ts'

const MINUTE = 60_000
/** Wall time for each second of the video. */
const STILL = 0.8
const MOVING = 2.2
const MOST_MB = 1_024

const sample = JSON.parse(
  readFileSync(join(root, 'src-main/labs/deadlock/samples/told-ring.interlock'), 'utf8'),
) as DocumentEnvelope

function withSteps(make: (told: Walkthrough) => WalkthroughStep[]): string {
  if (sample.walkthrough === undefined) throw new Error('the sample tells nothing')
  return serialiseDocument({ ...sample, walkthrough: { ...sample.walkthrough, steps: make(sample.walkthrough) } })
}

const still = (): string =>
  withSteps((told) => {
    const factor = MINUTE / lengthOf(told)
    return told.steps.map((step) => ({ ...step, ms: Math.round(step.ms * factor) }))
  })

/** A chapter each 0.9 seconds, the time that the camera needs from one to the next. */
const moving = (): string =>
  withSteps((told) => {
    const { positions, nodes } = told.start
    const far = nodes.map((node): WalkthroughStep['changes'][number] => {
      const { x = 0, y = 0 } = positions[node.id] ?? {}
      return { in: 'positions', id: node.id, put: { x: x + 900, y: y + 500 } }
    })
    const near = nodes.flatMap(({ id }): WalkthroughStep['changes'] => {
      const put = positions[id]
      return put === undefined ? [] : [{ in: 'positions', id, put }]
    })
    return Array.from({ length: Math.round(MINUTE / 900) }, (_, index) => ({
      id: `m${index}`,
      ms: 900,
      caption: `The camera moves for the ${index + 1}th time.`,
      chapter: `Place ${index + 1}`,
      changes: index % 2 === 0 ? near : far,
    }))
  })

/** Most memory that one process has had, in MB; null where the system does not tell. */
function peakOf(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024
  } catch {
    return null
  }
}

async function pagePeak(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const peaks = processInfo.filter(({ type }) => type === 'renderer').flatMap(({ id }) => peakOf(id) ?? [])
  return peaks.length === 0 ? null : Math.max(...peaks)
}

interface Made {
  /** seconds of wall time */
  seconds: number
  megabytes: number
  peak: number | null
}

async function exported(text: string): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-film-'))
  const workspace = join(folder, 'work')
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'Film.interlock'), text)
  const host = await serve(workspace, join(folder, 'data'))
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Film/ }).dblclick()
    await page.getByTestId('walkthrough-offer').waitFor()
    await command(page, 'Export as video …')
    const dialog = page.getByRole('dialog', { name: 'Export as video' })
    await dialog.getByRole('checkbox', { name: 'Questions, with time to think' }).uncheck()
    const button = dialog.getByRole('button', { name: 'Export', exact: true })
    await button.click({ timeout: 60_000 })
    const start = performance.now()
    await page.getByTestId('film-made').waitFor({ timeout: 600_000 })
    const seconds = (performance.now() - start) / 1_000
    const peak = await pagePeak(browser)
    return { seconds, megabytes: statSync(join(workspace, 'Film.webm')).size / 1e6, peak }
  } finally {
    await browser.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const rows: Row[] = []
  for (const [what, text, bound] of [
    ['mostly still', still(), STILL],
    ['always moving', moving(), MOVING],
  ] as const) {
    const { seconds, megabytes, peak } = await exported(text)
    const ours = (seconds * 1_000) / MINUTE
    const note = `bound of the project; ${seconds.toFixed(1)} s for a minute, ${megabytes.toFixed(1)} MB`
    rows.push({ name: `video export, ${what}`, ours, peer: bound, ratio: ours / bound, unit: 's/s', note })
    rows.push({
      name: `video export, ${what}: most memory of the page`,
      ours: peak,
      peer: MOST_MB,
      ratio: peak === null ? null : peak / MOST_MB,
      unit: 'MB',
      note: 'bound of the project',
    })
  }
  return rows
}

if (import.meta.main) print(await bench())
