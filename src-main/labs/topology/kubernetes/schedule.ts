// The scheduling cycle: which nodes are looked at, who passes, scores, totals, ties, and binding; preemption when nobody
// passes. The same cluster, pods and seed give the same answers. Knows no input form and no drawing.
import { type Random, createRandom } from '../../../simulation/random.ts'
import { Cluster } from './cluster.ts'
import { type Finding, PodFilter } from './filter.ts'
import { eventOf, messageOf } from './message.ts'
import { type Preemption, preempt } from './preemption.ts'
import { scorers } from './score/index.ts'
import { type ScoreOptions, type ScorePlugin, type Scorer, scorePlugins, usualScoreOptions } from './score/types.ts'
import type { PodSpec } from './spec.ts'

/** Below so many nodes all are looked at, and never fewer. */
const LEAST_FEASIBLE = 100

/**
 * How many nodes that can take the pod are looked for before scoring begins (kube-scheduler, numFeasibleNodesToFind).
 * @param nodes of the cluster
 * @param percentage 1 to 100 as configured; 0: 50 less one for each 125 nodes, at least 5
 */
export function nodesToFind(nodes: number, percentage = 0): { count: number; working: string[] } {
  if (nodes < LEAST_FEASIBLE || percentage >= 100) {
    return {
      count: nodes,
      working: [nodes < LEAST_FEASIBLE ? `${nodes} < 100 nodes: all ${nodes}` : `100 %: all ${nodes}`],
    }
  }
  const adaptive = 50 - Math.floor(nodes / 125)
  const share = percentage > 0 ? percentage : Math.max(5, adaptive)
  const found = Math.floor((nodes * share) / 100)
  const count = Math.max(LEAST_FEASIBLE, found)
  return {
    count,
    working: [
      ...(percentage > 0 ? [] : [`max(5, 50 - floor(${nodes} / 125)) = max(5, ${adaptive}) = ${share} %`]),
      `max(100, floor(${nodes} * ${share} / 100)) = max(100, ${found}) = ${count}`,
    ],
  }
}

export interface SchedulerOptions extends ScoreOptions {
  seed: number
  /** percentageOfNodesToScore; 0 for the adaptive share, 100 for all */
  percentage: number
  /** whether a pod may evict others when it fits nowhere */
  preemption: boolean
}

export const usualOptions: SchedulerOptions = { ...usualScoreOptions, seed: 1, percentage: 0, preemption: true }

/** What one plugin said about the feasible nodes; lists run along `Decision.feasible`. */
export interface PluginScores {
  plugin: ScorePlugin
  weight: number
  /** null: the plugin has nothing to say about this pod and adds nothing */
  scorer: Scorer | null
  raw: number[]
  normalised: number[]
}

export interface Decision {
  pod: PodSpec
  /** nodes that were looked at, in this order */
  examined: number[]
  feasible: number[]
  scores: PluginScores[]
  totals: number[]
  /** nodes with the highest total; more than one is a tie, broken by chance from the seed */
  best: number[]
  /** null: the pod stays pending */
  chosen: number | null
  /** only when nobody passed */
  refusal: Refusal | null
}

/** What the scheduler says about a pod that found no node. */
export interface Refusal {
  /** each node under each of its reasons */
  message: string
  /** as Kubernetes writes it */
  event: string
  /** null when evicting others is switched off */
  preemption: Preemption | null
}

export class Scheduler {
  readonly cluster: Cluster
  readonly options: SchedulerOptions
  readonly #random: Random
  readonly #placed = new WeakMap<PodSpec, number>()
  #count = 0
  /** where looking begins: after the last node that was looked at, so that all get their turn */
  #next = 0
  /** refusals of pods that ask for the same, good until something is placed */
  #refusals = new Map<string, Refusal>()
  #refusedAt = 0

  constructor(cluster: Cluster, options: SchedulerOptions = usualOptions) {
    this.cluster = cluster
    this.options = options
    this.#random = createRandom(options.seed)
  }

