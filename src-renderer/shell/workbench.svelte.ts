// The workbench: connection, settings, the open documents, dialogs and commands, put together.
// Knows labs only through their registry.
import {
  type FileRef,
  type OpenedDocument,
  type Output,
  type RecentFile,
  type Recovery,
  type Settings,
  defaultSettings,
} from '@contract/api.ts'
import { serialiseDocument } from '@contract/document-text.ts'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type DocumentEnvelope } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { type LabPage, labPages } from '../labs/index.ts'
import type { Command } from '../ui/commands.ts'
import { texts } from '../ui/texts/index.ts'
import { allCommands } from './commands/all.ts'
import type { HostClient } from './connection/client.ts'
import { Connection } from './connection/connection.svelte.ts'
import type { Wire } from '@contract/wire.ts'
import { Files } from './documents/files.ts'
import { OpenDocument } from './documents/open-document.svelte.ts'
import { recall, remember } from './documents/tab-memory.ts'
import { Notices } from './notices.svelte.ts'
import { applyTheme } from './theme.ts'

export type Side = 'verdict' | 'inspector' | 'list'

/** A dialog that is open now; one at a time. A dialog that asks gets its answer through `answer`. */
export type DialogState =
  | { kind: 'commands' }
  | { kind: 'shortcuts' }
  | { kind: 'help' }
  | { kind: 'recovery' }
  | { kind: 'open' }
  | { kind: 'save'; suggested: string; answer: (path: string | null) => void }
  | { kind: 'overwrite'; name: string; answer: (replace: boolean) => void }
  | { kind: 'close'; title: string; answer: (choice: 'save' | 'discard' | 'cancel') => void }

const newKey = (): string => crypto.randomUUID()

export class Workbench {
  readonly notices = new Notices()
  readonly connection: Connection
  readonly files: Files
  documents: readonly OpenDocument[] = $state.raw([])
  active: OpenDocument | null = $state.raw(null)
  settings: Settings = $state.raw(defaultSettings)
  dialog: DialogState | null = $state.raw(null)
  side: Side = $state('verdict')
  timelineOpen = $state(true)
  recovered: readonly Recovery[] = $state.raw([])
  recents: readonly RecentFile[] = $state.raw([])
  samples: readonly { lab: string; id: string; title: string }[] = $state.raw([])
  ready = $state(false)
  #started = false
  #rememberTimer: ReturnType<typeof setTimeout> | null = null

  constructor(options: { build: string; open: () => Promise<Wire> }) {
    this.connection = new Connection({
      ...options,
      onConnected: (_, client) => void this.#connected(client),
    })
    this.files = new Files(this)
  }

  get nativeDialogs(): boolean {
    return this.connection.facts?.nativeDialogs ?? false
  }

  commands(): Command[] {
    return allCommands(this)
  }

  runCommand(id: string): void {
    const command = this.commands().find((candidate) => candidate.id === id)
    if (command?.when() === true) void this.guard(async () => command.run())
  }

