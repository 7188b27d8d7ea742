// One open drawing: its editor, its file, its verdict and its run, as reactive snapshots for the panels.
// Knows no dialog; what needs a question is asked by the workbench. Long, as all parts of a drawing meet here, mostly in a
// few lines each.
import type { FileRef, OpenedDocument } from '@contract/api.ts'
import type { DocumentEnvelope, GraphModel, Script } from '@contract/document.ts'
import { serialiseDocument } from '@contract/document-text.ts'
import type { Point } from '@contract/scene.ts'
import type { Repair, Verdict } from '@contract/verdict.ts'
import { Editor } from '../../editor/editor.ts'
import type { StoredScript } from '../../editor/script.ts'
import type { LabPage } from '../../labs/index.ts'
import type { RunPlayer } from '../../player/run-player.svelte.ts'
import type { RunScript } from '../../player/run-script.svelte.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Caller } from '../connection/client.ts'
import type { Replay } from '../../walkthrough/replay.svelte.ts'
import { Autosave } from './autosave.ts'
import { DocumentRun } from './document-run.svelte.ts'
import { ShownViews } from '../views/shown-views.svelte.ts'
import { DocumentExercise } from '../exercise/document-exercise.svelte.ts'
import type { ExerciseDraft } from '../exercise/exercise-draft.svelte.ts'
import type { ExerciseWork } from '../exercise/exercise-work.svelte.ts'
import { RepairFeed } from './repair-feed.svelte.ts'
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
  /** what would mend the drawing */
  readonly repairs: RepairFeed
  readonly views = new ShownViews()
  /** the walkthrough that is played in this tab; what it shows is nobody's work */
  replay: Replay | null = $state.raw(null)
  /** the bar for finding is open */
  finding = $state(false)

  file: FileRef | null = $state.raw(null)
  readOnly: string | null = $state(null)
  /** open to look only by choice: a copy can be changed */
  copyable = $state(false)
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
  /** kind of line that is drawn, null for the usual one */
  line: string | null = $state(null)
  canUndo = $state(false)
  canRedo = $state(false)
  readonly #host: Caller
  readonly #exercise: DocumentExercise
  readonly #run: DocumentRun
  readonly #feed: VerdictFeed
  readonly #onChange: () => void
  readonly #unsubscribe: () => void
  #savedText: string
  /** the document's text, until its records change */
  #text: string | null = null

  constructor(options: OpenDocumentOptions) {
    const { key, opened, savedText, lab, host, onChange } = options
    this.key = key
    this.lab = lab
    this.#onChange = onChange
    this.file = opened.file
    // Without a reason of its own against changes, a file that is open to look only can be copied and changed.
    this.copyable = opened.file?.look === true && opened.readOnly === null
    this.readOnly = opened.readOnly ?? (this.copyable ? texts.frame.banner.looking(opened.file?.name ?? '') : null)
    this.editor = new Editor({ model: lab.model, document: opened.document, readOnly: this.readOnly !== null })
    this.#host = host
    const { exercise, attempt } = opened.document
    this.#exercise = new DocumentExercise(
      {
        host,
        lab: lab.id,
        document: () => this.document(),
        given: () => ({ model: { ...this.editor.model() }, layout: this.editor.document().layout }),
        title: () => this.title,
        changed: () => this.#worked(),
      },
      { ...(exercise !== undefined && { exercise }), ...(attempt !== undefined && { attempt }) },
    )
    this.#showHandedIn()
    this.#run = new DocumentRun({ host, lab: lab.id, editor: this.editor, writable: () => this.readOnly === null })
    this.#savedText = savedText ?? this.text()
    this.selection = $state.raw(this.editor.selection())
    this.#feed = new VerdictFeed(host, {
      lab: lab.id,
      key,
      model: () => this.editor.model(),
      onVerdict: (verdict) => {
        this.editor.setMarks(this.concealed ? {} : verdict.marks)
        if (!this.concealed) this.repairs.judged(verdict)
      },
    })
    this.repairs = new RepairFeed(host, { lab: lab.id, key, model: () => this.editor.model() })
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
    void this.exercise?.load()
    this.#unsubscribe = this.editor.subscribe((change) => {
      if (change.records) this.#text = null
      if (change.view) this.zoom = this.editor.zoom()
      // Hovering and panning change nothing that a panel shows.
      if (change.records || change.selection || change.history || change.tool || change.edit) this.#snapshot()
      if (!change.edit) return
      this.#exercise.drawn()
      this.dirty = this.replay === null
      this.autosave.touch()
      onChange()
    })
  }

  get player(): RunPlayer | null {
    return this.#run.player
  }
  /** The script of the open run; null when there is no run. */
  get runScript(): RunScript | null {
    return this.#run.script
  }
  get runError(): string | null {
    return this.#run.error
  }
  /** The script that the drawing carries along. */
  get script(): Script | null {
    return this.#run.stored?.script ?? null
  }

  /** The script with its texts as they were typed, lines that cannot be played among them. */
  get storedScript(): StoredScript | null {
    return this.#run.stored
  }

  /** Puts a copy of a sample of this lab into the drawing, with its middle at `at`, or beside what is there. */
  async putSample(id: string, at?: Point): Promise<void> {
    const { document } = await this.#host.call('samples.open', { lab: this.lab.id, id })
    if (this.editor.clip.put(document, at)) this.editor.showAll(this.editor.selection())
  }

  /**
   * Runs an operation of the lab on an input.
   * @param key what it is for: a newer call takes the place of an older one, which fails with `cancelled`
   */
  compute(operation: string, key: string, input: unknown): Promise<unknown> {
    return this.#host.call('operations.run', { lab: this.lab.id, operation, key: `${this.key}/${key}`, input })
  }

  /** Ends a computation that nobody waits for any more; it fails with `cancelled`. */
  stopComputing(key: string): Promise<unknown> {
    return this.#host.call('operations.cancel', { key: `${this.key}/${key}` })
  }

  /** An exercise hides what its questions ask for until they are answered. */
  get concealed(): boolean {
    return this.exercise?.conceals === true
  }

  get verdict(): Verdict | null {
    return this.concealed ? null : this.#feed.verdict
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
    if (this.title !== '') return this.title
    return this.lab.main === undefined ? texts.frame.untitled : this.lab.title
  }

  /** Waits until what was typed a moment ago, such as a line of a script, is part of the document. */
  async settle(): Promise<void> {
    if (this.runScript?.pending === true) await this.runScript.settle()
  }

  text(): string {
    return (this.#text ??= serialiseDocument(this.document()))
  }

  document(): DocumentEnvelope {
    const document = { ...this.editor.document() }
    delete document.exercise
    delete document.attempt
    return { ...document, ...this.#exercise.fields }
  }

  /** The work on the exercise that the drawing holds; null without one, and while it is written. */
  get exercise(): ExerciseWork | null {
    return this.#exercise.work
  }
  /** The exercise while its author writes it. */
  get draft(): ExerciseDraft | null {
    return this.#exercise.draft
  }
  /** Whether an exercise can be made of the drawing, or the one it holds be changed. */
  get writable(): boolean {
    return this.readOnly === null && this.#exercise.writable
  }
  async writeExercise(): Promise<void> {
    if (this.writable) await this.#exercise.write()
  }
  finishExercise(): void {
    this.#exercise.finish()
  }
  /** @returns what brings the exercise back */
  dropExercise(): () => void {
    return this.#exercise.drop()
  }

  retryVerdict(): void {
    this.#feed.ask()
  }

  /** Makes a proposed change, as one entry that can be undone. */
  repair({ title, edits }: Repair): void {
    if (this.player !== null) return
    this.light([])
    this.editor.whole.applyEdits(title, edits)
  }

  light(ids: readonly string[]): void {
    this.editor.setLights(ids)
  }

  startRun(simulation: string): Promise<void> {
    return this.concealed ? Promise.resolve() : this.#run.start(simulation)
  }

  /** While the recording is on, drawing an edge plays the events that it means. */
  record(on: boolean): void {
    this.#run.record(on)
  }

  /** Ends the run; the drawing becomes what the run shows now. */
  takeStep(): void {
    this.#run.take()
  }

  stopRun(): void {
    this.#run.stop()
  }

  /** Becomes a drawing without a file, which can be changed. */
  detachCopy(): void {
    this.file = null
    this.copyable = false
    this.readOnly = null
    this.editor.readOnly = false
    this.#snapshot()
    this.#onChange()
  }

  /** The document is in this file now, with exactly this text. */
  saved(file: FileRef | null, text: string): void {
    this.file = file ?? this.file
    this.#savedText = text
    this.readOnly = null
    this.copyable = false
    this.editor.readOnly = false
    this.#showHandedIn()
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
    void this.exercise?.load()
    if (this.dirty) this.autosave.touch()
  }

  close(): void {
    this.replay?.pause()
    this.stopRun()
    this.draft?.close()
    this.#unsubscribe()
    this.editor.detach()
  }

  /** Answers, log or time of the exercise changed, or it is written now, or no more. */
  #worked(): void {
    this.#text = null
    if (this.concealed) this.stopRun()
    this.#showHandedIn()
    const verdict = this.verdict
    this.editor.setMarks(verdict?.marks ?? {})
    if (verdict !== null) this.repairs.judged(verdict)
    this.dirty = this.#differs()
    this.autosave.touch()
    this.#onChange()
  }

  /** What was handed in can be looked at, and be taken back. */
  #showHandedIn(): void {
    const reason = texts.exercise.handedInShort
    if (this.exercise?.handedIn === true) this.readOnly ??= reason
    else if (this.readOnly === reason) this.readOnly = null
    this.editor.readOnly = this.readOnly !== null
  }

  #differs(): boolean {
    return this.replay === null && this.text() !== this.#savedText
  }

  #snapshot(): void {
    const { editor } = this
    const model = editor.model()
    if (model !== this.model) {
      this.model = model
      if (this.revision > 0) {
        this.repairs.outdated()
        this.#feed.ask()
      }
    }
    this.#run.follow()
    this.selection = editor.selection()
    this.title = editor.title()
    this.zoom = editor.zoom()
    this.tool = editor.tool() === 'pan' ? 'pan' : 'select'
    this.line = editor.line()
    this.canUndo = editor.canUndo()
    this.canRedo = editor.canRedo()
    this.revision += 1
  }
}
