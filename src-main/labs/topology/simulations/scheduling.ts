// The scheduling cycle of Kubernetes as a run: a pod is taken from the queue, each node is filtered, the nodes that pass
// are scored plugin by plugin, and the pod is bound. A person may take another pod first, and breaks ties.
// Kubernetes documentation, "Scheduling Framework"; the engine is that of `topology.schedule`.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Simulation, StateView } from '../../../simulation/simulation.ts'
import { tidy } from '../figures.ts'
import { Cluster } from '../kubernetes/cluster.ts'
import { clusterBridge, clusterOf } from '../kubernetes/drawing.ts'
import { showResource } from '../kubernetes/quantity.ts'
import { Scheduler, usualOptions } from '../kubernetes/schedule.ts'
import { boundsOf } from '../kubernetes/score/normalise.ts'
import type { TopologyModel } from '../model/schema.ts'
import { schedulingTexts as texts } from './scheduling-texts.ts'

const Event = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('take'), pod: z.string() }),
  z.strictObject({ do: z.literal('filter'), node: z.string() }),
  z.strictObject({ do: z.literal('score'), plugin: z.string() }),
  z.strictObject({ do: z.literal('bind'), node: z.string() }),
  z.strictObject({ do: z.literal('wait') }),
])
export type SchedulingEvent = z.infer<typeof Event>

interface NodeRow {
  /** record id */
  id: string
  name: string
  /** the first filter that refuses it; null: it passes */
  refused: { plugin: string; detail: string } | null
}

interface PluginColumn {
  plugin: string
  weight: number
  /** along the rows; null for nodes that fell out */
  scores: readonly (number | null)[]
  working: readonly (readonly string[])[]
}

/** All that the scheduler finds about one pod; a run tells it bit by bit. */
export interface Board {
  rows: readonly NodeRow[]
  plugins: readonly PluginColumn[]
  totals: readonly (number | null)[]
  /** rows with the highest total */
  best: readonly number[]
  /** why no node passed; null when one did */
  message: string | null
  asks: string
}

interface Named {
  id: string
  name: string
}

interface Cycle {
  pod: Named
  board: Board
  /** how many nodes and plugins were told */
  filtered: number
  scored: number
}

export interface SchedulingState {
  readonly model: TopologyModel
  /** pods that were not looked at yet, in the order of the queue */
  readonly waiting: readonly Named[]
  readonly now: Cycle | null
  /** cycles that are over; node null: Pending */
  readonly done: readonly { pod: Named; node: Named | null; board: Board }[]
}

/**
 * What the scheduler finds about a pod of a drawing, as if it lay on no node.
 * @param pod record id
 * @returns null when there is no such pod
 */
export function boardOf(model: TopologyModel, pod: string): Board | null {
  const spec = clusterOf(model)
  const idOf = (name: string): string => clusterBridge.recordOf(model, 'node', name) ?? name
  const own = spec.pods.find(({ spec: { name } }) => clusterBridge.recordOf(model, 'pod', name) === pod)?.spec
  if (own === undefined) return null
  const indexOf = new Map(spec.nodes.map(({ name }, index) => [name, index]))
  const scheduler = new Scheduler(new Cluster(spec.nodes), { ...usualOptions, percentage: 100, preemption: false })
  const { cluster } = scheduler
  for (const one of spec.pods) {
    const node = indexOf.get(one.node ?? '')
    if (one.spec !== own && node !== undefined) scheduler.bind(one.spec, node)
  }
  const decision = scheduler.decide(own)
  const findings = scheduler.findings(own)
  const at = new Map(decision.feasible.map((node, index) => [node, index]))
  const along = <T>(values: readonly T[]): (T | null)[] =>
    cluster.nodes.map((_, node) => values[at.get(node) ?? -1] ?? null)
  return {
    rows: cluster.nodes.map(({ name }, node) => {
      const first = findings[node]?.[0]
      return {
        id: idOf(name),
        name,
        refused: first === undefined ? null : { plugin: first.plugin, detail: first.detail },
      }
    }),
    // With one node left there is nothing to compare, and the scheduler asks no plugin.
    plugins: (decision.feasible.length > 1 ? decision.scores : []).flatMap(
      ({ plugin, weight, scorer, raw, normalised }): PluginColumn[] => {
        if (scorer === null) return []
        const bounds = boundsOf(raw)
        return [
          {
            plugin,
            weight,
            scores: along(normalised.map((score) => tidy(score))),
            working: cluster.nodes.map((_, node) => {
              const index = at.get(node)
              return index === undefined ? [] : scorer.explain(node, raw[index] ?? 0, bounds)
            }),
          },
        ]
      },
    ),
    totals: along(decision.feasible.length > 1 ? decision.totals.map((total) => tidy(total)) : []),
    best: [...decision.best],
    message: decision.refusal?.message ?? null,
    asks: cluster
      .needs(own)
      .requests.map(([name, amount]) => `${showResource(name, amount)} ${name}`)
      .join(', '),
  }
}