  /** Runs something that may fail; the failure becomes a message. */
  async guard(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof InterlockError) this.notices.problem(error.message)
      else this.notices.problem(texts.frame.notices.unexpected(error instanceof Error ? error.message : String(error)))
    }
  }

  ask<T>(build: (answer: (value: T) => void) => DialogState): Promise<T> {
    return new Promise((resolve) => {
      this.dialog = build((value) => {
        this.dialog = null
        resolve(value)
      })
    })
  }

  async newDocument(lab = this.active?.lab.id ?? labPages[0]?.id ?? ''): Promise<void> {
    const document: DocumentEnvelope = {
      format: DOCUMENT_FORMAT,
      version: DOCUMENT_VERSION,
      lab,
      title: '',
      model: { nodes: [], edges: [] },
      layout: { positions: {} },
      notes: [],
    }
    await this.show({ file: null, document, readOnly: null, remarks: [] }, { savedText: null })
  }

  /** Opens a document in a tab and goes there. A file that is open already is only brought to the front. */
  async show(
    opened: OpenedDocument,
    options: { key?: string; savedText?: string | null; behind?: boolean } = {},
  ): Promise<OpenDocument | null> {
    const { file, document } = opened
    const same = this.documents.find(
      (doc) => file !== null && doc.file !== null && doc.file.name === file.name && doc.file.place === file.place,
    )
    if (same !== undefined) {
      this.active = same
      return same
    }
    const lab = await this.#lab(document.lab)
    if (lab === null) {
      this.notices.problem(texts.frame.notices.unknownLab(document.lab))
      return null
    }
    const doc = new OpenDocument({
      key: options.key ?? newKey(),
      opened,
      savedText: options.savedText === undefined ? serialiseDocument(document) : options.savedText,
      lab,
      host: this.connection,
      onChange: () => this.#rememberSoon(),
    })
    const idle = this.documents.find((other) => other === this.active && other.file === null && !other.dirty)
    this.documents = [...this.documents.filter((other) => other !== idle || options.behind === true), doc]
    if (idle !== undefined && options.behind !== true) idle.close()
    if (options.behind !== true) this.active = doc
    for (const remark of opened.remarks) this.notices.done(remark)
    this.remember()
    return doc
  }

  async closeDocument(doc: OpenDocument): Promise<void> {
    if (doc.dirty) {
      this.active = doc
      const choice = await this.ask<'save' | 'discard' | 'cancel'>((answer) => ({
        kind: 'close',
        title: doc.label,
        answer,
      }))
      if (choice === 'cancel') return
      if (choice === 'save' && !(await this.files.save(doc))) return
    }
    const index = this.documents.indexOf(doc)
    this.documents = this.documents.filter((other) => other !== doc)
    if (this.active === doc) this.active = this.documents[Math.min(index, this.documents.length - 1)] ?? null
    doc.close()
    this.remember()
    await doc.autosave.discard()
    if (doc.file !== null)
      await this.connection.call('files.release', { handle: doc.file.handle }).catch(() => undefined)
  }

  goTo(offset: number): void {
    const { documents, active } = this
    if (active === null || documents.length < 2) return
    this.active = documents[(documents.indexOf(active) + offset + documents.length) % documents.length] ?? active
  }

  setSettings(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change }
    applyTheme(this.settings.theme)
    void this.connection.call('settings.set', change).catch(() => undefined)
  }

  /** Writes what is open into the tab's storage; called soon after every finished change and before the page goes. */
  remember(): void {
    remember(
      this.documents.map((doc) => ({
        key: doc.key,
        name: doc.file?.name ?? '',
        place: doc.file?.place ?? '',
        stamp: doc.file?.stamp ?? null,
        text: doc.text(),
        savedText: doc.dirty ? doc.savedText : doc.text(),
        active: doc === this.active,
      })),
    )
  }

  /** Not at every key press: a large drawing takes milliseconds to write. The page's end does it at once. */
  #rememberSoon(): void {
    this.#rememberTimer ??= setTimeout(() => {
      this.#rememberTimer = null
      this.remember()
    }, 300)
  }

  async refreshRecents(): Promise<void> {
    this.recents = await this.connection.call('files.recent', {})
  }

  async recover(recovery: Recovery): Promise<void> {
    const opened = await this.connection.call('recovery.open', { id: recovery.id })
    await this.show(opened, { savedText: null })
    this.recovered = this.recovered.filter((other) => other !== recovery)
    this.notices.done(texts.frame.recovery.recovered(recovery.title))
  }

  async discardRecovery(recovery: Recovery): Promise<void> {
    await this.connection.call('recovery.discard', { id: recovery.id })
    this.recovered = this.recovered.filter((other) => other !== recovery)
    this.notices.done(texts.frame.recovery.discarded(recovery.title))
  }

  async #lab(id: string): Promise<LabPage | null> {
    return (await labPages.find((entry) => entry.id === id)?.load()) ?? null
  }

  async #connected(client: HostClient): Promise<void> {
    client.on('open-file', ({ id }) => void this.guard(() => this.files.openRecent(id)))
    client.on('run-command', ({ command }) => this.runCommand(command))
    await this.guard(async () => {
      if (this.#started) await this.#resume()
      else {
        this.#started = true
        await this.#start()
      }
    })
    this.ready = true
  }

  async #start(): Promise<void> {
    this.settings = await this.connection.call('settings.get', {})
    applyTheme(this.settings.theme)
    this.timelineOpen = this.settings.panels['timelineOpen'] !== 0
    await this.#restoreTab()
    const lists = await Promise.all(
      labPages.map(async ({ id: lab }) => {
        const samples = await this.connection.call('samples.list', { lab })
        return samples.map((sample: Output<'samples.list'>[number]) => ({ lab, ...sample }))
      }),
    )
    this.samples = lists.flat()
    await this.refreshRecents()
    this.recovered = await this.connection.call('recovery.list', {})
    const first = this.samples[0]
    if (!this.settings.welcomed && this.documents.length === 0 && first !== undefined) {
      await this.files.openSample(first.lab, first.id)
      this.setSettings({ welcomed: true })
    }
    if (this.recovered.length > 0) this.dialog = { kind: 'recovery' }
  }

  /** After a reload: what was open in this tab, with the file it belongs to, as it was. */
  async #restoreTab(): Promise<void> {
    const entries = recall()
    let active: OpenDocument | null = null
    for (const entry of entries) {
      await this.guard(async () => {
        const opened = await this.connection.call('files.parse', { name: entry.name, text: entry.text })
        const file = entry.stamp === null ? null : await this.#attach(entry.name, entry.place, entry.stamp)
        const { key, savedText } = entry
        const doc = await this.show({ ...opened, file, remarks: [] }, { key, savedText, behind: true })
        if (doc?.dirty === true) await doc.autosave.flush()
        if (entry.active) active = doc
      })
    }
    this.active = active ?? this.documents[0] ?? null
  }

  /** The host forgot our handles: each file is opened again, its stamp kept so that a change meanwhile is noticed. */
  async #resume(): Promise<void> {
    for (const doc of this.documents) {
      if (doc.file !== null) {
        const { name, place, stamp } = doc.file
        doc.file = (await this.#attach(name, place, stamp)) ?? doc.file
      }
      doc.reconnected()
    }
  }

  async #attach(name: string, place: string, stamp: string): Promise<FileRef | null> {
    const recents = await this.connection.call('files.recent', {})
    const recent = recents.find((candidate) => candidate.name === name && candidate.place === place)
    if (recent === undefined) return null
    const opened = await this.connection.call('files.openRecent', { id: recent.id }).catch(() => null)
    return opened?.file == null ? null : { ...opened.file, stamp }
  }
}
