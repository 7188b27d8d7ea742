// The samples of one run as they come, with all that is worked out from them once: names, what changed, what holds.
// Knows neither the host nor a view.
import type { KernelSample } from '@contract/kernel.ts'
import { type Change, differences } from '@labs/namespaces/model/differences.ts'
import type { Experiment } from '@labs/namespaces/model/experiments/index.ts'
import { type Judged, judging } from '@labs/namespaces/model/judge.ts'
import { Naming } from './picture/names.ts'
import type { Scene } from './scene.ts'

/** What one sample brought. */
export interface Moment {
  index: number
  time: number
  changes: readonly Change[]
}

export class Run {
  readonly experiment: Experiment | null
  /** how many samples there are; what is read below changes only with it */
  count = $state(0)
  readonly #samples: KernelSample[] = []
  readonly #naming = new Naming()
  readonly #moments: Moment[] = []
  readonly #judged: Judged[] = []
  readonly #judging

  constructor(experiment: Experiment | null) {
    this.experiment = experiment
    this.#judging = experiment === null ? null : judging(experiment)
  }

  add(samples: readonly KernelSample[]): void {
    for (const sample of samples) {
      const before = this.#samples.at(-1)
      const changes = before === undefined ? [] : differences(before, sample)
      if (changes.length > 0) this.#moments.push({ index: this.#samples.length, time: sample.time, changes })
      this.#samples.push(sample)
      this.#naming.add(sample)
      if (this.#judging !== null) this.#judged.push(this.#judging.add(sample))
    }
    this.count = this.#samples.length
  }

  /** The newest sample, as it came. */
  get newest(): KernelSample | null {
    return this.count === 0 ? null : (this.#samples.at(-1) ?? null)
  }

  /** Moments at which something changed, the oldest first. */
  get moments(): readonly Moment[] {
    return this.count === 0 ? [] : [...this.#moments]
  }

  timeOf(index: number): number {
    return this.count === 0 ? 0 : (this.#samples[index]?.time ?? 0)
  }

  /** Index of the last sample at or before a time in milliseconds; 0 when all are later. */
  indexAt(time: number): number {
    let [low, high] = [0, this.count - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.timeOf(middle) <= time) low = middle
      else high = middle - 1
    }
    return Math.max(0, low)
  }

  scene(index: number): Scene | null {
    const sample = this.count === 0 ? undefined : this.#samples[index]
    if (sample === undefined) return null
    return {
      sample,
      names: this.#naming.at(index),
      before: this.#samples[index - 1] ?? null,
      earlier: this.#samples.slice(Math.max(0, index - 60), index),
    }
  }

  /** What held when a sample had come; null without an experiment or without samples. */
  judgedAt(index: number): Judged | null {
    return this.count === 0 ? null : (this.#judged[index] ?? null)
  }
}