/** Pods of the drawing that lie on no node, in the order of the queue. */
export function queueOf(model: TopologyModel): Named[] {
  return clusterOf(model).pods.flatMap(({ spec: { name }, node }) => {
    const id = clusterBridge.recordOf(model, 'pod', name)
    return node === null && id !== null ? [{ id, name }] : []
  })
}

function enabled({ waiting, now }: SchedulingState): SchedulingEvent[] {
  if (now === null) return waiting.map(({ id }) => ({ do: 'take', pod: id }))
  const { board, filtered, scored } = now
  const row = board.rows[filtered]
  if (row !== undefined) return [{ do: 'filter', node: row.id }]
  if (board.message !== null) return [{ do: 'wait' }]
  const column = board.plugins[scored]
  if (column !== undefined) return [{ do: 'score', plugin: column.plugin }]
  return board.best.flatMap((node) => {
    const best = board.rows[node]
    return best === undefined ? [] : [{ do: 'bind', node: best.id }]
  })
}

const same = (a: SchedulingEvent, b: SchedulingEvent): boolean => JSON.stringify(a) === JSON.stringify(b)

function apply(state: SchedulingState, event: SchedulingEvent): SchedulingState {
  if (!enabled(state).some((one) => same(one, Event.parse(event)))) throw new InterlockError('bad-event', texts.notNow)
  const { model, waiting, now, done } = state
  if (event.do === 'take') {
    const pod = waiting.find(({ id }) => id === event.pod)
    const board = pod === undefined ? null : boardOf(model, pod.id)
    if (pod === undefined || board === null) throw new InterlockError('bad-event', texts.notNow)
    const rest = waiting.filter((one) => one !== pod)
    return { ...state, waiting: rest, now: { pod, board, filtered: 0, scored: 0 } }
  }
  if (now === null) throw new InterlockError('bad-event', texts.notNow)
  const { pod, board } = now
  switch (event.do) {
    case 'filter':
      return { ...state, now: { ...now, filtered: now.filtered + 1 } }
    case 'score':
      return { ...state, now: { ...now, scored: now.scored + 1 } }
    case 'wait':
      return { ...state, now: null, done: [...done, { pod, node: null, board }] }
    case 'bind': {
      const node = board.rows.find(({ id }) => id === event.node) ?? null
      const nodes = model.nodes.map((one) => (one.id === pod.id ? { ...one, parent: event.node } : one))
      return { model: { ...model, nodes }, waiting, now: null, done: [...done, { pod, node, board }] }
    }
  }
}

function describe(event: SchedulingEvent, { now, waiting }: SchedulingState): { text: string; lights: string[] } {
  if (event.do === 'take') {
    const pod = waiting.find(({ id }) => id === event.pod)
    return { text: texts.take(pod?.name ?? event.pod, waiting.length), lights: [event.pod] }
  }
  if (now === null) return { text: texts.notNow, lights: [] }
  const { pod, board } = now
  switch (event.do) {
    case 'filter': {
      const row = board.rows.find(({ id }) => id === event.node)
      const text =
        row === undefined || row.refused === null
          ? texts.through(row?.name ?? event.node)
          : texts.out(row.name, row.refused.plugin, row.refused.detail)
      return { text, lights: [pod.id, event.node] }
    }
    case 'score': {
      const column = board.plugins.find(({ plugin }) => plugin === event.plugin)
      const scores = board.rows.flatMap(({ name }, index) => {
        const score = column?.scores[index] ?? null
        return score === null ? [] : [`${name} ${score}`]
      })
      return { text: texts.score(event.plugin, column?.weight ?? 0, scores), lights: [pod.id] }
    }
    case 'wait':
      return { text: texts.wait(pod.name), lights: [pod.id] }
    case 'bind': {
      const own = board.rows.findIndex(({ id }) => id === event.node)
      const said = (index: number): string => `${board.rows[index]?.name ?? ''} with ${board.totals[index] ?? 0}`
      const others = board.rows.flatMap((_, index) =>
        index === own || board.totals[index] === null ? [] : [said(index)],
      )
      const ties = board.best.filter((index) => index !== own).map((index) => board.rows[index]?.name ?? '')
      const name = board.rows[own]?.name ?? event.node
      return { text: texts.bind(pod.name, name, board.totals[own] ?? 0, others, ties), lights: [pod.id, event.node] }
    }
  }
}

