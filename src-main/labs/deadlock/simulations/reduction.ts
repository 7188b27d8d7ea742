// Graph reduction as a simulation: one process after the other finishes and gives back what it holds, until nobody fits.
// The drawing loses the edges of those who have finished; who is left at the end is explained.
import { z } from 'zod'
import { RecordId } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Simulation, StateView } from '../../../simulation/simulation.ts'
import { answer } from '../answer.ts'
import { type Analysis, analyse } from '../engine/analysis.ts'
import { type Lights, makeLights } from '../lights.ts'
import { marksOf } from '../marks.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { texts } from '../model/texts.ts'
import { vector } from '../model/words.ts'
import { type Drawing, processNames, readDrawing } from '../naming.ts'
import { nodeCalled, refuse, wordsOf, writtenName } from './script-names.ts'

/** record id of the process that finishes */
export const ReductionEvent = z.strictObject({ finish: RecordId })
export type ReductionEvent = z.infer<typeof ReductionEvent>

export interface ReductionState {
  readonly model: DeadlockModel
  readonly drawing: Drawing
  /** of the whole drawing: says in the end why somebody is left */
  readonly analysis: Analysis
  readonly lights: Lights
  /** processes that have finished, in this order */
  readonly finished: readonly number[]
  /** units of each type that are free now */
  readonly work: readonly number[]
}

const MOST_TYPES = 8
const MOST_NAMES = 6

export const reduction: Simulation<DeadlockModel, ReductionState, ReductionEvent> = {
  id: 'reduction',
  label: texts.simulations.reduction,
  start: texts.reduction.start,
  event: ReductionEvent,

  init(model) {
    const drawing = readDrawing(model)
    return {
      model,
      drawing,
      analysis: analyse(drawing.graph),
      lights: makeLights(drawing),
      finished: [],
      work: Array.from(drawing.graph.available),
    }
  },

  enabled(state) {
    return ableToFinish(state).map((process) => ({ finish: state.drawing.processes[process]!.id }))
  },

  apply(state, event) {
    const process = processIn(state, event)
    const name = state.drawing.processName(process)
    if (state.finished.includes(process)) throw new InterlockError('bad-event', texts.reduction.alreadyFinished(name))
    const unmet = firstUnmet(state, process)
    if (unmet !== null) {
      const { resource, count } = unmet
      throw new InterlockError(
        'bad-event',
        texts.reduction.cannotFinish(name, state.drawing.resourceName(resource), count, state.work[resource]!),
      )
    }
    return { ...state, finished: [...state.finished, process], work: workAfter(state, process) }
  },

  describe(event, state) {
    const process = processIn(state, event)
    const { drawing } = state
    const { holds, total } = drawing.graph
    const given: string[] = []
    const changed: number[] = []
    for (let entry = holds.start[process]!; entry < holds.start[process + 1]!; entry += 1) {
      const resource = holds.to[entry]!
      changed.push(resource)
      given.push(texts.evidence.held(drawing.resourceName(resource), holds.count[entry]!, total[resource]!))
    }
    const work = workAfter(state, process)
    const shown = work.length <= MOST_TYPES ? work.map((_, resource) => resource) : changed
    const finishes = texts.evidence.finishes(drawing.processName(process), given, MOST_TYPES)
    const entries = vector(shown, (type) => `${drawing.resourceName(type)} ${work[type]}`, MOST_TYPES, work.length)
    return { text: `${finishes} (${texts.evidence.work(entries)})`, lights: state.lights.process(process) }
  },

  view(state) {
    const gone = new Set(state.finished.map((process) => state.drawing.processes[process]!.id))
    const edges = state.model.edges.filter((edge) => !gone.has(edge.kind === 'assignment' ? edge.to : edge.from))
    return {
      model: { ...state.model, edges },
      marks: marksIn(state, gone, new Set(edges.map((edge) => edge.id))),
      table: workTable(state),
      status: status(state),
    }
  },

  read(line, { model }) {
    const [subject, verb, extra] = wordsOf(line)
    if (subject === undefined || verb === undefined || verb.quoted || !/^finish(es)?$/i.test(verb.text)) {
      return refuse(texts.reduction.line, verb ?? { from: 0, to: line.length })
    }
    if (extra !== undefined) refuse(texts.reduction.line, { from: extra.from, to: line.length })
    return { finish: nodeCalled(model.nodes, 'process', subject) }
  },

  write: ({ finish }, { model }) => `${writtenName(model.nodes, finish)} finishes`,

  properties: [],
}

function processIn(state: ReductionState, event: ReductionEvent): number {
  const process = state.drawing.processOf.get(event.finish)
  if (process === undefined) throw new InterlockError('bad-event', texts.reduction.noProcess(event.finish))
  return process
}

function firstUnmet(state: ReductionState, process: number): { resource: number; count: number } | null {
  const { requests } = state.drawing.graph
  for (let entry = requests.start[process]!; entry < requests.start[process + 1]!; entry += 1) {
    const resource = requests.to[entry]!
    const count = requests.count[entry]!
    if (count > state.work[resource]!) return { resource, count }
  }
  return null
}

function ableToFinish(state: ReductionState): number[] {
  const finished = new Set(state.finished)
  return state.drawing.processes.flatMap((_, process) =>
    !finished.has(process) && firstUnmet(state, process) === null ? [process] : [],
  )
}

function workAfter(state: ReductionState, process: number): number[] {
  const { holds } = state.drawing.graph
  const work = state.work.slice()
  for (let entry = holds.start[process]!; entry < holds.start[process + 1]!; entry += 1) {
    work[holds.to[entry]!]! += holds.count[entry]!
  }
  return work
}

/** While somebody can go on, whoever does not fit is shown as waiting; at the end the verdict's own marks say why. */
function marksIn(state: ReductionState, gone: ReadonlySet<string>, edges: ReadonlySet<string>): Record<string, Mark> {
  const { drawing } = state
  const next = new Set(ableToFinish(state))
  if (next.size === 0) {
    const final = Object.entries(marksOf(drawing, state.analysis))
    const nodes = new Set(state.model.nodes.map((node) => node.id))
    return Object.fromEntries(final.filter(([id]) => nodes.has(id) || edges.has(id)))
  }
  const marks = new Map<string, Mark>()
  drawing.processes.forEach(({ id }, process) => {
    if (gone.has(id)) marks.set(id, 'free')
    else if (!next.has(process)) marks.set(id, 'behind')
  })
  for (const edge of drawing.requests) {
    const fits = edge.count <= state.work[drawing.resourceOf.get(edge.to)!]!
    if (edges.has(edge.id) && !fits) marks.set(edge.id, 'behind')
  }
  return Object.fromEntries(marks)
}

function workTable({ drawing, work }: ReductionState): StateView<DeadlockModel>['table'] {
  return {
    columns: [...texts.reduction.columns],
    rows: drawing.resources.map((node, resource) => ({
      id: node.id,
      label: node.name,
      lights: [node.id],
      cells: [String(node.instances), String(node.instances - work[resource]!), String(work[resource]!)],
    })),
  }
}

function status(state: ReductionState): string {
  const { drawing, analysis, finished } = state
  const next = ableToFinish(state)
  if (next.length > 0) return texts.reduction.canFinish(processNames(drawing, next, MOST_NAMES))
  if (finished.length === drawing.processes.length) return texts.reduction.allFinished
  const { sentence, withheld } = answer(drawing, analysis, 0, true)
  return texts.reduction.nobodyFits(withheld ?? sentence)
}
