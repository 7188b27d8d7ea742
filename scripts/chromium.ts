// Finds a Chromium for the tests: the one named by INTERLOCK_CHROMIUM, Playwright's own, the system's.
// As root on Debian and its kin it installs the package; elsewhere it says what to do.
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { installPackages, onPath } from './debian.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

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
  const found = [chromium.executablePath(), onPath(names)].find((path) => path !== undefined && existsSync(path))
  if (found !== undefined) return found
  installPackages(['chromium'], 'the tests of the page')
  const installed = onPath(names)
  if (installed !== undefined) return installed
  throw new Error(
    'The tests of the page need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium), ' +
      'or name one in INTERLOCK_CHROMIUM.',
  )
}
