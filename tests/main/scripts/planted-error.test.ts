// The type check of the page must be able to fail: an error planted in a component and one in a module are both found.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const folder = join(root, '.cache/planted')

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.page.json', include: ['./*.ts', './*.svelte'] }),
  )
  writeFileSync(join(folder, 'module.ts'), "export const plantedInModule: number = 'text'\n")
  writeFileSync(
    join(folder, 'Component.svelte'),
    '<script lang="ts">\n  const plantedInComponent: number = \'text\'\n</script>\n\n<p>{plantedInComponent}</p>\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('svelte-check finds a planted error in a component and in a module', { timeout: 120_000 }, () => {
  const check = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/svelte-check/bin/svelte-check'),
      '--tsconfig',
      join(folder, 'tsconfig.json'),
      '--output',
      'machine',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(check.status).not.toBe(0)
  expect(check.stdout).toContain('.cache/planted/module.ts')
  expect(check.stdout).toContain('.cache/planted/Component.svelte')
})
