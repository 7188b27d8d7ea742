// How many consistent cuts a trace has, and in how many orders its events can have happened. Pure; knows no input form.
import type { Causality, Occurrence } from '../../../simulation/causality.ts'

export interface Counted {
  cuts: bigint
  extensions: bigint
}

/**
 * Walks through the consistent cuts level by level, each level one event larger; the orders of all events are the ways
 * from the empty cut to the full one. Groups of lanes that no message joins are counted apart: their cuts multiply, and
 * their orders are shuffled into each other in every way.
 * @param order with fewer than 65,536 events on each lane
 * @param most how many cuts are looked at before the count is given up
 * @returns null when it was given up
 */
export function countCuts(order: Causality<Occurrence>, most: number): Counted | null {
  let [cuts, extensions, placed, left] = [1n, 1n, 0, most]
  for (const group of groups(order)) {
    const counted = countGroup(order, group, left)
    if (counted === null) return null
    left -= Number(counted.cuts)
    cuts *= counted.cuts
    const size = group.reduce((sum, lane) => sum + order.byLane[lane]!.length, 0)
    extensions *= counted.extensions * chosen(placed + size, size)
    placed += size
  }
  return { cuts, extensions }
}

/** Lanes that messages join, directly or through others; lanes without events are left out. */
function groups(order: Causality<Occurrence>): number[][] {
  const group = order.lanes.map((_, lane) => lane)
  const root = (lane: number): number => {
    let at = lane
    while (group[at] !== at) at = group[at]!
    return at
  }
  order.events.forEach((_, event) => {
    const sent = order.cause(event)
    if (sent >= 0) group[root(order.lane(event))] = root(order.lane(sent))
  })
  const found = new Map<number, number[]>()
  order.byLane.forEach((here, lane) => {
    if (here.length > 0) found.set(root(lane), [...(found.get(root(lane)) ?? []), lane])
  })
  return [...found.values()]
}

interface Cut {
  /** for each lane of the group, how many of its events lie inside */
  inside: readonly number[]
  /** in how many orders the events inside can have happened */
  ways: bigint
}

function countGroup(order: Causality<Occurrence>, lanes: readonly number[], most: number): Counted | null {
  const place = new Map(lanes.map((lane, index) => [lane, index]))
  // With everything before it on its lane inside, an event needs only its cause: what that needs is inside with it.
  const causes = lanes.map((lane) =>
    order.byLane[lane]!.map((event) => {
      const sent = order.cause(event)
      return sent < 0 ? null : { lane: place.get(order.lane(sent))!, position: order.position(sent) }
    }),
  )
  const total = causes.reduce((sum, here) => sum + here.length, 0)
  let level = new Map<string, Cut>([['', { inside: lanes.map(() => 0), ways: 1n }]])
  let cuts = 1
  for (let size = 0; size < total; size += 1) {
    const next = new Map<string, Cut>()
    for (const { inside, ways } of level.values()) {
      for (let lane = 0; lane < lanes.length; lane += 1) {
        const cause = causes[lane]![inside[lane]!]
        if (cause === undefined || (cause !== null && inside[cause.lane]! < cause.position)) continue
        const larger = inside.with(lane, inside[lane]! + 1)
        // Each number as one character: much cheaper than digits.
        const key = String.fromCharCode(...larger)
        const known = next.get(key)
        if (known !== undefined) known.ways += ways
        else next.set(key, { inside: larger, ways })
      }
      if (cuts + next.size > most) return null
    }
    cuts += next.size
    level = next
  }
  return { cuts: BigInt(cuts), extensions: [...level.values()][0]!.ways }
}

/** In how many ways `some` can be chosen from `all`. */
function chosen(all: number, some: number): bigint {
  let ways = 1n
  for (let step = 1; step <= some; step += 1) ways = (ways * BigInt(all - some + step)) / BigInt(step)
  return ways
}
