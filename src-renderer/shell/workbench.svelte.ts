// The workbench: connection, settings, the open documents, dialogs and commands, put together.
// Knows labs only through their registry. Long, as it is where all parts of the page meet, mostly in a few lines each.
import { type OpenedDocument, type Output, type RecentFile, type Settings, defaultSettings } from '@contract/api.ts'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type DocumentEnvelope } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { type LabPage, labPages } from '../labs/index.ts'
import type { Command } from '../ui/commands.ts'
import { Terminals } from '../terminal/terminals.svelte.ts'
import { texts } from '../ui/texts/index.ts'
import { allCommands } from './commands/all.ts'
import type { HostClient } from './connection/client.ts'
import { Connection, type PageWire } from './connection/connection.svelte.ts'
import { Hearing } from './connection/hearing.ts'
import { Files } from './documents/files.ts'
import { Generating } from './documents/generating.svelte.ts'
import { OpenDocument } from './documents/open-document.svelte.ts'
import { Opening } from './documents/opening.svelte.ts'
import { RecoveredWork } from './documents/recovered.svelte.ts'
import { reopenTab, resume } from './documents/reopen.ts'
import { remember } from './documents/tab-memory.ts'
import { Grading } from './grading/grading.svelte.ts'
import { Notices } from './notices.svelte.ts'
import { Folds } from './frame/folds.svelte.ts'
import { pageSize } from './frame/page-size.svelte.ts'
import type { OfferedSample } from './frame/samples.ts'
import { Presenting } from './present/presenting.svelte.ts'
import { applyTheme, applyZoom } from './theme.ts'
import { Tour } from './tour/tour.svelte.ts'
import { Filming } from './walkthroughs/filming.svelte.ts'
import { Walkthroughs } from './walkthroughs/walkthroughs.svelte.ts'

export type Side = 'task' | 'verdict' | 'inspector' | 'list' | 'history'

/** A dialog that is open now; one at a time. A dialog that asks gets its answer through `answer`. */
export type DialogState =
  | { kind: 'commands' }
  | { kind: 'shortcuts' }
  | { kind: 'help' }
  | { kind: 'library' }
  | { kind: 'recovery' }
  | { kind: 'generate' }
  | { kind: 'grade' }
  | { kind: 'walkthrough' }
  | { kind: 'film' }
  | { kind: 'unfinished-films' }
  | { kind: 'open'; look?: boolean }
  | { kind: 'import' }
  | { kind: 'export' }
  | { kind: 'save'; suggested: string; answer: (path: string | null) => void }
  | { kind: 'forget'; unsaved: number; answer: (sure: boolean) => void }
  | { kind: 'overwrite'; name: string; answer: (replace: boolean) => void }
  | { kind: 'close'; title: string; answer: (choice: 'save' | 'discard' | 'cancel') => void }

const newKey = (): string => crypto.randomUUID()

export class Workbench {
  readonly notices = new Notices()
  readonly connection: Connection
  /** what the host says, over all connections that this page has */
  readonly hearing = new Hearing()
  readonly files: Files
  readonly recovered: RecoveredWork
  readonly generating = new Generating(this)
  readonly grading = new Grading(this)
  readonly opening = new Opening()
  readonly folds = new Folds(this)
  readonly presenting = new Presenting(this)
  readonly tour = new Tour(this)
  readonly walkthroughs = new Walkthroughs(this)
  readonly filming = new Filming(this)
  readonly terminals = new Terminals({
    call: (name, input) => this.connection.call(name, input),
    kept: (name) => this.settings.panels[name],
    keep: (name, value) => this.setSettings({ panels: { ...this.settings.panels, [name]: value } }),
    remark: (text) => this.notices.remark(text),
    guard: (work) => this.guard(work),
  })
  documents: readonly OpenDocument[] = $state.raw([])
  active: OpenDocument | null = $state.raw(null)
  settings: Settings = $state.raw(defaultSettings)
  dialog: DialogState | null = $state.raw(null)
  /** the page of the help that was read last; the next time it opens there */
  helpTopic: string | null = $state(null)
  side: Side = $state('verdict')
  recents: readonly RecentFile[] = $state.raw([])
  samples: readonly OfferedSample[] = $state.raw([])
  ready = $state(false)
  #started = false
  #rememberTimer: ReturnType<typeof setTimeout> | null = null
  #settingsTimer: ReturnType<typeof setTimeout> | null = null
  #unsentSettings: Partial<Settings> = {}

  constructor(options: { build: string; open: () => Promise<PageWire> }) {
    this.connection = new Connection({
      ...options,
      onConnected: (_, client) => void this.#connected(client),
    })
    this.files = new Files(this)
    this.recovered = new RecoveredWork(this)
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
    await this.show({ file: null, document, readOnly: null, remarks: [] })
  }

