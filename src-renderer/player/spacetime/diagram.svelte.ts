// The space-time diagram of the branch that a player shows, with its causality: worked out anew when the branch changes,
// and only then. Knows no canvas.
import type { RunStep } from '@contract/run.ts'
import { type Causality, causality, causalEvents } from '@simulation/causality.ts'
import { type Axis, type SpaceTime, spaceTime } from '@simulation/space-time.ts'
import { spaceTime as words } from '../../ui/texts/space-time.ts'
import type { RunPlayer } from '../run-player.svelte.ts'
import { eventsByStep, matricesAt, namesById, nobody, stepsOf, vectorText, writtenAt } from './causal.ts'

export type Stamps = 'none' | 'lamport' | 'vector' | 'matrix'

/** Most lanes for which matrices are written: more rows would lie on the next lane. */
export const MOST_FOR_MATRIX = 5

export class Diagram {
  readonly #player: () => RunPlayer
  axis: Axis = $state('order')
  stamps: Stamps = $state('none')

  constructor(player: () => RunPlayer) {
    this.#player = player
  }

  /** The steps of the branch that have a place in the diagram. */
  readonly steps: readonly RunStep[] = $derived.by(() => {
    const { branch, steps } = this.#player()
    return branch.flatMap((at) => steps[at] ?? [])
  })
  readonly traced = $derived(this.steps.some(({ trace }) => trace !== undefined))

  /** names of the lanes by record id, in their order */
  readonly lanes: ReadonlyMap<string, string> = $derived.by(() => namesById(this.#player().model.nodes))
  // The model of a state is a new object with every step; the lanes stay the same.
  readonly #laneKey = $derived([...this.lanes.keys()].join(' '))

  readonly layout: SpaceTime = $derived.by(() =>
    spaceTime(this.#laneKey === '' ? [] : this.#laneKey.split(' '), this.steps, this.axis),
  )
  readonly causality: Causality = $derived.by(() =>
    causality(causalEvents(this.steps), this.#laneKey === '' ? [] : this.#laneKey.split(' ')),
  )
  readonly #byStep: ReadonlyMap<number, readonly number[]> = $derived(eventsByStep(this.causality))

  /** Indices of the events of a step: the receipt, then the sending. */
  eventsOf(step: number): readonly number[] {
    return this.#byStep.get(step) ?? []
  }

  nameOf(lane: string): string {
    return this.lanes.get(lane) ?? lane
  }

  readonly fitsMatrix: boolean = $derived(this.lanes.size <= MOST_FOR_MATRIX)

  /** What is written at each event. */
  readonly written: ReadonlyMap<number, string> = $derived(
    this.stamps === 'matrix' && this.fitsMatrix
      ? matricesAt(this.#byStep, this.causality)
      : writtenAt(this.#byStep, this.stamps === 'none' ? null : (event) => this.#stampOf(event)),
  )

  #stampOf(event: number): string {
    return this.stamps === 'lamport' ? String(this.causality.lamport(event)) : this.vectorOf(event)
  }

  vectorOf(event: number): string {
    return vectorText(this.causality.vector(event))
  }

  matrixOf(event: number): string {
    return this.causality.matrix(event).map(vectorText).join(' ')
  }

  /** Steps before and after the events of a step, by causality. */
  around(step: number): { past: ReadonlySet<number>; future: ReadonlySet<number> } {
    const events = this.eventsOf(step)
    const [first, last] = [events[0], events.at(-1)]
    return {
      past: first === undefined ? nobody : stepsOf(this.causality, this.causality.past(first), step),
      future: last === undefined ? nobody : stepsOf(this.causality, this.causality.future(last), step),
    }
  }

  /** How two steps stand to each other, as a sentence. */
  relation(a: number, b: number): string {
    if (a === b) return words.same
    const [first, second] = [this.#causallyFirst(a, b), this.#causallyFirst(b, a)]
    const called = (step: number): string => this.called(step)
    if (first !== null) return words.before(called(a), called(b), this.#how(first.from, first.to))
    if (second !== null) return words.before(called(b), called(a), this.#how(second.from, second.to))
    return words.concurrent(called(a), called(b))
  }

  /** The events by which one step happened before another; null when it did not. */
  #causallyFirst(a: number, b: number): { from: number; to: number } | null {
    const [from, to] = [this.eventsOf(a).at(-1), this.eventsOf(b)[0]]
    const [start, end] = [this.eventsOf(a)[0], this.eventsOf(b).at(-1)]
    if (from === undefined || to === undefined || start === undefined || end === undefined) return null
    return this.causality.before(start, end) ? { from: start, to: end } : null
  }

  #how(from: number, to: number): string {
    const links = this.causality.chain(from, to) ?? []
    const said: string[] = []
    for (const { event, message } of links.slice(1)) {
      const lane = this.nameOf(this.causality.events[event]?.lane ?? '')
      const next = message === null ? words.onLane(lane) : words.byMessage(message, lane)
      if (said.at(-1) !== next) said.push(next)
    }
    return said.join(', ')
  }

  /** A step in a few words. */
  called(step: number): string {
    const found = this.steps.find((one) => one.step === step)
    const lane = found?.trace?.lane ?? null
    return `${lane === null ? '' : `${this.nameOf(lane)} `}${found?.depth ?? ''}`.trim()
  }

  /** What there is to say about a step. */
  described(step: number): string {
    const found = this.steps.find((one) => one.step === step)
    if (found === undefined) return ''
    const at = `${Math.round((found.trace?.at ?? 0) * 1000) / 1000} ${words.unit}`
    const [event] = this.eventsOf(step).slice(-1)
    const stamps =
      event === undefined ? [] : [words.lamportOf(this.causality.lamport(event)), words.vectorOf(this.vectorOf(event))]
    if (event !== undefined && this.stamps === 'matrix' && this.fitsMatrix) {
      stamps.push(words.matrixOf(this.matrixOf(event)))
    }
    return [`${at}: ${found.text}`, ...stamps].join(' · ')
  }
}
