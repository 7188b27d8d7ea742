// One open document of this lab: which experiment, which run is shown and at which moment, and what can be done with it.
// Knows the workbench, and no component.
import type { MachineFacts, Recording } from '@contract/kernel.ts'
import { InterlockError } from '@contract/errors.ts'
import { samplesOf } from '@contract/merge-patch.ts'
import { type Experiment, experiments } from '@labs/namespaces/model/experiments/index.ts'
import type { Judged } from '@labs/namespaces/model/judge.ts'
import type { OpenDocument } from '../../shell/documents/open-document.svelte.ts'
import type { Workbench } from '../../shell/workbench.svelte.ts'
import { Clock } from './clock.svelte.ts'
import { keepTerminal, keptTerminal } from './memory.ts'
import { Run } from './run.svelte.ts'
import type { Scene } from './scene.ts'
import { texts } from './texts.ts'
import { Watch } from './watch.svelte.ts'

export type Tab = 'matrix' | 'nesting' | 'groups' | 'mounts' | 'network' | 'identity'

export class Desk {
  readonly bench: Workbench
  readonly doc: OpenDocument
  machine: MachineFacts | null = $state.raw(null)
  /** why nothing can be looked at here; null when it can, or while it is not known */
  why: string | null = $state.raw(null)
  live: Run | null = $state.raw(null)
  kept: Run | null = $state.raw(null)
  /** why the kept run cannot be shown */
  broken: string | null = $state.raw(null)
  showing: 'live' | 'kept' = $state('live')
  /** index of the sample that is shown; null: the newest, as it comes */
  at: number | null = $state(null)
  tab: Tab = $state('matrix')
  /** pid of the process that was chosen */
  chosen: number | null = $state(null)
  watch: Watch | null = $state.raw(null)
  /** what cleaning found: null before, empty when nothing is left */
  left: readonly string[] | null = $state.raw(null)
  busy = $state(false)
  /** plays the kept run */
  readonly clock: Clock
  #recording: unknown = undefined
  #resumed = false

  constructor(bench: Workbench, doc: OpenDocument) {
    this.bench = bench
    this.doc = doc
    this.clock = new Clock((time) => {
      if (this.kept !== null) this.at = this.kept.indexAt(time)
    })
  }

  /** The name of an experiment that the document has, known or not. */
  get named(): unknown {
    return this.#field('experiment')
  }

  /** The experiment that the document is about; null while none is chosen, or when this version does not know it. */
  get experiment(): Experiment | null {
    return experiments.find((one) => one.id === this.named) ?? null
  }

