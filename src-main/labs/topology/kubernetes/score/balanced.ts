// NodeResourcesBalancedAllocation: how evenly the resources of a node are used. Two forms: how even it is with the pod
// (up to Kubernetes 1.34), or how much the pod evens it out (newer). Pods that request nothing are passed over.
// Formula: kube-scheduler, plugins/noderesources/balanced_allocation.go; the change-based form of pull request 135573.
import { show, tidy } from '../../figures.ts'
import { MAX_SCORE, type MakeScorer, asIs } from './types.ts'

export interface Balance {
  score: number
  deviation: number
  working: string[]
}

/** Population standard deviation of the fractions; 0 for one or none. @param fractions each cut at 1 */
export function deviationOf(fractions: readonly number[]): number {
  const [a = 0, b = 0] = fractions
  if (fractions.length < 2) return 0
  if (fractions.length === 2) return Math.abs(a - b) / 2
  const mean = fractions.reduce((sum, one) => sum + one, 0) / fractions.length
  return Math.sqrt(fractions.reduce((sum, one) => sum + (one - mean) ** 2, 0) / fractions.length)
}

/** More than binary fractions are ever off here, and far less than two different scores are apart. */
const DUST = 1e-9

const evenScore = (deviation: number): number => Math.floor((1 - deviation) * MAX_SCORE + DUST)

const changeScore = (before: number, after: number): number =>
  Math.floor((0.75 + (before - after) / 2) * MAX_SCORE + DUST)

const cut = (fraction: number): number => Math.min(1, fraction)

function deviationLine(fractions: readonly number[], deviation: number): string {
  const [a = 0, b = 0] = fractions
  if (fractions.length < 2) return 'One resource is always even: std = 0'
  if (fractions.length === 2) return `std = |${show(a)} - ${show(b)}| / 2 = ${show(deviation)}`
  return `std of ${fractions.map(show).join(', ')} = ${show(deviation)}`
}

/** @param fractions requested / capacity with the pod, one for each resource; above 1 counts as 1 */
export function evenBalance(fractions: readonly number[]): Balance {
  const cuts = fractions.map(cut)
  const deviation = deviationOf(cuts)
  const score = evenScore(deviation)
  return {
    score,
    deviation: tidy(deviation),
    working: [deviationLine(cuts, deviation), `floor((1 - ${show(deviation)}) * 100) = ${score}`],
  }
}

/** @param before without the pod, `after` with it; no change gives 75, the worst 50, the best 100 */
export function changeBalance(before: readonly number[], after: readonly number[]): Balance {
  const [first, then] = [before.map(cut), after.map(cut)]
  const [was, is] = [deviationOf(first), deviationOf(then)]
  const score = changeScore(was, is)
  return {
    score,
    deviation: tidy(is),
    working: [
      `Before: ${deviationLine(first, was)}`,
      `After: ${deviationLine(then, is)}`,
      `floor((0.75 + (${show(was)} - ${show(is)}) / 2) * 100) = ${score}`,
    ],
  }
}

export const balanced: MakeScorer = ({ cluster, pod, options }) => {
  const needs = cluster.needs(pod)
  if (needs.bestEffort) return null
  const columns = options.balancedResources.flatMap((name) => {
    const asked = needs.requests.find(([one]) => one === name)?.[1] ?? 0
    // Extended resources count only for pods that ask for them.
    if (asked === 0 && name !== 'cpu' && name !== 'memory') return []
    return [{ capacity: cluster.allocatable(name), used: cluster.used(name), asked }]
  })
  const fractions = (node: number, withPod: boolean): number[] =>
    columns.flatMap(({ capacity, used, asked }) => {
      const all = capacity[node] ?? 0
      return all <= 0 ? [] : [((used[node] ?? 0) + (withPod ? asked : 0)) / all]
    })
  const deviation = (node: number, withPod: boolean): number => {
    const [first, second, third] = columns
    if (first === undefined || second === undefined || third !== undefined) {
      return deviationOf(fractions(node, withPod).map(cut))
    }
    // The usual two resources, without a list for each node.
    const [all, other] = [first.capacity[node] ?? 0, second.capacity[node] ?? 0]
    if (all <= 0 || other <= 0) return 0
    const a = ((first.used[node] ?? 0) + (withPod ? first.asked : 0)) / all
    const b = ((second.used[node] ?? 0) + (withPod ? second.asked : 0)) / other
    return Math.abs(cut(a) - cut(b)) / 2
  }
  return options.balancedForm === 'even'
    ? {
        raw: (node) => evenScore(deviation(node, true)),
        normalise: asIs,
        explain: (node) => evenBalance(fractions(node, true)).working,
      }
    : {
        raw: (node) => changeScore(deviation(node, false), deviation(node, true)),
        normalise: asIs,
        explain: (node) => changeBalance(fractions(node, false), fractions(node, true)).working,
      }
}
