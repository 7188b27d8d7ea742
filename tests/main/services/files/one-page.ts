// Folders, a host on them and one page, fresh for each test of files, with the few words that these tests share.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { OpenedDocument } from '../../../../src-main/contract/api.ts'
import { type Folders, makeFolders, type Page, type StandIn, startHost } from '../../host/stand-in.ts'

export interface OnePage {
  folders: Folders
  standIn: StandIn
  page: Page
  /** absolute path of something in the workspace */
  at(name: string): string
  /** Writes a file of the workspace. */
  put(name: string, text: string): void
  open(path: string): Promise<OpenedDocument>
}

/** To be called once at the top of a file: its properties are new in every test. */
export function onePage(): OnePage {
  let current: { folders: Folders; standIn: StandIn; page: Page } | null = null
  const now = (): NonNullable<typeof current> => {
    if (current === null) throw new Error('the host is there in tests only')
    return current
  }
  beforeEach(async () => {
    const folders = makeFolders()
    const standIn = startHost(folders)
    current = { folders, standIn, page: await standIn.page() }
  })
  afterEach(async () => {
    const { folders, standIn } = now()
    await standIn.host.close()
    folders.remove()
    current = null
  })
  const at = (name: string): string => join(now().folders.workspace, name)
  return {
    get folders() {
      return now().folders
    },
    get standIn() {
      return now().standIn
    },
    get page() {
      return now().page
    },
    at,
    put: (name, text) => writeFileSync(at(name), text),
    open: (path) => now().page.call('files.open', { path }),
  }
}
