// The topology lab with big drawings: how smoothly 1,000 nested boxes are panned while all are in view, and how long the
// rules take on 5,000 objects. The peers are the bounds that the project set itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { serialiseDocument } from '../../src-main/contract/document-text.ts'
import type { TopologyModel } from '../../src-main/labs/topology/model/schema.ts'
import { tidied } from '../../src-main/labs/topology/model/tidy.ts'
import { readDrawing } from '../../src-main/labs/topology/operations/drawing-input.ts'
import { check } from '../../src-main/labs/topology/rules/index.ts'
import { end, serve } from '../e2e/serve.ts'
import { framesWhile, p95, smoothness } from './frames.ts'
import { type Row, best } from './measure.ts'

const VIEW = { width: 1600, height: 900 }
const FRAME_MS = 33
const CHECK_MS = 50

/** Each host holds a hypervisor, four machines with a system, and in each an engine with two containers: 22 things. */
function drawing(things: number): TopologyModel {
  const hosts = Math.ceil(things / 22)
  return readDrawing({
    nodes: Array.from({ length: hosts }, (_, host) => ({
      kind: 'host',
      name: `h${host}`,
      children: [
        {
          kind: 'hypervisor',
          name: `v${host}`,
          children: Array.from({ length: 4 }, (_, vm) => ({
            kind: 'vm',
            name: `m${host}-${vm}`,
            children: [
              {
                kind: 'os',
                name: `o${host}-${vm}`,
                children: [
                  {
                    kind: 'engine',
                    name: `e${host}-${vm}`,
                    children: [0, 1].map((container) => ({
                      kind: 'container',
                      name: `c${host}-${vm}-${container}`,
                      image: 'nginx',
                    })),
                  },
                ],
              },
            ],
          })),
        },
      ],
    })),
  })
}

async function panning(model: TopologyModel): Promise<number[]> {
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  const text = serialiseDocument({
    format: 'interlock',
    version: 1,
    lab: 'topology',
    title: '',
    model,
    layout: tidied(model.nodes),
    notes: [],
  })
  writeFileSync(join(workspace, 'Boxes.interlock'), text)
  const host = await serve(workspace, join(folder, 'data'))
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ viewport: VIEW })
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Boxes/ }).dblclick()
    await page.getByRole('tab', { name: /Boxes/ }).waitFor()
    await page.waitForTimeout(2000)
    const box = await page.getByRole('application').boundingBox()
    if (box === null) throw new Error('the canvas has no place')
    await page.keyboard.press('h')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    const frames = await framesWhile(page, async () => {
      for (let i = 0; i < 150; i += 1) {
        const way = i % 60 < 30 ? i % 60 : 60 - (i % 60)
        await page.mouse.move(x + 6 * way, y + 4 * way)
      }
    })
    await page.mouse.up()
    return frames
  } finally {
    await browser.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function bench(): Promise<Row[]> {
  const [small, large] = [drawing(1_000), drawing(5_000)]
  const boxes = small.nodes.length
  const frames = await panning(small)
  let found = 0
  // Each edit gives a new model; what was found in the last one is not kept.
  const rules = best(() => {
    found = check({ ...large, nodes: [...large.nodes] }).length
  }, 5)
  return [
    {
      name: `pan ${boxes} nested boxes, all in view: interval of frames, p95`,
      ours: p95(frames),
      peer: FRAME_MS,
      ratio: p95(frames) / FRAME_MS,
      unit: 'ms',
      note: `${smoothness(frames)}; peer: the bound set`,
    },
    {
      name: `all rules on ${large.nodes.length} objects`,
      ours: rules,
      peer: CHECK_MS,
      ratio: rules / CHECK_MS,
      unit: 'ms',
      note: `${found} findings; peer: the bound set`,
    },
  ]
}
