// The pictures of a film, painted by the host: for each step its drawing with the state of its run or its verdict, and
// the words of its moments. Asked for step by step; what was painted long ago is painted anew. Draws nothing itself.
import type { Output } from '@contract/api.ts'
import type { GraphModel } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import {
  type Film,
  type FilmOptions,
  filmOf,
  type Frame,
  type Moment,
  momentsOf,
  type PaintedShot,
  type View,
} from '@contract/film.ts'
import type { LabModel } from '@contract/lab.ts'
import { MAX_PAGE } from '@contract/limits.ts'
import { sceneNotes } from '@contract/note-text.ts'
import type { Scene } from '@contract/scene.ts'
import type { Mark } from '@contract/verdict.ts'
import type { Picture, RunPlace, Walkthrough } from '@contract/walkthrough.ts'
import { changed, drawingOf } from '@contract/walkthrough-edits.ts'
import { runPlaces } from '../../editor/nesting/run-places.ts'
import type { Caller } from '../../player/remote-run.ts'
import { walkthrough as words } from '../../ui/texts/walkthrough.ts'

type Painted = Output<'export.shot'>

/** Most characters of painted steps that are kept. */
const MOST_KEPT = 48_000_000

export interface FilmSource {
  host: Caller
  lab: LabModel
  walkthrough: Walkthrough
  options: FilmOptions
  /** whether the drawing may show what its verdict says; what an exercise hides, no film tells */
  marks: boolean
}

export class Shots {
  readonly #source: FilmSource
  readonly #pictures: Picture[] = []
  readonly #moments: readonly Moment[]
  readonly #kept = new Map<number, Painted>()
  #keptLength = 0
  /** the run that was opened last, and where it stands */
  #run: { id: string; place: RunPlace; model: string; step: number } | null = null

  constructor(source: FilmSource) {
    this.#source = source
    this.#moments = momentsOf(source.walkthrough, source.options)
    let picture = source.walkthrough.start
    for (const { changes } of source.walkthrough.steps) this.#pictures.push((picture = changed(picture, changes)))
  }

  /**
   * Paints every step once, to know what the camera has to see.
   * @param tell how much is done, 0 to 1
   */
  async film(tell: (done: number) => void, signal: AbortSignal): Promise<Film> {
    const boxes: (View | null)[] = []
    const { walkthrough, options } = this.#source
    const shown = new Set(this.#moments.map(({ step }) => step))
    for (const step of walkthrough.steps.keys()) {
      signal.throwIfAborted()
      boxes.push(shown.has(step) ? (await this.#painted(step)).box : null)
      tell((step + 1) / walkthrough.steps.length)
    }
    return filmOf(walkthrough, options, boxes)
  }

  /** What a frame shows. */
  async of({ moment }: Pick<Frame, 'moment'>): Promise<PaintedShot> {
    const { picture, words: all, background } = await this.#painted(moment.step)
    const own = this.#moments.filter(({ step }) => step === moment.step)
    const at = own.findIndex(({ begins }) => begins === moment.begins)
    return { picture, background, words: all[at] ?? '' }
  }

  async close(): Promise<void> {
    const run = this.#run
    this.#run = null
    this.#kept.clear()
    if (run !== null) await this.#source.host.call('runs.close', { run: run.id }).catch(() => undefined)
  }

  async #painted(step: number): Promise<Painted> {
    const kept = this.#kept.get(step)
    if (kept !== undefined) return kept
    const { host, options, walkthrough, lab } = this.#source
    const painted = await host.call('export.shot', {
      scene: await this.#scene(step),
      selected: [...(walkthrough.steps[step]?.selection ?? [])],
      words: this.#moments.filter((moment) => moment.step === step).map((moment) => moment.words),
      look: options.look,
      markWords: { ...lab.markWords },
    })
    this.#kept.set(step, painted)
    this.#keptLength += lengthOf(painted)
    for (const [old, its] of this.#kept) {
      if (this.#keptLength <= MOST_KEPT || old === step) break
      this.#kept.delete(old)
      this.#keptLength -= lengthOf(its)
    }
    return painted
  }

  async #scene(step: number): Promise<Scene> {
    const { lab, marks, walkthrough } = this.#source
    const picture = this.#pictures[step] ?? walkthrough.start
    const { model: raw, layout, notes } = drawingOf(picture)
    const model = lab.schema.parse(raw) as GraphModel
    const run = walkthrough.steps[step]?.run
    let scene: Scene
    if (run === undefined) scene = lab.picture(model, layout, marks ? await this.#marks(model) : {})
    else {
      const state = await this.#state(run, model)
      const shown = state.model as unknown as GraphModel
      scene = lab.picture(shown, runPlaces(lab, model, layout, shown), state.marks)
    }
    return { ...scene, notes: sceneNotes(notes) }
  }

  async #marks(model: GraphModel): Promise<Record<string, Mark>> {
    const { host, lab } = this.#source
    const verdict = await host.call('verdict.of', { lab: lab.id, key: 'film', model: { ...model } })
    return verdict.marks
  }

  /** The state of a run behind all its events; a run that is open already only goes on. */
  async #state(place: RunPlace, model: GraphModel): Promise<Output<'runs.state'>> {
    const { host, lab } = this.#source
    const drawn = JSON.stringify(model)
    let run = this.#run
    if (run === null || run.model !== drawn || !goesOn(run.place, place)) {
      if (run !== null) await host.call('runs.close', { run: run.id })
      const { simulation, seed } = place
      const opened = await host.call('runs.open', { lab: lab.id, simulation, seed, model: { ...model } })
      run = { id: opened.run, place: { ...place, events: [] }, model: drawn, step: 0 }
    }
    for (let from = run.place.events.length; from < place.events.length; from += MAX_PAGE) {
      const events = place.events.slice(from, from + MAX_PAGE)
      const { steps, refused } = await host.call('runs.play', { run: run.id, at: run.step, events })
      if (refused !== null) throw new InterlockError('bad-event', words.lost(refused))
      run.step = steps.at(-1)?.step ?? run.step
    }
    this.#run = { ...run, place }
    return host.call('runs.state', { run: run.id, at: run.step })
  }
}

const lengthOf = ({ picture, words: all }: Painted): number =>
  picture.length + all.reduce((sum, text) => sum + text.length, 0)

/** Whether a run leads from one place to the other. */
const goesOn = (from: RunPlace, to: RunPlace): boolean =>
  from.simulation === to.simulation &&
  from.seed === to.seed &&
  from.events.length <= to.events.length &&
  from.events.every((event, index) => JSON.stringify(event) === JSON.stringify(to.events[index]))
