// Requests, grants and releases played into the drawing, one at a time, with the step marked at which a deadlock arises.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_PAGE } from '../../../contract/limits.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import { answer } from '../answer.ts'
import { avoidanceAnswer } from '../avoidance.ts'
import { type Analysis, analyse } from '../engine/analysis.ts'
import { type Lights, makeLights } from '../lights.ts'
import { marksOf } from '../marks.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { texts } from '../model/texts.ts'
import { type Drawing, readDrawing } from '../naming.ts'
import { type EdgeIds, ResourceEvent, edgeIds, pairOf, play, refusal } from './event-rules.ts'
import { eventsBetween } from './interpret.ts'
import { grants, pickEvent, releases, requests } from './possible-events.ts'
import { readEventLine, writeEventLine } from './script-line.ts'

export interface EventsState {
  readonly model: DeadlockModel
  readonly drawing: Drawing
  readonly analysis: Analysis
  readonly lights: Lights
  readonly ids: EdgeIds
}

const noDeadlock: Property<EventsState> = {
  id: 'no-deadlock',
  what: texts.events.found,
  check({ drawing, analysis, lights }) {
    if (analysis.deadlock !== true) {
      return { holds: true, mark: 'free', sentence: texts.events.noDeadlock, lights: [] }
    }
    const { sentence } = answer(drawing, analysis, 0, true)
    return {
      holds: false,
      mark: 'ring',
      sentence: texts.events.deadlock(sentence),
      lights: analysis.rings.flatMap((ring) => lights.ring(ring, analysis.ringOf!)),
    }
  },
}

export const events: Simulation<DeadlockModel, EventsState, ResourceEvent> = {
  id: 'events',
  label: texts.simulations.events,
  start: texts.events.start,
  event: ResourceEvent,

  init(model) {
    const drawing = readDrawing(model)
    return stateOf(model, drawing, edgeIds(drawing, model))
  },

  // A long list is cut: a request that is legal can be played whether it is listed or not. Withdrawals are never
  // listed or chosen by chance, since with them every waiting process could always go on.
  enabled({ drawing }) {
    const first = [...grants(drawing), ...releases(drawing)]
    return [...first, ...requests(drawing, Math.max(0, MAX_PAGE - first.length))]
  },

  pick({ drawing }, random) {
    return pickEvent(drawing, random)
  },

  apply(state, event) {
    const reason = refusal(state.drawing, event)
    if (reason !== null) throw new InterlockError('bad-event', reason)
    const model = play(state.model, state.drawing, state.ids, event)
    return stateOf(model, readDrawing(model), state.ids)
  },

  describe(event, { drawing, lights }) {
    const { process, resource } = pairOf(drawing, event)
    const units = texts.evidence.held(drawing.resourceName(resource), event.count, drawing.graph.total[resource]!)
    const text = texts.events[event.type](drawing.processName(process), units, event.count)
    return { text, lights: lights.pair(process, resource) }
  },

  view({ model, drawing, analysis }) {
    const declared =
      analysis.deadlock === false && analysis.impossible.length === 0 ? avoidanceAnswer(model, drawing) : null
    const { sentence, withheld } = declared?.answer ?? answer(drawing, analysis, 0, true)
    const marks = { ...marksOf(drawing, analysis), ...declared?.marks }
    return { model, marks, table: table(drawing), status: withheld ?? sentence }
  },

  read: readEventLine,
  write: writeEventLine,
  interpret: (state, model) => eventsBetween(state.model, model),

  properties: [noDeadlock],
}

function stateOf(model: DeadlockModel, drawing: Drawing, ids: EdgeIds): EventsState {
  return { model, drawing, analysis: analyse(drawing.graph), lights: makeLights(drawing), ids }
}

function table({ graph, resources }: Drawing): StateView<DeadlockModel>['table'] {
  const { requesters, assigned, available } = graph
  return {
    columns: [...texts.events.columns],
    rows: resources.map((node, resource) => {
      let asked = 0
      for (let entry = requesters.start[resource]!; entry < requesters.start[resource + 1]!; entry += 1) {
        asked += requesters.count[entry]!
      }
      return {
        id: node.id,
        label: node.name,
        lights: [node.id],
        cells: [node.instances, assigned[resource]!, available[resource]!, asked].map(String),
      }
    }),
  }
}
