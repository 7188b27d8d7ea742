// The list of recent files, newest first, kept in the host's own folder. The page knows a file by a random id.
import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { RecentFile } from '../contract/api.ts'
import { MAX_RECENT } from '../contract/limits.ts'
import { showPlace } from './files/paths.ts'
import { createJsonStore } from './json-store.ts'

export interface Recents {
  add(path: string): Promise<void>
  list(): Promise<RecentFile[]>
  paths(): Promise<string[]>
  /** The absolute path of an entry, or null when there is none. */
  find(id: string): Promise<string | null>
  forget(): Promise<void>
}

const Entry = z.object({ id: z.string(), path: z.string(), opened: z.number() })

export function createRecents(data: string, workspace: string, log: (line: string) => void): Recents {
  const store = createJsonStore(join(data, 'recent.json'), z.array(Entry), [], log)
  return {
    async add(path) {
      await store.update((list) => {
        const id = list.find((entry) => entry.path === path)?.id ?? randomUUID()
        const others = list.filter((entry) => entry.path !== path)
        return [{ id, path, opened: Date.now() }, ...others].slice(0, MAX_RECENT)
      })
    },
    async list() {
      return (await store.get()).map(({ id, path, opened }) => ({
        id,
        name: basename(path),
        place: showPlace(dirname(path), workspace),
        opened,
      }))
    },
    paths: async () => (await store.get()).map((entry) => entry.path),
    find: async (id) => (await store.get()).find((entry) => entry.id === id)?.path ?? null,
    async forget() {
      await store.update(() => [])
    },
  }
}
