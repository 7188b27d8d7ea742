// A program for a network name space of its own: starts the host, lets a browser use the page, and prints what the kernel
// counted meanwhile as one JSON line. Arguments: a folder, and the path of a Chromium.
import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { chromiumArguments } from '../../scripts/chromium.ts'
import { end, serve } from '../e2e/serve.ts'

const [folder = '', program = ''] = process.argv.slice(2)

/** Packets of this name space that had nowhere to go, and datagrams of any kind: a name is looked up by datagrams. Only of
 * IPv4: Chromium asks the kernel once whether IPv6 leads anywhere. */
function counters(): { noRoute: number; datagrams: number } {
  const text = readFileSync('/proc/net/snmp', 'utf8')
  const value = (group: string, name: string): number => {
    const [names = [], values = []] = text
      .split('\n')
      .filter((line) => line.startsWith(`${group}:`))
      .map((line) => line.split(' '))
    return Number(values[names.indexOf(name)])
  }
  return { noRoute: value('Ip', 'OutNoRoutes'), datagrams: value('Udp', 'OutDatagrams') }
}

/** One attempt each, to prove that the counters see them. */
async function attempt(): Promise<void> {
  await new Promise<void>((done) => {
    connect({ host: '192.0.2.1', port: 80 }).on('error', () => done())
  })
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.send('x', 9, '127.0.0.1', () => done()))
  socket.close()
}

const up = spawnSync('ip', ['link', 'set', 'lo', 'up'], { encoding: 'utf8' })
if (up.status !== 0) {
  process.stdout.write(
    `${JSON.stringify({ why: `loopback cannot be brought up: ${up.error?.message ?? up.stderr}` })}\n`,
  )
} else {
  const start = performance.now()
  const host = await serve(join(folder, 'drawings'), join(folder, 'data'))
  const hostAlone = counters()
  const log = join(folder, 'net-log.json')
  // Chromium looks for its own updates whatever its switches say. Names lead nowhere, so that only addresses are counted;
  // which names were asked for, and by whom, stands in its log.
  const blind = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', `--log-net-log=${log}`]
  const browser = await chromium.launch({ executablePath: program, args: [...chromiumArguments, ...blind] })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  const foreign: string[] = []
  const problems: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') foreign.push(request.url())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  const opened = performance.now()
  await page.goto(host.url)
  await page.getByTestId('verdict-word').waitFor()
  const verdict = (await page.getByTestId('verdict-word').textContent())?.trim()
  const seconds = { start: (performance.now() - start) / 1000, page: (performance.now() - opened) / 1000 }
  const fonts = await page.evaluate(() =>
    document.fonts.ready.then((set) => [...set].filter((f) => f.status === 'loaded').length),
  )
  await page.keyboard.press('ControlOrMeta+Shift+s')
  await page.getByRole('dialog').getByRole('textbox', { name: 'File name' }).fill('offline')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Messages' }).getByText(/Saved/).waitFor()
  const download = page.waitForEvent('download')
  await page.keyboard.press('ControlOrMeta+Shift+e')
  await page.getByRole('dialog', { name: 'Export the drawing' }).getByRole('button', { name: 'Download' }).click()
  const svg = readFileSync(await (await download).path(), 'utf8')
  await browser.close()
  await end(host.process, 'SIGTERM')
  const afterAll = counters()
  await attempt()
  const control = counters()
  const links = [...svg.matchAll(/(?:href|url\()\s*=?\s*["']?(https?:[^"')\s]+)/g)].map((match) => match[1])
  const asked = [...readFileSync(log, 'utf8').matchAll(/"url":"([a-z]+:\/\/[^"/]+)/g)].map((match) => match[1] ?? '')
  const others = [...new Set(asked)].filter((url) => !/\/\/127\.0\.0\.1:\d+$/.test(url))
  const told = {
    asked: asked.length,
    others,
    hostAlone,
    afterAll,
    control,
    foreign,
    problems,
    verdict,
    fonts,
    seconds,
    links,
  }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}
