// Walkthroughs of the open drawings: which one is recorded, played in a tab of its own, or left for a copy to try
// something on. Every change of a walkthrough is an entry in its document's history. Knows no lab.
import { MAX_WALKTHROUGH_STEPS } from '@contract/limits.ts'
import type { Walkthrough } from '@contract/walkthrough.ts'
import { cut, joined } from '@contract/walkthrough-edits.ts'
import { texts } from '../../ui/texts/index.ts'
import { Recorder } from '../../walkthrough/recorder.svelte.ts'
import { Replay } from '../../walkthrough/replay.svelte.ts'
import { checkWalkthrough, documentAt, showing } from '../../walkthrough/show.ts'
import type { OfferedSample } from '../frame/samples.ts'
import type { OpenDocument } from '../documents/open-document.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'

const words = texts.walkthrough

export class Walkthroughs {
  recorder: Recorder | null = $state.raw(null)
  /** the drawing that is recorded */
  recorded: OpenDocument | null = $state.raw(null)
  readonly #bench: Workbench
  /** for a copy that was taken over: the replay it came from */
  readonly #from = new WeakMap<OpenDocument, OpenDocument>()

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  /** The walkthrough that a drawing carries; null for a replay, which shows one. */
  of(doc: OpenDocument): Walkthrough | null {
    if (doc.revision < 0 || doc.replay !== null) return null
    return (doc.editor.whole.part('walkthrough') as Walkthrough | undefined) ?? null
  }

  /** Whether a drawing or a replay has a walkthrough that can be taken out of the workbench. */
  carried(doc: OpenDocument): boolean {
    return this.recorder === null && doc.exercise === null && (this.of(doc) !== null || doc.replay !== null)
  }

  canRecord(doc: OpenDocument): boolean {
    return this.recorder === null && doc.readOnly === null && doc.exercise === null
  }

  record(doc: OpenDocument): void {
    if (!this.canRecord(doc)) return
    this.recorded = doc
    this.recorder = new Recorder(doc)
    doc.editor.focus()
  }

  /** Ends the recording and keeps it: as the drawing's walkthrough, or at the end of the one it has. */
  stop(): void {
    const { recorder, recorded: doc } = this
    if (recorder === null || doc === null) return
    const made = recorder.stop()
    this.recorder = null
    this.recorded = null
    const before = this.of(doc)
    if (before !== null && before.steps.length + made.steps.length > MAX_WALKTHROUGH_STEPS) {
      this.#bench.notices.problem(words.tooMany(MAX_WALKTHROUGH_STEPS))
      return
    }
    this.put(doc, before === null ? made : joined(before, made), words.entry.record)
    this.#bench.notices.done(words.recorded(made.steps.length))
  }

  drop(): void {
    this.recorder?.drop()
    this.recorder = null
    this.recorded = null
    this.#bench.notices.done(words.forgotten)
  }

  /** A drawing is about to be closed: what was recorded becomes part of it first. */
  closing(doc: OpenDocument): void {
    if (this.recorded === doc) this.stop()
  }

  put(doc: OpenDocument, walkthrough: Walkthrough | null, label: string, join?: string): void {
    if (doc.readOnly === null) doc.editor.whole.setPart(label, 'walkthrough', walkthrough ?? undefined, join)
  }

  /** Cuts before a step: what follows opens in a new tab, with the drawing as it is then. */
  async cut(doc: OpenDocument, index: number): Promise<void> {
    const walkthrough = this.of(doc)
    const parts = walkthrough === null ? null : cut(walkthrough, index)
    if (walkthrough === null || parts === null) return
    const [first, second] = parts
    const document = { ...documentAt(doc.document(), walkthrough, walkthrough.steps.length - 1), walkthrough: second }
    this.put(doc, first, words.entry.cut)
    const other = await this.#bench.show(
      { file: null, document, readOnly: null, remarks: [] },
      { savedText: '', behind: true },
    )
    other?.autosave.touch()
  }

  /** Plays the walkthrough of a drawing in a tab of its own. */
  async play(doc: OpenDocument): Promise<void> {
    const walkthrough = this.of(doc)
    if (walkthrough === null) return
    checkWalkthrough(walkthrough, doc.lab.model)
    const title = walkthrough.title === '' ? words.untitled : walkthrough.title
    const base = { ...documentAt(doc.document(), walkthrough, 0), title }
    const opened = { file: null, document: { ...base, walkthrough }, readOnly: words.replaying, remarks: [] }
    const shown = await this.#bench.show(opened, { behind: true })
    if (shown === null) return
    shown.replay = new Replay(walkthrough, showing(shown, base, walkthrough))
    this.#bench.active = shown
    shown.replay.refresh()
    await shown.replay.shown()
    shown.editor.fit()
    shown.replay.play()
  }

  /** The lab's walkthrough, to be offered beside a drawing that is no file yet; null once it was watched or waved away. */
  offer(doc: OpenDocument): OfferedSample | null {
    const { samples, settings } = this.#bench
    const known = settings.walkthroughsOffered?.includes(doc.lab.id) === true
    if (known || doc.file !== null || doc.replay !== null || doc.exercise !== null || this.of(doc) !== null) return null
    return samples.find(({ lab, told }) => lab === doc.lab.id && told !== null) ?? null
  }

  /** Opens the walkthrough that a lab brings, and plays it. */
  async watch({ lab, id }: OfferedSample): Promise<void> {
    this.waveAway(lab)
    this.#bench.tour.end()
    await this.#bench.files.openSample(lab, id)
    const doc = this.#bench.active
    if (doc !== null) await this.play(doc)
  }

  /** It is not offered again, also not after the next start. */
  waveAway(lab: string): void {
    const before = this.#bench.settings.walkthroughsOffered ?? []
    if (!before.includes(lab)) this.#bench.setSettings({ walkthroughsOffered: [...before, lab] })
  }

  /** A copy of the drawing as the replay shows it now, to try something on. The replay waits. */
  async takeOver(shown: OpenDocument): Promise<void> {
    const { replay } = shown
    if (replay === null) return
    replay.pause()
    await replay.shown()
    const document = documentAt(shown.document(), replay.walkthrough, replay.index)
    const copy = await this.#bench.show({ file: null, document, readOnly: null, remarks: [] }, { behind: true })
    if (copy === null) return
    this.#from.set(copy, shown)
    this.#bench.active = copy
    const run = replay.step?.run
    if (run === undefined) return
    await copy.startRun(run.simulation)
    // At the end of its events already, the run would play on by itself.
    if (run.events.length > 0) await copy.player?.toEnd()
  }

  /** The replay that a copy was taken from, while it is open. */
  origin(doc: OpenDocument): OpenDocument | null {
    const from = this.#from.get(doc)
    return from !== undefined && this.#bench.documents.includes(from) ? from : null
  }

  goBack(doc: OpenDocument): void {
    const from = this.origin(doc)
    if (from !== null) this.#bench.active = from
  }
}
