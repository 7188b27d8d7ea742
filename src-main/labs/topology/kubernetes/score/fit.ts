// NodeResourcesFit: how full the node would be with the pod, by one of three strategies. Requests include the pod, and
// containers without requests count with 100m and 200Mi here (never in the filter).
// Formulas: kube-scheduler, plugins/noderesources (least_allocated, most_allocated, requested_to_capacity_ratio).
import { show } from '../../figures.ts'
import { showResource } from '../quantity.ts'
import { type FitStrategy, MAX_SCORE, type MakeScorer, type ScoreContext, type ShapePoint, asIs } from './types.ts'

/** What one resource of a node looks like with the pod on it. */
export interface Filling {
  name: string
  capacity: number
  requested: number
  weight: number
}

export interface FitScore {
  score: number
  resources: { name: string; score: number }[]
  working: string[]
}

/** Score of one resource, 0 to 100. */
export function scoreResource(
  strategy: FitStrategy,
  capacity: number,
  requested: number,
  shape: readonly ShapePoint[] = [],
): number {
  if (capacity <= 0) return 0
  if (strategy === 'LeastAllocated') {
    return requested > capacity ? 0 : Math.floor(((capacity - requested) * MAX_SCORE) / capacity)
  }
  // Containers without requests may be scored above what there is.
  const utilisation = Math.floor((Math.min(requested, capacity) * MAX_SCORE) / capacity)
  return strategy === 'MostAllocated' ? utilisation : onShape(shape, utilisation)
}

/** Piecewise linear, flat beyond the ends, scores times 10, cut to whole numbers towards 0. */
export function onShape(shape: readonly ShapePoint[], utilisation: number): number {
  const scale = MAX_SCORE / 10
  for (const [index, point] of shape.entries()) {
    if (utilisation > point.utilization) continue
    const before = shape[index - 1]
    if (before === undefined) return point.score * scale
    const slope =
      ((point.score - before.score) * scale * (utilisation - before.utilization)) /
      (point.utilization - before.utilization)
    return before.score * scale + Math.trunc(slope)
  }
  return (shape.at(-1)?.score ?? 0) * scale
}

/** floor(sum(weight * score) / sum(weight)); 0 without any weight. */
export function weightedMean(scores: readonly number[], weights: readonly number[]): number {
  let sum = 0
  let weight = 0
  for (const [index, score] of scores.entries()) {
    sum += score * (weights[index] ?? 1)
    weight += weights[index] ?? 1
  }
  return weight === 0 ? 0 : Math.floor(sum / weight)
}

/** The score of a node with its arithmetic. Resources of which the node has none do not count. */
export function fitScore(strategy: FitStrategy, fillings: readonly Filling[], shape: readonly ShapePoint[]): FitScore {
  const counted = fillings.filter(({ capacity }) => capacity > 0)
  const resources = counted.map(({ name, capacity, requested }) => ({
    name,
    score: scoreResource(strategy, capacity, requested, shape),
  }))
  const scores = resources.map(({ score }) => score)
  const weights = counted.map(({ weight }) => weight)
  const score = weightedMean(scores, weights)
  const lines = counted.map(({ name, capacity, requested }, index) => {
    const [all, used] = [showResource(name, capacity), showResource(name, requested)]
    const result = scores[index] ?? 0
    if (strategy === 'LeastAllocated') {
      return requested > capacity
        ? `${name}: ${used} requested > ${all}: 0`
        : `${name}: floor((${all} - ${used}) * 100 / ${all}) = ${result}`
    }
    const utilisation = Math.floor((Math.min(requested, capacity) * MAX_SCORE) / capacity)
    const filled = `${name}: floor(${used} * 100 / ${all}) = ${utilisation}`
    return strategy === 'MostAllocated' ? filled : `${filled} % used, on the shape ${result}`
  })
  const sum = scores.map((one, index) => (weights[index] === 1 ? show(one) : `${weights[index] ?? 1} * ${show(one)}`))
  const total = weights.reduce((a, b) => a + b, 0)
  return {
    score,
    resources,
    working: [
      ...lines,
      `${strategy}: floor((${sum.join(' + ')}) / ${total}) = ${score}`,
      ...roundedRemark(strategy, scores, weights, score),
    ],
  }
}

/** Kubernetes rounds this one strategy and passes over scores of 0; a line says so where that makes a difference. */
function roundedRemark(
  strategy: FitStrategy,
  scores: readonly number[],
  weights: readonly number[],
  score: number,
): string[] {
  if (strategy !== 'RequestedToCapacityRatio') return []
  let sum = 0
  let weight = 0
  for (const [index, one] of scores.entries()) {
    if (one === 0) continue
    sum += one * (weights[index] ?? 1)
    weight += weights[index] ?? 1
  }
  const theirs = weight === 0 ? 0 : Math.round(sum / weight)
  return theirs === score
    ? []
    : [`Kubernetes rounds to the nearest number here and passes over resources that score 0: ${theirs}.`]
}

function fillingsOn({ cluster, pod, options }: ScoreContext, node: number): Filling[] {
  const needs = cluster.needs(pod)
  return options.fitResources.flatMap(({ name, weight }) => {
    const asked = needs.requests.find(([one]) => one === name)?.[1] ?? 0
    const capacity = cluster.allocatable(name)[node] ?? 0
    if (name === 'cpu') return [{ name, weight, capacity, requested: (cluster.scoredCpu[node] ?? 0) + needs.scoredCpu }]
    if (name === 'memory') {
      return [{ name, weight, capacity, requested: (cluster.scoredMemory[node] ?? 0) + needs.scoredMemory }]
    }
    // Other resources count only for pods that ask for them.
    return asked === 0 ? [] : [{ name, weight, capacity, requested: (cluster.used(name)[node] ?? 0) + asked }]
  })
}

export const fit: MakeScorer = (context) => {
  const { cluster, pod, options } = context
  const { strategy, shape } = options
  const needs = cluster.needs(pod)
  const columns = options.fitResources.flatMap(({ name, weight }) => {
    const capacity = cluster.allocatable(name)
    if (name === 'cpu') return [{ capacity, used: cluster.scoredCpu, asked: needs.scoredCpu, weight }]
    if (name === 'memory') return [{ capacity, used: cluster.scoredMemory, asked: needs.scoredMemory, weight }]
    const asked = needs.requests.find(([one]) => one === name)?.[1] ?? 0
    return asked === 0 ? [] : [{ capacity, used: cluster.used(name), asked, weight }]
  })
  return {
    raw(node) {
      let sum = 0
      let total = 0
      for (const { capacity, used, asked, weight } of columns) {
        const all = capacity[node] ?? 0
        if (all <= 0) continue
        sum += weight * scoreResource(strategy, all, (used[node] ?? 0) + asked, shape)
        total += weight
      }
      return total === 0 ? 0 : Math.floor(sum / total)
    },
    normalise: asIs,
    explain: (node) => fitScore(strategy, fillingsOn(context, node), shape).working,
  }
}
