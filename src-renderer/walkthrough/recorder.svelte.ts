// Records what a person does in the editor and the player while it is done: each finished edit, each step of a run and
// each selection becomes a step. Compares drawings, so it knows no tool and no lab.
import { MAX_STEP_MS, MAX_WALKTHROUGH_STEPS } from '@contract/limits.ts'
import type { RunPlace, Walkthrough, WalkthroughStep } from '@contract/walkthrough.ts'
import { changesBetween, pictureOf, trimmed } from '@contract/walkthrough-edits.ts'
import type { Editor } from '../editor/editor.ts'
import type { RunPlayer } from '../player/run-player.svelte.ts'

/** What is recorded: a drawing and its run. `player` is read in an effect. */
export interface Recorded {
  readonly editor: Editor
  readonly player: RunPlayer | null
  readonly title: string
}

/** Longer than this is a pause, in milliseconds. */
export const PAUSE_MS = 8_000
/** A selection so soon after something else belongs to it. */
const AT_ONCE_MS = 600

/** Where the run of a player stands; undefined without one. */
export function placeOf(player: RunPlayer | null): RunPlace | undefined {
  if (player === null) return undefined
  const path = player.branch.slice(1, (player.step?.depth ?? 0) + 1)
  const events = path.map((step) => player.steps[step]?.event ?? null)
  return { simulation: player.simulation, seed: player.run.seed, events }
}

export class Recorder {
  /** steps so far, the first of which shows the drawing as it was */
  count = $state(1)
  /** no more steps fit; those that there are are kept */
  full = $state(false)
  readonly #doc: Recorded
  readonly #now: () => number
  readonly #start: Walkthrough['start']
  readonly #steps: WalkthroughStep[] = []
  readonly #end: (() => void)[] = []
  #last: Walkthrough['start']
  #at: number
  #run: RunPlace | undefined

  constructor(doc: Recorded, now: () => number = () => performance.now()) {
    this.#doc = doc
    this.#now = now
    this.#at = now()
    this.#start = pictureOf(doc.editor.document())
    this.#last = this.#start
    this.#run = placeOf(doc.player)
    this.#steps.push(this.#step('', []))
    this.#end.push(
      doc.editor.subscribe(({ edit, selection }) => {
        if (edit) this.#edited()
        else if (selection) this.#selected()
      }),
      $effect.root(() => {
        $effect(() => {
          const { player } = doc
          this.#moved(placeOf(player), player?.step?.text ?? '')
        })
      }),
    )
  }

  /** Ends the recording. What was no gesture is not in it, and pauses are shortened. */
  stop(): Walkthrough {
    for (const end of this.#end.splice(0)) end()
    this.#close()
    return trimmed({ title: this.#doc.title, start: this.#start, steps: this.#steps }, PAUSE_MS)
  }

  /** Ends the recording and forgets it. */
  drop(): void {
    for (const end of this.#end.splice(0)) end()
  }

  #edited(): void {
    const now = pictureOf(this.#doc.editor.document())
    const changes = changesBetween(this.#last, now)
    if (changes.length === 0) return
    const { labels, done } = this.#doc.editor.travel.steps()
    if (this.#add(labels[done - 1] ?? '', changes)) this.#last = now
  }

  #selected(): void {
    const step = this.#steps.at(-1)
    const selection = [...this.#doc.editor.selection()].sort()
    if (step === undefined || JSON.stringify(step.selection ?? []) === JSON.stringify(selection)) return
    if (this.#now() - this.#at < AT_ONCE_MS) step.selection = selection
    else this.#add('', [])
  }

  #moved(run: RunPlace | undefined, text: string): void {
    if (JSON.stringify(run) === JSON.stringify(this.#run)) return
    this.#run = run
    this.#add(run === undefined ? '' : text, [])
  }

  #add(caption: string, changes: WalkthroughStep['changes']): boolean {
    this.full = this.#steps.length >= MAX_WALKTHROUGH_STEPS
    if (this.full) return false
    this.#close()
    this.#steps.push(this.#step(caption, changes))
    this.count = this.#steps.length
    return true
  }

  /** The last step has been shown until now. */
  #close(): void {
    const now = this.#now()
    const step = this.#steps.at(-1)
    if (step !== undefined) step.ms = Math.min(MAX_STEP_MS, Math.max(0, Math.round(now - this.#at)))
    this.#at = now
  }

  #step(caption: string, changes: WalkthroughStep['changes']): WalkthroughStep {
    const selection = [...this.#doc.editor.selection()].sort()
    const id = `s${this.#steps.length + 1}`
    const run = this.#run
    return {
      id,
      ms: 0,
      caption,
      changes,
      ...(selection.length > 0 && { selection }),
      ...(run !== undefined && { run }),
    }
  }
}
