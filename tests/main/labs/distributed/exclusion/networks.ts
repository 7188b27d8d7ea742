// Networks for tests of mutual exclusion, and two ways to run them: on the kernel, every event watched, and through all
// orders of deliveries with nothing but the algorithm's own functions, so that the kernel does not judge itself.
import { ringDrawing } from '../../../../../src-main/labs/distributed/operations/drawings.ts'
import type { DistributedModel } from '../../../../../src-main/labs/distributed/model/schema.ts'
import { setupOf } from '../../../../../src-main/labs/distributed/network/setup.ts'
import type { Algorithm, Body, Output, Self } from '../../../../../src-main/labs/distributed/network/types.ts'
import { World } from '../../../../../src-main/labs/distributed/network/world.ts'

/** `count` nodes P0, P1 … on a ring (also for algorithms that need none); those that are listed begin, all by default. */
export function ringOfNodes(
  count: number,
  parts: Partial<DistributedModel> = {},
  starts?: readonly number[],
): DistributedModel {
  const ids = Array.from({ length: count }, (_, id) => id)
  return { ...ringDrawing(ids, starts === undefined ? {} : { starts }), ...parts }
}

export interface Watched {
  world: World
  /** entries by node */
  entries: number[]
  /** nodes in the order in which they entered */
  order: number[]
  /** most nodes that were inside at one time */
  together: number
  /** nodes that still wait at the end */
  waiting: number[]
  sent: number
}

export const sentOf = (world: World): number => [...world.tallies.values()].reduce((sum, { sent }) => sum + sent, 0)

export const worldOf = (model: DistributedModel, algorithm: Algorithm, seed = 1): World =>
  new World(setupOf(model, algorithm, seed))

/**
 * Plays until nothing is to come, and looks after each event.
 * @param next lets the next thing happen; in the order of time by default
 */
export function play(world: World, next: (world: World) => boolean = (one) => one.step(), most = 100_000): Watched {
  const { algorithm, selves } = world.setup
  const entries = selves.map(() => 0)
  const order: number[] = []
  const sections = selves.map((self) => algorithm.look(world.states[self.index], self).section)
  let together = 0
  while (world.events < most && next(world)) {
    const { last } = world
    for (const { what } of last?.notes ?? []) {
      if (what !== 'enter' || last === null) continue
      entries[last.node] = (entries[last.node] ?? 0) + 1
      order.push(last.node)
    }
    const self = selves[last?.node ?? -1]
    if (self !== undefined) {
      const up = world.conditions[self.index] !== 'down'
      sections[self.index] = up ? algorithm.look(world.states[self.index], self).section : 'out'
    }
    together = Math.max(together, sections.filter((section) => section === 'inside').length)
  }
  if (world.next() !== undefined) throw new Error(`still something to come after ${world.events} events`)
  const waiting = sections.flatMap((section, index) => (section === 'waiting' ? [index] : []))
  return { world, entries, order, together, waiting, sent: sentOf(world) }
}

export interface Explored {
  states: number
  /** states in which nothing more can happen */
  ends: number
  /** a state with two nodes inside, as text; null when there is none */
  unsafe: string | null
  /** a state in which nothing can happen and a node waits, as text; null when there is none */
  stuck: string | null
}

const MOST_STATES = 1_500_000

interface Moment {
  /** by node, whether it has still to begin */
  begins: boolean[]
  states: unknown[]
  /** by sender times count plus receiver, in the order of sending */
  channels: Body[][]
  timers: string[][]
}

/**
 * Tries every order in which nodes begin, messages arrive and timers run out.
 * @param starters the nodes that begin
 * @param overtaking whether messages between two nodes may overtake each other
 * @param enough looked at after each state: whether what was found will do
 */
export function exploreAll(
  algorithm: Algorithm,
  model: DistributedModel,
  starters: readonly number[],
  overtaking = false,
  enough: (found: Explored) => boolean = () => false,
): Explored {
  const { selves } = setupOf(model, algorithm, 1)
  const count = selves.length
  const found: Explored = { states: 0, ends: 0, unsafe: null, stuck: null }
  const first: Moment = {
    begins: selves.map(({ index }) => starters.includes(index)),
    states: [],
    channels: Array.from({ length: count * count }, () => []),
    timers: selves.map(() => []),
  }
  let start = first
  for (const self of selves) {
    const { state, outputs } = algorithm.init(self)
    start = carryOut({ ...start, states: [...start.states, state] }, self, outputs)
  }
  const seen = new Set([JSON.stringify(start)])
  const open = [start]
  for (let moment = open.pop(); moment !== undefined; moment = open.pop()) {
    found.states += 1
    if (found.states > MOST_STATES) throw new Error(`more than ${MOST_STATES} states`)
    const here = moment
    const sections = selves.map((self) => algorithm.look(here.states[self.index], self).section)
    if (sections.filter((section) => section === 'inside').length > 1) found.unsafe ??= JSON.stringify(here)
    const after = followers(here, algorithm, selves, overtaking)
    if (after.length === 0) {
      found.ends += 1
      if (sections.includes('waiting')) found.stuck ??= JSON.stringify(here)
    }
    if (enough(found)) break
    for (const next of after) {
      const key = JSON.stringify(next)
      if (seen.has(key)) continue
      seen.add(key)
      open.push(next)
    }
  }
  return found
}

function followers(moment: Moment, algorithm: Algorithm, selves: readonly Self[], overtaking: boolean): Moment[] {
  const count = selves.length
  return selves.flatMap((self) => {
    const { index } = self
    const react = (before: Moment, input: Parameters<Algorithm['react']>[1]): Moment => {
      const { state, outputs } = algorithm.react(before.states[index], input, self, 0)
      return carryOut({ ...before, states: before.states.with(index, state) }, self, outputs)
    }
    const begun = moment.begins[index]
      ? [react({ ...moment, begins: moment.begins.with(index, false) }, { do: 'start' })]
      : []
    const heard = selves.flatMap(({ index: from }) => {
      const channel = from * count + index
      const under = moment.channels[channel] ?? []
      return (overtaking ? under : under.slice(0, 1)).map((body, place) =>
        react(
          { ...moment, channels: moment.channels.with(channel, under.toSpliced(place, 1)) },
          { do: 'message', from, body },
        ),
      )
    })
    const rung = (moment.timers[index] ?? []).map((timer) =>
      react({ ...moment, timers: withoutTimer(moment.timers, index, timer) }, { do: 'timer', timer }),
    )
    return [...begun, ...heard, ...rung]
  })
}

const withoutTimer = (timers: string[][], node: number, timer: string): string[][] =>
  timers.with(
    node,
    (timers[node] ?? []).filter((other) => other !== timer),
  )

function carryOut(moment: Moment, { index, count }: Self, outputs: readonly Output[]): Moment {
  let { channels, timers } = moment
  for (const output of outputs) {
    if (output.do === 'send') {
      const channel = index * count + output.to
      channels = channels.with(channel, [...(channels[channel] ?? []), output.body])
    }
    if (output.do === 'set' || output.do === 'cancel') timers = withoutTimer(timers, index, output.timer)
    if (output.do === 'set') timers = timers.with(index, [...(timers[index] ?? []), output.timer].sort())
  }
  return { ...moment, channels, timers }
}
