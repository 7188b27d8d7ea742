// The arithmetic of victims as a person would write it, and what the guard against starvation does. Pure.
import { type Candidate, type FactorId, factors, type Weights } from '@labs/deadlock/model/recovery.ts'

const raw = ({ values }: Pick<Candidate, 'values'>, weights: Weights): number =>
  factors.reduce((all, { id }) => all + weights[id] * values[id], 0)

/** Terms that are nothing are left out. A sum below 0 counts as 0, and says so. */
export function sumOf(candidate: Pick<Candidate, 'values'>, weights: Weights, belowNothing: string): string {
  const terms = factors.flatMap(({ id }) => {
    const [weight, value] = [weights[id], candidate.values[id]]
    return weight === 0 || value === 0 ? [] : [`${weight} × ${value}`]
  })
  if (terms.length === 0) return '0'
  const total = raw(candidate, weights)
  const written = terms.join(' + ').replaceAll('+ -', '− ').replace(/^-/, '−')
  return total < 0 ? `${written} = −${-total}, ${belowNothing}` : `${written} = ${total}`
}

/** The cheapest on a ring; of equal cost the earlier one. */
export const firstOf = (ranking: readonly Candidate[]): Candidate | undefined => ranking.find(({ onRing }) => onRing)

/** Who would be the first victim if this factor weighed nothing; undefined when that changes nothing. */
export function firstWithout(ranking: readonly Candidate[], weights: Weights, factor: FactorId): Candidate | undefined {
  const spared = { ...weights, [factor]: 0 }
  const [best] = ranking
    .filter(({ onRing }) => onRing)
    .map((candidate) => ({ candidate, cost: Math.max(0, raw(candidate, spared)) }))
    .sort((a, b) => a.cost - b.cost)
  return best === undefined || best.candidate.id === firstOf(ranking)?.id ? undefined : best.candidate
}
