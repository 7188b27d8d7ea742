// Settings of the page, kept between starts in the host's own folder.
import { join } from 'node:path'
import { z } from 'zod'
import { defaultSettings, Settings } from '../contract/api.ts'
import { createJsonStore } from './json-store.ts'

export interface SettingsStore {
  get(): Promise<Settings>
  set(change: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings>
}

/** A file of an older version may lack fields; they get their defaults. */
const Stored = z
  .object({ ...Settings.partial().shape })
  .transform((stored) => Settings.parse({ ...defaultSettings, ...stored }))

export function createSettings(data: string, log: (line: string) => void): SettingsStore {
  const store = createJsonStore<Settings>(join(data, 'settings.json'), Stored, defaultSettings, log)
  return {
    get: () => store.get(),
    set: (change) =>
      store.update((before) => {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        return Settings.parse({ ...before, ...given })
      }),
  }
}
