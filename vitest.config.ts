// Unit, wire, lab and Electron tests, all in Node. Pages are tested by Playwright (playwright.config.ts).
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    conditions: ['browser'],
    alias: {
      '@contract': at('./src-main/contract'),
      '@simulation': at('./src-main/simulation'),
      '@labs': at('./src-main/labs'),
      '@layout': at('./src-main/layout'),
      '@page': at('./src-renderer'),
      electron: at('./tests/electron/fake/electron.ts'),
    },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'node_modules/**'],
    environment: 'node',
    testTimeout: 20_000,
  },
})
