// One open drawing: its editor, its file, its verdict and its run, as reactive snapshots for the panels.
// Knows no dialog; what needs a question is asked by the workbench.
import type { FileRef, OpenedDocument } from '@contract/api.ts'
import type { DocumentEnvelope, GraphModel } from '@contract/document.ts'
import { serialiseDocument } from '@contract/document-text.ts'
import type { Verdict } from '@contract/verdict.ts'
import { Editor } from '../../editor/editor.ts'
import type { LabPage } from '../../labs/index.ts'
import { RunPlayer } from '../../player/run-player.svelte.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Caller } from '../connection/client.ts'
import { Autosave } from './autosave.ts'
import { VerdictFeed, type VerdictState } from './verdict-feed.svelte.ts'

export interface OpenDocumentOptions {
  key: string
  opened: Pick<OpenedDocument, 'document' | 'file' | 'readOnly'>
  /** what the drawing is compared with to know whether it is saved; left out: as it is when it opens */
  savedText?: string | undefined
  lab: LabPage
  host: Caller
  /** after every finished change and whenever something was kept */
  onChange: () => void
}

export class OpenDocument {
  readonly key: string
  readonly lab: LabPage
  readonly editor: Editor
  readonly autosave: Autosave

  file: FileRef | null = $state.raw(null)
  readOnly: string | null = $state(null)
  title = $state('')
  dirty = $state(false)
  /** when the unsaved work was kept, milliseconds since 1970; null when there is none, or it is not kept yet */
  keptAt: number | null = $state(null)
  /** counts everything that may change what panels show */
  revision = $state(0)
  model: GraphModel = $state.raw({ nodes: [], edges: [] })
  selection: ReadonlySet<string>
  zoom = $state(1)
  tool: 'select' | 'pan' = $state('select')
  canUndo = $state(false)
  canRedo = $state(false)
  player: RunPlayer | null = $state.raw(null)
  runError: string | null = $state(null)

  readonly #host: Caller
  readonly #feed: VerdictFeed
  readonly #onChange: () => void
  readonly #unsubscribe: () => void
  #savedText: string
  /** counts runs that were started or stopped, so that one that opens late knows that nobody waits for it */
  #starts = 0
  /** the document's text, until its records change */
  #text: string | null = null

  constructor(options: OpenDocumentOptions) {
    const { key, opened, savedText, lab, host, onChange } = options
    this.key = key
    this.lab = lab
    this.#host = host
    this.#onChange = onChange
    this.file = opened.file
    this.readOnly = opened.readOnly
    this.editor = new Editor({ model: lab.model, document: opened.document, readOnly: opened.readOnly !== null })
    this.#savedText = savedText ?? this.text()
    this.selection = $state.raw(this.editor.selection())
    this.#feed = new VerdictFeed(host, {
      lab: lab.id,
      key,
      model: () => this.editor.model(),
      onVerdict: (verdict) => this.editor.setMarks(verdict.marks),
    })
    this.autosave = new Autosave(
      host,
      {
        key,
        handle: () => this.file?.handle ?? null,
        text: () => this.text(),
        dirty: () => this.#differs(),
        busy: () => this.#feed.state === 'pending',
      },
      () => {
        this.dirty = this.#differs()
        this.keptAt = this.dirty && this.autosave.kept ? this.autosave.keptAt : null
        onChange()
      },
    )
    this.#snapshot()
    this.dirty = this.#differs()
    this.#feed.ask()
    this.#unsubscribe = this.editor.subscribe((change) => {
      if (change.records) this.#text = null
      if (change.view) this.zoom = this.editor.zoom()
      // Hovering and panning change nothing that a panel shows.
      if (change.records || change.selection || change.history || change.tool || change.edit) this.#snapshot()
      if (!change.edit) return
      this.dirty = true
      this.autosave.touch()
      onChange()
    })
  }

  get verdict(): Verdict | null {
    return this.#feed.verdict
  }
  get verdictState(): VerdictState {
    return this.#feed.state
  }
  get verdictError(): string | null {
    return this.#feed.error
  }
  get verdictRevision(): number {
    return this.#feed.revision
  }

  /** The text as it is in the file, or as it was when a drawing without a file was opened. */
  get savedText(): string {
    return this.#savedText
  }

  /** What a tab shows: the file's name, or the title of a drawing that has none. */
  get label(): string {
    if (this.file !== null) return this.file.name.replace(/\.interlock$/, '')
    return this.title === '' ? texts.frame.untitled : this.title
  }

  text(): string {
    return (this.#text ??= serialiseDocument(this.document()))
  }

  document(): DocumentEnvelope {
    return this.editor.document()
  }

  retryVerdict(): void {
    this.#feed.ask()
  }

  light(ids: readonly string[]): void {
    this.editor.setLights(ids)
  }

  async startRun(simulation: string): Promise<void> {
    this.stopRun()
    this.runError = null
    const start = this.#starts
    try {
      const model = { ...this.editor.model() }
      const player = await RunPlayer.open(this.#host, { lab: this.lab.id, simulation, seed: 1, model })
      // Another run was started, or the drawing was closed, while this one was opening.
      if (start !== this.#starts) return void player.close()
      this.player = player
      player.onState((state) => {
        this.editor.present(state === null ? null : { model: state.model as unknown as GraphModel, marks: state.marks })
      })
    } catch (error) {
      this.runError = error instanceof Error ? error.message : String(error)
    }
  }

  stopRun(): void {
    this.#starts += 1
    this.player?.close()
    this.player = null
    this.editor.present(null)
    this.editor.setLights([])
  }

  /** The document is in this file now, with exactly this text. */
  saved(file: FileRef | null, text: string): void {
    this.file = file ?? this.file
    this.#savedText = text
    this.readOnly = null
    this.editor.readOnly = false
    this.dirty = this.#differs()
    this.#onChange()
  }

  /** The file holds this document now, which somebody else wrote. What was here is one undo away. */
  take(document: DocumentEnvelope, file: FileRef): void {
    this.stopRun()
    this.editor.replaceDocument(document)
    this.saved(file, this.text())
  }

  /** The connection is back: what hangs on the host is asked for again. */
  reconnected(): void {
    this.#feed.ask()
    if (this.dirty) this.autosave.touch()
  }

  close(): void {
    this.stopRun()
    this.#unsubscribe()
    this.editor.detach()
  }

  #differs(): boolean {
    return this.text() !== this.#savedText
  }

  #snapshot(): void {
    const { editor } = this
    const model = editor.model()
    if (model !== this.model) {
      this.model = model
      if (this.revision > 0) this.#feed.ask()
    }
    this.selection = editor.selection()
    this.title = editor.title()
    this.zoom = editor.zoom()
    this.tool = editor.tool() === 'pan' ? 'pan' : 'select'
    this.canUndo = editor.canUndo()
    this.canRedo = editor.canRedo()
    this.revision += 1
  }
}