/** The cycle that is shown: the one under way, else the last one, whole. */
function shown({ now, done }: SchedulingState): Cycle | null {
  const last = done.at(-1)
  if (now !== null || last === undefined) return now
  const { pod, board } = last
  return { pod, board, filtered: board.rows.length, scored: board.plugins.length }
}

function view(state: SchedulingState): StateView<TopologyModel> {
  const marks: Record<string, Mark> = {}
  for (const { pod, node } of state.done) marks[pod.id] = node === null ? 'impossible' : 'free'
  const cycle = shown(state)
  if (state.now !== null) {
    marks[state.now.pod.id] = 'behind'
    for (const { id, refused } of state.now.board.rows.slice(0, state.now.filtered)) {
      marks[id] = refused === null ? 'free' : 'impossible'
    }
  }
  const columns = cycle?.board.plugins ?? []
  const all = cycle !== null && cycle.scored === columns.length && cycle.filtered === cycle.board.rows.length
  return {
    model: state.model,
    marks,
    table: {
      columns: [
        texts.filters,
        ...columns.map(({ plugin, weight }) => (weight === 1 ? plugin : `${weight} × ${plugin}`)),
        texts.total,
      ],
      rows: (cycle?.board.rows ?? []).map((row, index) => ({
        id: row.id,
        label: row.name,
        lights: [row.id],
        cells: [
          index >= (cycle?.filtered ?? 0) ? '' : row.refused === null ? texts.passes : row.refused.plugin,
          ...columns.map(({ scores }, at) => (at < (cycle?.scored ?? 0) ? String(scores[index] ?? '–') : '')),
          all ? String(cycle.board.totals[index] ?? '–') : '',
        ],
      })),
    },
    status: statusOf(state),
  }
}

function statusOf({ model, now, waiting, done }: SchedulingState): string {
  if (now === null) {
    const last = done.at(-1)
    if (last === undefined) {
      return waiting.length === 0
        ? texts.none
        : texts.ready(waiting.length, model.nodes.filter(({ kind }) => kind === 'node').length)
    }
    if (last.node === null) return `${texts.pending(last.pod.name, last.board.message ?? '')}.`
    return texts.done([texts.placed(last.pod.name, last.node.name)])
  }
  const { board, filtered, scored, pod } = now
  if (filtered === 0) return texts.taken(pod.name, board.asks || '0 cpu')
  if (board.message !== null && filtered === board.rows.length) return `${board.message}.`
  const column = board.plugins[scored - 1]
  const best = board.best[0] ?? -1
  const name = board.rows[best]?.name ?? ''
  if (scored > 0 && scored === board.plugins.length && best >= 0) {
    const parts = board.plugins.map(({ weight, scores }) => `${weight} × ${scores[best] ?? 0}`)
    return texts.sum(name, parts, board.totals[best] ?? 0)
  }
  if (column !== undefined && best >= 0) return texts.working(name, column.working[best] ?? [])
  const passed = board.rows.slice(0, filtered).filter(({ refused }) => refused === null).length
  return filtered < board.rows.length
    ? texts.looked(filtered, board.rows.length, passed)
    : texts.passed(passed, board.rows.length)
}

export const scheduling: Simulation<TopologyModel, SchedulingState, SchedulingEvent> = {
  id: 'scheduling',
  label: texts.label,
  start: texts.start,
  event: Event,
  init: (model) => ({ model, waiting: queueOf(model), now: null, done: [] }),
  enabled,
  pick(state, random) {
    const events = enabled(state)
    // Only a tie is broken by chance; pods are taken in their order.
    return events[0]?.do === 'bind' ? events[random.below(events.length)] : events[0]
  },
  apply,
  describe,
  view,
  properties: [
    {
      id: 'all-placed',
      what: 'pod without a node',
      // Judged when the queue is empty, so that a run does not end with the first pod that stays.
      check({ done, waiting, now }) {
        const over = waiting.length === 0 && now === null
        const left = over ? done.filter(({ node }) => node === null) : []
        return {
          holds: left.length === 0,
          mark: left.length === 0 ? 'free' : 'impossible',
          sentence:
            left.length === 0
              ? texts.all
              : left.map(({ pod, board }) => texts.left(pod.name, board.message ?? '')).join(' '),
          lights: left.map(({ pod }) => pod.id),
        }
      },
    },
  ],
}
