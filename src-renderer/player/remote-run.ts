// A run on the host that survives its host: when the host does not know it any more, it is opened again and all its
// steps are played again in their order, which gives the same steps with the same numbers. Holds no view state.
import type { CallName, Input, Output } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import { MAX_PAGE } from '@contract/limits.ts'
import type { LineProblem, RunState, RunStep } from '@contract/run.ts'

/** What the player needs of the host; a test gives its own. */
export interface Caller {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
}

export type RunInput = Input<'runs.open'>

/** Lines that were read: for each the step it led to, null for what says nothing. */
export interface LinesRead {
  steps: (number | null)[]
  problem: LineProblem | null
}

export class RemoteRun {
  /** all steps known here, in the order in which they were made; the index is the step's number */
  readonly steps: RunStep[] = []
  /** whether events can be read and written as lines */
  readonly lines: boolean
  readonly #client: Caller
  readonly #input: RunInput
  #id: string

  private constructor(client: Caller, input: RunInput, opened: { run: string; lines: boolean }, first: RunStep) {
    this.#client = client
    this.#input = input
    this.#id = opened.run
    this.lines = opened.lines
    this.steps.push(first)
  }

  static async open(client: Caller, input: RunInput): Promise<{ run: RemoteRun; state: RunState }> {
    const { state, ...opened } = await client.call('runs.open', input)
    const { steps } = await client.call('runs.steps', { run: opened.run, from: 0, count: 1 })
    const [first] = steps
    if (first === undefined) throw new InterlockError('unknown-run', 'The run has no first step. Start it again.')
    return { run: new RemoteRun(client, input, opened, first), state }
  }

  get simulation(): string {
    return this.#input.simulation
  }

  get seed(): number {
    return this.#input.seed
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

  /** Plays on by chance from a seed. @returns the last step, and its state */
  async generate(at: number, most: number, seed: number): Promise<{ at: number; state: RunState }> {
    let from = at
    for (let left = most; ;) {
      const count = Math.min(left, MAX_PAGE)
      const { steps, state } = await this.#asked((run) =>
        this.#client.call('runs.generate', { run, at: from, most: count, seed }),
      )
      this.#keep(steps)
      from = steps.at(-1)?.step ?? from
      left -= count
      if (steps.length < count || left === 0) return { at: from, state }
    }
  }

  /** Plays events as far as they are possible. */
  async play(at: number, events: readonly unknown[]): Promise<{ steps: number[]; refused: string | null }> {
    const played: number[] = []
    for (let from = 0; from < events.length; from += MAX_PAGE) {
      const page = events.slice(from, from + MAX_PAGE)
      const { steps, refused } = await this.#asked((run) =>
        this.#client.call('runs.play', { run, at: played.at(-1) ?? at, events: page }),
      )
      this.#keep(steps)
      played.push(...steps.map(({ step }) => step))
      if (refused !== null) return { steps: played, refused }
    }
    return { steps: played, refused: null }
  }

  /** Events as lines, possible or not. */
  async write(at: number, events: readonly unknown[]): Promise<string[]> {
    const written: string[] = []
    for (let from = 0; from < events.length; from += MAX_PAGE) {
      const page = events.slice(from, from + MAX_PAGE)
      written.push(...(await this.#asked((run) => this.#client.call('runs.write', { run, at, events: page }))).lines)
    }
    return written
  }

  /** Reads lines of a script and plays them, up to the first that is wrong or not possible. */
  async read(at: number, lines: readonly string[]): Promise<LinesRead> {
    const found: (number | null)[] = []
    let last = at
    for (let from = 0; from < lines.length; from += MAX_PAGE) {
      const page = lines.slice(from, from + MAX_PAGE)
      const { steps, problem } = await this.#asked((run) =>
        this.#client.call('runs.read', { run, at: last, lines: page }),
      )
      this.#keep(steps.filter((step) => step !== null))
      found.push(...steps.map((step) => step?.step ?? null))
      last = found.findLast((step) => step !== null) ?? at
      if (problem !== null) return { steps: found, problem: { ...problem, line: problem.line + from } }
    }
    return { steps: found, problem: null }
  }

  /** Plays the events that a changed drawing means. */
  async edited(at: number, model: Record<string, unknown>): Promise<{ steps: RunStep[]; state: RunState }> {
    const answer = await this.#asked((run) => this.#client.call('runs.edited', { run, at, model }))
    this.#keep(answer.steps)
    return answer
  }

  /** A branch, given by its events, in a format for other programs. Of `document` everything but its drawing counts. */
  exported(
    document: Input<'export.run'>['document'],
    events: readonly unknown[],
    to: Input<'export.run'>['to'],
    options: Input<'export.run'>['options'],
  ): Promise<Output<'export.run'>> {
    const { model, simulation, seed } = this.#input
    const script = { simulation, seed, events: [...events] }
    return this.#client.call('export.run', { document: { ...document, model }, script, to, options })
  }

  state(at: number): Promise<RunState> {
    return this.#asked((run) => this.#client.call('runs.state', { run, at }))
  }

  /** Begins anew with the first step alone. Further steps get other numbers than they had. */
  async restart(): Promise<void> {
    const before = this.#id
    this.#id = (await this.#client.call('runs.open', this.#input)).run
    this.steps.length = 1
    await this.#end(before)
  }

  /** Tells the host that the run is not needed; a host that is gone needs no telling. */
  close(): Promise<void> {
    return this.#end(this.#id)
  }

  async #end(run: string): Promise<void> {
    try {
      await this.#client.call('runs.close', { run })
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
    for (const chain of chainsOf(this.steps)) {
      const [first] = chain
      const at = first?.parent ?? 0
      const again = await this.#client.call('runs.play', { run, at, events: chain.map(({ event }) => event) })
      if (again.steps.length !== chain.length || again.steps[0]?.step !== first?.step) {
        await this.#client.call('runs.close', { run })
        throw new InterlockError('internal', 'The run could not be repeated as it was. Close it and start it again.')
      }
    }
    this.#id = run
  }
}

/** The steps but the first, in their order, cut where one does not follow the one before it. */
function chainsOf(steps: readonly RunStep[]): RunStep[][] {
  const chains: RunStep[][] = []
  for (const step of steps.slice(1)) {
    const last = chains.at(-1)
    if (last !== undefined && last.length < MAX_PAGE && last.at(-1)?.step === step.parent) last.push(step)
    else chains.push([step])
  }
  return chains
}
