// A drawing and a script as work to be done: for each process what it does, in which order, and how long it runs between.
// What the script says about granting is left out, since granting is the business of a policy. Knows no policy.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_POLICY_EVENTS, MAX_POLICY_PROCESSES } from '../../../contract/limits.ts'
import type { ResourceEvent } from '../simulations/event-rules.ts'
import { mostUnits } from '../simulations/event-rules.ts'
import type { Drawing } from '../naming.ts'
import { policyTexts as texts } from '../model/policies.ts'

/** Units of each type, in the order of the types. */
export type Units = readonly number[]

export interface Step {
  kind: 'request' | 'release'
  type: number
  count: number
  /** ticks of running before it, since the step before it was done or since the start; at least 1 but for the first */
  after: number
}

export interface Program {
  steps: readonly Step[]
  /** units held at the start */
  initial: Units
  /** units that the program holds after each step */
  levels: readonly Units[]
  /** the most of each type that it holds at any time */
  most: Units
  /** declared maxima where the process has some, else `most` */
  declared: Units
}

export interface Workload {
  names: readonly string[]
  types: readonly string[]
  total: Units
  programs: readonly Program[]
  remarks: readonly string[]
}

/** Ticks of running between a program's last step and its end, at which it gives back all it still holds. */
export const END_AFTER = 1

/**
 * Event k of the script happens at tick k as long as its process has not had to wait; then all that it does later moves
 * by so much. Time that a process waited for in the script itself, from a request to its grant, is no running time.
 * Requests of the drawing come first, at tick 0.
 * @throws InterlockError `bad-input` for a program that no policy could let finish, `too-large` beyond the limits
 */
export function workloadOf(drawing: Drawing, events: readonly ResourceEvent[]): Workload {
  const { graph, processes, resources } = drawing
  if (processes.length > MAX_POLICY_PROCESSES) tooMany('processes', MAX_POLICY_PROCESSES)
  if (events.length > MAX_POLICY_EVENTS) tooMany('events', MAX_POLICY_EVENTS)
  const names = processes.map((_, process) => drawing.processName(process))
  const types = resources.map((_, type) => drawing.resourceName(type))
  const total = [...graph.total]
  const over = graph.available.findIndex((free) => free < 0)
  if (over !== -1) refuse(texts.overAllocated(types[over]!))

  const initial = names.map(() => types.map(() => 0))
  for (const { from, to, count } of drawing.assignments) {
    initial[drawing.processOf.get(to)!]![drawing.resourceOf.get(from)!]! += count
  }
  const timed = names.map((): { at: number; served: number; step: Omit<Step, 'after'> }[] => [])
  for (const { from, to, count } of drawing.requests) {
    timed[drawing.processOf.get(from)!]!.push({
      at: 0,
      served: 0,
      step: { kind: 'request', type: drawing.resourceOf.get(to)!, count },
    })
  }
  let withdrawn = false
  events.forEach(({ type, process, resource, count }, at) => {
    if (type === 'withdraw') withdrawn = true
    const own = timed[drawing.processOf.get(process)!]!
    const last = own.at(-1)
    if (type === 'grant' && last?.step.kind === 'request') last.served = at
    if (type !== 'request' && type !== 'release') return
    own.push({ at, served: at, step: { kind: type, type: drawing.resourceOf.get(resource)!, count } })
  })
  if (timed.every((steps) => steps.every(({ step }) => step.kind !== 'request'))) refuse(texts.noScript)

  const programs = timed.map((own, process): Program => {
    let last = 0
    let level: Units = initial[process]!
    const levels: Units[] = []
    const steps = own.map(({ at, served, step }, index): Step => {
      const after = index === 0 ? at : Math.max(1, at - last)
      last = served
      const held = level[step.type]!
      const now = step.kind === 'request' ? held + step.count : held - step.count
      const [who, type] = [names[process]!, types[step.type]!]
      if (now < 0) refuse(texts.releasesTooMuch(who, type, step.count, held))
      if (now > total[step.type]!) refuse(texts.holdsTooMuch(who, type, now, total[step.type]!))
      const declared = mostUnits(drawing, process, step.type)
      if (now > declared) refuse(texts.undeclared(who, type, now, declared))
      level = level.map((units, other) => (other === step.type ? now : units))
      levels.push(level)
      return { ...step, after }
    })
    const most = types.map((_, type) => Math.max(initial[process]![type]!, ...levels.map((units) => units[type]!)))
    const claims = drawing.graph.total.length > 0 && drawing.claims.has(process)
    const declared = claims ? most.map((units, type) => Math.max(units, mostUnits(drawing, process, type))) : most
    return { steps, initial: initial[process]!, levels, most, declared }
  })
  return { names, types, total, programs, remarks: withdrawn ? [texts.withdrawn] : [] }
}

function refuse(sentence: string): never {
  throw new InterlockError('bad-input', sentence, { at: 'script' })
}

function tooMany(what: string, most: number): never {
  throw new InterlockError('too-large', texts.tooMany(what, most), { most })
}
