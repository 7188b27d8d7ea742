// The clock of a run that is played: where it is, how fast it goes. Knows no sample.

export const SPEEDS = [0.5, 1, 2, 4] as const
/** milliseconds between two steps of the hand */
const TICK = 100

export class Clock {
  /** milliseconds since the run began */
  time = $state(0)
  length = $state(0)
  playing = $state(false)
  speed: number = $state(1)
  readonly #told: (time: number) => void
  #timer: ReturnType<typeof setInterval> | null = null
  #last = 0

  /** @param told hears each time that playing comes to */
  constructor(told: (time: number) => void) {
    this.#told = told
  }

  set(time: number): void {
    this.time = Math.max(0, Math.min(this.length, time))
  }

  /** Plays on; from the end it begins again. */
  play(): void {
    if (this.playing || this.length === 0) return
    if (this.time >= this.length) this.set(0)
    this.playing = true
    this.#last = performance.now()
    this.#timer = setInterval(() => this.#tick(), TICK)
  }

  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.playing = false
  }

  #tick(): void {
    const now = performance.now()
    this.set(this.time + (now - this.#last) * this.speed)
    this.#last = now
    this.#told(this.time)
    if (this.time >= this.length) this.pause()
  }
}
