// The same start on a real Electron, where its runtime is on the machine. Elsewhere it is skipped, and says why.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { built, out, root } from './built.ts'

/** Path of the runtime, or the sentence why there is none to run. */
function probe(): { runtime: string } | { missing: string } {
  const folder = join(root, 'node_modules', 'electron')
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return { missing: "Electron's runtime is not on this machine." }
  const runtime = join(named ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8').trim())
  if (!existsSync(runtime)) return { missing: `Electron's runtime is not at ${runtime}.` }
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  return display ? { runtime } : { missing: "Electron's runtime is here, but there is no display." }
}

const found = probe()
if ('missing' in found) process.stdout.write(`skipped: tests on a real Electron. ${found.missing}\n`)

describe.runIf('runtime' in found)('on a real Electron', () => {
  it('E1 E5 opens its page under its own scheme, sandboxed and connected', { timeout: 120_000 }, async () => {
    if (!('runtime' in found)) throw new Error(found.missing)
    await built()
    const folder = mkdtempSync(join(tmpdir(), 'interlock-real-'))
    const app = await _electron.launch({
      executablePath: found.runtime,
      args: [join(out, 'main/electron.js'), '--workspace', join(folder, 'w'), '--data', join(folder, 'd')],
    })
    try {
      const page = await app.firstWindow()
      expect(page.url()).toBe('interlock://app/')
      expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined')
      await page
        .getByText(/deadlock/i)
        .first()
        .waitFor()
    } finally {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
