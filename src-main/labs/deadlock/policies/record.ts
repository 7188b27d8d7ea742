// What is kept of a run while it goes on, and the figures that come of it.
import type { Activity, Episode, Holding, Look, Measures, Span } from '../model/policies.ts'
import type { RunState } from './state.ts'

export class Recorder {
  readonly state: RunState
  readonly holdings: Holding[][]
  readonly #activities: Activity[][]
  /** furthest step that each process has reached */
  readonly #furthest: number[]
  #used = 0
  #idle = 0

  constructor(state: RunState) {
    this.state = state
    this.holdings = state.actors.map(() => [])
    this.#activities = state.actors.map(() => [])
    this.#furthest = state.actors.map(() => 0)
  }

  /** Keeps what each process does from this tick to the next. */
  keep(activityOf: (process: number) => Activity): void {
    const { state } = this
    const { total } = state.workload
    const [used, held] = [total.map(() => 0), total.map(() => 0)]
    state.actors.forEach((actor, process) => {
      this.#activities[process]!.push(activityOf(process))
      this.#furthest[process] = Math.max(this.#furthest[process]!, actor.at)
      const asks = actor.phase === 'wait' ? actor.parts[0]! : total.map(() => 0)
      const last = this.holdings[process]!.at(-1)
      if (last === undefined || !same(last.holds, actor.held) || !same(last.asks, asks)) {
        this.holdings[process]!.push({ tick: state.tick, holds: [...actor.held], asks: [...asks] })
      }
      // Its program needs what it holds after the step it did last.
      const needed = actor.at === 0 ? actor.program.initial : actor.program.levels[actor.at - 1]!
      actor.held.forEach((units, type) => {
        held[type]! += units
        if (actor.phase === 'run') used[type]! += Math.min(units, needed[type]!)
      })
    })
    total.forEach((all, type) => {
      this.#used += Math.min(all, used[type]!)
      this.#idle += Math.min(all, held[type]!) - Math.min(all, used[type]!)
    })
  }

  /** Grows whenever somebody does a step for the first time, or finishes. */
  progress(): number {
    const done = this.state.actors.filter(({ phase }) => phase === 'done').length
    return done + this.#furthest.reduce((sum, at) => sum + at, 0)
  }

  spans(): Span[][] {
    return this.#activities.map((activities) => {
      const spans: Span[] = []
      activities.forEach((activity, tick) => {
        const last = spans.at(-1)
        if (last?.activity === activity) last.to = tick + 1
        else spans.push({ from: tick, to: tick + 1, activity })
      })
      return spans
    })
  }

  waits(): number[] {
    return this.#activities.map((activities) => activities.filter(isWait).length)
  }

  /** The most ticks on end that each process waited. */
  longestWaits(): number[] {
    return this.#activities.map((activities) => {
      let [longest, now] = [0, 0]
      for (const activity of activities) {
        now = isWait(activity) ? now + 1 : 0
        longest = Math.max(longest, now)
      }
      return longest
    })
  }

  /** Parts of all units in all ticks of the run, at its end: held by who runs and needs them, and held by others. */
  shares(): { used: number; idle: number } {
    const all = this.state.workload.total.reduce((sum, units) => sum + units, 0) * this.state.tick
    return all === 0 ? { used: 0, idle: 0 } : { used: this.#used / all, idle: this.#idle / all }
  }
}

const isWait = (activity: Activity): boolean =>
  activity === 'waiting' || activity === 'deadlocked' || activity === 'pausing'

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((units, type) => units === b[type])

/** @param bound ticks of waiting on end from which a process counts as starved */
export function measured(
  recorder: Recorder,
  { episodes, looks, bound }: { episodes: readonly Episode[]; looks: readonly Look[] | null; bound: number },
): Measures {
  const { actors } = recorder.state
  const longest = recorder.longestWaits()
  const done = actors.filter(({ finishedAt }) => finishedAt !== null)
  const standing = new Set(episodes.filter(({ to }) => to === null).flatMap(({ processes }) => processes))
  const starved = actors.filter(
    ({ finishedAt }, process) => !standing.has(process) && (finishedAt === null || longest[process]! > bound),
  )
  const { used, idle } = recorder.shares()
  const ends = done.map(({ finishedAt }) => finishedAt!)
  const all = done.length === actors.length
  return {
    finished: done.length,
    makespan: all ? Math.max(0, ...ends) : null,
    turnaround: all && ends.length > 0 ? ends.reduce((sum, end) => sum + end, 0) / ends.length : null,
    waiting: recorder.waits().reduce((sum, ticks) => sum + ticks, 0),
    longestWait: Math.max(0, ...longest),
    utilisation: used,
    idle,
    restarts: actors.reduce((sum, { restarts }) => sum + restarts, 0),
    lost: actors.reduce((sum, { lost }) => sum + lost, 0),
    starved: starved.length,
    deadlocks: episodes.length,
    deadlockTicks: episodes.some(({ to }) => to === null)
      ? null
      : episodes.reduce((sum, { from, to }) => sum + to! - from, 0),
    detections: looks === null ? null : looks.length,
    comparisons: looks === null ? null : looks.reduce((sum, { comparisons }) => sum + comparisons, 0),
  }
}
