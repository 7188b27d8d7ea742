// Edge-chasing probes as a simulation: whoever waits can start one, and the messages between sites arrive in any order.
// Nobody requests or releases meanwhile. Knows no player.
import { z } from 'zod'
import { RecordId } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import {
  type Chase,
  type Probe,
  type ProbeState,
  beginProbes,
  deliverProbe,
  sameProbe,
  startProbe,
  waitsBetweenSites,
} from '../distributed/probes.ts'
import { requireSingleUnits, waitGraph } from '../distributed/wait-graph.ts'
import { type Lights, makeLights } from '../lights.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { type Onward, siteTexts } from '../model/site-texts.ts'
import { siteOf } from '../model/sites.ts'
import { type Drawing, readDrawing } from '../naming.ts'
import { nodeCalled, refuse, wordsOf, writtenName } from './script-names.ts'
import { slotsIn } from './script-patterns.ts'

const texts = siteTexts.probes

/** record ids of processes */
export const ProbeEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), process: RecordId }),
  z.strictObject({ type: z.literal('deliver'), initiator: RecordId, from: RecordId, to: RecordId }),
])
export type ProbeEvent = z.infer<typeof ProbeEvent>

export interface ProbesState {
  readonly model: DeadlockModel
  readonly drawing: Drawing
  readonly lights: Lights
  readonly probes: ProbeState
}

const finds: Property<ProbesState> = {
  id: 'finds',
  what: texts.found,
  check({ drawing, probes }) {
    const [first, ...others] = probes.declared
    if (first === undefined) return { holds: true, mark: 'free', sentence: texts.nothingFound, lights: [] }
    const [process, route] = first
    const all = [...probes.declared.keys()]
    return {
      holds: false,
      mark: 'ring',
      sentence:
        others.length === 0
          ? texts.declared(drawing.processName(process), route.map(drawing.processName))
          : texts.declaredMany(all.map(drawing.processName)),
      lights: all.map((p) => drawing.processes[p]!.id),
    }
  },
}

export const probes: Simulation<DeadlockModel, ProbesState, ProbeEvent> = {
  id: 'probes',
  label: texts.label,
  start: texts.start,
  event: ProbeEvent,

  init(model) {
    const drawing = readDrawing(model)
    requireSingleUnits(drawing)
    const sites = drawing.processes.map(siteOf)
    return { model, drawing, lights: makeLights(drawing), probes: beginProbes(waitGraph(drawing.graph), sites) }
  },

  enabled({ drawing, probes: { underway, waits, started } }) {
    const id = (process: number): string => drawing.processes[process]!.id
    const before = new Set(started)
    return [
      ...underway.map(({ initiator, from, to }): ProbeEvent => ({
        type: 'deliver',
        initiator: id(initiator),
        from: id(from),
        to: id(to),
      })),
      ...waits.flatMap((holders, process): ProbeEvent[] =>
        holders.length === 0 || before.has(process) ? [] : [{ type: 'start', process: id(process) }],
      ),
    ]
  },

  pick(state, random) {
    const possible = this.enabled(state)
    return possible.length === 0 ? undefined : possible[random.below(possible.length)]
  },

  apply: (state, event) => ({ ...state, probes: play(state, event).state }),

  describe(event, state) {
    const { drawing, lights } = state
    const chase = play(state, event)
    const onward: Onward = {
      within: chase.within.map(drawing.processName),
      sent: chase.sent.map(({ to }) => ({ name: drawing.processName(to), site: state.probes.sites[to]! })),
      back: null,
    }
    if (event.type === 'start') {
      const process = numberOf(drawing, event.process)
      const name = drawing.processName(process)
      return {
        text: texts.starts(name, { ...onward, back: chase.comesBack ? name : null }),
        lights: lights.process(process),
      }
    }
    const probe = probeOf(drawing, event)
    return { text: arrival(state, probe, chase, onward), lights: lights.waitFor(probe.from, probe.to) }
  },

  view(state) {
    return { model: state.model, marks: marksIn(state), table: table(state), status: status(state) }
  },

  read(line, { model }) {
    const words = wordsOf(line)
    const named = (index: number, slots: ReturnType<typeof slotsIn>): string =>
      nodeCalled(model.nodes, 'process', slots![index]!)
    const starts = slotsIn(words, '_ starts a probe') ?? slotsIn(words, '_ starts')
    if (starts !== null) return { type: 'start', process: named(0, starts) }
    const arrives = slotsIn(words, '_ receives the probe of _ from _') ?? slotsIn(words, '_ receives _ from _')
    if (arrives === null) return refuse(texts.line, { from: 0, to: line.length })
    return { type: 'deliver', to: named(0, arrives), initiator: named(1, arrives), from: named(2, arrives) }
  },

  write(event, { model: { nodes } }) {
    if (event.type === 'start') return `${writtenName(nodes, event.process)} starts a probe`
    const [to, initiator, from] = [event.to, event.initiator, event.from].map((id) => writtenName(nodes, id))
    return `${to} receives the probe of ${initiator} from ${from}`
  },

  properties: [finds],
}

/** The event that is offered first: the oldest message arrives, else the first that waits starts; undefined at the end. */
export function firstProbeEvent({
  drawing,
  probes: { underway, waits, started },
}: ProbesState): ProbeEvent | undefined {
  const id = (process: number): string => drawing.processes[process]!.id
  const [oldest] = underway
  if (oldest !== undefined) {
    return { type: 'deliver', initiator: id(oldest.initiator), from: id(oldest.from), to: id(oldest.to) }
  }
  const before = new Set(started)
  const starter = waits.findIndex((holders, process) => holders.length > 0 && !before.has(process))
  return starter === -1 ? undefined : { type: 'start', process: id(starter) }
}

