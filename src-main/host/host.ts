// Puts services and labs together and serves them to pages over wires. Knows neither Electron nor HTTP: a shell gives
// it folders, dialogs and wires.
import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { hostApi, pageEvents } from '../contract/api.ts'
import type { Wire } from '../contract/wire.ts'
import { findLab } from '../labs/index.ts'
import { createDocuments, type Documents } from '../services/files/documents.ts'
import { createKernel, type Kernel } from '../services/kernel/index.ts'
import { profileRemarks } from '../services/profile.ts'
import { createRecents, type Recents } from '../services/recents.ts'
import { createSamples, type Samples } from '../services/samples.ts'
import { createSettings, type SettingsStore } from '../services/settings.ts'
import { createTerminals, type Terminals } from '../services/terminal/index.ts'
import { createEngineThread, type EngineThread } from './engine/thread.ts'
import { createVerdicts, type Verdicts } from './engine/verdicts.ts'
import { createParser } from './parser.ts'
import { type Served, serve } from './serve.ts'
import { createSessionHandlers } from './session.ts'

export interface HostPorts {
  /** id of this build; a page of another build is refused */
  build: string
  shell: 'electron' | 'browser'
  /** absolute folder of the person's drawings, created if missing */
  workspace: string
  /** absolute folder of settings, recent files and drafts */
  data: string
  /** folder that holds `<lab>/samples/*.interlock` */
  labsFolder: string
  /** the system's dialogs, or null where the page shows its own */
  dialogs: { pickOpen(): Promise<string | null>; pickSave(suggested: string): Promise<string | null> } | null
  log(line: string): void
}

export interface Session {
  /** settles when the page is gone and its locks are given back */
  closed: Promise<void>
  close(): void
}

export interface Host {
  connect(wire: Wire): Session
  /** Opens a file in the page, or keeps it for the first page; whether it can be opened is told there. */
  openPath(path: string, options?: { look: boolean }): Promise<void>
  /** Asks the pages to run one of their commands. */
  runCommand(command: string): void
  close(): Promise<void>
}

/** Everything that sessions share. */
export interface Shared {
  ports: HostPorts
  /** workspace with links resolved */
  workspace: string
  documents: Documents
  recents: Recents
  settings: SettingsStore
  samples: Samples
  verdicts: Verdicts
  /** what would mend a drawing, asked for as verdicts are */
  repairs: Verdicts
  /** operations that the page asks for; progress goes to the page whose key begins with its session */
  operations: Verdicts
  work: EngineThread
  terminals: Terminals
  kernel: Kernel
  /** what a person should know about this start; the first page that asks gets it */
  remarks: string[]
  /** files that were given from outside, by the id that pages get */
  given: Map<string, string>
}

export function createHost(ports: HostPorts): Host {
  const workspace = prepareWorkspace(ports)
  const verdictThread = createEngineThread(ports.log)
  const work = createEngineThread(ports.log)
  // Its own worker, which starts when first asked: a search for repairs never delays a verdict, and can be cancelled.
  const repairThread = createEngineThread(ports.log)
  const operationThread = createEngineThread(ports.log)
  operationThread.onProgress((payload) => {
    const told = pageEvents.progress.safeParse(payload)
    if (!told.success) return
    const { key, done } = told.data
    for (const [session, page] of sessions) {
      if (key.startsWith(session)) page.push('progress', { key: key.slice(session.length), done })
    }
  })
  const parse = createParser(work)
  const recents = createRecents(ports.data, workspace, ports.log)
  const terminals = createTerminals({ workspace, log: ports.log })
  const shared: Shared = {
    ports,
    workspace,
    documents: createDocuments({ data: ports.data, workspace, parse, recents }),
    recents,
    settings: createSettings(ports.data, ports.log),
    samples: createSamples(ports.labsFolder, findLab, parse),
    verdicts: createVerdicts(verdictThread),
    repairs: createVerdicts(repairThread, undefined, 'repairs.of'),
    operations: createVerdicts(operationThread, undefined, 'operations.run'),
    work,
    terminals,
    kernel: createKernel({ has: terminals.has, log: ports.log }),
    remarks: profileRemarks(ports.data),
    given: new Map(),
  }
  const pages = new Map<Served, Promise<void>>()
  /** pages by the beginning of their keys */
  const sessions = new Map<string, Served>()
  /** pages that have said hello, and so listen to events */
  const greeted = new Set<Served>()
  /** given before any page was there */
  let waiting: { id: string; look: boolean }[] = []

  return {
    connect(wire) {
      void verdictThread.ready()
      const session = createSessionHandlers(
        shared,
        () => {
          if (!pages.has(served)) return
          greeted.add(served)
          const files = waiting
          waiting = []
          // After the answer to hello: the page listens from then on.
          setImmediate(() => {
            for (const file of files) served.push('open-file', file)
          })
        },
        (event, payload) => served.push(event, payload),
      )
      const served: Served = serve(wire, hostApi, session.handlers, {
        log: ports.log,
        passOn: [
          'verdict.of',
          'repairs.of',
          'runs.open',
          'export.drawing',
          'export.walkthrough',
          'export.run',
          'export.shot',
          'operations.run',
          'exercise.begin',
          'exercise.forms',
          'exercise.judge',
          'exercise.key',
        ],
        gate: session.gate,
      })
      const closed = new Promise<void>((done) => {
        wire.onClose(() => {
          greeted.delete(served)
          sessions.delete(session.id)
          void session.end().finally(() => {
            pages.delete(served)
            done()
          })
        })
      })
      pages.set(served, closed)
      sessions.set(session.id, served)
      return { closed, close: served.close }
    },
    openPath(path, { look } = { look: false }) {
      const id = randomUUID()
      shared.given.set(id, resolve(path))
      if (greeted.size === 0) waiting.push({ id, look })
      else for (const page of greeted) page.push('open-file', { id, look })
      return Promise.resolve()
    },
    runCommand(command) {
      for (const page of greeted) page.push('run-command', { command })
    },
    async close() {
      const closing = [...pages.values()]
      for (const page of pages.keys()) page.close()
      await Promise.all(closing)
      await shared.terminals.closeAll()
      await shared.kernel.close()
      await Promise.all([verdictThread.close(), repairThread.close(), operationThread.close(), work.close()])
    },
  }
}

function prepareWorkspace({ workspace, log }: HostPorts): string {
  try {
    mkdirSync(workspace, { recursive: true })
    return realpathSync(workspace)
  } catch (error) {
    log(`The workspace folder cannot be made: ${error instanceof Error ? error.message : String(error)}`)
    return resolve(workspace)
  }
}
