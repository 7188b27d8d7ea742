// What a scoring plugin is: a raw number for each node that fits, made comparable (0 to 100) over all of them, with its
// arithmetic in words on request. Knows no plugin.
import type { Cluster } from '../cluster.ts'
import type { PodSpec } from '../spec.ts'
import type { Bounds } from './normalise.ts'

export const MAX_SCORE = 100

export const scorePlugins = [
  'TaintToleration',
  'NodeAffinity',
  'NodeResourcesFit',
  'PodTopologySpread',
  'InterPodAffinity',
  'NodeResourcesBalancedAllocation',
  'ImageLocality',
] as const
export type ScorePlugin = (typeof scorePlugins)[number]

export type FitStrategy = 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio'

/** A corner of the shape of RequestedToCapacityRatio: utilisation 0 to 100, score 0 to 10. */
export interface ShapePoint {
  utilization: number
  score: number
}

export interface ScoreOptions {
  /** 0: the plugin does not count */
  weights: Readonly<Record<ScorePlugin, number>>
  strategy: FitStrategy
  /** resources that the fit score looks at, with their weights */
  fitResources: readonly { name: string; weight: number }[]
  shape: readonly ShapePoint[]
  /** resources that the balance looks at */
  balancedResources: readonly string[]
  /** `even`: how even the use is; `change`: how much the pod evens it out, as in the newest versions */
  balancedForm: 'even' | 'change'
  /** older versions do not widen the bounds of the image score by the number of containers */
  imagesPerContainer: boolean
  /** what required pod affinity of pods that are there is worth to pods that match it */
  hardPodAffinityWeight: number
}

export const usualScoreOptions: ScoreOptions = {
  weights: {
    TaintToleration: 3,
    NodeAffinity: 2,
    NodeResourcesFit: 1,
    PodTopologySpread: 2,
    InterPodAffinity: 2,
    NodeResourcesBalancedAllocation: 1,
    ImageLocality: 1,
  },
  strategy: 'LeastAllocated',
  fitResources: [
    { name: 'cpu', weight: 1 },
    { name: 'memory', weight: 1 },
  ],
  shape: [
    { utilization: 0, score: 0 },
    { utilization: 100, score: 10 },
  ],
  balancedResources: ['cpu', 'memory'],
  balancedForm: 'even',
  imagesPerContainer: true,
  hardPodAffinityWeight: 1,
}

export interface ScoreContext {
  cluster: Cluster
  pod: PodSpec
  /** nodes that passed the filters, of those that were looked at */
  feasible: readonly number[]
  options: ScoreOptions
}

export interface Scorer {
  raw(node: number): number
  /** @param raws of all feasible nodes, in their order */
  normalise(raws: readonly number[]): number[]
  /** the arithmetic for one node, line by line; `bounds` of all raw scores */
  explain(node: number, raw: number, bounds: Bounds): string[]
}

/** Null when the plugin has nothing to say about the pod; it then adds nothing to any node. */
export type MakeScorer = (context: ScoreContext) => Scorer | null

/** Scores that are comparable as they come. */
export const asIs = (raws: readonly number[]): number[] => raws.slice()
