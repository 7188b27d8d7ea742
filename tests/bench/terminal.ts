// Terminals measured in the page: 100 MB of text through `cat`, beside ttyd where it is installed, with the longest frame
// meanwhile; and what page and host keep of 50 terminals that were opened and closed.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type Page, chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'
import { onPath } from '../../scripts/debian.ts'
import { end, serve } from '../e2e/serve.ts'
import type { Row } from './measure.ts'

const MEGABYTES = 100
const TERMINALS = 50
/** Growth that is not called growing, in MB: measured again without terminals it varies by as much. */
const PAGE_BOUND = 5
const HOST_BOUND = 20
const TTYD_PORT = 17681

/** Lines as programs write them: 80 characters, a few colours. */
function text(): string {
  const line = (index: number): string =>
    `${index} \u001b[3${index % 8}mthe quick brown fox\u001b[0m jumps over the lazy dog, again and again\n`
  const part = Array.from({ length: 1000 }, (_, index) => line(index)).join('')
  return part.repeat(Math.ceil((MEGABYTES * 1e6) / part.length)).slice(0, MEGABYTES * 1e6)
}

/** Types `cat` of the file; seconds until its last line is on the screen, and the longest frame in ms. */
async function catTime(page: Page, file: string): Promise<{ seconds: number; frame: number }> {
  await page.evaluate(() => {
    const seen = { longest: 0, last: performance.now() }
    Object.assign(window, { frames: seen })
    const next = (): void => {
      const now = performance.now()
      seen.longest = Math.max(seen.longest, now - seen.last)
      seen.last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await page.keyboard.type(`cat '${file}'; printf '\\033[0m\\nthe-%s\\n' end`)
  const start = performance.now()
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    () => document.querySelector('.xterm-rows')?.textContent.includes('the-end') === true,
    null,
    {
      timeout: 300_000,
      polling: 50,
    },
  )
  const seconds = (performance.now() - start) / 1000
  const frame = await page.evaluate(() => (window as unknown as { frames: { longest: number } }).frames.longest)
  return { seconds, frame }
}

/** The same in ttyd with the DOM renderer, which is ours too; null where it is not installed. */
async function peerTime(browser: Browser, file: string): Promise<number | null> {
  const program = onPath(['ttyd'])
  if (program === undefined) return null
  const args = [
    '-i',
    '127.0.0.1',
    '-p',
    String(TTYD_PORT),
    '-W',
    '-t',
    'rendererType=dom',
    'bash',
    '--norc',
    '--noprofile',
  ]
  const child = spawn(program, args, { stdio: 'ignore' })
  const page = await browser.newPage()
  try {
    const address = `http://127.0.0.1:${TTYD_PORT}/`
    for (let tries = 0; tries < 50; tries += 1) {
      const opened = await page.goto(address).catch(() => null)
      if (opened !== null) break
      await page.waitForTimeout(100)
    }
    await page.locator('.xterm-rows').waitFor()
    await page.waitForTimeout(1000)
    await page.locator('.xterm-helper-textarea').focus()
    return (await catTime(page, file)).seconds
  } finally {
    await page.close()
    await end(child, 'SIGTERM')
  }
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

async function pageMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1024 / 1024
}

async function openAndClose(page: Page): Promise<void> {
  await page.keyboard.press('Alt+u')
  await page.locator('.xterm-rows').waitFor()
  await page.locator('.xterm-rows').getByText(/[#$]/).first().waitFor()
  await page.getByTitle(/^Close .*bash$|^Close Terminal/).click()
  await page.locator('.xterm-rows').waitFor({ state: 'detached' })
}

export async function bench(): Promise<Row[]> {
  await buildIfStale()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  const file = join(folder, 'long.txt')
  writeFileSync(file, text())
  const host = await serve(workspace, join(folder, 'data'))
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(host.url)
    await page.getByRole('button', { name: 'Open a terminal', exact: true }).waitFor()
    const pid = host.process.pid ?? 0
    for (let i = 0; i < 10; i += 1) await openAndClose(page)
    const [pageBefore, hostBefore] = [await pageMegabytes(page), residentMegabytes(pid)]
    for (let i = 0; i < TERMINALS; i += 1) await openAndClose(page)
    const [pageGrowth, hostGrowth] = [(await pageMegabytes(page)) - pageBefore, residentMegabytes(pid) - hostBefore]

    await page.keyboard.press('Alt+u')
    await page.locator('.xterm-rows').getByText(/[#$]/).first().waitFor()
    const before = residentMegabytes(pid)
    const ours = await catTime(page, file)
    const flow = residentMegabytes(pid) - before
    await page.close()
    const peer = await peerTime(browser, file)
    const row = (name: string, figure: number, bound: number, unit: string, note: string): Row => ({
      name,
      ours: figure,
      peer: bound,
      ratio: figure / bound,
      unit,
      note,
    })
    return [
      {
        name: `terminal: cat of ${MEGABYTES} MB`,
        ours: ours.seconds,
        peer,
        ratio: peer === null ? null : ours.seconds / peer,
        unit: 's',
        note: peer === null ? 'ttyd is not installed' : 'peer: ttyd, same Chromium, DOM renderer',
      },
      row('terminal: longest frame meanwhile', ours.frame, 100, 'ms', 'peer: the bound'),
      row('terminal: growth of the host meanwhile', flow, HOST_BOUND, 'MB', 'peer: the bound'),
      row(`page: growth by ${TERMINALS} terminals opened and closed`, pageGrowth, PAGE_BOUND, 'MB', 'peer: the bound'),
      row(`host: growth by ${TERMINALS} terminals opened and closed`, hostGrowth, HOST_BOUND, 'MB', 'peer: the bound'),
    ]
  } finally {
    await browser.close()
    await end(host.process, 'SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}