  /** Places a pod without asking, such as one that ran before. */
  bind(pod: PodSpec, node: number): void {
    this.#count += 1
    this.#placed.set(pod, this.#count)
    this.cluster.place(pod, node)
  }

  /** Decides about a pod without placing it. */
  decide(pod: PodSpec): Decision {
    const { cluster, options } = this
    const { length } = cluster.nodes
    const wanted = nodesToFind(length, options.percentage).count
    const filter = new PodFilter(cluster, pod)
    const examined: number[] = []
    const feasible: number[] = []
    for (let step = 0; step < length && feasible.length < wanted; step += 1) {
      const node = (this.#next + step) % length
      examined.push(node)
      if (filter.fits(node)) feasible.push(node)
    }
    if (length > 0) this.#next = (this.#next + examined.length) % length
    if (feasible.length === 0) {
      return { pod, examined, feasible, scores: [], totals: [], best: [], chosen: null, refusal: this.#refuse(pod) }
    }
    const scores = scoreAll({ cluster, pod, feasible, options })
    const totals = feasible.map((_, at) =>
      scores.reduce((sum, { weight, normalised }) => sum + weight * (normalised[at] ?? 0), 0),
    )
    let top = -Infinity
    for (const total of totals) top = Math.max(top, total)
    const best = feasible.filter((_, at) => totals[at] === top)
    const chosen = best.length === 1 ? best[0]! : best[this.#random.below(best.length)]!
    return { pod, examined, feasible, scores, totals, best, chosen, refusal: null }
  }

  /**
   * Carries a decision out: the pod is placed, after its victims were removed when it preempts. In a real cluster it
   * waits for their end and is looked at once more; here it takes their place at once.
   * @returns where it went, or null
   */
  carryOut({ pod, chosen, refusal }: Decision): number | null {
    const node = chosen ?? refusal?.preemption?.node ?? null
    if (node === null) return null
    if (chosen === null) for (const victim of refusal?.preemption?.victims ?? []) this.cluster.remove(victim, node)
    this.bind(pod, node)
    return node
  }

  /** Why each node cannot take the pod; empty lists for those that can. Asked before the pod is placed. */
  findings(pod: PodSpec): Finding[][] {
    const filter = new PodFilter(this.cluster, pod)
    return this.cluster.nodes.map((_, node) => filter.findings(node))
  }

  #refuse(pod: PodSpec): Refusal {
    const { cluster, options } = this
    if (this.#refusedAt !== cluster.changes) this.#refusals.clear()
    this.#refusedAt = cluster.changes
    const key = JSON.stringify({ ...pod, name: '' })
    const known = this.#refusals.get(key)
    if (known !== undefined) return known
    const findings = this.findings(pod)
    const preemption = options.preemption ? preempt(cluster, pod, findings, (one) => this.#placed.get(one) ?? 0) : null
    // Looking for victims takes pods away and puts them back.
    this.#refusedAt = cluster.changes
    const failed = preemption === null || preemption.node !== null ? '' : preemption.reason
    const { length } = cluster.nodes
    const refusal = { message: messageOf(length, findings), event: eventOf(length, findings, failed), preemption }
    this.#refusals.set(key, refusal)
    return refusal
  }
}

function scoreAll(context: {
  cluster: Cluster
  pod: PodSpec
  feasible: number[]
  options: ScoreOptions
}): PluginScores[] {
  const { feasible, options } = context
  return scorePlugins.map((plugin): PluginScores => {
    const weight = options.weights[plugin]
    const scorer = weight === 0 ? null : scorers[plugin](context)
    if (scorer === null) return { plugin, weight, scorer, raw: [], normalised: [] }
    const raw = feasible.map((node) => scorer.raw(node))
    return { plugin, weight, scorer, raw, normalised: scorer.normalise(raw) }
  })
}

/** Pods in the order in which the queue hands them out: higher priority first, then as they came. */
export const inQueueOrder = (pods: readonly PodSpec[]): PodSpec[] =>
  pods
    .map((pod, index) => ({ pod, index }))
    .sort((a, b) => b.pod.priority - a.pod.priority || a.index - b.index)
    .map(({ pod }) => pod)
