// Plays a walkthrough on a clock: where we are, whether it plays, which question waits. What is shown is asked of whoever
// shows it, one step after the other. Knows no drawing and no lab.
import type { Walkthrough, WalkthroughStep } from '@contract/walkthrough.ts'
import { beginnings, indexAt, lengthOf } from '@contract/walkthrough-edits.ts'
import { type Clock, pageClock } from '../player/clock.ts'

export const REPLAY_SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const
const TICK_MS = 100

export class Replay {
  readonly walkthrough: Walkthrough
  readonly length: number
  readonly begins: readonly number[]
  /** milliseconds from the beginning */
  time = $state(0)
  index = $state(0)
  playing = $state(false)
  speed: number = $state(1)
  /** the question of the step that is shown waits for an answer */
  asking = $state(false)
  /** the answer that was given to it */
  answer: number | null = $state(null)
  error: string | null = $state(null)
  readonly #show: (index: number) => Promise<void>
  readonly #clock: Clock
  /** ids of steps whose question was gone on from */
  #answered: readonly string[] = []
  #stopTimer: (() => void) | null = null
  #wanted: number | null = null
  #showing: Promise<void> | null = null

  /** @param show shows a step of the walkthrough; one call at a time, and only the newest wish waits */
  constructor(walkthrough: Walkthrough, show: (index: number) => Promise<void>, clock: Clock = pageClock) {
    this.walkthrough = walkthrough
    this.length = lengthOf(walkthrough)
    this.begins = beginnings(walkthrough)
    this.#show = show
    this.#clock = clock
  }

  get step(): WalkthroughStep | undefined {
    return this.walkthrough.steps[this.index]
  }

  get atEnd(): boolean {
    return this.time >= this.length && !this.asking
  }

  /** Index of the chapter's first step; null before the first chapter. */
  get chapter(): number | null {
    const at = this.walkthrough.steps.findLastIndex(
      ({ chapter }, index) => chapter !== undefined && index <= this.index,
    )
    return at === -1 ? null : at
  }

  play(): void {
    if (this.playing || this.asking) return
    if (this.atEnd) this.seek(0)
    this.playing = true
    this.#wait()
  }

  pause(): void {
    this.playing = false
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  setSpeed(factor: number): void {
    this.speed = factor
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  /** Goes to a time; a question that was asked is withdrawn. */
  seek(time: number): void {
    this.asking = false
    this.answer = null
    this.#go(Math.max(0, Math.min(this.length, time)))
  }

  seekStep(index: number): void {
    const at = this.begins[Math.max(0, Math.min(this.begins.length - 1, index))]
    if (at !== undefined) this.seek(at)
  }

  /** Gives an answer to the question that waits; it can be given anew until one goes on. */
  give(answer: number): void {
    if (this.asking) this.answer = answer
  }

  /** Goes on after the question. */
  goOn(): void {
    if (this.step !== undefined) this.#answered = [...this.#answered, this.step.id]
    this.asking = false
    this.answer = null
    const end = this.#endOf(this.index)
    this.#go(end)
    if (end < this.length) this.play()
  }

  /** Resolves when what was asked for last is shown. */
  async shown(): Promise<void> {
    while (this.#showing !== null) await this.#showing
  }

  /** Shows the step where we are once more. */
  refresh(): void {
    this.#request(this.index)
  }

  #endOf(index: number): number {
    return this.begins[index + 1] ?? this.length
  }

  #wait(): void {
    this.#stopTimer = this.#clock.after(TICK_MS, () => this.#tick())
  }

  #tick(): void {
    if (!this.playing) return
    // A step that takes long to show, such as one that opens a run, is not overtaken by the clock.
    if (this.#showing !== null) return this.#wait()
    const end = this.#endOf(this.index)
    const next = this.time + TICK_MS * this.speed
    const { step } = this
    if (next >= end && step?.question !== undefined && !this.#answered.includes(step.id)) {
      this.time = Math.max(this.time, end - 1)
      this.pause()
      this.asking = true
      return
    }
    // No step is passed over, however short it is.
    this.#go(Math.min(next, Math.max(end, this.time + 1)))
    if (this.time >= this.length) this.pause()
    else this.#wait()
  }

  #go(time: number): void {
    this.time = Math.min(time, this.length)
    const index = indexAt(this.walkthrough, this.time)
    if (index === this.index) return
    this.index = index
    this.#request(index)
  }

  #request(index: number): void {
    this.#wanted = index
    this.#showing ??= this.#work().finally(() => (this.#showing = null))
  }

  async #work(): Promise<void> {
    while (this.#wanted !== null) {
      const index = this.#wanted
      this.#wanted = null
      try {
        await this.#show(index)
        this.error = null
      } catch (error) {
        this.error = error instanceof Error ? error.message : String(error)
      }
    }
  }
}
