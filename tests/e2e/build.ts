// Before the end-to-end tests: builds what is stale, so that they look at the page of these sources, and starts the
// browser once, so that the first test does not wait for a cold disk, and a browser that cannot start is named as such.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts'

/** Generous, since nothing else is known of the machine. */
const FIRST_START_MS = 180_000
const TRIES = 2

export default async function setUp(): Promise<void> {
  await buildIfStale()
  const path = findChromium()
  for (let attempt = 1; ; attempt += 1) {
    const start = performance.now()
    try {
      const version = await showsPage(path)
      process.stdout.write(
        `${path} ${version} showed a page after ${((performance.now() - start) / 1000).toFixed(1)} s\n`,
      )
      return
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      process.stdout.write(`${path} showed no page (attempt ${attempt} of ${TRIES}): ${reason}\n`)
      if (attempt === TRIES) throw error
    }
  }
}

/** Loads a page from loopback in a fresh browser. @returns the version of the browser */
async function showsPage(executablePath: string): Promise<string> {
  const server = createServer((_, answer) => answer.end('<title>there</title>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments], timeout: FIRST_START_MS })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { timeout: FIRST_START_MS })
    if ((await page.title()) !== 'there') throw new Error('the page it shows is not the one that was asked for')
    return browser.version()
  } finally {
    await browser.close()
    server.close()
  }
}
