// A run of an algorithm on the network of a drawing, as the player plays it. What comes next in time is offered first;
// after it whatever else could happen: another message first, one lost, one twice, a crash.
import { InterlockError } from '../../../contract/errors.ts'
import type { TraceEvent } from '../../../contract/run.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Property, Simulation, StateView } from '../../../simulation/simulation.ts'
import { handTexts } from '../model/hand-texts.ts'
import type { DistributedModel } from '../model/schema.ts'
import { atRest, judge, looksOf, rulesOf } from '../network/properties.ts'
import { pairOf, setupOf, usualSeed } from '../network/setup.ts'
import type { Algorithm } from '../network/types.ts'
import { type Message, World } from '../network/world.ts'
import { NetworkEvent, nextEvent, pendingOf, plannedOf, possibleEvents } from './events.ts'
import { readEvent, writeEvent } from './lines.ts'
import { runTexts as texts, time } from './texts.ts'
import { traceOf } from './trace.ts'

/** Longest contents of a message that stand beside its kind in the drawing. */
const MOST_BRIEF = 8
/** Most messages drawn on their way; more are only counted. */
const MOST_DRAWN = 200

/** A world with the drawing that it began from. Never changed: every event works on a copy. */
export interface NetworkState {
  readonly model: DistributedModel
  readonly world: World
}

export function networkSimulation(algorithm: Algorithm): Simulation<DistributedModel, NetworkState, NetworkEvent> {
  return {
    id: algorithm.id,
    label: algorithm.label,
    start: texts.start,
    event: NetworkEvent,
    // Without a seed of its own a run is the one that the verdict tells of.
    init: (model, seed) => ({
      model,
      world: new World(setupOf(model, algorithm, seed === usualSeed ? (model.seed ?? seed) : seed)),
    }),
    enabled: ({ world }) => possibleEvents(world),
    // By itself a run plays what is to come, and rests when nothing is; what a person can do is never chosen for them.
    pick: ({ world }) => nextEvent(world),
    apply: ({ model, world }, event) => {
      const next = world.copy()
      carryOut(next, event)
      return { model, world: next }
    },
    describe: (event, { world }) => describe(event, world),
    trace: ({ world }): TraceEvent => traceOf(world),
    view: (state) => viewOf(state),
    read: (line, { world }) => readEvent(line, world),
    write: (event, { world }) => writeEvent(event, world),
    interpret: (state, model) => interpret(state, model),
    properties: rulesOf(algorithm).map((rule): Property<NetworkState> => ({
      id: rule.id,
      what: rule.what,
      check: ({ world }) => {
        const { holds, sentence, nodes } = judge(rule, world)
        return { holds, mark: holds ? 'free' : 'ring', sentence, lights: idsOf(world, nodes) }
      },
    })),
  }
}

const idsOf = (world: World, nodes: readonly number[]): string[] => nodes.map((index) => world.setup.ids[index] ?? '')

/** @throws InterlockError `bad-event` with the reason */
export function carryOut(world: World, event: NetworkEvent): void {
  const pending = pendingOf(event, world)
  switch (event.do) {
    case 'drop':
      return pending && world.drop(pending.id)
    case 'copy':
      return pending && world.duplicate(pending.id)
    case 'delay':
      return pending && world.delay(pending.id, event.by)
    case 'arrive':
    case 'timer':
    case 'unreached':
      return pending && world.take(pending.id)
    default:
      // What the plan holds for later, and a person does now, is done once.
      if (pending === undefined) world.act(plannedOf(event, world))
      else world.take(pending.id)
  }
}

function describe(event: NetworkEvent, world: World): { text: string; lights: string[] } {
  const { selves, ids, algorithm } = world.setup
  const names = selves[0]?.names ?? []
  const name = (index: number): string => names[index] ?? ''
  const called = (id: string): string => name(ids.indexOf(id))
  switch (event.do) {
    case 'arrive':
    case 'drop':
    case 'copy':
    case 'delay':
    case 'unreached': {
      const message = messageIn(world, event)
      if (message === null) return { text: writeEvent(event, world), lights: [] }
      const { from, to, number, body } = message
      const said = [body.kind, name(from), name(to), number] as const
      const self = selves[to]
      const detail = self === undefined ? '' : algorithm.tell(body, self)
      const text =
        event.do === 'arrive'
          ? message.lost || !world.open(from, to)
            ? texts.gone(...said)
            : world.conditions[to] === 'down'
              ? texts.atCrashed(...said)
              : texts.arrives(body.kind, detail, name(from), name(to), number)
          : event.do === 'unreached'
            ? texts.unreached(name(from), name(to), number)
            : event.do === 'delay'
              ? texts.delay(...said, event.by)
              : texts[event.do](...said)
      return { text, lights: [...idsOf(world, [from, to]), `m${number}`] }
    }
    case 'timer':
      return { text: texts.timer(called(event.node), event.timer), lights: [event.node] }
    case 'heal':
      return { text: texts.heal, lights: [] }
    case 'part':
      return { text: texts.part(event.nodes.map(called)), lights: event.nodes }
    case 'cut':
    case 'mend':
      return { text: texts[event.do](called(event.from), called(event.to)), lights: [event.from, event.to] }
    case 'act':
      return { text: handTexts.doing.act(called(event.node), event.label ?? ''), lights: [event.node] }
    case 'send':
      // It is its sender's event; the receiver is concerned when it arrives.
      return {
        text: handTexts.doing.send(called(event.from), called(event.to), event.label ?? ''),
        lights: [event.from],
      }
    default:
      return { text: texts.doing[event.do](called(event.node)), lights: [event.node] }
  }
}

