// TaintToleration and NodeAffinity: what node and pod say about each other, whoever else is there. The same for all pods
// that ask for the same, so it is worked out once for all nodes.
import { show } from '../../figures.ts'
import type { Cluster } from '../cluster.ts'
import { softTaints, termMatches } from '../selectors.ts'
import { byMaximum, byMaximumReversed, scoresBy } from './normalise.ts'
import type { MakeScorer } from './types.ts'

/** Most kinds of pods whose numbers are kept for one cluster. */
const MOST_KEPT = 64

const memories = new WeakMap<Cluster, Map<string, Float64Array>>()

function column(cluster: Cluster, key: string, of: (node: Cluster['nodes'][number]) => number): Float64Array {
  let memory = memories.get(cluster)
  if (memory === undefined) memories.set(cluster, (memory = new Map()))
  const known = memory.get(key)
  if (known !== undefined) return known
  if (memory.size >= MOST_KEPT) memory.clear()
  const made = Float64Array.from(cluster.nodes, of)
  memory.set(key, made)
  return made
}

export const taintToleration: MakeScorer = ({ cluster, pod }) => {
  const counts = column(cluster, `taints ${JSON.stringify(pod.tolerations)}`, (node) => softTaints(pod, node))
  return {
    raw: (node) => counts[node] ?? 0,
    normalise: (raws) => scoresBy(byMaximumReversed, raws),
    explain: (_node, raw, bounds) => [
      `PreferNoSchedule taints that the pod does not tolerate: ${raw}`,
      byMaximumReversed.line(raw, bounds),
    ],
  }
}

export const nodeAffinity: MakeScorer = ({ cluster, pod }) => {
  const { preferred } = pod.nodeAffinity
  if (preferred.length === 0) return null
  const sums = column(cluster, `affinity ${JSON.stringify(preferred)}`, (node) =>
    preferred.reduce((sum, { weight, term }) => sum + (termMatches(term, node) ? weight : 0), 0),
  )
  return {
    raw: (node) => sums[node] ?? 0,
    normalise: (raws) => scoresBy(byMaximum, raws),
    explain: (node, raw, bounds) => {
      const spec = cluster.nodes[node]
      const met = preferred.filter(({ term }) => spec !== undefined && termMatches(term, spec))
      const sum = met.map(({ weight }) => show(weight)).join(' + ') || 'none'
      return [`Weights of preferences that the node meets: ${sum} = ${show(raw)}`, byMaximum.line(raw, bounds)]
    },
  }
}
