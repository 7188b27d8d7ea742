// A run on the host that survives its host: when the host does not know it any more, it is opened again and all its
// steps are played again in their order, which gives the same steps with the same numbers. Holds no view state.
import type { CallName, Input, Output } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import type { RunState, RunStep } from '@contract/run.ts'

/** What the player needs of the host; a test gives its own. */
export interface Caller {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
}

export type RunInput = Input<'runs.open'>

export class RemoteRun {
  /** all steps known here, in the order in which they were made; the index is the step's number */
  readonly steps: RunStep[] = []
  readonly #client: Caller
  readonly #input: RunInput
  #id: string

  private constructor(client: Caller, input: RunInput, id: string, first: RunStep) {
    this.#client = client
    this.#input = input
    this.#id = id
    this.steps.push(first)
  }

  static async open(client: Caller, input: RunInput): Promise<{ run: RemoteRun; state: RunState }> {
    const { run: id, state } = await client.call('runs.open', input)
    const { steps } = await client.call('runs.steps', { run: id, from: 0, count: 1 })
    const [first] = steps
    if (first === undefined) throw new InterlockError('unknown-run', 'The run has no first step. Start it again.')
    return { run: new RemoteRun(client, input, id, first), state }
  }

  async apply(at: number, event: unknown): Promise<{ step: RunStep; state: RunState }> {
    const answer = await this.#asked((run) => this.#client.call('runs.apply', { run, at, event }))
    this.#keep([answer.step])
    return answer
  }

  async continue(at: number, most: number): Promise<{ steps: RunStep[]; state: RunState }> {
    const answer = await this.#asked((run) => this.#client.call('runs.continue', { run, at, most }))
    this.#keep(answer.steps)
    return answer
  }

  state(at: number): Promise<RunState> {
    return this.#asked((run) => this.#client.call('runs.state', { run, at }))
  }

  /** Tells the host that the run is not needed; a host that is gone needs no telling. */
  async close(): Promise<void> {
    try {
      await this.#client.call('runs.close', { run: this.#id })
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
    }
  }

  #keep(steps: readonly RunStep[]): void {
    for (const step of steps) this.steps[step.step] = step
  }

  async #asked<T>(ask: (run: string) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#id)
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'unknown-run') throw error
      await this.#reopen()
      return ask(this.#id)
    }
  }

  async #reopen(): Promise<void> {
    const { run } = await this.#client.call('runs.open', this.#input)
    for (const { step, parent, event } of this.steps) {
      if (parent === null) continue
      const again = await this.#client.call('runs.apply', { run, at: parent, event })
      if (again.step.step !== step) {
        await this.#client.call('runs.close', { run })
        throw new InterlockError('internal', 'The run could not be repeated as it was. Close it and start it again.')
      }
    }
    this.#id = run
  }
}