function messageIn(world: World, event: Extract<NetworkEvent, { message: number }>): Message | null {
  for (const one of world.queue.items()) {
    if (event.do === 'unreached') {
      if (one.kind === 'timer' && one.about?.number === event.message) return one.about
    } else if (one.kind === 'message' && one.number === event.message) return one
  }
  return null
}

/** The network in this moment as a drawing: who is down, what is cut, what is on its way, and what each node is. */
export function viewOf({ model, world }: NetworkState): StateView<DistributedModel> {
  const looks = looksOf(world)
  const { ids, selves, algorithm } = world.setup
  const marks: Record<string, Mark> = {}
  const said: Record<string, string> = {}
  for (const [index, look] of looks.entries()) {
    const id = ids[index] ?? ''
    const condition = world.conditions[index] ?? 'up'
    if (condition === 'down') marks[id] = 'impossible'
    else if (look.mark !== null) marks[id] = look.mark
    const words = condition === 'up' ? look.said : texts.runs[condition]
    if (words !== '') said[id] = words
  }
  const under = world.queue.items().filter((one): one is Message => one.kind === 'message')
  const sent = [...world.tallies.values()].reduce((sum, tally) => sum + tally.sent, 0)
  const words = (world.last?.notes ?? []).map(({ text }) => text).join(', ')
  const who = selves[0]?.names[world.last?.node ?? -1] ?? ''
  const told = words === '' || who === '' ? '' : `${who} ${words}. `
  return {
    model: {
      ...model,
      nodes: model.nodes.map((node, index) => ({
        ...node,
        down: world.conditions[index] === 'down',
        part: world.parts[index] ?? 1,
      })),
      edges: model.edges.map((edge) => ({ ...edge, cut: isCut(world, ids.indexOf(edge.from), ids.indexOf(edge.to)) })),
      said,
      travelling: under.slice(0, MOST_DRAWN).map((message) => ({
        id: `m${message.number}`,
        from: ids[message.from] ?? '',
        to: ids[message.to] ?? '',
        text: textOf(message, world),
        done: doneOf(message, world.now),
        lost: message.lost,
      })),
    },
    marks,
    table: {
      columns: [...algorithm.columns, ...texts.columns],
      rows: looks.map((look, index) => ({
        id: ids[index] ?? '',
        label: selves[0]?.names[index] ?? '',
        lights: idsOf(world, [index]),
        cells: [
          ...look.cells,
          texts.runs[world.conditions[index] ?? 'up'],
          time(world.clock(index)),
          String(world.sentBy[index] ?? 0),
          String(world.receivedBy[index] ?? 0),
        ],
      })),
    },
    status:
      told + (atRest(world) ? texts.rest(time(world.now), sent) : texts.status(time(world.now), sent, under.length)),
  }
}

const isCut = (world: World, a: number, b: number): boolean => world.cut.has(pairOf(a, b))

function textOf({ body, to }: Message, { setup }: World): string {
  const self = setup.selves[to]
  const { tell, brief } = setup.algorithm
  const detail = self === undefined ? '' : (brief ?? tell)(body, self)
  return detail === '' || detail.length > MOST_BRIEF ? body.kind : `${body.kind} ${detail}`
}

function doneOf({ sent, at }: Message, now: number): number {
  if (at === Infinity || at <= sent) return 0.65
  // About the middle of the way, so that a tag does not lie on a node.
  return 0.35 + 0.3 * Math.min(1, Math.max(0, (now - sent) / (at - sent)))
}

/** What a person did to the drawing while a run was recorded: crashes, and cuts. */
function interpret({ model, world }: NetworkState, changed: DistributedModel): NetworkEvent[] {
  const shown = viewOf({ model, world }).model
  const before = new Map([...shown.nodes, ...shown.edges].map((record) => [record.id, record]))
  const events: NetworkEvent[] = []
  const sameRecords =
    changed.nodes.length === shown.nodes.length &&
    changed.edges.length === shown.edges.length &&
    [...changed.nodes, ...changed.edges].every(({ id }) => before.has(id))
  if (!sameRecords) throw new InterlockError('bad-event', texts.onlyThese)
  for (const node of changed.nodes) {
    const was = before.get(node.id)?.['down'] === true
    if (was !== (node.down === true)) events.push({ do: was ? 'recover' : 'crash', node: node.id })
  }
  for (const edge of changed.edges) {
    const was = before.get(edge.id)?.['cut'] === true
    if (was !== (edge.cut === true)) events.push({ do: was ? 'mend' : 'cut', from: edge.from, to: edge.to })
  }
  const apart = changed.nodes.filter((node, index) => (node.part ?? 1) !== (shown.nodes[index]?.part ?? 1))
  if (apart.length > 0) events.push({ do: 'part', nodes: apart.map(({ id }) => id) })
  return events
}
