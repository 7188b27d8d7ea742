// Recovery from a deadlock as a simulation: detection, ending processes, taking units away, and detection again after
// each. The order in which victims are offered follows the weights that the drawing keeps. Knows no player.
import { z } from 'zod'
import { RecordId } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_INSTANCES } from '../../../contract/limits.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import { BEHIND, IMPOSSIBLE, RING } from '../engine/analysis.ts'
import { type Lights, makeLights } from '../lights.ts'
import { marksOf } from '../marks.ts'
import { type RecoveryStep, recoveryTexts as texts, WEIGHTS_FIELD, weightsOf } from '../model/recovery.ts'
import type { DeadlockModel, ProcessNode } from '../model/schema.ts'
import { list, units } from '../model/words.ts'
import { lookAt, type Looked, ranking } from '../recovery/costs.ts'
import { contested, ended, heldBy, preempted } from '../recovery/steps.ts'
import { type EdgeIds, edgeIdOf, edgeIds } from './event-rules.ts'
import { nodeCalled, refuse, wordsOf, writtenName } from './script-names.ts'
import { slotsIn } from './script-patterns.ts'

export const RecoveryEvent: z.ZodType<RecoveryStep> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('detect') }),
  z.strictObject({ type: z.literal('kill'), process: RecordId }),
  z.strictObject({ type: z.literal('kill-all') }),
  z.strictObject({
    type: z.literal('preempt'),
    process: RecordId,
    resource: RecordId,
    count: z.number().int().min(1).max(MAX_INSTANCES),
  }),
])

export interface RecoveryState {
  readonly looked: Looked
  readonly ids: EdgeIds
  readonly lights: Lights
  /** what the last detection found holds: nothing has changed since */
  readonly known: boolean
  readonly ended: ReadonlySet<string>
}

const noDeadlock: Property<RecoveryState> = {
  id: 'no-deadlock',
  what: texts.found,
  check({ looked }) {
    const { drawing, stuck } = looked
    if (stuck.length === 0) return { holds: true, mark: 'free', sentence: texts.none, lights: [] }
    const names = stuck.map((process) => drawing.processName(process))
    const lights = stuck.map((process) => drawing.processes[process]!.id)
    return { holds: false, mark: 'ring', sentence: texts.stands(names), lights }
  },
}

export const recovery: Simulation<DeadlockModel, RecoveryState, RecoveryStep> = {
  id: 'recovery',
  label: texts.label,
  start: texts.start,
  event: RecoveryEvent,

  init(model) {
    const looked = lookAt(model)
    const { drawing } = looked
    return { looked, ids: edgeIds(drawing, model), lights: makeLights(drawing), known: false, ended: new Set() }
  },

  enabled({ looked, known }) {
    if (looked.drawing.processes.length === 0) return []
    if (!known) return [{ type: 'detect' }]
    if (looked.stuck.length === 0) return []
    const ranked = ranking(looked, weightsOf(looked.model[WEIGHTS_FIELD]))
    // Those on a ring first: to end somebody behind it does not end the deadlock.
    const inOrder = [...ranked.filter(({ onRing }) => onRing), ...ranked.filter(({ onRing }) => !onRing)]
    return [
      ...inOrder.map(({ id: process }): RecoveryStep => ({ type: 'kill', process })),
      { type: 'kill-all' },
      ...inOrder.flatMap(({ id: process }) =>
        contested(looked, process).map((part): RecoveryStep => ({ type: 'preempt', process, ...part })),
      ),
    ]
  },

  apply(state, event) {
    const reason = refusal(state, event)
    if (reason !== null) throw new InterlockError('bad-event', reason)
    const { looked, ids } = state
    const { model, drawing } = looked
    if (event.type === 'detect') return { ...state, known: true }
    const gone = event.type === 'kill' ? [event.process] : event.type === 'kill-all' ? stuckIds(looked) : []
    const after =
      event.type === 'preempt'
        ? preempted(model, event, edgeIdOf(ids, 'request', drawing.processOf.get(event.process)!, drawing.resourceOf.get(event.resource)!)) // prettier-ignore
        : ended(model, gone)
    return { ...state, looked: lookAt(after), known: false, ended: new Set([...state.ended, ...gone]) }
  },

  describe(event, { looked }) {
    const { model, drawing } = looked
    const said = (parts: readonly { resource: string; count: number }[]): string =>
      list(parts.map(({ resource, count }) => (count === 1 ? nameOf(looked, resource) : `${units(count)} of ${nameOf(looked, resource)}`))) // prettier-ignore
    if (event.type === 'detect') return { text: texts.detect, lights: [] }
    if (event.type === 'kill-all') {
      return {
        text: texts.killAll(looked.stuck.map((process) => drawing.processName(process))),
        lights: stuckIds(looked),
      }
    }
    const who = nameOf(looked, event.process)
    if (event.type === 'kill') return { text: texts.kill(who, said(heldBy(model, event.process))), lights: [event.process] } // prettier-ignore
    return { text: texts.preempt(who, said([event])), lights: [event.process, event.resource] }
  },

  view(state) {
    const { looked, known } = state
    const { model, drawing, analysis } = looked
    return {
      model,
      marks: known ? marksOf(drawing, analysis) : {},
      table: tableOf(state),
      status: known ? (looked.stuck.length === 0 ? texts.none : noDeadlock.check(state).sentence) : texts.unknown,
    }
  },

  read(line, { looked }) {
    const { nodes } = looked.model
    const words = wordsOf(line)
    if (slotsIn(words, 'detect') !== null) return { type: 'detect' }
    if (slotsIn(words, 'kill all') !== null) return { type: 'kill-all' }
    const kill = slotsIn(words, 'kill _')
    if (kill !== null) return { type: 'kill', process: nodeCalled(nodes, 'process', kill[0]!) }
    const preempt = slotsIn(words, 'preempt _ from _') ?? slotsIn(words, 'preempt _ from _ _')
    if (preempt === null) return refuse(texts.line, { from: 0, to: line.length })
    const [resource, process, times] = preempt
    const count = times === undefined ? 1 : Number(/^[x×](\d{1,7})$/i.exec(times.text)?.[1] ?? 0)
    if (count < 1) return refuse(texts.line, times!)
    return {
      type: 'preempt',
      process: nodeCalled(nodes, 'process', process!),
      resource: nodeCalled(nodes, 'resource', resource!),
      count,
    }
  },

  write(event, { looked }) {
    const { nodes } = looked.model
    if (event.type === 'detect') return 'detect'
    if (event.type === 'kill-all') return 'kill all'
    const who = writtenName(nodes, event.process)
    if (event.type === 'kill') return `kill ${who}`
    return `preempt ${writtenName(nodes, event.resource)} from ${who}${event.count === 1 ? '' : ` x${event.count}`}`
  },

  properties: [noDeadlock],
}

