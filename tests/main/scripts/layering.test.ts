// The layering rule itself: what it lets through and what it refuses.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusal, roomOf } from '../../../scripts/lint/layering.ts'

const root = resolve(import.meta.dirname, '../../..')
const ask = (file: string, specifier: string, kind: 'type' | 'value' = 'value'): string | null =>
  refusal(root, resolve(root, file), specifier, kind)

describe('the layering rule', () => {
  it.each([
    ['src-main/host/host.ts', '../services/recents.ts'],
    ['src-main/host/host.ts', '../labs/index.ts'],
    ['src-main/labs/deadlock/verdict.ts', '../../contract/verdict.ts'],
    ['src-main/labs/index.ts', './deadlock/index.ts'],
    ['src-main/labs/deadlock/verdict.ts', './model/texts.ts'],
    ['src-main/electron/main.ts', 'electron'],
    ['src-main/services/settings.ts', 'node:fs'],
    ['src-renderer/labs/deadlock/index.ts', '@labs/deadlock/model/index.ts'],
    ['src-renderer/shell/App.svelte', '../ui/Button.svelte'],
    ['src-renderer/shell/App.svelte', '@contract/api.ts'],
  ])('lets %s import %s', (file, specifier) => expect(ask(file, specifier)).toBeNull())

  it.each([
    ['src-main/contract/api.ts', '../host/host.ts'],
    ['src-main/contract/api.ts', 'node:fs'],
    ['src-main/simulation/run.ts', '../labs/index.ts'],
    ['src-main/services/settings.ts', '../labs/index.ts'],
    ['src-main/services/settings.ts', '../host/host.ts'],
    ['src-main/labs/deadlock/verdict.ts', '../paging/model.ts'],
    ['src-main/labs/deadlock/verdict.ts', 'node:fs'],
    ['src-main/host/host.ts', 'electron'],
    ['src-main/browser-shell/server.ts', 'electron'],
    ['src-renderer/shell/App.svelte', 'node:fs'],
    ['src-renderer/shell/App.svelte', '../../src-main/host/host.ts'],
    ['src-renderer/labs/deadlock/index.ts', '@labs/deadlock/engine/reduction.ts'],
    ['src-renderer/labs/deadlock/index.ts', '../paging/index.ts'],
    ['src-renderer/editor/editor.ts', '../shell/workbench.svelte.ts'],
    ['src-renderer/shell/App.svelte', '@lucide/svelte'],
    ['src-main/newroom/file.ts', '../contract/api.ts'],
  ])('refuses that %s imports %s', (file, specifier) =>
    expect(ask(file, specifier)).toMatch(/must not|may import only|no room/),
  )

  it('lets types alone cross where a room is named for them, and no values', () => {
    expect(ask('src-renderer/player/timeline.ts', '../shell/workbench.svelte.ts', 'type')).toBeNull()
    expect(ask('src-renderer/player/timeline.ts', '../shell/workbench.svelte.ts', 'value')).toMatch(/must not/)
  })

  it('knows every folder of the source', () => {
    const folders = ['src-main', 'src-renderer'].flatMap((side) =>
      readdirSync(resolve(root, side), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${side}/${entry.name}`),
    )
    for (const folder of folders) expect(roomOf(`${folder}/file.ts`), folder).toBe(folder)
  })
})