function numberOf(drawing: Drawing, id: string): number {
  const process = drawing.processOf.get(id)
  if (process === undefined) throw new InterlockError('bad-event', texts.noProcess(id))
  return process
}

function probeOf(drawing: Drawing, event: ProbeEvent & { type: 'deliver' }): Probe {
  return {
    initiator: numberOf(drawing, event.initiator),
    from: numberOf(drawing, event.from),
    to: numberOf(drawing, event.to),
  }
}

/** @throws InterlockError `bad-event` when the event is not possible, with the reason */
function play({ drawing, probes: state }: ProbesState, event: ProbeEvent): Chase {
  if (event.type === 'start') {
    const process = numberOf(drawing, event.process)
    const name = drawing.processName(process)
    if (state.waits[process]!.length === 0) throw new InterlockError('bad-event', texts.notWaiting(name))
    if (state.started.includes(process)) throw new InterlockError('bad-event', texts.startedBefore(name))
    return startProbe(state, process)
  }
  const probe = probeOf(drawing, event)
  if (!state.underway.some((other) => sameProbe(other, probe))) {
    const { initiator, from, to } = probe
    const names = [initiator, from, to].map(drawing.processName) as [string, string, string]
    throw new InterlockError('bad-event', texts.notUnderway(...names))
  }
  return deliverProbe(state, probe)
}

function arrival({ drawing, probes: before }: ProbesState, probe: Probe, chase: Chase, onward: Onward): string {
  const initiator = drawing.processName(probe.initiator)
  const from = drawing.processName(probe.from)
  const to = drawing.processName(probe.to)
  if (probe.to === probe.initiator) {
    return before.declared.has(probe.initiator) ? texts.backAgain(initiator, from) : texts.comesBack(initiator, from)
  }
  if (chase.dropped) return texts.dropped(to, initiator, from)
  if (chase.sent.length > 0 || chase.comesBack) {
    return texts.passesOn(to, initiator, from, { ...onward, back: chase.comesBack ? initiator : null })
  }
  if (chase.within.length > 0) return texts.endsWithin(to, initiator, from, onward.within)
  return before.waits[probe.to]!.length === 0 ? texts.ends(to, initiator, from) : texts.nothingNew(to, initiator, from)
}

/** Who has found itself deadlocked, with the way its probe took, and who waits and does not know more. */
function marksIn({ drawing, lights, probes: { waits, declared } }: ProbesState): Record<string, Mark> {
  const marks = new Map<string, Mark>()
  const passed = new Set<string>()
  for (const [initiator, route] of declared) {
    const way = [initiator, ...route]
    for (const [index, process] of way.entries()) {
      const holder = way[index + 1] ?? initiator
      // many probes take the same ways
      if (passed.has(`${process} ${holder}`)) continue
      passed.add(`${process} ${holder}`)
      for (const id of lights.waitFor(process, holder)) marks.set(id, 'ring')
    }
  }
  drawing.processes.forEach(({ id }, process) => {
    marks.delete(id)
    if (declared.has(process)) marks.set(id, 'ring')
    else if (waits[process]!.length > 0) marks.set(id, 'behind')
  })
  return Object.fromEntries(marks)
}

function table({ drawing, probes: state }: ProbesState): StateView<DeadlockModel>['table'] {
  const { processName } = drawing
  const said = (parts: readonly string[]): string => (parts.length === 0 ? texts.nobody : parts.join(', '))
  const reachedBy = drawing.processes.map((): string[] => [])
  for (const [initiator, reached] of state.reached) {
    for (const process of reached.keys()) reachedBy[process]!.push(processName(initiator))
  }
  const coming = drawing.processes.map((): string[] => [])
  for (const { initiator, from, to } of state.underway) {
    coming[to]!.push(texts.coming(processName(initiator), processName(from)))
  }
  const over = state.underway.length === 0
  return {
    columns: [...texts.columns],
    rows: drawing.processes.map((node, process) => {
      const known = state.declared.has(process) ? texts.deadlocked : ''
      const without = over && state.started.includes(process) ? texts.notBack : texts.nobody
      return {
        id: node.id,
        label: node.name,
        lights: [node.id],
        cells: [
          String(state.sites[process]!),
          said(state.waits[process]!.map(processName)),
          said(reachedBy[process]!),
          said(coming[process]!),
          known || without,
        ],
      }
    }),
  }
}

function status({ drawing, probes: state }: ProbesState): string {
  const waiting = state.waits.flatMap((holders, process) => (holders.length > 0 ? [process] : []))
  if (waiting.length === 0) return texts.nobodyWaits
  if (state.started.length === 0) return texts.ready(waiting.map(drawing.processName))
  const most = waitsBetweenSites(state)
  const initiators = state.started.length
  if (state.underway.length > 0 || initiators < waiting.length) {
    return texts.status(state.underway.length, state.messages, initiators, most)
  }
  const others = waiting.filter((process) => !state.declared.has(process))
  return texts.end(
    waiting.filter((process) => state.declared.has(process)).map(drawing.processName),
    others.map(drawing.processName),
    state.messages,
    most * initiators,
  )
}
