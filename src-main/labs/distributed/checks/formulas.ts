// Questions about costs and sizes for any number of nodes. Each number is counted in runs on networks of that size.
import { z } from 'zod'
import { algorithms } from '../algorithms/index.ts'
import { bySize } from '../compare.ts'
import { mutexMessages } from '../operations/mutex-messages.ts'
import { numeric } from './make.ts'
import { texts } from './texts.ts'

/** Flooding sends n³ messages, and every question runs many placements. */
const MOST_NODES = 30
const Nodes = z.number().int().min(1).max(MOST_NODES).describe(texts.params.nodes)

const elections = algorithms.filter(({ family, alone }) => family === 'election' && alone !== true)

const RangeOf = z.strictObject({
  algorithm: z.enum(elections.map(({ id }) => id)).describe(texts.params.asked),
  nodes: Nodes,
  /** over all placements; where an algorithm needs no certain shape, the highest node has crashed */
  which: z.enum(['fewest', 'most']).describe(texts.params.which),
})
type RangeOf = z.infer<typeof RangeOf>

function endsOf({ algorithm, nodes }: RangeOf): { fewest: number; most: number } {
  const [found] = bySize([algorithm], [nodes], 0, 1)
  return { fewest: found?.best ?? 0, most: found?.worst ?? 0 }
}

export const range = numeric<RangeOf>({
  id: 'range',
  title: texts.titles.range,
  params: RangeOf,
  solve: (_, params) => ({
    value: endsOf(params)[params.which],
    because: texts.range.because(params.nodes, params.which),
  }),
  against(value, _, params) {
    const ends = endsOf(params)
    return value === ends.fewest || value === ends.most ? texts.range.swapped : texts.range.against
  },
})

const PerEntry = z.strictObject({
  of: z
    .enum([
      'centralised',
      'lamport',
      'ricartAgrawala',
      'suzukiKasamiBest',
      'suzukiKasamiWorst',
      'tokenRingBest',
      'tokenRingWorst',
      'maekawa',
    ])
    .describe(texts.params.asked),
  nodes: Nodes,
})

export const perEntry = numeric<z.infer<typeof PerEntry>>({
  id: 'per-entry',
  title: texts.titles['per-entry'],
  params: PerEntry,
  solve: (_, { of, nodes }) => ({
    value: mutexMessages.run({ processes: nodes })[of],
    because: texts.perEntry.because,
  }),
  against: () => texts.perEntry.against,
})

const MajorityOf = z.strictObject({
  nodes: z.number().int().min(1).max(1_000).describe(texts.params.nodes),
  of: z.enum(['needed', 'may fail']).describe(texts.params.majority),
})

export const majority = numeric<z.infer<typeof MajorityOf>>({
  id: 'majority',
  title: texts.titles.majority,
  params: MajorityOf,
  solve(_, { nodes, of }) {
    const needed = Math.floor(nodes / 2) + 1
    const fail = nodes - needed
    return of === 'needed'
      ? { value: needed, because: texts.majority.becauseNeeded(nodes, needed) }
      : { value: fail, because: texts.majority.becauseFail(nodes, fail) }
  },
  against: () => texts.majority.against,
})