const stuckIds = ({ drawing, stuck }: Looked): string[] => stuck.map((process) => drawing.processes[process]!.id)

const nameOf = ({ drawing }: Looked, id: string): string => {
  const [process, resource] = [drawing.processOf.get(id), drawing.resourceOf.get(id)]
  return process !== undefined
    ? drawing.processName(process)
    : resource !== undefined
      ? drawing.resourceName(resource)
      : id
}

/** Why an event is not possible, or null when it is. */
function refusal({ looked, known }: RecoveryState, event: RecoveryStep): string | null {
  const { model, drawing, stuck } = looked
  if (event.type === 'detect') return known ? texts.known : null
  if (!known) return texts.lookFirst
  if (stuck.length === 0) return texts.nobody
  if (event.type === 'kill-all') return null
  const process = drawing.processOf.get(event.process)
  if (process === undefined) return texts.noProcess(event.process)
  if (!stuck.includes(process)) return texts.notStuck(drawing.processName(process))
  if (event.type === 'kill') return null
  const held = heldBy(model, event.process).find(({ resource }) => resource === event.resource)?.count ?? 0
  if (event.count <= held) return null
  return texts.holdsLess(drawing.processName(process), nameOf(looked, event.resource), held, event.count)
}

const stateOfClass: Readonly<Record<number, string>> = {
  [RING]: texts.states.ring,
  [BEHIND]: texts.states.behind,
  [IMPOSSIBLE]: texts.states.impossible,
}

function tableOf({ looked, known, ended: gone }: RecoveryState): StateView<DeadlockModel>['table'] {
  const { drawing, analysis } = looked
  const costs = new Map(
    known ? ranking(looked, weightsOf(looked.model[WEIGHTS_FIELD])).map(({ id, cost }) => [id, cost]) : [],
  )
  const stateOf = (id: string, process: number): string => {
    if (gone.has(id)) return texts.states.ended
    if (!known) return texts.states.unknown
    return stateOfClass[analysis.classes[process]!] ?? texts.states.free
  }
  const { state, cost, kills } = texts.columns
  return {
    columns: [state, cost, kills],
    rows: drawing.processes.map((node: ProcessNode, index) => ({
      id: node.id,
      label: drawing.processName(index),
      lights: [node.id],
      cells: [stateOf(node.id, index), String(costs.get(node.id) ?? '–'), String(node.kills ?? 0)],
    })),
  }
}
