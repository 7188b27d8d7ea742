// Finds a Chromium for the tests: the one named by INTERLOCK_CHROMIUM, Playwright's own, the system's.
// As root on Debian and its kin it installs the package; elsewhere it says what to do.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** The switches every test browser starts with; without the later ones Chromium itself looks for a network. */
export const chromiumArguments: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Path of a Chromium.
 * @throws Error with the remedy when there is none and it cannot be installed
 */
export function findChromium(): string {
  const named = process.env['INTERLOCK_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new Error(`INTERLOCK_CHROMIUM names ${named}, which does not exist.`)
  }
  const found = [chromium.executablePath(), onPath()].find((path) => path !== undefined && existsSync(path))
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing the package chromium for the tests of the page …\n')
    spawnSync('apt-get', ['update'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' })
    const installed = onPath()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The tests of the page need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium), ' +
      'or name one in INTERLOCK_CHROMIUM.',
  )
}
