// A host on folders of its own, and pages that call it over memory wires. Used by the tests of host and services.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hostApi, type HostApi, PROTOCOL_VERSION } from '../../../src-main/contract/api.ts'
import type { DocumentEnvelope } from '../../../src-main/contract/document.ts'
import { serialiseDocument } from '../../../src-main/contract/document-text.ts'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import { type Caller, createCaller } from '../../../src-main/host/call.ts'
import { createHost, type Host, type HostPorts } from '../../../src-main/host/host.ts'
import { memoryWirePair } from '../../../src-main/host/wires/memory.ts'

export const labsFolder = resolve(import.meta.dirname, '../../../src-main/labs')

export interface Folders {
  root: string
  workspace: string
  data: string
  remove(): void
}

export function makeFolders(): Folders {
  const root = mkdtempSync(join(tmpdir(), 'interlock-host-'))
  return {
    root,
    workspace: join(root, 'Übungen ½'),
    data: join(root, 'data'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

export interface Page extends Caller<HostApi> {
  events: [string, unknown][]
  closed: Promise<void>
}

export interface StandIn {
  host: Host
  log: string[]
  /** A page that has said hello. */
  page(): Promise<Page>
  /** A page that has said nothing. */
  stranger(): Page
}

export function startHost(folders: Folders, ports: Partial<HostPorts> = {}): StandIn {
  const log: string[] = []
  const host = createHost({
    build: 'test',
    shell: 'browser',
    workspace: folders.workspace,
    data: folders.data,
    labsFolder,
    dialogs: null,
    log: (line) => log.push(line),
    ...ports,
  })
  const stranger = (): Page => {
    const [here, there] = memoryWirePair()
    const { closed } = host.connect(here)
    const caller = createCaller<typeof hostApi>(there)
    const events: [string, unknown][] = []
    caller.onEvent((name, payload) => events.push([name, payload]))
    return { ...caller, events, closed }
  }
  const page = async (): Promise<Page> => {
    const made = stranger()
    await made.call('hello', { protocol: PROTOCOL_VERSION, build: 'test' })
    return made
  }
  return { host, log, page, stranger }
}

/** The refusal of a call. */
export async function refusal(call: Promise<unknown>): Promise<InterlockError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof InterlockError) return error
  throw new Error(`expected a refusal, got ${error instanceof Error ? (error.stack ?? '') : 'an answer'}`)
}

export function drawing(title: string, processes = 1): DocumentEnvelope {
  const nodes = Array.from({ length: processes }, (_, i) => ({ id: `P${i + 1}`, kind: 'process', name: `P${i + 1}` }))
  return {
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title,
    model: { nodes, edges: [] },
    layout: { positions: Object.fromEntries(nodes.map((node, i) => [node.id, { x: i * 100, y: 0 }])) },
    notes: [],
  }
}

export const textOf = (title: string, processes = 1): string => serialiseDocument(drawing(title, processes))
