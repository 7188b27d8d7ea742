// What happens when the built page is missing: a checkout builds it, an installed app says what to do.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildPage } from '../../../src-main/cli/build-page.ts'
import type { Places } from '../../../src-main/cli/places.ts'

let root = ''
const places = (fromSource: boolean): Places => ({ root, page: join(root, 'out/renderer'), labs: root, fromSource })
const builder = (text: string): void => {
  mkdirSync(join(root, 'scripts'))
  writeFileSync(join(root, 'scripts/build-if-stale.ts'), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'interlock-page-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const working = `import { mkdirSync, writeFileSync } from 'node:fs'
const page = import.meta.dirname + '/../out/renderer'
mkdirSync(page, { recursive: true })
for (const name of ['index.html', 'build-id.txt']) writeFileSync(page + '/' + name, 'built')`

describe('buildPage', () => {
  it('builds a page that is missing in a checkout', async () => {
    builder(working)
    await expect(buildPage(places(true))).resolves.toBeUndefined()
  })

  it('does not build when the page is there', async () => {
    mkdirSync(join(root, 'out/renderer'), { recursive: true })
    for (const name of ['index.html', 'build-id.txt']) writeFileSync(join(root, 'out/renderer', name), '')
    builder(`process.exit(1)`)
    await expect(buildPage(places(true))).resolves.toBeUndefined()
  })

  it('says what to do when building fails, or cannot be done', async () => {
    await expect(buildPage(places(true))).rejects.toThrow('Run npm ci, then npm start.')
    builder(`process.exit(1)`)
    await expect(buildPage(places(true))).rejects.toThrow('Run npm ci, then npm start.')
  })

  it('builds nothing in an installed app, and names the folder', async () => {
    builder(working)
    await expect(buildPage(places(false))).rejects.toThrow(join(root, 'out/renderer'))
  })
})
