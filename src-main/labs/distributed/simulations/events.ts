// What can happen next in a network, as data that a script keeps: by the time of things, or by a person's hand.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { RecordId } from '../../../contract/document.ts'
import { MAX_SIM_TIME } from '../../../contract/limits.ts'
import { handTexts } from '../model/hand-texts.ts'
import { HandLabel } from '../model/schema.ts'
import { type ByHand, type Planned, pairOf } from '../network/setup.ts'
import type { Message, Pending, World } from '../network/world.ts'

/** Number of a message among all of its run, from 1; the n-th message is called m<n>. */
const MessageNumber = z.number().int().min(1)

export const NetworkEvent = z.discriminatedUnion('do', [
  z.object({ do: z.literal('arrive'), message: MessageNumber }),
  z.object({ do: z.literal('timer'), node: RecordId, timer: z.string().max(60) }),
  /** the sender of a watched message that did not arrive learns so */
  z.object({ do: z.literal('unreached'), message: MessageNumber }),
  z.object({ do: z.literal('drop'), message: MessageNumber }),
  z.object({ do: z.literal('copy'), message: MessageNumber }),
  z.object({ do: z.literal('delay'), message: MessageNumber, by: z.number().int().min(1).max(MAX_SIM_TIME) }),
  z.object({ do: z.enum(['start', 'crash', 'recover', 'pause', 'resume']), node: RecordId }),
  z.object({ do: z.enum(['cut', 'mend']), from: RecordId, to: RecordId }),
  z.object({ do: z.literal('part'), nodes: z.array(RecordId).min(1) }),
  z.object({ do: z.literal('heal') }),
  /** by hand, where the algorithm leaves it to a person what nodes do */
  z.object({ do: z.literal('act'), node: RecordId, label: HandLabel.optional() }),
  z.object({ do: z.literal('send'), from: RecordId, to: RecordId, label: HandLabel.optional() }),
])
export type NetworkEvent = z.infer<typeof NetworkEvent>

/** How much longer a message takes when a person delays it without saying how long, in ms. */
export const USUAL_DELAY = 50
/** How long what a person has a node do takes, in ms: on an axis of time such events stand apart. */
const MOMENT = 1
/** Most messages offered to be sent by hand; a script can send between any two nodes. */
const MOST_SENDS = 1_000

/** What comes by itself, the next first, and then what a person can do to it. */
export function possibleEvents(world: World): NetworkEvent[] {
  const { ids } = world.setup
  const coming = world.queue.inOrder().filter(({ at }) => at < Infinity)
  const blocked = blockedIn(world, coming)
  const messages = coming.filter((one): one is Message => one.kind === 'message' && !blocked.has(one.id))
  const idOf = (index: number): string => ids[index] ?? ''
  return [
    ...coming.filter(({ id }) => !blocked.has(id)).map((pending) => eventOf(pending, world)),
    ...messages.flatMap(({ number, lost }): NetworkEvent[] =>
      lost
        ? []
        : [
            { do: 'drop', message: number },
            { do: 'copy', message: number },
            { do: 'delay', message: number, by: USUAL_DELAY },
          ],
    ),
    ...handEvents(world, coming),
    ...world.conditions.flatMap((condition, index): NetworkEvent[] => {
      const node = idOf(index)
      if (condition === 'down') return [{ do: 'recover', node }]
      if (condition === 'paused') return [{ do: 'resume', node }]
      return [
        ...(world.setup.algorithm.byHand === true ? [] : [{ do: 'start', node } as const]),
        { do: 'crash', node },
        { do: 'pause', node },
      ]
    }),
    ...(world.cut.size > 0 || new Set(world.parts).size > 1 ? [{ do: 'heal' } as const] : []),
  ]
}

/** What a person can have nodes do: something, or send to a neighbour; to anybody, where no links are drawn. */
function handEvents({ setup, conditions }: World, coming: readonly Pending[]): NetworkEvent[] {
  const { algorithm, ids, selves } = setup
  if (algorithm.byHand !== true) return []
  // What the plan has a node do without a name is offered already.
  const said = new Set(
    coming.map((one) => (one.kind === 'plan' && 'label' in one.what && one.what.label === '' ? keyOf(one.what) : '')),
  )
  const linked = selves.some(({ neighbours }) => neighbours.length > 0)
  const found: NetworkEvent[] = []
  let sends = 0
  for (const { index, neighbours, count } of selves) {
    if (conditions[index] !== 'up') continue
    const node = ids[index] ?? ''
    if (!said.has(`${index}`)) found.push({ do: 'act', node })
    for (const to of linked ? neighbours : Array.from({ length: count }, (_, other) => other)) {
      if (to === index || sends >= MOST_SENDS || said.has(`${index} ${to}`)) continue
      found.push({ do: 'send', from: node, to: ids[to] ?? '' })
      sends += 1
    }
  }
  return found
}

const keyOf = (what: ByHand): string => (what.do === 'act' ? `${what.node}` : `${what.node} ${what.to}`)

/** What comes by itself next: the first of the possible events, without listing them all; undefined when nothing does. */
export function nextEvent(world: World): NetworkEvent | undefined {
  const next = world.next()
  if (next === undefined) return undefined
  return next.kind === 'message' && world.overtakes(next) ? possibleEvents(world)[0] : eventOf(next, world)
}

