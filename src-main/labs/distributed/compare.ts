// Algorithms side by side: on one drawing, and on networks of growing size over many placements of ids and initiators.
// Every number comes from running the algorithm.
import type { Progress } from '../../contract/lab.ts'
import { type Random, createRandom } from '../../simulation/random.ts'
import { algorithmOf } from './algorithms/index.ts'
import { diagnose } from './diagnostics.ts'
import type { BySize, OnDrawing } from './model/comparison.ts'
import type { DistributedModel } from './model/schema.ts'
import { runToEnd, totalsOf } from './network/outcome.ts'
import { setupOf, usualSeed } from './network/setup.ts'
import type { Algorithm } from './network/types.ts'
import { gridDrawing, meshOf, ringDrawing } from './operations/drawings.ts'
import { answerOf } from './verdict.ts'

/** A run that has not ended by then is cut. */
const MOST_EVENTS = 200_000
/** Every node begins once up to so many; of more, some are taken. */
const ALL_BEGINNERS = 12

export function onDrawing(model: DistributedModel, id: string): OnDrawing {
  const algorithm = algorithmOf(id)
  const { label } = algorithm
  const wrong = diagnose({ ...model, algorithm: id }).find(({ severity }) => severity === 'error')
  const base = { algorithm: id, label }
  if (wrong !== undefined) {
    const none = { messages: 0, withoutToCrashed: 0, kinds: [], time: 0, busiest: null, costs: [] }
    return { ...base, unfit: wrong.sentence, word: '', mark: null, ...none }
  }
  const outcome = runToEnd(setupOf(model, algorithm, model.seed ?? usualSeed), MOST_EVENTS)
  const { world, costs } = outcome
  const { sent, toCrashed } = totalsOf(world)
  const { word, mark } = answerOf(outcome, algorithm)
  const load = world.sentBy.map((count, index) => count + (world.receivedBy[index] ?? 0))
  const most = load.indexOf(Math.max(...load))
  return {
    ...base,
    unfit: null,
    word,
    mark,
    messages: sent,
    withoutToCrashed: sent - toCrashed,
    kinds: [...world.tallies].map(([kind, tally]) => ({ kind, sent: tally.sent })),
    time: world.now,
    busiest: most < 0 ? null : { name: world.setup.selves[0]?.names[most] ?? '', messages: load[most] ?? 0 },
    costs: costs.map((cost) => ({ ...cost })),
  }
}

/**
 * @param arrangements drawn by chance, besides rising and falling ids
 * @param onProgress told the part that is done, 0 to 1
 */
export function bySize(
  ids: readonly string[],
  sizes: readonly number[],
  arrangements: number,
  seed: number,
  onProgress?: Progress,
): BySize[] {
  const jobs = ids.flatMap((id) => sizes.map((n) => ({ algorithm: algorithmOf(id), n })))
  // Large networks take longest, and say most about how much is left.
  const whole = jobs.reduce((sum, { n }) => sum + n * n, 0)
  let done = 0
  return jobs.map(({ algorithm, n }) => {
    const found = ofSize(algorithm, n, arrangements, createRandom(seed))
    done += n * n
    onProgress?.(done / whole)
    return found
  })
}

function ofSize(algorithm: Algorithm, n: number, arrangements: number, random: Random): BySize {
  const counts: number[] = []
  let time = 0
  for (const model of placements(algorithm, n, arrangements, random)) {
    const { world } = runToEnd(setupOf(model, algorithm, usualSeed), MOST_EVENTS)
    counts.push(totalsOf(world).sent)
    time += world.now
  }
  return {
    algorithm: algorithm.id,
    n,
    runs: counts.length,
    best: Math.min(...counts),
    average: counts.reduce((sum, count) => sum + count, 0) / counts.length,
    worst: Math.max(...counts),
    time: time / counts.length,
  }
}

/**
 * Rising, falling and random arrangements of ids; where one node begins, each of them, or some of many. An election that
 * needs no certain shape is about a highest node that has crashed, as textbooks tell it.
 */
function placements(algorithm: Algorithm, n: number, arrangements: number, random: Random): DistributedModel[] {
  const rising = Array.from({ length: n }, (_, index) => index + 1)
  const single = algorithm.beginners !== undefined
  const crashed = algorithm.needs === 'any' && algorithm.family === 'election' && n > 1 ? [n] : []
  const live = rising.filter((id) => !crashed.includes(id))
  const starts = single ? some(live) : [undefined]
  const orders = [
    rising,
    [...rising].reverse(),
    ...Array.from({ length: arrangements }, () => shuffled(rising, random)),
  ]
  return startsAndOrders(starts, algorithm.needs === 'any' ? [rising] : orders).map(([start, order]) => {
    const said = { crashed, ...(start === undefined ? {} : { starts: [start] }) }
    if (algorithm.needs === 'ring' || algorithm.id === 'token-ring') return ringDrawing(order, said)
    if (algorithm.needs === 'any') return meshOf(order, said)
    return renamed(gridDrawing(...sidesOf(n)), order)
  })
}

function startsAndOrders(
  starts: readonly (number | undefined)[],
  orders: readonly (readonly number[])[],
): (readonly [number | undefined, readonly number[]])[] {
  return starts.flatMap((start) => orders.map((order) => [start, order] as const))
}

/** All of a few; of many the first, the last, and some between. */
function some(ids: readonly number[]): readonly number[] {
  if (ids.length <= ALL_BEGINNERS) return ids
  const step = (ids.length - 1) / (ALL_BEGINNERS - 1)
  return Array.from({ length: ALL_BEGINNERS }, (_, index) => ids[Math.round(index * step)] ?? 0)
}

function shuffled(ids: readonly number[], random: Random): number[] {
  const mixed = [...ids]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    ;[mixed[last], mixed[other]] = [mixed[other] ?? 0, mixed[last] ?? 0]
  }
  return mixed
}

/** Rows and columns of a full grid of n nodes, as square as can be. */
function sidesOf(n: number): [number, number] {
  let rows = Math.floor(Math.sqrt(n))
  while (n % rows !== 0) rows -= 1
  return [rows, n / rows]
}

const renamed = (model: DistributedModel, ids: readonly number[]): DistributedModel => ({
  ...model,
  nodes: model.nodes.map((node, index) => ({ ...node, name: `P${ids[index] ?? index + 1}` })),
})
