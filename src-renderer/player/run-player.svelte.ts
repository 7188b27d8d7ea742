// Plays a run: where we are in its tree of steps, going forth, back and to any step, and playing at a speed.
// Actions wait for each other, so quick presses are all done, in their order. Knows no canvas and no document.
import type { GraphModel } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import { MAX_PAGE } from '@contract/limits.ts'
import type { RunState, RunStep } from '@contract/run.ts'
import { texts } from '../ui/texts/index.ts'
import { type Clock, pageClock } from './clock.ts'
import { firstFound } from './findings.ts'
import { type Caller, RemoteRun, type RunInput } from './remote-run.ts'
import { StateCache } from './state-cache.ts'
import { type Branch, type Way, branchesOf, firstWay, pathTo, wayTo } from './ways.ts'

/** Steps per second. */
export const SPEEDS = [0.5, 1, 2, 4, 8] as const
/** States kept for going back without asking. */
const KEPT_STATES = 200

export class RunPlayer {
  readonly simulation: string
  /** the tree of steps; the index is the step's number */
  steps: readonly RunStep[] = $state.raw([])
  state: RunState
  current = $state(0)
  playing = $state(false)
  speed: number = $state(1)
  busy = $state(false)
  error: string | null = $state(null)

  /** the ways through the run that are kept; the first one is the run's own */
  ways: readonly Way[] = $state.raw([firstWay])
  /** index of the way that is shown */
  shown = $state(0)
  /** the steps of the way that is shown */
  readonly branch: readonly number[] = $derived(pathTo(this.steps, this.way.tip))
  readonly branches: readonly Branch[] = $derived(branchesOf(this.steps, this.ways))
  /** the first step of the branch that is shown from which on a property does not hold */
  readonly found: RunStep | null = $derived(firstFound(this.branch, this.steps))

  readonly run: RemoteRun
  readonly #clock: Clock
  readonly #states = new StateCache(KEPT_STATES)
  #listeners: readonly ((state: RunState | null) => void)[] = []
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0
  #stopTimer: (() => void) | null = null
  #closed = false

  private constructor(run: RemoteRun, simulation: string, initial: RunState, clock: Clock) {
    this.run = run
    this.#clock = clock
    this.simulation = simulation
    this.state = $state.raw(initial)
    this.steps = [...run.steps]
    this.#states.keep(initial.step, initial)
  }

  /** @throws InterlockError as the host answers `runs.open` */
  static async open(client: Caller, input: RunInput, clock: Clock = pageClock): Promise<RunPlayer> {
    const { run, state } = await RemoteRun.open(client, input)
    return new RunPlayer(run, input.simulation, state, clock)
  }

  get way(): Way {
    return this.ways[this.shown] ?? firstWay
  }

  /** The drawing in the state that is shown. */
  get model(): GraphModel {
    // A state's model has the shape of its lab's model, which the lab's own schema has checked on the host.
    return this.state.model as unknown as GraphModel
  }

  get step(): RunStep | undefined {
    return this.steps[this.current]
  }

  /** The step after the current one on the branch that is shown; undefined at its end. */
  get following(): number | undefined {
    return this.branch[(this.step?.depth ?? 0) + 1]
  }

  get canNext(): boolean {
    return (this.state.possible.length > 0 && this.state.rests !== true) || this.following !== undefined
  }

  get canBack(): boolean {
    return this.current > 0
  }

