// Predict, then run: while it is on, the step that comes next is asked about before it is shown. Looks one step ahead in
// the run without going there. Wrong answers cost nothing; they are counted.
import type { RunState } from '@contract/run.ts'
import type { RunPlayer } from '../run-player.svelte.ts'
import { fits, type Question, questionOf } from './question.ts'

/** Other events that are played ahead to have other sentences to choose from. */
const OTHERS = 3

export class Prediction {
  on = $state(false)
  /** null while it is made, and where nothing can be asked; then `ready` tells which */
  question: Question | null = $state.raw(null)
  ready = $state(false)
  /** what was written into the gaps, or the sentence that was chosen */
  given: string[] = $state([])
  /** whether the answer that was given is right, by gap; null until it was given */
  judged: readonly boolean[] | null = $state.raw(null)
  /** answers that were right, and all that were given */
  right = $state(0)
  asked = $state(0)
  readonly #player: RunPlayer
  /** counts the states that were asked about, so that a question that comes late is not shown */
  #wanted = 0

  constructor(player: RunPlayer) {
    this.#player = player
    player.onState((state) => {
      if (state !== null && this.on) void this.#prepare(state)
    })
  }

  toggle(): void {
    this.on = !this.on
    if (this.on) void this.#prepare(this.#player.state)
  }

  /** Whether an answer can be judged. */
  get complete(): boolean {
    const { question } = this
    if (question === null) return false
    const count = question.kind === 'numbers' ? question.values.length : 1
    return Array.from({ length: count }, (_, index) => this.given[index] ?? '').every((one) => one.trim() !== '')
  }

  judge(): void {
    if (!this.complete || this.judged !== null) return
    const judged = this.#reveal()
    this.asked += 1
    if (judged.every((one) => one)) this.right += 1
  }

  /** Shows the answer, which then is not counted. */
  show(): void {
    if (this.judged === null) this.#reveal()
  }

  #reveal(): readonly boolean[] {
    const { question, given } = this
    if (question === null) return []
    const judged =
      question.kind === 'choice'
        ? [given[0] === question.right]
        : question.values.map((value, index) => fits(given[index] ?? '', value))
    this.judged = judged
    return judged
  }

  async #prepare(state: RunState): Promise<void> {
    this.#wanted += 1
    const wanted = this.#wanted
    this.ready = false
    this.question = null
    this.given = []
    this.judged = null
    const question = await this.#ahead(state).catch(() => null)
    // Where the run cannot be asked, the player itself says so at the next step.
    if (wanted !== this.#wanted) return
    this.question = question
    this.ready = true
  }

  async #ahead(state: RunState): Promise<Question | null> {
    const player = this.#player
    const following = player.following
    const [first] = state.possible
    if (following === undefined && (first === undefined || state.rests === true)) return null
    const next =
      following === undefined
        ? await player.run.apply(state.step, first?.event)
        : { step: player.steps[following], state: await player.stateOf(following) }
    const ahead = { now: state.status, text: next.step?.text ?? '', status: next.state.status }
    const question = questionOf({ ...ahead, others: [] })
    if (question?.kind === 'numbers') return question
    const others: string[] = []
    for (const { event } of state.possible.slice(1, 1 + OTHERS)) {
      others.push((await player.run.apply(state.step, event)).state.status)
    }
    return questionOf({ ...ahead, others })
  }
}
