// The state of a run under a policy: what each process is doing, holds and asks for, and what of it is told. All changes
// of holdings go through here, so that nothing is given out twice. Knows no single policy.
import type { PlayedEvent, PolicyEvent } from '../model/policies.ts'
import { policyTexts as texts } from '../model/policies.ts'
import { finishing } from '../engine/dense.ts'
import { END_AFTER, type Program, type Units, type Workload } from './workload.ts'

export interface Actor {
  readonly program: Program
  /** index of the step that comes next */
  at: number
  /** ticks of running before that step */
  clock: number
  phase: 'run' | 'wait' | 'pause' | 'done'
  /** what it still has to get before it goes on, each part as a whole and one after the other */
  parts: Units[]
  /** it gets back what it had lost, and the step is still to come */
  regains: boolean
  /** tick since which it waits for the first part */
  since: number
  /** ticks of its pause that are left */
  left: number
  held: number[]
  /** tick of its first step; null before */
  began: number | null
  /** ticks of running since it held nothing */
  ran: number
  restarts: number
  lost: number
  finishedAt: number | null
  /** its request stands in the script that can be played */
  written: boolean
  /** it was told that it has to wait, and why */
  told: boolean
}

export const isNothing = (units: Units): boolean => units.every((count) => count === 0)
export const atMost = (a: Units, b: Units): boolean => a.every((count, type) => count <= b[type]!)

export class RunState {
  readonly workload: Workload
  readonly actors: Actor[]
  /** units that nobody holds; of a shared type all of them, always */
  readonly free: number[]
  /** types of which everybody may have as much as he likes */
  readonly shared: ReadonlySet<number>
  /** those that wait, the oldest request first */
  queue: number[] = []
  tick = 0
  /** requests and releases of programs that were come to, those done again too */
  done = 0
  /** times that units came back or somebody finished */
  returned = 0
  readonly events: PolicyEvent[] = []
  readonly played: { type: PlayedEvent['type']; process: number; resource: number; count: number }[] = []

  constructor(workload: Workload, shared: ReadonlySet<number>) {
    this.workload = workload
    this.shared = shared
    this.actors = workload.programs.map((program) => ({
      program,
      at: 0,
      clock: program.steps[0]?.after ?? END_AFTER,
      phase: 'run',
      parts: [],
      regains: false,
      since: 0,
      left: 0,
      held: [...program.initial],
      began: null,
      ran: 0,
      restarts: 0,
      lost: 0,
      finishedAt: null,
      written: false,
      told: false,
    }))
    this.free = workload.total.map((all, type) =>
      shared.has(type) ? all : all - this.actors.reduce((sum, { held }) => sum + held[type]!, 0),
    )
  }

  name(process: number): string {
    return this.workload.names[process]!
  }

  spoken(units: Units): string {
    return texts.spoken(this.workload.types, units)
  }

  tell(process: number, sentence: string, changed = false): void {
    this.events.push({ tick: this.tick, process, sentence, changed })
  }

  /** Asks for these parts, one after the other; with none the step is done at once. */
  ask(process: number, parts: readonly Units[]): void {
    const actor = this.actors[process]!
    actor.parts = parts.filter((part) => !isNothing(part))
    if (actor.parts.length === 0) return this.goOn(process)
    this.#stand(process)
  }

