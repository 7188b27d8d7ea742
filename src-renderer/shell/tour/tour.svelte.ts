// The tour as it goes: which step, and what the page was like when the step began. Knows no lab; shows nothing itself.
import { texts } from '../../ui/texts/index.ts'
import type { OpenDocument } from '../documents/open-document.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'
import type { TourPlace, TourScene, TourStep } from './tour-steps.ts'

export class Tour {
  steps: readonly TourStep[] = $state.raw([])
  index = $state(0)
  /** the drawing it is about; the tour rests while another one is shown */
  doc: OpenDocument | null = $state.raw(null)
  visits = $state(0)
  /** shown quietly after the very first start, until it is taken or waved away */
  offered = $state(false)
  #before: TourScene | null = $state.raw(null)
  readonly #bench: Workbench

  constructor(bench: Workbench) {
    this.#bench = bench
  }

  get on(): boolean {
    return this.steps.length > 0 && this.doc !== null && this.#bench.active === this.doc
  }

  get step(): TourStep | null {
    return this.steps[this.index] ?? null
  }

  /** Where the step points now. */
  get place(): TourPlace | null {
    return this.doc === null ? null : (this.step?.at(this.#scene(this.doc)) ?? null)
  }

  get last(): boolean {
    return this.index === this.steps.length - 1
  }

  /** Whether what the step asks for has been done. */
  get done(): boolean {
    const before = this.#before
    if (this.doc === null || before === null) return false
    return this.step?.done?.(this.#scene(this.doc), before) ?? false
  }

  /** Begins on a fresh sample, so that every step finds what it points at and nobody's own drawing is changed. */
  async start(): Promise<void> {
    const bench = this.#bench
    const lab = bench.active?.lab.id ?? bench.samples[0]?.lab
    const sample = bench.samples.find((candidate) => candidate.lab === lab)
    if (sample === undefined) return
    this.end()
    this.offered = false
    bench.presenting.leave()
    bench.dialog = null
    await bench.files.openSample(sample.lab, sample.id)
    const doc = bench.active
    if (doc?.lab.tour === undefined) return
    bench.side = 'verdict'
    bench.folds.side = true
    this.doc = doc
    this.steps = doc.lab.tour
    this.#go(0)
  }

  next(): void {
    if (!this.on) return
    if (!this.last) return this.#go(this.index + 1)
    this.end()
    this.#bench.notices.done(texts.tour.finished)
  }

  /** Leaves before the end. */
  leave(): void {
    if (this.steps.length === 0) return
    this.end()
    this.#bench.notices.done(texts.tour.left)
  }

  end(): void {
    this.steps = []
    this.doc = null
    this.index = 0
  }

  #go(index: number): void {
    this.index = index
    this.visits = 0
    this.#before = this.doc === null ? null : this.#scene(this.doc)
  }

  #scene(doc: OpenDocument): TourScene {
    return { model: doc.model, depth: doc.player === null ? null : (doc.player.step?.depth ?? 0), visits: this.visits }
  }
}