  get recording(): Recording | null {
    return (this.#field('recording') as Recording | undefined) ?? null
  }

  get run(): Run | null {
    return this.showing === 'kept' ? this.kept : this.live
  }

  get index(): number {
    const last = Math.max(0, (this.run?.count ?? 0) - 1)
    return this.at === null ? last : Math.min(this.at, last)
  }

  get scene(): Scene | null {
    return this.run?.scene(this.index) ?? null
  }

  get judged(): Judged | null {
    return this.run?.judgedAt(this.index) ?? null
  }

  /** The newest is shown as it comes. */
  get atEnd(): boolean {
    return this.at === null || this.index >= (this.run?.count ?? 0) - 1
  }

  /** The terminal of the run is there and runs. */
  get running(): boolean {
    const { watch } = this
    return watch !== null && this.bench.terminals.tabs.some((tab) => tab.id === watch.terminal && tab.running)
  }

  async load(): Promise<void> {
    const { machine, why } = await this.bench.connection.call('kernel.machine', {})
    this.machine = machine
    this.why = why
  }

  choose(id: string | null): void {
    const { editor, title } = this.doc
    const named = experiments.some((one) => one.title === title)
    editor.whole.setFields(texts.history.choose, { experiment: id, recording: undefined })
    if (title === '' || named) editor.setTitle(experiments.find((one) => one.id === id)?.title ?? '')
    this.#forget()
  }

  /** Opens a terminal and begins to watch it. */
  start(): Promise<void> {
    return this.#during(async () => {
      const tab = await this.bench.terminals.begin('lab')
      await this.#follow(tab.id, true)
    })
  }

  /** Cleans, closes the terminal, and begins in a fresh one. */
  startOver(): Promise<void> {
    return this.#during(async () => {
      await this.#clean()
      const { tabs } = this.bench.terminals
      const old = tabs.find(({ id }) => id === this.watch?.terminal)
      this.#forget()
      if (old !== undefined) await this.bench.terminals.close(old)
      const tab = await this.bench.terminals.begin('lab')
      await this.#follow(tab.id, true)
    })
  }

  clean(): Promise<void> {
    return this.#during(() => this.#clean())
  }

  /** Puts what was recorded into the document. */
  keep(): Promise<void> {
    return this.#during(async () => {
      const { watch } = this
      if (watch === null) return
      const recording = await this.bench.connection.call('kernel.recording', { terminal: watch.terminal })
      if (this.doc.editor.whole.setFields(texts.history.keep, { recording })) this.bench.notices.done(texts.kept)
    })
  }

  /** Types into the terminal of the run; the person presses Enter. */
  put(command: string): void {
    const tab = this.bench.terminals.tabs.find(({ id }) => id === this.watch?.terminal)
    if (tab === undefined || !tab.running) return
    this.bench.terminals.choose(tab)
    this.bench.terminals.show(true)
    tab.view.paste(command)
    tab.view.focus()
  }

  ask(): void {
    void this.bench.guard(async () => this.watch?.look())
  }

  show(which: 'live' | 'kept'): void {
    this.clock.pause()
    this.showing = which
    this.at = which === 'kept' ? 0 : null
    this.clock.set(0)
  }

  /** Goes to a sample; the last one of a live run is whatever comes. */
  go(index: number): void {
    const { run } = this
    if (run === null) return
    const to = Math.max(0, Math.min(run.count - 1, index))
    this.at = this.showing === 'live' && to === run.count - 1 ? null : to
    this.clock.pause()
    this.clock.set(run.timeOf(to))
  }

  /** The document holds another recording than before, or none. */
  follow(): void {
    const { recording } = this
    if (recording === this.#recording) return
    this.#recording = recording
    this.clock.pause()
    this.kept = null
    this.broken = null
    if (recording === null) {
      if (this.showing === 'kept') this.show('live')
      return
    }
    try {
      const run = new Run(this.experiment)
      run.add(samplesOf(recording))
      this.kept = run
      const last = run.timeOf(run.count - 1)
      this.clock.length = Math.max(last, 1000 * (recording.terminal.events.at(-1)?.[0] ?? 0))
      if (this.live !== null) return
      this.show('kept')
      // A sample that was opened to be played plays; work of a person waits until it is asked to.
      if (this.doc.file === null && !this.doc.dirty && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
        this.clock.play()
      }
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
      this.broken = error.message
    }
  }

  /** The terminals of the page have changed: after a reload the one of this document may be there again. */
  async resume(): Promise<void> {
    const id = keptTerminal(this.doc.key)
    if (this.#resumed || this.watch !== null || id === null) return
    if (!this.bench.terminals.tabs.some((tab) => tab.id === id && tab.running)) return
    this.#resumed = true
    await this.#follow(id, false)
  }

  /** There is a connection again. */
  async reconnected(): Promise<void> {
    await this.load()
    await this.watch?.again()
  }

  /** The page shows something else; the terminal goes on, and the host goes on looking. */
  leave(): void {
    this.clock.pause()
    this.watch?.end()
  }

  async #follow(terminal: string, anew: boolean): Promise<void> {
    const { bench, experiment } = this
    const host = {
      call: bench.connection.call.bind(bench.connection),
      on: bench.hearing.on.bind(bench.hearing),
    }
    this.watch?.end()
    const watch = new Watch(
      host,
      { terminal, experiment: experiment?.id ?? null, files: experiment?.files ?? [] },
      (samples, again) => {
        if (again || this.live === null) this.live = new Run(experiment)
        this.live.add(samples)
      },
      (error) => void bench.guard(() => Promise.reject(error)),
    )
    this.watch = watch
    this.live = new Run(experiment)
    this.left = null
    this.show('live')
    keepTerminal(this.doc.key, terminal)
    await watch.begin(anew)
  }

  async #clean(): Promise<void> {
    const { watch } = this
    if (watch === null) return
    const { left } = await this.bench.connection.call('kernel.clean', { terminal: watch.terminal })
    this.left = left
    if (this.running) await watch.look()
  }

  /** Read anew whenever the document's model has changed. */
  #field(key: string): unknown {
    void this.doc.model
    return this.doc.editor.whole.field(key)
  }

  #forget(): void {
    this.watch?.end()
    this.watch = null
    this.live = null
    this.left = null
    this.chosen = null
    keepTerminal(this.doc.key, null)
    this.show('live')
  }

  async #during(work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      await this.bench.guard(work)
    } finally {
      this.busy = false
    }
  }
}
