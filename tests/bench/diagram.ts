// A space-time diagram of ten thousand events in the page: how smoothly it is panned with the mouse, near and from far.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Page, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { serialiseDocument } from '../../src-main/contract/document-text.ts'
import { ringDrawing } from '../../src-main/labs/distributed/operations/drawings.ts'
import { end, serve } from '../e2e/serve.ts'
import { framesWhile, p95, smoothness } from './frames.ts'
import type { Row } from './measure.ts'

const NODES = 50
const EVENTS = 10_000
const BOUND_MS = 1000 / 30

function tokenRing(): string {
  const ring = ringDrawing(
    Array.from({ length: NODES }, (_, index) => index + 1),
    { starts: [1] },
  )
  const turn = (2 * Math.PI) / NODES
  return serialiseDocument({
    format: 'interlock',
    version: 1,
    lab: 'distributed',
    title: 'Ring',
    model: { ...ring, algorithm: 'token-ring', settings: { limit: 100_000, rest: 0 } },
    layout: {
      positions: Object.fromEntries(
        ring.nodes.map(({ id }, index) => [id, { x: 1000 * Math.cos(index * turn), y: 1000 * Math.sin(index * turn) }]),
      ),
    },
    notes: [],
  })
}

/** Drags the diagram to and fro along the time axis with the mouse. */
async function pan(page: Page): Promise<number[]> {
  const box = await page.getByTestId('space-time').boundingBox()
  if (box === null) throw new Error('the diagram has no place')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const frames = await framesWhile(page, async () => {
    for (let i = 0; i < 240; i += 1) await page.mouse.move(x - 8 * (i % 60 < 30 ? i % 60 : 60 - (i % 60)), y)
  })
  await page.mouse.up()
  return frames
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'Ring.interlock'), tokenRing())
  const host = await serve(workspace, join(folder, 'data'))
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Ring/ }).dblclick()
    await page.getByRole('tab', { name: 'Ring' }).waitFor()
    await page.getByRole('button', { name: 'Run Token ring' }).first().click()
    const start = performance.now()
    for (let played = 0; played < EVENTS; played += 500) {
      await page.getByRole('button', { name: 'To the end' }).click()
      await page
        .getByTestId('timeline')
        .getByText(`${played + 500} of ${played + 500}`)
        .waitFor()
    }
    const seconds = (performance.now() - start) / 1000
    await page.getByRole('toolbar', { name: 'Views' }).getByRole('button', { name: 'Space-time', exact: true }).click()
    await page.getByTestId('space-time').waitFor()
    await page.waitForTimeout(1000)
    const near = await pan(page)
    await page.getByRole('button', { name: 'Show the whole axis' }).click()
    const far = await pan(page)
    const row = (name: string, frames: readonly number[], note: string): Row => ({
      name: `space-time diagram of ${EVENTS} events, ${name}: interval of frames, p95`,
      ours: p95(frames),
      peer: BOUND_MS,
      ratio: p95(frames) / BOUND_MS,
      unit: 'ms',
      note: `${smoothness(frames)}${note}; peer: 30 frames a second`,
    })
    return [
      row('panned near', near, ''),
      row('panned with all of it in view', far, `; playing took ${seconds.toFixed(1)} s`),
    ]
  } finally {
    await browser.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}