/** Messages behind an earlier one of the same channel, where none may overtake. */
function blockedIn(world: World, coming: readonly Pending[]): ReadonlySet<number> {
  if (world.setup.network.overtaking) return new Set()
  const first = new Map<number, number>()
  const count = world.setup.ids.length
  for (const one of coming) {
    if (one.kind !== 'message') continue
    const channel = one.from * count + one.to
    first.set(channel, Math.min(first.get(channel) ?? Infinity, one.id))
  }
  return new Set(
    coming.flatMap((one) =>
      one.kind === 'message' && first.get(one.from * count + one.to) !== one.id ? [one.id] : [],
    ),
  )
}

/** What is to come, as the event that lets it happen. */
export function eventOf(pending: Pending, world: World): NetworkEvent {
  const id = (index: number): string => world.setup.ids[index] ?? ''
  if (pending.kind === 'message') return { do: 'arrive', message: pending.number }
  if (pending.kind === 'timer') {
    return pending.about === null
      ? { do: 'timer', node: id(pending.to), timer: pending.timer }
      : { do: 'unreached', message: pending.about.number }
  }
  const { what } = pending
  if (what.do === 'heal') return { do: 'heal' }
  if (what.do === 'part') return { do: 'part', nodes: what.nodes.map(id) }
  if (what.do === 'act') return { do: 'act', node: id(what.node), ...named(what.label) }
  if (what.do === 'send') return { do: 'send', from: id(what.node), to: id(what.to), ...named(what.label) }
  if ('from' in what) return { do: what.do, from: id(what.from), to: id(what.to) }
  return { do: what.do, node: id(what.node) }
}

const named = (label: string): { label?: string } => (label === '' ? {} : { label })

/**
 * What is to come that the event speaks of; undefined for what a person does by hand.
 * @throws InterlockError `bad-event` when the event speaks of something that is not to come
 */
export function pendingOf(event: NetworkEvent, world: World): Pending | undefined {
  const all = world.queue.items().filter(({ at }) => at < Infinity)
  const earliest = (found: readonly Pending[]): Pending | undefined =>
    found.reduce<Pending | undefined>((a, b) => (a === undefined || b.id < a.id ? b : a), undefined)
  switch (event.do) {
    case 'arrive':
    case 'drop':
    case 'copy':
    case 'delay': {
      const found = all.filter((one) => one.kind === 'message' && one.number === event.message)
      return earliest(found) ?? gone(`The message m${event.message} is not on its way.`)
    }
    case 'timer': {
      const node = indexIn(world, event.node)
      const found = all.filter(
        (one) => one.kind === 'timer' && one.about === null && one.to === node && one.timer === event.timer,
      )
      return earliest(found) ?? gone(`${world.setup.selves[node]?.names[node] ?? ''} has no timer "${event.timer}".`)
    }
    case 'unreached': {
      const found = all.filter((one) => one.kind === 'timer' && one.about?.number === event.message)
      return earliest(found) ?? gone(`Nobody waits for word of m${event.message}.`)
    }
    default: {
      const planned = plannedOf(event, world)
      const found = all.filter((one) => one.kind === 'plan' && sameDoing(one.what, planned))
      return found.reduce<Pending | undefined>((a, b) => (a === undefined || b.at < a.at ? b : a), undefined)
    }
  }
}

function gone(sentence: string): never {
  throw new InterlockError('bad-event', `${sentence} Choose one of the possible events.`)
}

function indexIn(world: World, id: string): number {
  const index = world.setup.ids.indexOf(id)
  return index >= 0 ? index : gone(`There is no node with the id ${id}.`)
}

type Doing = Extract<NetworkEvent, { do: Planned['do'] }>

/** @throws InterlockError `bad-event` for a node that is not there, and for what the algorithm leaves to nobody's hand */
export function plannedOf(event: Doing, world: World): Planned {
  const at = world.now
  switch (event.do) {
    case 'heal':
      return { do: 'heal', at }
    case 'part':
      return { do: 'part', at, nodes: event.nodes.map((id) => indexIn(world, id)) }
    case 'cut':
    case 'mend':
      return { do: event.do, at, from: indexIn(world, event.from), to: indexIn(world, event.to) }
    case 'act':
      leftToHand(world)
      return { do: 'act', at: at + MOMENT, node: indexIn(world, event.node), label: event.label ?? '' }
    case 'send': {
      leftToHand(world)
      const [node, to] = [indexIn(world, event.from), indexIn(world, event.to)]
      if (node === to) throw new InterlockError('bad-event', handTexts.itself)
      return { do: 'send', at: at + MOMENT, node, to, label: event.label ?? '', takes: null }
    }
    default:
      return { do: event.do, at, node: indexIn(world, event.node) }
  }
}

/** @throws InterlockError `bad-event` where the algorithm says itself what nodes do */
function leftToHand({ setup: { algorithm } }: World): void {
  if (algorithm.byHand === true) return
  throw new InterlockError('bad-event', handTexts.notByHand(algorithm.label))
}

function sameDoing(a: Planned, b: Planned): boolean {
  if (a.do !== b.do) return false
  if ('label' in a && 'label' in b) return a.label === b.label && keyOf(a) === keyOf(b)
  if ('node' in a && 'node' in b) return a.node === b.node
  if ('from' in a && 'from' in b) return pairOf(a.from, a.to) === pairOf(b.from, b.to)
  if ('nodes' in a && 'nodes' in b) return a.nodes.join() === b.nodes.join()
  return true
}
