// Every order of deliveries, beginnings and crashes in a network, without time: a message takes as long as it likes, and
// a timeout runs out only when nothing is on its way. What the search covers is said in `covers`.
import { type Explored, type Space, explore } from '../../../simulation/explore.ts'
import { type NetworkEvent, eventOf } from '../simulations/events.ts'
import { atRest, judge, looksOf, rulesOf } from './properties.ts'
import type { Setup } from './setup.ts'
import { type Pending, World } from './world.ts'

export interface Freedom {
  /** how many nodes may crash, at any moment */
  readonly crashes: number
  /** how many messages may be lost on their way */
  readonly losses: number
  /** whether a timeout may run out at any time, as on a network whose delays nobody knows */
  readonly impatient: boolean
}

/** A world with what may still be done to it. */
interface Moment {
  readonly world: World
  readonly crashes: number
  readonly losses: number
}

/**
 * @param most states after which the search stops and says so
 * @returns counterexamples are events that the player can play from the drawing
 */
export function exploreNetwork(
  setup: Setup,
  freedom: Freedom,
  options: { most: number; first?: boolean; onProgress?: (states: number) => void },
): Explored<NetworkEvent> {
  const rules = rulesOf(setup.algorithm)
  const { crashes, losses } = freedom
  const space: Space<Moment, NetworkEvent> = {
    initial: { world: new World(setup), crashes, losses },
    next: (moment) => nextOf(moment, freedom),
    key: keyOf,
    broken({ world }, final) {
      const looks = looksOf(world)
      for (const rule of rules) {
        if (rule.atRest === true && !(final || atRest(world))) continue
        const { holds, sentence } = judge(rule, world, looks)
        if (!holds) return { what: rule.id, sentence }
      }
      return null
    },
  }
  return explore(space, options)
}

function nextOf({ world, crashes, losses }: Moment, { impatient }: Freedom): { event: NetworkEvent; state: Moment }[] {
  const { ids, network } = world.setup
  const pending = [...world.queue.items()].filter(({ at }) => at < Infinity).sort((a, b) => a.id - b.id)
  const underWay = pending.some(({ kind }) => kind === 'message')
  const channels = new Set<number>()
  const found: { event: NetworkEvent; state: Moment }[] = []
  const add = (event: NetworkEvent, change: (next: World) => void, left: { crashes: number; losses: number }): void => {
    const next = world.copy()
    change(next)
    found.push({ event, state: { world: next, ...left } })
  }
  const left = { crashes, losses }
  for (const one of pending) {
    if (one.kind === 'message') {
      const channel = one.from * ids.length + one.to
      if (!network.overtaking && channels.has(channel)) continue
      channels.add(channel)
      add({ do: 'arrive', message: one.number }, (next) => next.take(one.id), left)
      if (losses > 0 && !one.lost) {
        add({ do: 'drop', message: one.number }, (next) => next.drop(one.id), { crashes, losses: losses - 1 })
      }
    } else if (one.kind === 'timer') {
      if (one.timeout && underWay && !impatient) continue
      const event: NetworkEvent =
        one.about === null
          ? { do: 'timer', node: ids[one.to] ?? '', timer: one.timer }
          : { do: 'unreached', message: one.about.number }
      add(event, (next) => next.take(one.id), left)
    } else if ('node' in one.what) {
      add(eventOf(one, world), (next) => next.take(one.id), left)
    }
  }
  if (crashes > 0) {
    for (const [index, condition] of world.conditions.entries()) {
      if (condition !== 'up') continue
      const crash = { do: 'crash', at: world.now, node: index } as const
      add({ do: 'crash', node: ids[index] ?? '' }, (next) => next.act(crash), { crashes: crashes - 1, losses })
    }
  }
  return found
}

/**
 * What the future depends on: states of nodes, who is up, what is on its way and which timers run. Neither time nor the
 * numbers of messages belong to it.
 */
function keyOf({ world, crashes, losses }: Moment): string {
  const { network } = world.setup
  const messages = new Map<string, string[]>()
  const others: string[] = []
  const inOrder = [...world.queue.items()].sort((a, b) => a.id - b.id)
  for (const one of inOrder) {
    if (one.kind === 'message') {
      const channel = `${one.from}>${one.to}`
      const said = JSON.stringify(one.body) + (one.lost ? '!' : '') + (one.watch > 0 ? '?' : '')
      const before = messages.get(channel)
      if (before === undefined) messages.set(channel, [said])
      else before.push(said)
    } else others.push(otherOf(one))
  }
  const channels = [...messages].map(
    ([channel, list]) => `${channel}:${(network.overtaking ? list.sort() : list).join()}`,
  )
  return [
    JSON.stringify(world.states),
    world.conditions.join(''),
    channels.sort().join(';'),
    others.sort().join(';'),
    `${crashes} ${losses}`,
  ].join('|')
}

function otherOf(one: Exclude<Pending, { kind: 'message' }>): string {
  if (one.kind === 'plan') return `p${JSON.stringify(one.what)}`
  const about = one.about === null ? '' : `${one.about.to}${JSON.stringify(one.about.body)}`
  return `t${one.to}${one.timer}${about}`
}
