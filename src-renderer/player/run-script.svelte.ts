// The script of a run: its text, typed and read line by line, kept in the document and opened from it. Typing changes
// the way that is shown, after a pause. Knows the document only as a place to keep scripts.
import type { GraphModel } from '@contract/document.ts'
import { MAX_SCRIPT_EVENTS } from '@contract/limits.ts'
import { linesOf, statementOf } from '@simulation/lines.ts'
import { texts } from '../ui/texts/index.ts'
import { type Clock, pageClock } from './clock.ts'
import { type KeptScript, keptScript, sameEvents, sameScript, textOf, waysOf } from './kept-script.ts'
import { Prediction } from './predict/prediction.svelte.ts'
import type { RunPlayer } from './run-player.svelte.ts'
import { type ScriptLine, type Way, firstWay, pathTo, stepsOn } from './ways.ts'

/** Where scripts are kept: the document. Each `keep` is one entry of its history. */
export interface ScriptHome {
  /** tells whoever reads it in an effect when it changes */
  kept(): KeptScript | null
  keep(script: KeptScript): void
  /** false while the drawing can only be looked at */
  writable(): boolean
}

/** Milliseconds without a key after which what was typed is read. */
const PAUSE = 400

export class RunScript {
  readonly #player: RunPlayer
  readonly #home: ScriptHome
  readonly #clock: Clock
  /** what was typed and is not read yet, with the line of the cursor */
  #draft: { text: string; line: number } | null = $state.raw(null)
  recording = $state(false)
  /** whether steps or lines are shown */
  view: 'steps' | 'script' = $state('steps')
  /** the dialog that is open */
  asking: 'generate' | 'compare' | null = $state(null)
  /** whether the document holds just what this run would keep */
  readonly kept: boolean = $derived.by(() => sameScript(this.#now(), this.#home.kept()))
  #stopTimer: (() => void) | null = null
  /** what the document holds as far as this run knows */
  #known: KeptScript | null
  /** the ways as they were before the document had a script, which taking its first one back restores */
  #before: { ways: readonly Way[]; shown: number; step: number } | null = null

  /** predict, then run */
  readonly prediction: Prediction
  readonly #crowded: number

  /** @param crowded how many steps the host may keep before those that no way goes through any more are given up */
  constructor(player: RunPlayer, home: ScriptHome, clock: Clock = pageClock, crowded = MAX_SCRIPT_EVENTS / 2) {
    this.#crowded = crowded
    this.#player = player
    this.prediction = new Prediction(player)
    this.#home = home
    this.#clock = clock
    this.#known = home.kept()
  }

  get writable(): boolean {
    return this.#home.writable()
  }

  /** The text of the way that is shown. */
  get text(): string {
    return this.#draft?.text ?? textOf(this.#player.way.lines)
  }

  /** Lines of the way that is shown; those of a text that is not read yet are not among them. */
  get lines(): readonly ScriptLine[] {
    return this.#player.way.lines
  }

  /** Why the rest is not played; null while what was typed is not read yet. */
  get problem(): Way['problem'] {
    return this.#draft === null ? this.#player.way.problem : null
  }

  /** Index of the line that led to the step that is shown; -1 at the start. */
  get currentLine(): number {
    return this.#draft === null ? this.lines.findIndex((line) => line.step === this.#player.current) : -1
  }

  /** Whether something was typed that is not read yet. */
  get pending(): boolean {
    return this.#draft !== null
  }

  /** Takes what was typed, to be read after a pause. */
  type(text: string): void {
    if (this.#draft === null && text === this.text) return
    this.#draft = { text, line: this.#draft?.line ?? Infinity }
    this.#stopTimer?.()
    this.#stopTimer = this.#clock.after(PAUSE, () => void this.settle())
  }

  /** Reads at once what was typed. */
  settle(): Promise<void> {
    this.#stopTimer?.()
    this.#stopTimer = null
    const draft = this.#draft
    if (draft === null) return Promise.resolve()
    return this.#player.work(async () => {
      const before = this.#place()
      try {
        await this.#read(draft.text, draft.line)
      } finally {
        // What was typed since is read in its turn.
        if (this.#draft?.text === draft.text) this.#draft = null
      }
      this.#write(before)
    })
  }

  /**
   * The cursor is on this line, counted from 0: the run goes to its step, or to that of the last line before it that has
   * one. While something is typed that is done when it is read.
   */
  moveTo(line: number): void {
    if (this.#draft !== null) this.#draft = { ...this.#draft, line }
    else void this.#player.seek(stepAt(this.lines, line))
  }

  /** Keeps the run's ways as the document's script. */
  async keep(): Promise<void> {
    await this.settle()
    this.#write(this.#place())
  }

  /** Plays on by chance: to the end of the way when it is shown, else as a new branch. */
  async generate(seed: number, count: number): Promise<void> {
    await this.settle()
    await this.#player.work(async () => {
      const { at, state } = await this.#player.run.generate(this.#player.current, count, seed)
      this.#player.arrive(at, state)
    })
  }

  /** Plays the events that a gesture on the drawing means; with the recording on, the document keeps them. */
  async gesture(model: GraphModel): Promise<void> {
    await this.settle()
    await this.#player.work(async () => {
      const before = this.#place()
      const { steps, state } = await this.#player.run.edited(this.#player.current, { ...model })
      const last = steps.at(-1)
      if (last === undefined) return
      this.#player.arrive(last.step, state)
      if (this.recording) this.#write(before)
    })
  }

  /** Plays an event that was chosen; with the recording on, the document keeps it. */
  async choose(event: unknown): Promise<void> {
    await this.settle()
    const before = this.#place()
    await this.#player.apply(event)
    if (this.recording && this.#player.error === null) this.#write(before)
  }

  async name(id: number, name: string): Promise<void> {
    await this.settle()
    const before = this.#place()
    this.#player.name(id, name)
    if (this.#known !== null) this.#write(before)
  }

  async forget(id: number): Promise<void> {
    await this.settle()
    const before = this.#place()
    await this.#player.forget(id)
    if (this.#known !== null) this.#write(before)
  }

  /** Opens the document's script in this run. */
  async open(): Promise<void> {
    const kept = this.#home.kept()
    this.#known = kept
    if (kept === null) return
    await this.#player.work(async () => {
      const ways: Way[] = []
      for (const [index, { name, events }] of waysOf(kept.script).entries()) {
        const own = await this.#wayOf(events, kept.texts[index] ?? null)
        ways.push({ ...firstWay, id: index, name, ...own })
      }
      const { depth = 0 } = this.#player.step ?? {}
      const shown = Math.min(this.#player.shown, ways.length - 1)
      const path = pathTo(this.#player.run.steps, ways[shown]?.tip ?? 0)
      await this.#player.setWays(ways, shown, path[Math.min(depth, path.length - 1)] ?? 0)
    })
  }

  /** To be called when the document changed: a script that came from elsewhere, such as from undo, is opened. */
  async follow(): Promise<void> {
    const kept = this.#home.kept()
    if (sameScript(kept, this.#known)) return
    this.#drop()
    if (kept !== null) return this.open()
    this.#known = null
    const before = this.#before
    if (before === null) return
    await this.#player.work(() => this.#player.setWays(before.ways, before.shown, before.step))
  }

  #drop(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
    this.#draft = null
  }

  #place(): { ways: readonly Way[]; shown: number; step: number } {
    const { ways, shown, current: step } = this.#player
    return { ways, shown, step }
  }

  #now(): KeptScript {
    const { run, steps, ways } = this.#player
    return keptScript(run, steps, ways, texts.player.branchName)
  }

  #write(before: { ways: readonly Way[]; shown: number; step: number }): void {
    if (!this.#home.writable()) return
    const now = this.#now()
    if (this.#known === null) this.#before = before
    if (sameScript(now, this.#home.kept())) return
    this.#known = now
    this.#home.keep(now)
  }

  /** Reads a text from the first line that is another one, and goes to the line of the cursor. */
  async #read(text: string, cursor: number): Promise<void> {
    const player = this.#player
    await this.#tidy()
    const { way, shown } = player
    const lines = linesOf(text)
    let same = 0
    while (same < lines.length && way.lines[same]?.text === lines[same] && isRead(way.lines[same])) same += 1
    const prefix = way.lines.slice(0, same)
    const { steps, problem } = await player.run.read(stepAt(prefix, same), lines.slice(same))
    const rest = lines.slice(same).map((line, index): ScriptLine => ({ text: line, step: steps[index] ?? null }))
    const read = text === '' ? [] : [...prefix, ...rest]
    const changed: Way = {
      ...way,
      tip: stepAt(read, read.length),
      lines: read,
      problem: problem === null ? null : { ...problem, line: problem.line + same },
    }
    await player.setWays(player.ways.with(shown, changed), shown, stepAt(read, cursor))
  }

  /**
   * Each change of a line leaves the steps that followed it behind on the host. Before they fill the run, it begins anew
   * with those that are still on a way.
   */
  async #tidy(): Promise<void> {
    const player = this.#player
    const { run, ways, shown, way, current } = player
    if (run.steps.length <= this.#crowded || stepsOn(run.steps, ways) * 2 > run.steps.length) return
    const depth = run.steps[current]?.depth ?? 0
    await player.restart()
    const again: Way[] = []
    for (const before of ways) again.push({ ...before, ...(await this.#played(before.lines.map((line) => line.text))) })
    const path = pathTo(run.steps, again[ways.indexOf(way)]?.tip ?? 0)
    await player.setWays(again, shown, path[Math.min(depth, path.length - 1)] ?? 0)
  }

  /** Lines played from the start. */
  async #played(texts: readonly string[]): Promise<Pick<Way, 'tip' | 'lines' | 'problem'>> {
    const { steps, problem } = await this.#player.run.read(0, texts)
    const lines = texts.map((text, index): ScriptLine => ({ text, step: steps[index] ?? null }))
    return { tip: stepAt(lines, lines.length), lines, problem }
  }

  /** A way of a script: by its text where that still says these events, else by the events alone. */
  async #wayOf(events: readonly unknown[], text: string | null): Promise<Pick<Way, 'tip' | 'lines' | 'problem'>> {
    const { run } = this.#player
    if (text !== null) {
      const way = await this.#played(linesOf(text))
      const said = way.lines.flatMap(({ step }) => (step === null ? [] : [run.steps[step]?.event]))
      if (sameEvents(said, events)) return way
    }
    const { steps, refused } = await run.play(0, events)
    const played = steps.map((step): ScriptLine => ({ text: run.steps[step]?.line ?? '', step }))
    const tip = steps.at(-1) ?? 0
    if (refused === null) return { tip, lines: played, problem: null }
    const rest = await run.write(tip, events.slice(steps.length))
    const problem = { line: steps.length, from: 0, to: rest[0]?.length ?? 0, message: refused }
    return { tip, lines: [...played, ...rest.map((line) => ({ text: line, step: null }))], problem }
  }
}

/** Nothing that could be played stands in this line, or it was played. */
function isRead(line: ScriptLine | undefined): boolean {
  return line !== undefined && (line.step !== null || statementOf(line.text) === null)
}

/** The step after which this line stands, itself included. */
function stepAt(lines: readonly ScriptLine[], line: number): number {
  return lines.slice(0, line + 1).findLast(({ step }) => step !== null)?.step ?? 0
}
