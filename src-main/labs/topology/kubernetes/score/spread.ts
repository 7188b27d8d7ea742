// PodTopologySpread as a score: constraints that are wishes (ScheduleAnyway). Fewer matching pods in the node's domains
// score higher. Formula: kube-scheduler, plugins/podtopologyspread/scoring.go.
import { show } from '../../figures.ts'
import { matcherOf } from '../cluster.ts'
import { bySpread, scoresBy } from './normalise.ts'
import type { MakeScorer } from './types.ts'

const HOSTNAME = 'kubernetes.io/hostname'

/** What one constraint adds before rounding: count * ln(domains + 2) + maxSkew - 1. */
export const spreadPart = (count: number, domains: number, maxSkew: number): number =>
  count * Math.log(domains + 2) + (maxSkew - 1)

export const spreadLine = (count: number, domains: number, maxSkew: number): string =>
  `${show(count)} * ln(${show(domains)} + 2) + ${show(maxSkew)} - 1 = ${show(spreadPart(count, domains, maxSkew))}`

/** The raw score of one constraint or several, rounded to the nearest whole number. */
export const spreadRaw = (parts: readonly number[]): number => Math.round(parts.reduce((sum, one) => sum + one, 0))

export const podTopologySpread: MakeScorer = ({ cluster, pod, feasible }) => {
  const soft = pod.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway')
  if (soft.length === 0) return null
  const keys = soft.map(({ topologyKey }) => topologyKey)
  const labels = keys.map((key) => cluster.domains(key).of)
  const lacks = (node: number): boolean => labels.some((of) => (of[node] ?? -1) < 0)
  const complete = feasible.filter((node) => !lacks(node))
  const terms = soft.map((constraint, index) => {
    const { topologyKey: key, maxSkew, selector } = constraint
    const domains = cluster.domains(key)
    const counter = cluster.counter([matcherOf({ selector }, pod)], cluster.scopeOf(pod, constraint, keys))
    const of = labels[index] ?? new Int32Array()
    // Domains are those of the nodes that are left; for host names every such node is one.
    const count = key === HOSTNAME ? complete.length : new Set(complete.map((node) => of[node])).size
    return {
      key,
      maxSkew,
      of,
      names: domains.names,
      count,
      counts: counter.counts(key, domains),
      weight: Math.log(count + 2),
    }
  })
  const raw = (node: number): number => {
    if (lacks(node)) return NaN
    let sum = 0
    for (const { of, counts, weight, maxSkew } of terms) sum += counts.get(of[node] ?? -1) * weight + (maxSkew - 1)
    return Math.round(sum)
  }
  return {
    raw,
    normalise: (raws) => scoresBy(bySpread, raws),
    explain: (node, own, bounds) => {
      const last = bySpread.line(own, bounds)
      if (Number.isNaN(own)) return [last]
      const lines = terms.map(
        ({ key, of, names, counts, count, maxSkew }) =>
          `${key}=${names[of[node] ?? -1] ?? ''}: ${spreadLine(counts.get(of[node] ?? -1), count, maxSkew)}`,
      )
      return [...lines, `Rounded: ${show(own)}`, last]
    },
  }
}