  /** Plays an event from the current step; an event that was played here before leads to the step it led to then. */
  apply(event: unknown): Promise<void> {
    this.pause()
    return this.#act(async () => {
      const { step, state } = await this.run.apply(this.current, event)
      this.arrive(step.step, state)
    })
  }

  /** Goes on along the branch; at its end takes the first possible event, unless only a person would do it. */
  next(): Promise<void> {
    this.pause()
    return this.#act(() => this.#forward())
  }

  back(): Promise<void> {
    this.pause()
    return this.#act(() => this.#goTo(this.step?.parent ?? 0))
  }

  toStart(): Promise<void> {
    this.pause()
    return this.#act(() => this.#goTo(0))
  }

  /** Goes to the end of the branch; from there plays on until nothing is possible or something is found. */
  toEnd(): Promise<void> {
    this.pause()
    return this.#act(async () => {
      const { tip } = this.way
      if (tip !== this.current) return this.#goTo(tip)
      const { steps, state } = await this.run.continue(this.current, MAX_PAGE)
      const last = steps.at(-1)
      if (last !== undefined) this.arrive(last.step, state)
    })
  }

  seek(step: number): Promise<void> {
    this.pause()
    return this.#act(() => this.#goTo(step))
  }

  /** Goes to a step along a certain way, which is the one that is shown from then on. */
  seekAlong(shown: number, step: number): Promise<void> {
    return this.work(async () => {
      this.shown = shown
      if (step !== this.current) await this.#goTo(step)
    })
  }

  /** Goes to the first step of the branch at which something was found. */
  toFinding(): Promise<void> {
    return this.found === null ? Promise.resolve() : this.seek(this.found.step)
  }

  /** Names a way; an empty name takes the name away. */
  name(id: number, name: string): void {
    this.ways = this.ways.map((way) => (way.id === id ? { ...way, name } : way))
  }

  /** Forgets a branch. The first way and the steps it shares with others stay. */
  forget(id: number): Promise<void> {
    return this.work(async () => {
      const index = this.ways.findIndex((way) => way.id === id)
      if (index < 1) return
      const { way: now } = this
      this.ways = this.ways.filter((way) => way.id !== id)
      this.shown = Math.max(0, this.ways.indexOf(now))
      if (now.id === id) await this.#goTo(this.way.tip)
    })
  }

  /** The state after a step, without going there. */
  async stateOf(step: number): Promise<RunState> {
    return this.#states.get(step) ?? (await this.run.state(step))
  }

  /** Does something when all that was asked for before is done. Failures are said like those of a step. */
  work(body: () => Promise<void>): Promise<void> {
    this.pause()
    return this.#act(body)
  }

  /** Begins the run anew on the host. Until `setWays` gives ways of the new run, the old ones are shown. */
  async restart(): Promise<void> {
    await this.run.restart()
    this.#states.clear()
  }

  /** Replaces the ways, after which `step` is shown along the one with this index. */
  async setWays(ways: readonly Way[], shown: number, step: number): Promise<void> {
    const state = await this.stateOf(step)
    this.steps = [...this.run.steps]
    this.ways = ways
    this.shown = shown
    this.arrive(step, state)
  }

  play(): void {
    if (this.playing || this.#closed) return
    this.playing = true
    this.#playOn()
  }

  pause(): void {
    this.playing = false
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  setSpeed(stepsPerSecond: number): void {
    this.speed = stepsPerSecond
    if (!this.playing) return
    this.pause()
    this.playing = true
    this.#wait()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.pause()
    this.#tell(null)
    this.#listeners = []
    void this.run.close()
  }

  /** Hears the state at once and whenever another one is shown; null when the run is closed. */
  onState(listener: (state: RunState | null) => void): () => void {
    this.#listeners = [...this.#listeners, listener]
    listener(this.state)
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  async #forward(): Promise<void> {
    const { following } = this
    if (following !== undefined) return this.#goTo(following)
    const [first] = this.state.possible
    if (first === undefined || this.state.rests === true) return
    const { step, state } = await this.run.apply(this.current, first.event)
    this.arrive(step.step, state)
  }

  async #goTo(step: number): Promise<void> {
    if (step === this.current || this.steps[step] === undefined) return
    this.arrive(step, this.#states.get(step) ?? (await this.run.state(step)))
  }

  /** Shows a step that the run has made. */
  arrive(step: number, state: RunState): void {
    if (this.#closed) return
    this.#states.keep(step, state)
    if (this.run.steps.length !== this.steps.length) this.steps = [...this.run.steps]
    const { ways, shown } = wayTo(this.steps, this.ways, this.shown, step)
    this.ways = ways
    this.shown = shown
    this.state = state
    this.current = step
    this.#tell(state)
  }

  /** One tick of playing: along the branch, then by the run's own choice. Stops where something is found. */
  #playOn(): void {
    void this.#act(async () => {
      if (!this.playing) return
      const before = this.current
      const { following } = this
      if (following !== undefined) await this.#goTo(following)
      else {
        const { steps, state } = await this.run.continue(before, 1)
        const [step] = steps
        if (step !== undefined) this.arrive(step.step, state)
      }
      if (!this.playing) return
      if (this.current === before || !this.canNext || this.step?.finding !== null) this.pause()
      else this.#wait()
    })
  }

  #wait(): void {
    this.#stopTimer = this.#clock.after(1000 / this.speed, () => this.#playOn())
  }

  #act(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1
    this.busy = true
    this.#queue = this.#queue.then(async () => {
      try {
        if (!this.#closed) {
          await work()
          this.error = null
        }
      } catch (error) {
        this.pause()
        const lost = error instanceof InterlockError && error.code === 'disconnected'
        this.error = lost ? texts.player.lost : error instanceof Error ? error.message : String(error)
      } finally {
        this.#waiting -= 1
        this.busy = this.#waiting > 0
      }
    })
    return this.#queue
  }

  #tell(state: RunState | null): void {
    for (const listener of this.#listeners) listener(state)
  }
}