  /** Opens a document in a tab and goes there. A file that is open already is only brought to the front. */
  async show(
    opened: OpenedDocument,
    options: { key?: string; savedText?: string | undefined; behind?: boolean } = {},
  ): Promise<OpenDocument | null> {
    const { file, document } = opened
    const same = this.documents.find(
      (doc) =>
        file !== null &&
        doc.file !== null &&
        doc.file.name === file.name &&
        doc.file.place === file.place &&
        doc.file.look === file.look,
    )
    if (same !== undefined && file !== null) {
      this.active = same
      await this.#giveBack(file.handle, same)
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
      savedText: options.savedText,
      lab,
      host: this.connection,
      onChange: () => this.#rememberSoon(),
    })
    const idle = this.documents.find((other) => other === this.active && other.file === null && !other.dirty)
    this.documents = [...this.documents.filter((other) => other !== idle || options.behind === true), doc]
    if (idle !== undefined && options.behind !== true) idle.close()
    if (options.behind !== true) this.active = doc
    if (options.behind !== true && doc.exercise !== null) this.side = 'task'
    for (const remark of opened.remarks) this.notices.remark(remark)
    this.remember()
    return doc
  }

  /** The second handle of a file that is open already. Giving it back drops what is kept of the file, so keep it anew. */
  async #giveBack(handle: string, doc: OpenDocument): Promise<void> {
    if (handle === doc.file?.handle) return
    await this.connection.call('files.release', { handle })
    await doc.autosave.flush()
  }

  async closeDocument(doc: OpenDocument): Promise<void> {
    this.walkthroughs.closing(doc)
    await doc.settle()
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

  /** To a drawing of the lab that is open, else to a new one. */
  goToLab(lab: string): void {
    const open = this.documents.find((doc) => doc.lab.id === lab)
    if (open === undefined) void this.guard(() => this.newDocument(lab))
    else this.active = open
  }

  goTo(offset: number): void {
    const { documents, active } = this
    if (active === null || documents.length < 2) return
    this.active = documents[(documents.indexOf(active) + offset + documents.length) % documents.length] ?? active
  }

  setSettings(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change }
    this.#applyLook()
    // Dragging a splitter changes a size with every movement; the host is told once it rests.
    this.#unsentSettings = { ...this.#unsentSettings, ...change }
    if (this.#settingsTimer !== null) clearTimeout(this.#settingsTimer)
    this.#settingsTimer = setTimeout(() => void this.sendSettings(), 250)
  }

  #applyLook(): void {
    applyTheme(this.settings.theme)
    if (this.settings.zoom !== pageSize.zoom) applyZoom(this.settings.zoom)
  }

  /** Settings that could not be sent are sent with the next change. */
  async sendSettings(): Promise<void> {
    const change = this.#unsentSettings
    if (Object.keys(change).length === 0) return
    this.#unsentSettings = {}
    try {
      await this.connection.call('settings.set', change)
    } catch {
      this.#unsentSettings = { ...change, ...this.#unsentSettings }
    }
  }

  /** Writes what is open into the tab's storage; called soon after every finished change and before the page goes. */
  remember(): void {
    remember(
      this.documents.map((doc) => {
        const { key, file, savedText } = doc
        const text = doc.text()
        return {
          key,
          name: file?.name ?? '',
          place: file?.place ?? '',
          stamp: file === null || file.look === true ? null : file.stamp,
          look: file?.look === true,
          text,
          savedText: savedText === text ? null : savedText,
          active: doc === this.active,
        }
      }),
    )
  }

  /** Not at every key press: a large drawing takes milliseconds to write. The page's end does it at once. */
  #rememberSoon(): void {
    this.#rememberTimer ??= setTimeout(() => {
      this.#rememberTimer = null
      if (this.active?.verdictState === 'pending') this.#rememberSoon()
      else this.remember()
    }, 1000)
  }

  /** A list that cannot be had stays as it was; it is asked for again when the connection is back. */
  async refreshRecents(): Promise<void> {
    this.recents = await this.connection.call('files.recent', {}).catch(() => this.recents)
  }

  async #lab(id: string): Promise<LabPage | null> {
    return (await labPages.find((entry) => entry.id === id)?.load()) ?? null
  }

  async #connected(client: HostClient): Promise<void> {
    this.hearing.connected(client)
    client.on('open-file', ({ id, look }) => void this.guard(() => this.files.openRecent(id, look)))
    client.on('run-command', ({ command }) => this.runCommand(command))
    await this.guard(async () => {
      if (this.#started) {
        await resume(this)
        await this.refreshRecents()
        await this.sendSettings()
        await this.filming.load()
        if (this.dialog === null || this.dialog.kind === 'film') this.filming.offer()
      } else {
        this.#started = true
        await this.#start()
      }
    })
    this.ready = true
    await this.guard(() => this.terminals.connected(client))
  }

  async #start(): Promise<void> {
    this.settings = await this.connection.call('settings.get', {})
    this.#applyLook()
    await reopenTab(this)
    const lists = await Promise.all(
      labPages.map(async ({ id: lab }) => {
        const samples = await this.connection.call('samples.list', { lab })
        return samples.map((sample: Output<'samples.list'>[number]) => ({ lab, ...sample }))
      }),
    )
    this.samples = lists.flat()
    await this.refreshRecents()
    await this.recovered.load()
    await this.filming.load()
    const first = this.samples[0]
    if (!this.settings.welcomed && this.documents.length === 0 && first !== undefined) {
      await this.files.openSample(first.lab, first.id)
      this.setSettings({ welcomed: true })
      this.tour.offered = this.active?.lab.tour !== undefined
    }
    for (const remark of await this.connection.call('session.remarks', {})) this.notices.remark(remark)
    if (this.recovered.list.length > 0) this.dialog = { kind: 'recovery' }
    else this.filming.offer()
  }
}
