// The scoring plugins of the default scheduler by name.
import { balanced } from './balanced.ts'
import { fit } from './fit.ts'
import { imageLocality } from './images.ts'
import { interPodAffinity } from './inter-pod.ts'
import { nodeAffinity, taintToleration } from './node-rules.ts'
import { podTopologySpread } from './spread.ts'
import type { MakeScorer, ScorePlugin } from './types.ts'

export const scorers: Readonly<Record<ScorePlugin, MakeScorer>> = {
  TaintToleration: taintToleration,
  NodeAffinity: nodeAffinity,
  NodeResourcesFit: fit,
  PodTopologySpread: podTopologySpread,
  InterPodAffinity: interPodAffinity,
  NodeResourcesBalancedAllocation: balanced,
  ImageLocality: imageLocality,
}
