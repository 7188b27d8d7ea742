// Starts a Chromium without a head for the double, with a profile of its own, and finds its protocol address.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumArguments, findChromium } from '../../../scripts/chromium.ts'

export interface Chromium {
  process: ChildProcess
  /** WebSocket address of the browser's protocol endpoint */
  endpoint: string
  /** folder of its profile */
  profile: string
  /** ends it and removes its profile */
  end(): void
}

export function startChromium(): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'interlock-double-'))
  const child = spawn(
    findChromium(),
    [
      ...chromiumArguments,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      '--window-size=1280,800',
      '--hide-scrollbars',
      '--no-default-browser-check',
      '--password-store=basic',
      '--force-color-profile=srgb',
      '--disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' },
  )
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      // The whole group: its helpers would otherwise outlive it for a while and keep the profile busy.
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => fail('said nothing for 30 s'), 30_000)
    const fail = (why: string): void => {
      clearTimeout(timer)
      end()
      reject(new Error(`Chromium ${why}:\n${output}`))
    }
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended with ${code}`))
    child.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
      const endpoint = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (endpoint === undefined) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve({ process: child, endpoint, profile, end })
    })
  })
}
