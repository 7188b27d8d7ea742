// A workbench as it stands in a window, without the window: the real host over a wire in memory, real folders, and the
// few things of a browser that the page's logic asks for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { vi } from 'vitest'
import { Workbench } from '@page/shell/workbench.svelte.ts'
import { createHost, type Host } from '../../../src-main/host/host.ts'
import { memoryWirePair } from '../../../src-main/host/wires/memory.ts'

const labsFolder = resolve(import.meta.dirname, '../../../src-main/labs')
export const BUILD = 'build-of-the-test'

/** The storage of one tab or of one browser. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, value),
  }
}

export interface Rig {
  workspace: string
  /** Opens the page in the same tab: what the tab remembers is still there. */
  page(): Promise<Workbench>
  /** Opens the page in a new tab. */
  newTab(): Promise<Workbench>
  /** Ends the host as a power cut would, as far as pages can tell, and starts another one on the same folders. */
  restartHost(): Promise<void>
  end(): Promise<void>
}

export function rig(): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-bench-'))
  const workspace = join(folder, 'drawings')
  const start = (): Host =>
    createHost({
      build: BUILD,
      shell: 'browser',
      workspace,
      data: join(folder, 'data'),
      labsFolder,
      dialogs: null,
      log: () => undefined,
    })
  let host = start()
  const open: Workbench[] = []
  const root = { dataset: {} as Record<string, string>, style: {} }
  vi.stubGlobal('document', { documentElement: root, querySelector: () => null })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('sessionStorage', storage())

  const page = async (): Promise<Workbench> => {
    const bench = new Workbench({
      build: BUILD,
      open: () => {
        const [ours, theirs] = memoryWirePair()
        host.connect(theirs)
        return Promise.resolve(ours)
      },
    })
    open.push(bench)
    void bench.connection.run()
    await vi.waitFor(() => {
      if (!bench.ready) throw new Error('the page is not ready')
    }, 10_000)
    return bench
  }
  return {
    workspace,
    page,
    newTab: () => {
      vi.stubGlobal('sessionStorage', storage())
      return page()
    },
    restartHost: async () => {
      const old = host
      host = start()
      await old.close()
    },
    end: async () => {
      for (const bench of open) {
        for (const doc of bench.documents) doc.close()
        bench.connection.close()
      }
      await host.close()
      vi.unstubAllGlobals()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
