// InterPodAffinity as a score: wishes of the pod about pods that are there, and of those about pods like this one.
// Formula: kube-scheduler, plugins/interpodaffinity/scoring.go.
import { show } from '../../figures.ts'
import { matcherOf } from '../cluster.ts'
import type { DomainCounts, TermKind } from '../counts.ts'
import { byRange, scoresBy } from './normalise.ts'
import type { MakeScorer } from './types.ts'

interface Wish {
  key: string
  of: Int32Array
  counts: DomainCounts
  weight: number
  /** who wishes it: the pod, or those that are there */
  own: boolean
}

const signs: Readonly<Record<Exclude<TermKind, 'forbids'>, number>> = { likes: 1, dislikes: -1, needs: 1 }

export const interPodAffinity: MakeScorer = ({ cluster, pod, options }) => {
  const wish = (own: boolean, key: string, counts: DomainCounts, weight: number): Wish => ({
    key,
    of: cluster.domains(key).of,
    counts,
    weight,
    own,
  })
  const ownWishes = (terms: typeof pod.podAffinity.preferred, sign: number): Wish[] =>
    terms.map(({ term, weight }) => {
      const key = term.topologyKey
      const counts = cluster.counter([matcherOf(term, pod)]).counts(key, cluster.domains(key))
      return wish(true, key, counts, sign * weight)
    })
  const wishes = [
    ...ownWishes(pod.podAffinity.preferred, 1),
    ...ownWishes(pod.podAntiAffinity.preferred, -1),
    ...cluster.holdersAbout(pod).flatMap(({ kind, key, counts, weight }): Wish[] => {
      if (kind === 'forbids') return []
      const value = kind === 'needs' ? options.hardPodAffinityWeight : weight
      return value === 0 ? [] : [wish(false, key, counts, signs[kind] * value)]
    }),
  ].filter(({ counts }) => counts.total > 0)
  const asks = pod.podAffinity.preferred.length + pod.podAntiAffinity.preferred.length > 0
  if (wishes.length === 0 && !asks) return null
  const part = ({ of, counts, weight }: Wish, node: number): number => {
    const domain = of[node] ?? -1
    return domain < 0 ? 0 : weight * counts.get(domain)
  }
  return {
    raw(node) {
      let sum = 0
      for (const one of wishes) sum += part(one, node)
      return sum
    },
    normalise: (raws) => scoresBy(byRange, raws),
    explain: (node, raw, bounds) => [
      ...wishes
        .filter((one) => part(one, node) !== 0)
        .map((one) => {
          const count = one.counts.get(one.of[node] ?? -1)
          const who = one.own ? 'pods that match' : 'pods that wish it'
          return `${one.key}: ${show(count)} ${who} * ${show(one.weight)} = ${show(part(one, node))}`
        }),
      `Sum: ${show(raw)}`,
      byRange.line(raw, bounds),
    ],
  }
}
