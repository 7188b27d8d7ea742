// End-to-end tests: one suite, run on the browser shell and on the Electron double.
import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from './scripts/chromium.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/build.ts',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: findChromium(), args: [...chromiumArguments] },
  },
  projects: [
    { name: 'browser-shell', testIgnore: '**/electron-*.spec.ts' },
    { name: 'electron-double', testMatch: ['**/both-*.spec.ts', '**/electron-*.spec.ts'] },
  ],
})
