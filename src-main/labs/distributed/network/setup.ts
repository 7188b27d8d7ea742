// A drawing as the network runs it: nodes numbered from 0, what each knows, which ways are open at the beginning, what
// is planned. Made once for a run and never changed.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_NETWORK_NODES } from '../../../contract/limits.ts'
import { gridOf, ringOf } from '../model/rings-and-grids.ts'
import { type DistributedModel, type LinkEdge, type NetworkSettings, networkOf, numberOf } from '../model/schema.ts'
import type { Algorithm, Self } from './types.ts'

/** A plan entry with indices instead of record ids. */
export type Planned =
  | { readonly do: 'start' | 'crash' | 'recover' | 'pause' | 'resume'; readonly at: number; readonly node: number }
  | { readonly do: 'cut' | 'mend'; readonly at: number; readonly from: number; readonly to: number }
  | { readonly do: 'part'; readonly at: number; readonly nodes: readonly number[] }
  | { readonly do: 'heal'; readonly at: number }
  | ByHand

/** What a person has a node do: something, or send; `label` is empty for no name, `takes` null for what the network says. */
export type ByHand =
  | { readonly do: 'act'; readonly at: number; readonly node: number; readonly label: string }
  | {
      readonly do: 'send'
      readonly at: number
      readonly node: number
      readonly to: number
      readonly label: string
      readonly takes: number | null
    }

/** What a link says otherwise than the network. */
export interface Way {
  readonly delay: number
  readonly loss: number
}

export interface Setup {
  readonly algorithm: Algorithm
  readonly selves: readonly Self[]
  /** record ids of the nodes, by index */
  readonly ids: readonly string[]
  readonly network: NetworkSettings
  /** by `channelOf`, links that say something of their own, in each direction */
  readonly ways: ReadonlyMap<number, Way>
  /** by `pairOf`, links that are cut at the beginning */
  readonly cut: ReadonlySet<number>
  /** the part of the network in which each node stands at the beginning */
  readonly parts: readonly number[]
  readonly down: readonly boolean[]
  /** nodes that are told to begin at time 0, when the plan tells none */
  readonly begin: readonly number[]
  readonly plan: readonly Planned[]
  /** the clock of a node reads `offset + now * rate` */
  readonly offsets: readonly number[]
  readonly rates: readonly number[]
  readonly seed: number
}

/** The seed of a drawing, and of a run, that names none. */
export const usualSeed = 1

/** One number for a pair of nodes in either direction. */
export const pairOf = (a: number, b: number): number => Math.min(a, b) * MAX_NETWORK_NODES + Math.max(a, b)

/** One number for messages from one node to another, of so many nodes. */
export const channelOf = (from: number, to: number, nodes: number): number => from * nodes + to

/** The settings of an algorithm with everything filled in, what is out of range brought into it. */
export function settingsOf(algorithm: Algorithm, model: DistributedModel): Record<string, number> {
  return Object.fromEntries(
    algorithm.settings.map(({ key, usual, min, max }) => {
      const said = model.settings !== undefined && Object.hasOwn(model.settings, key) ? model.settings[key] : undefined
      return [key, Math.min(max, Math.max(min, said ?? usual))]
    }),
  )
}

/**
 * @param seed 32-bit unsigned integer; all chance in the run comes from it
 * @throws InterlockError `too-large` for more nodes than can be run
 */
export function setupOf(model: DistributedModel, algorithm: Algorithm, seed: number): Setup {
  const { nodes, edges } = model
  if (nodes.length > MAX_NETWORK_NODES) {
    throw new InterlockError(
      'too-large',
      `The drawing has ${nodes.length} nodes; up to ${MAX_NETWORK_NODES} can be run. Remove some.`,
      { nodes: nodes.length, most: MAX_NETWORK_NODES },
    )
  }
  const indexOf = new Map(nodes.map(({ id }, index) => [id, index]))
  const ends = ({ from, to }: { from: string; to: string }): [number, number] | null => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)]
    return a === undefined || b === undefined ? null : [a, b]
  }
  const plan = plannedOf(model, algorithm.byHand === true, indexOf, ends)
  const selves = selvesOf(model, settingsOf(algorithm, model), indexOf, ends)
  const down = nodes.map((node) => node.down === true)
  const up = down.map((crashed) => !crashed)
  return {
    algorithm,
    selves,
    ids: nodes.map(({ id }) => id),
    network: networkOf(model),
    ways: waysOf(model, ends),
    cut: new Set(edges.filter(({ cut }) => cut === true).flatMap((edge) => pairIn(ends(edge)))),
    parts: nodes.map(({ part }) => part ?? 1),
    down,
    begin: plan.some((entry) => entry.do === 'start') ? [] : beginners(model, algorithm, selves, up),
    plan,
    offsets: nodes.map(({ offset }) => offset ?? 0),
    rates: nodes.map(({ drift }) => 1 + (drift ?? 0) / 1_000_000),
    seed,
  }
}

const pairIn = (pair: [number, number] | null): number[] => (pair === null ? [] : [pairOf(...pair)])

