// How smoothly a node is dragged while the whole drawing is in view: intervals between frames, ours beside plain
// cytoscape on the same graph in the same browser. Real mouse events; the harness itself sends about sixty a second.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type Page, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { serialiseDocument } from '../../src-main/contract/document-text.ts'
import { createRandom } from '../../src-main/simulation/random.ts'
import { end, root, serve } from '../e2e/serve.ts'
import { framesWhile, p95, smoothness } from './frames.ts'
import type { Row } from './measure.ts'

const sizes = [
  { nodes: 400, edges: 600 },
  { nodes: 800, edges: 1200 },
  { nodes: 2000, edges: 3000 },
  { nodes: 2000, edges: 5000 },
]
const VIEW = { width: 1600, height: 900 }
const SPACING = 120

interface Graph {
  nodes: { id: string; x: number; y: number }[]
  edges: { id: string; from: string; to: string }[]
}

/** Processes and types alternate on a wide grid; edges join near neighbours in both directions. */
function graphOf(size: { nodes: number; edges: number }): Graph {
  const random = createRandom(7)
  const half = size.nodes / 2
  const columns = Math.ceil(Math.sqrt((size.nodes * 16) / 9))
  const nodes = Array.from({ length: size.nodes }, (_, i) => ({
    id: `${i % 2 === 0 ? 'P' : 'R'}${Math.floor(i / 2) + 1}`,
    x: (i % columns) * SPACING,
    y: Math.floor(i / columns) * SPACING,
  }))
  const edges: Graph['edges'] = []
  const seen = new Set<string>()
  while (edges.length < size.edges) {
    const process = 1 + random.below(half)
    const type = Math.max(1, Math.min(half, process + random.below(40) - 20))
    const [from, to] = edges.length % 2 === 0 ? [`P${process}`, `R${type}`] : [`R${type}`, `P${process}`]
    if (seen.has(`${from} ${to}`)) continue
    seen.add(`${from} ${to}`)
    edges.push({ id: `e${edges.length + 1}`, from, to })
  }
  return { nodes, edges }
}

function documentOf(graph: Graph): string {
  const isProcess = (id: string): boolean => id.startsWith('P')
  return serialiseDocument({
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title: '',
    model: {
      nodes: graph.nodes.map(({ id }) =>
        isProcess(id) ? { id, kind: 'process', name: id } : { id, kind: 'resource', name: id, instances: 3 },
      ),
      edges: graph.edges.map((edge) => ({ ...edge, kind: isProcess(edge.from) ? 'request' : 'assignment', count: 1 })),
    },
    layout: { positions: Object.fromEntries(graph.nodes.map(({ id, x, y }) => [id, { x, y }])) },
    notes: [],
  })
}

/** Drags what lies under a point to and fro and returns the intervals between frames, in milliseconds, sorted. */
async function dragFrom(page: Page, x: number, y: number): Promise<number[]> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 6, y + 6)
  const frames = await framesWhile(page, async () => {
    for (let i = 0; i < 150; i += 1) {
      const way = i % 60 < 30 ? i % 60 : 60 - (i % 60)
      await page.mouse.move(x + 10 + 3 * way, y + 10 + 2 * way)
    }
  })
  await page.mouse.up()
  return frames
}

async function ours(browser: Browser, text: string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'Drag.interlock'), text)
  const host = await serve(workspace, join(folder, 'data'))
  const page = await browser.newPage({ viewport: VIEW })
  try {
    await page.goto(host.url)
    await page.getByTestId('verdict-word').waitFor()
    await page.keyboard.press('ControlOrMeta+o')
    await page.getByRole('dialog').getByRole('option', { name: /Drag/ }).dblclick()
    await page.getByRole('tab', { name: /Drag/ }).waitFor()
    await page.waitForTimeout(1500)
    const { x, y } = await findNode(page)
    return await dragFrom(page, x, y)
  } finally {
    await page.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A pointer finds a node as a hand does: it looks where the canvas says that one lies, and whether it can be dragged. */
async function findNode(page: Page): Promise<{ x: number; y: number }> {
  const canvas = page.getByRole('application')
  await canvas.focus()
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('the canvas has no place')
  for (let i = 0; i < 900; i += 1) {
    const [x, y] = [box.x + box.width * (0.4 + (i % 30) / 150), box.y + box.height * (0.4 + Math.floor(i / 30) / 150)]
    await page.mouse.move(x, y)
    if (!/^P\d+$/.test((await canvas.getAttribute('data-hover')) ?? '')) continue
    await page.mouse.down()
    await page.mouse.move(x + 6, y + 6)
    await page.mouse.move(x + 9, y + 9)
    const dragging = (await canvas.getAttribute('data-tool')) === 'select.dragging'
    await page.keyboard.press('Escape')
    await page.mouse.up()
    if (dragging) return { x, y }
  }
  throw new Error('no node was found under the pointer')
}

async function peers(browser: Browser, graph: Graph): Promise<number[]> {
  const page = await browser.newPage({ viewport: VIEW })
  await page.setContent('<div id="drawing" style="position: fixed; inset: 0"></div>')
  await page.addScriptTag({ path: join(root, 'node_modules/cytoscape/dist/cytoscape.min.js') })
  const at = await page.evaluate(({ nodes, edges }) => {
    const make = (globalThis as unknown as { cytoscape(options: object): unknown }).cytoscape
    const drawing = make({
      container: document.getElementById('drawing'),
      layout: { name: 'preset', padding: 40 },
      style: [
        { selector: 'node', style: { label: 'data(id)', width: 56, height: 56, 'text-valign': 'center' } },
        { selector: 'edge', style: { 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', width: 2 } },
      ],
      elements: [
        ...nodes.map(({ id, x, y }) => ({ data: { id }, position: { x, y } })),
        ...edges.map(({ id, from, to }) => ({ data: { id, source: from, target: to } })),
      ],
    }) as { getElementById(id: string): { renderedPosition(): { x: number; y: number } } }
    return drawing.getElementById(nodes[Math.floor(nodes.length / 2)]?.id ?? '').renderedPosition()
  }, graph)
  await page.waitForTimeout(1500)
  const frames = await dragFrom(page, at.x, at.y)
  await page.close()
  return frames
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const rows: Row[] = []
    for (const size of sizes) {
      const graph = graphOf(size)
      const frames = await ours(browser, documentOf(graph))
      const other = await peers(browser, graph)
      rows.push({
        name: `drag one of ${size.nodes} nodes, ${size.edges} edges: interval of frames, p95`,
        ours: p95(frames),
        peer: p95(other),
        ratio: p95(frames) / p95(other),
        unit: 'ms',
        note: `${smoothness(frames)}; peer: plain cytoscape, ${other.length} frames`,
      })
    }
    return rows
  } finally {
    await browser.close()
  }
}