  #stand(process: number): void {
    const actor = this.actors[process]!
    actor.phase = 'wait'
    actor.since = this.tick
    actor.told = false
    this.queue.push(process)
    const types = this.#typesOf(actor.parts[0]!)
    // Several types asked for as a whole are written only when they are granted: a script asks for one at a time.
    actor.written = types.length === 1
    if (actor.written) this.#play('request', process, actor.parts[0]!)
  }

  fits(part: Units): boolean {
    return part.every((count, type) => this.shared.has(type) || count <= this.free[type]!)
  }

  /** Gives the part that is asked for; what fits has been looked at before. */
  grant(process: number): void {
    const actor = this.actors[process]!
    const part = actor.parts.shift()!
    this.queue = this.queue.filter((one) => one !== process)
    this.#take(process, part)
    for (const type of this.#typesOf(part)) {
      const one = part.map((count, other) => (other === type ? count : 0))
      if (!actor.written) this.#play('request', process, one)
      this.#play('grant', process, one)
    }
    actor.written = false
    const shared = part.some((count, type) => count > 0 && this.shared.has(type))
    this.tell(process, (shared ? texts.sharesIt : texts.gets)(this.name(process), this.spoken(part)), shared)
    if (actor.parts.length > 0) return this.#stand(process)
    this.goOn(process)
  }

  /** What it waited for is there: the step is done, or what it had lost is back. */
  goOn(process: number): void {
    const actor = this.actors[process]!
    actor.phase = 'run'
    if (actor.regains) {
      actor.regains = false
      actor.clock = this.#gap(actor)
      return
    }
    this.stepDone(process)
  }

  /** Goes on to the next step. */
  stepDone(process: number): void {
    const actor = this.actors[process]!
    actor.at += 1
    actor.clock = actor.program.steps[actor.at]?.after ?? END_AFTER
    if (isNothing(actor.program.levels[actor.at - 1]!)) actor.ran = 0
  }

  giveBack(process: number, units: Units): void {
    const { held } = this.actors[process]!
    this.returned += 1
    units.forEach((count, type) => {
      held[type]! -= count
      if (!this.shared.has(type)) this.free[type]! += count
    })
    this.#play('release', process, units)
  }

  /** Its request is taken back; it waits for nothing any more. */
  withdraw(process: number): void {
    const actor = this.actors[process]!
    if (actor.written) this.#play('withdraw', process, actor.parts[0]!)
    actor.written = false
    actor.parts = []
    this.queue = this.queue.filter((one) => one !== process)
  }

  /**
   * Back to where it last held nothing, or to its beginning, after a pause.
   * @returns what it gave back
   */
  rollBack(process: number, pause: number): Units {
    const actor = this.actors[process]!
    const { program } = actor
    this.withdraw(process)
    const lost = [...actor.held]
    this.giveBack(process, lost)
    let at = actor.at
    while (at > 0 && !isNothing(program.levels[at - 1]!)) at -= 1
    actor.lost += actor.ran
    Object.assign(actor, { at, phase: 'pause', left: pause, regains: false, ran: 0, restarts: actor.restarts + 1 })
    return lost
  }

  /** The pause is over: what it held at its beginning is asked for again, one type after the other. */
  resume(process: number): void {
    const actor = this.actors[process]!
    const { initial } = actor.program
    actor.phase = 'run'
    actor.regains = true
    const parts = actor.at > 0 ? [] : initial.map((_, type) => initial.map((n, other) => (other === type ? n : 0)))
    this.ask(process, parts)
  }

  finish(process: number): void {
    const actor = this.actors[process]!
    const held = [...actor.held]
    this.giveBack(process, held)
    actor.phase = 'done'
    actor.finishedAt = this.tick
    this.tell(process, texts.finishes(this.name(process), this.spoken(held)))
  }

  /** Who can never go on if nobody gives anything up: by reduction, requests as they stand. */
  stuck(): number[] {
    const types = this.free.length
    const waiting = this.actors.map(({ phase }) => phase === 'wait')
    if (!waiting.some(Boolean)) return []
    const wanted = new Int32Array(this.actors.length * types)
    const held = new Int32Array(this.actors.length * types)
    this.actors.forEach((actor, process) => {
      const part = waiting[process] ? actor.parts[0]! : []
      for (let type = 0; type < types; type += 1) {
        if (this.shared.has(type)) continue
        wanted[process * types + type] = part[type] ?? 0
        held[process * types + type] = actor.held[type]!
      }
    })
    const available = Float64Array.from(this.free)
    return finishing({ processes: this.actors.length, types, available, held, wanted }, 'first').stuck
  }

  /** Everything that decides how it goes on, in one text; how far everybody ever got is left out. */
  key(): string {
    const actors = this.actors.map(({ at, clock, phase, parts, regains, since, left, held }) => [
      at,
      clock,
      phase,
      parts,
      regains,
      phase === 'wait' ? this.tick - since : 0,
      left,
      held,
    ])
    return JSON.stringify([actors, this.queue])
  }

  #take(process: number, part: Units): void {
    const { held } = this.actors[process]!
    part.forEach((count, type) => {
      held[type]! += count
      if (!this.shared.has(type)) this.free[type]! -= count
    })
  }

  /** Ticks of running before its next step when it begins again there; its start is no work. */
  #gap({ at, program }: Actor): number {
    return at === 0 ? 0 : (program.steps[at]?.after ?? END_AFTER)
  }

  #typesOf(units: Units): number[] {
    return units.flatMap((count, type) => (count === 0 ? [] : [type]))
  }

  #play(type: PlayedEvent['type'], process: number, units: Units): void {
    for (const resource of this.#typesOf(units)) this.played.push({ type, process, resource, count: units[resource]! })
  }
}
