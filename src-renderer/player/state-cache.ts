// The states of a run that were shown last, so that going back needs no asking. The same step always has the same state.
import type { RunState } from '@contract/run.ts'

export class StateCache {
  readonly #states = new Map<number, RunState>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  get(step: number): RunState | undefined {
    return this.#states.get(step)
  }

  clear(): void {
    this.#states.clear()
  }

  keep(step: number, state: RunState): void {
    // set anew, so that the order of the map is the order of use
    this.#states.delete(step)
    this.#states.set(step, state)
    const [oldest] = this.#states.keys()
    if (this.#states.size > this.#most && oldest !== undefined) this.#states.delete(oldest)
  }
}
