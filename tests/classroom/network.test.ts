// Classroom statements 4 and 15: without any network every function works and nothing is even attempted; and a start
// takes less than five seconds. In a network name space that has loopback and nothing else.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildIfStale } from '../../scripts/build-if-stale.ts'
import { findChromium } from '../../scripts/chromium.ts'
import { skip } from './accounts.ts'

interface Counted {
  noRoute: number
  datagrams: number
}
interface Told {
  why?: string
  hostAlone: Counted
  afterAll: Counted
  control: Counted
  foreign: string[]
  /** how many requests stand in Chromium's log, and the origins among them that are not our host */
  asked: number
  others: string[]
  problems: string[]
  verdict: string
  fonts: number
  seconds: { start: number; page: number }
  links: string[]
}

/** Where Chromium itself looks for updates, whatever it shows; nothing of ours names these. */
const chromiumsOwn = /^(?:https?:\/\/(?:[\w-]+\.)*(?:google|googleapis|gvt1)\.com|chrome(?:-\w+)?:\/\/|data:|blob:)/

const folder = mkdtempSync(join(tmpdir(), 'interlock-offline-'))
beforeAll(() => buildIfStale(), 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Not spawnSync: this process has to answer its own runner meanwhile. */
function run(args: string[]): Promise<{ out: string; err: string }> {
  return new Promise((done) => {
    const child = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    child.on('close', () => done({ out, err }))
  })
}

// Other tests run at the same time and may take the processor; a start that is slow by itself is slow each time.
it(
  '4 works without a network and attempts no connection; 15 starts within five seconds',
  { retry: 2, timeout: 60_000 },
  async (context) => {
    const isolate = process.getuid?.() === 0 ? ['--net'] : ['--net', '--map-root-user']
    const probe = spawnSync('unshare', [...isolate, 'true'], { encoding: 'utf8' })
    if (probe.status !== 0) {
      return skip(context, `a network name space cannot be made here: ${probe.error?.message ?? probe.stderr}`)
    }
    const script = join(import.meta.dirname, 'offline-session.ts')
    const { out, err } = await run([
      ...isolate,
      process.execPath,
      script,
      mkdtempSync(join(folder, 'run-')),
      findChromium(),
    ])
    const line = out.split('\n').find((text) => text.startsWith('{'))
    if (line === undefined) throw new Error(`the session told nothing:\n${out}${err}`)
    const told = JSON.parse(line) as Told
    if (told.why !== undefined) return skip(context, told.why)
    expect(told.hostAlone).toEqual({ noRoute: 0, datagrams: 0 })
    expect(told.afterAll.noRoute).toBe(0)
    expect(told.asked).toBeGreaterThan(5)
    expect(told.others.filter((origin) => !chromiumsOwn.test(origin))).toEqual([])
    expect(told.foreign).toEqual([])
    expect(told.problems).toEqual([])
    expect(told.links).toEqual([])
    expect(told.verdict).toBe('Deadlock')
    expect(told.fonts).toBeGreaterThan(0)
    // The counters do see an attempt when there is one.
    expect(told.control.noRoute).toBeGreaterThan(told.afterAll.noRoute)
    expect(told.control.datagrams).toBeGreaterThan(told.afterAll.datagrams)
    process.stdout.write(
      `start without a network: ${told.seconds.start.toFixed(1)} s, page ${told.seconds.page.toFixed(1)} s\n`,
    )
    expect(told.seconds.start).toBeLessThan(5)
  },
)