function beginners(
  { nodes }: DistributedModel,
  algorithm: Algorithm,
  selves: readonly Self[],
  up: readonly boolean[],
): readonly number[] {
  const said = nodes.flatMap(({ starts }, index) => (starts === true && up[index] === true ? [index] : []))
  if (said.length > 0 && algorithm.allBegin !== true) return said
  if (algorithm.beginners !== undefined) return algorithm.beginners(selves, up)
  return up.flatMap((lives, index) => (lives ? [index] : []))
}

function selvesOf(
  model: DistributedModel,
  settings: Record<string, number>,
  indexOf: ReadonlyMap<string, number>,
  ends: (edge: LinkEdge) => [number, number] | null,
): Self[] {
  const { nodes } = model
  const numbers = nodes.map(({ name }, index) => numberOf(name) ?? index + 1)
  const names = nodes.map(({ name }) => name)
  const neighbours: number[][] = nodes.map(() => [])
  for (const edge of model.edges) {
    const pair = ends(edge)
    if (pair === null) continue
    neighbours[pair[0]]?.push(pair[1])
    neighbours[pair[1]]?.push(pair[0])
  }
  const ring = ringOf(model)?.map((id) => indexOf.get(id) ?? -1) ?? null
  const places = new Map(ring?.map((index, place) => [index, place]))
  const along = (index: number, by: number): number => {
    const place = places.get(index)
    return ring === null || place === undefined ? -1 : (ring[(place + by + ring.length) % ring.length] ?? -1)
  }
  const grid = gridOf(model)
  const at: number[] = []
  for (const [id, { row, column }] of grid?.places ?? [])
    at[row * (grid?.columns ?? 0) + column] = indexOf.get(id) ?? -1
  const diameter = diameterOf(neighbours)
  return nodes.map(({ id }, index) => {
    const place = grid?.places.get(id)
    return {
      index,
      count: nodes.length,
      numbers,
      names,
      next: along(index, 1),
      previous: along(index, -1),
      ring: ring ?? [],
      place: places.get(index) ?? -1,
      neighbours: neighbours[index] ?? [],
      diameter,
      grid: grid === null || place === undefined ? null : { ...place, rows: grid.rows, columns: grid.columns, at },
      settings,
    }
  })
}

/** Largest distance in links; -1 where some node cannot be reached. Breadth first from every node. */
function diameterOf(neighbours: readonly (readonly number[])[]): number {
  const count = neighbours.length
  // In a full mesh the answer is known, and looking for it would take longest.
  if (count > 1 && neighbours.every((near) => near.length >= count - 1)) return 1
  let widest = 0
  for (let from = 0; from < count; from += 1) {
    const distance = new Int32Array(count).fill(-1)
    distance[from] = 0
    const found = [from]
    for (const node of found) {
      for (const next of neighbours[node] ?? []) {
        if (distance[next] !== -1) continue
        distance[next] = (distance[node] ?? 0) + 1
        found.push(next)
      }
    }
    if (found.length < count) return -1
    widest = Math.max(widest, distance[found.at(-1) ?? from] ?? 0)
  }
  return widest
}

/** By channel: what a link says, for each of its two directions. */
function waysOf(model: DistributedModel, ends: (edge: LinkEdge) => [number, number] | null): ReadonlyMap<number, Way> {
  const usual = networkOf(model)
  const ways = new Map<number, Way>()
  for (const edge of model.edges) {
    const pair = ends(edge)
    const { delay = 0, back = 0, loss = 0 } = edge
    if (pair === null || (delay === 0 && back === 0 && loss === 0)) continue
    const [from, to] = pair
    const there = { delay: delay === 0 ? usual.delay : delay, loss: loss === 0 ? usual.loss : loss }
    ways.set(channelOf(from, to, model.nodes.length), there)
    ways.set(channelOf(to, from, model.nodes.length), back === 0 ? there : { ...there, delay: back })
  }
  return ways
}

/**
 * The plan in the order of its times; entries about nodes that are not there, and what a hand has nodes do where an
 * algorithm says that, are left out (they are diagnosed elsewhere).
 */
function plannedOf(
  { plan }: DistributedModel,
  byHand: boolean,
  indexOf: ReadonlyMap<string, number>,
  ends: (edge: { from: string; to: string }) => [number, number] | null,
): Planned[] {
  const planned = (plan ?? []).flatMap((entry): Planned[] => {
    switch (entry.do) {
      case 'heal':
        return [{ do: 'heal', at: entry.at }]
      case 'part': {
        const nodes = entry.nodes.flatMap((id) => indexOf.get(id) ?? [])
        return nodes.length === 0 ? [] : [{ do: 'part', at: entry.at, nodes }]
      }
      case 'cut':
      case 'mend': {
        const pair = ends(entry)
        return pair === null ? [] : [{ do: entry.do, at: entry.at, from: pair[0], to: pair[1] }]
      }
      case 'act': {
        const node = indexOf.get(entry.node)
        return node === undefined || !byHand ? [] : [{ do: 'act', at: entry.at, node, label: entry.label ?? '' }]
      }
      case 'send': {
        const pair = ends(entry)
        if (pair === null || pair[0] === pair[1] || !byHand) return []
        const { at, label = '', takes = null } = entry
        return [{ do: 'send', at, node: pair[0], to: pair[1], label, takes }]
      }
      default: {
        const node = indexOf.get(entry.node)
        return node === undefined ? [] : [{ do: entry.do, at: entry.at, node }]
      }
    }
  })
  return planned.sort((a, b) => a.at - b.at)
}
