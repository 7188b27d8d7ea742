// The operation `topology.schedule`: where the Kubernetes scheduler puts pods, with the verdict of every filter, every
// score raw, normalised and weighted, ties, and what it says about pods that fit nowhere; and small questions about it.
// Longer than others for its help, which names every field.
import type { Operation, Progress } from '../../../contract/lab.ts'
import { MAX_SCORED_PAIRS } from '../../../contract/limits.ts'
import { anything, bad, readFields, readWhole } from '../../../contract/operation-input.ts'
import { tidy } from '../figures.ts'
import { Cluster } from '../kubernetes/cluster.ts'
import type { Finding } from '../kubernetes/filter.ts'
import { showResource } from '../kubernetes/quantity.ts'
import {
  type Decision,
  Scheduler,
  type SchedulerOptions,
  inQueueOrder,
  nodesToFind,
  usualOptions,
} from '../kubernetes/schedule.ts'
import { deviationOf } from '../kubernetes/score/balanced.ts'
import { boundsOf } from '../kubernetes/score/normalise.ts'
import { qosClass } from '../kubernetes/qos.ts'
import { answered, list, oneOf, onlyFields, readNumber, record } from './cluster-fields.ts'
import { readCluster } from './schedule-input.ts'
import { questions, readShape, readWeights, strategies } from './schedule-questions.ts'

const CLUSTER_FIELDS = [
  'nodes', 'drawing', 'pods', 'pod', 'existing', 'weights', 'strategy', 'resourceWeights', 'shape', 'balanced', 'balancedResources',
  'imagesPerContainer', 'hardPodAffinityWeight', 'percentageOfNodesToScore', 'preemption', 'seed', 'detail',
] // prettier-ignore

const DETAILS = ['full', 'short'] as const

/** After so many pods progress is told. */
const REPORT_EVERY = 64

function readOptions(fields: Record<string, unknown>): SchedulerOptions {
  const { resourceWeights, shape } = fields
  return {
    ...usualOptions,
    weights: readWeights(fields['weights'], 'weights'),
    strategy: oneOf(fields['strategy'], 'strategy', strategies, usualOptions.strategy),
    fitResources:
      resourceWeights === undefined
        ? usualOptions.fitResources
        : Object.entries(record(resourceWeights, 'resourceWeights')).map(([name, weight]) => ({
            name,
            weight: readNumber(weight, `resourceWeights.${name}`, 0, 100),
          })),
    shape: shape === undefined ? usualOptions.shape : readShape(shape, 'shape'),
    balancedForm: oneOf(fields['balanced'], 'balanced', ['even', 'change'], 'even'),
    balancedResources:
      fields['balancedResources'] === undefined
        ? usualOptions.balancedResources
        : list(fields['balancedResources'], 'balancedResources').map(String),
    imagesPerContainer: fields['imagesPerContainer'] !== false,
    hardPodAffinityWeight: readWhole(fields['hardPodAffinityWeight'] ?? 1, 'hardPodAffinityWeight', 0, 100),
    percentage: readWhole(fields['percentageOfNodesToScore'] ?? 0, 'percentageOfNodesToScore', 0, 100),
    preemption: fields['preemption'] !== false,
    seed: readWhole(fields['seed'] ?? 1, 'seed', 0, 0xffff_ffff),
  }
}

/** The same about a single pod, by the names of plugins and nodes alone. */
function inShort(
  { cluster }: Scheduler,
  decision: Decision,
  findings: readonly (readonly Finding[])[],
): Record<string, unknown> {
  const { feasible, scores, totals, best, refusal } = decision
  const nameOf = (node: number): string => cluster.nodes[node]?.name ?? ''
  const byNode = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(feasible.map((node, at) => [nameOf(node), tidy(values[at] ?? 0)]))
  const byPlugin = (pick: 'raw' | 'normalised'): Record<string, unknown> =>
    Object.fromEntries(scores.flatMap((one) => (one.scorer === null ? [] : [[one.plugin, byNode(one[pick])]])))
  const refused = findings.flatMap((list, node) =>
    list.length === 0 ? [] : [[nameOf(node), list.map(({ reason }) => reason)]],
  )
  return {
    feasible: feasible.map(nameOf),
    refused: Object.fromEntries(refused) as Record<string, string[]>,
    raw: byPlugin('raw'),
    scores: byPlugin('normalised'),
    totals: byNode(totals),
    ties: best.length > 1 ? best.map(nameOf) : [],
    ...(refusal === null ? {} : { message: refusal.message, event: refusal.event }),
    ...(refusal === null || refusal.preemption === null
      ? {}
      : { victims: refusal.preemption.victims.map(({ name }) => name) }),
  }
}

/** What is told of every node: asked before the pod is placed. */
function nodesTold(scheduler: Scheduler, decision: Decision, all: readonly (readonly Finding[])[]): unknown[] {
  const { cluster } = scheduler
  const { feasible, scores, totals } = decision
  const looked = new Set(decision.examined)
  const places = new Map(feasible.map((node, index) => [node, index]))
  const bounds = scores.map(({ raw }) => boundsOf(raw))
  return all.map((findings, node) => {
    const name = cluster.nodes[node]?.name ?? ''
    const at = places.get(node)
    if (at === undefined) {
      const filters = findings.map(({ plugin, reason, detail }) => ({ plugin, reason, detail }))
      return { node: name, examined: looked.has(node), fits: filters.length === 0, filters }
    }
    return {
      node: name,
      examined: true,
      fits: true,
      filters: [],
      scores: Object.fromEntries(
        scores.map(({ plugin, weight, scorer, raw, normalised }, index) => {
          if (scorer === null)
            return [
              plugin,
              { raw: null, normalised: 0, weight, weighted: 0, working: ['Has nothing to say about this pod.'] },
            ]
          const [own, score] = [raw[at] ?? 0, normalised[at] ?? 0]
          const working = [
            ...scorer.explain(node, own, bounds[index] ?? { min: 0, max: 0 }),
            `${score} * ${weight} = ${tidy(score * weight)}`,
          ]
          return [
            plugin,
            { raw: Number.isNaN(own) ? null : own, normalised: score, weight, weighted: tidy(score * weight), working },
          ]
        }),
      ),
      total: tidy(totals[at] ?? 0),
    }
  })
}

function told(
  scheduler: Scheduler,
  decision: Decision,
  findings: readonly (readonly Finding[])[] | null,
): Record<string, unknown> {
  const { cluster } = scheduler
  const { pod, best, chosen, feasible, examined, totals, refusal } = decision
  const nameOf = (node: number | null): string | null => (node === null ? null : (cluster.nodes[node]?.name ?? null))
  const node = chosen ?? refusal?.preemption?.node ?? null
  const preemption = refusal?.preemption
  return {
    pod: pod.name,
    node: nameOf(node),
    ...(chosen === null ? {} : { total: tidy(totals[feasible.indexOf(chosen)] ?? 0) }),
    ties: best.length > 1 ? best.map(nameOf) : [],
    examined: examined.length,
    feasible: feasible.length,
    ...(refusal === null ? {} : { message: refusal.message, event: refusal.event }),
    ...(preemption === null || preemption === undefined || preemption.node === null
      ? {}
      : {
          preemption: {
            node: nameOf(preemption.node),
            victims: preemption.victims.map(({ name, priority }) => ({ pod: name, priority })),
            because: preemption.reason,
            candidates: preemption.candidates.map((one) => ({
              node: nameOf(one.node),
              victims: one.victims.map(({ name }) => name),
            })),
          },
        }),
    ...(findings === null ? {} : { nodes: nodesTold(scheduler, decision, findings) }),
  }
}

function nodesAfter(cluster: Cluster): unknown[] {
  return cluster.nodes.map(({ name, allocatable }, index) => ({
    node: name,
    pods: cluster.podCount[index] ?? 0,
    requested: Object.fromEntries(
      Object.keys(allocatable)
        .filter((resource) => resource !== 'pods')
        .map((resource) => [resource, showResource(resource, cluster.used(resource)[index] ?? 0)]),
    ),
    fractions: Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => {
        const all = allocatable[resource] ?? 0
        return all === 0 ? [] : [[resource, tidy((cluster.used(resource)[index] ?? 0) / all)]]
      }),
    ),
  }))
}

/** How evenly the cluster is filled: population standard deviation of the nodes' fractions. */
function spreadOf(cluster: Cluster): Record<string, { mean: number; deviation: number }> {
  return Object.fromEntries(
    ['cpu', 'memory'].flatMap((resource) => {
      const fractions = cluster.nodes.flatMap(({ allocatable }, index) => {
        const all = allocatable[resource] ?? 0
        return all === 0 ? [] : [(cluster.used(resource)[index] ?? 0) / all]
      })
      if (fractions.length === 0) return []
      const mean = fractions.reduce((sum, one) => sum + one, 0) / fractions.length
      return [[resource, { mean: tidy(mean), deviation: tidy(deviationOf(fractions)) }]]
    }),
  )
}

function scheduleCluster(fields: Record<string, unknown>, progress?: Progress): Record<string, unknown> {
  const options = readOptions(fields)
  const { nodes, running, waiting } = readCluster(fields)
  const cluster = new Cluster(nodes)
  const scheduler = new Scheduler(cluster, options)
  for (const { pod, node } of running) scheduler.bind(pod, node)
  const usual = nodes.length * waiting.length <= MAX_SCORED_PAIRS ? 'full' : 'short'
  const full = oneOf(fields['detail'], 'detail', DETAILS, usual) === 'full'
  if (full && nodes.length * waiting.length > MAX_SCORED_PAIRS) {
    throw bad(
      'detail',
      `${nodes.length} nodes times ${waiting.length} pods are more than the ${MAX_SCORED_PAIRS} that can be told in full. Leave it out, or ask for "short".`,
    )
  }
  const evicted: string[] = []
  let only: Record<string, unknown> = {}
  const where = new Map(running.map(({ pod, node }) => [pod.name, nodes[node]?.name ?? '']))
  const pods = inQueueOrder(waiting).map((pod, index) => {
    if (index % REPORT_EVERY === 0) progress?.(index / waiting.length)
    const decision = scheduler.decide(pod)
    // Asked before the pod is placed.
    const findings = full ? scheduler.findings(pod) : null
    const answer = told(scheduler, decision, findings)
    if (waiting.length === 1 && findings !== null)
      only = { ...inShort(scheduler, decision, findings), node: answer['node'] }
    const node = scheduler.carryOut(decision)
    if (node !== null) where.set(pod.name, nodes[node]?.name ?? '')
    for (const { name } of decision.refusal?.preemption?.victims ?? []) {
      evicted.push(name)
      where.delete(name)
    }
    return answer
  })
  return {
    ...only,
    pods,
    pending: pods.filter(({ node }) => node === null).map(({ pod }) => pod),
    evicted,
    placement: Object.fromEntries(where),
    nodesToFind: nodesToFind(nodes.length, options.percentage).count,
    nodes: full ? nodesAfter(cluster) : [],
    spread: spreadOf(cluster),
    qos: full ? Object.fromEntries(waiting.map((pod) => [pod.name, qosClass(pod.containers).qos])) : {},
  }
}

function run(input: unknown, progress?: Progress): Record<string, unknown> {
  const fields = readFields(input)
  onlyFields(fields, '', [...CLUSTER_FIELDS, ...Object.keys(questions)])
  return answered(fields, questions, 'nodes with pods, or a drawing', () =>
    fields['nodes'] === undefined && fields['drawing'] === undefined ? null : scheduleCluster(fields, progress),
  )
}

const example = {
  nodes: [
    { name: 'n1', allocatable: '4000m/8Gi', used: '1500m/2Gi' },
    { name: 'n2', allocatable: '4000m/8Gi', used: '500m/5Gi' },
  ],
  pod: { name: 'web', cpu: '500m', memory: '1Gi' },
}

export const schedule: Operation<unknown, Record<string, unknown>> = {
  summary: 'Where the Kubernetes scheduler puts pods: filters, scores, ties, and why a pod fits nowhere.',
  input: anything(),
  help: [
    'Quantities are numbers or texts as in Kubernetes: 2, "500m", "1Gi", "128M". Manifests (metadata, spec, status) work too.',
    'Input:',
    '  nodes      each { name, cpu, memory, pods, allocatable, used, labels, zone, taints, unschedulable, images,',
    '             maxVolumes }; allocatable and used also as "4000m/8Gi"; taints also as "key=value:Effect"',
    '  pods, pod  each { name, cpu, memory, requests, limits, containers, labels, namespace, priority, nodeName,',
    '             nodeSelector, affinity, tolerations, topologySpreadConstraints, hostPorts, volumes, image, count },',
    '             or "500m/1Gi"; with node: it runs there already',
    '  existing   pods that run already, each with its node',
    '  drawing    instead of nodes: a drawing as for topology.check; pods on no node are scheduled',
    '  weights    of plugins, such as { "fit": 2, "image": 0 }; usually taint 3, affinity, spread, interPod 2, others 1',
    '  strategy   LeastAllocated (usual), MostAllocated or RequestedToCapacityRatio with shape: [[0, 0], [100, 10]]',
    '  resourceWeights            of the fit score, such as { "cpu": 2, "memory": 1 }',
    '  balanced                   even (usual) or change, the form of the newest versions; balancedResources to look at',
    '  percentageOfNodesToScore   0 (usual, adaptive) to 100',
    '  imagesPerContainer, hardPodAffinityWeight, preemption (false: nobody is evicted)',
    '  seed                       breaks ties; 1 when left out',
    '  detail                     full or short; full when nodes times pods are few enough',
    'Output:',
    '  for a single pod: node, feasible, refused (reasons by node), raw, scores and totals by plugin and node, ties,',
    '             message and event when it fits nowhere, victims',
    '  pods       in the order of the queue: node or null, total, ties, examined, feasible; message and event when it',
    '             fits nowhere; preemption with victims; with detail full for each node its filters and scores',
    '  pending, evicted, placement, nodesToFind, nodes (requested, fractions), spread (mean, standard deviation), qos',
    'Small questions, each with its arithmetic; one alone is answered at once, several each under its own name:',
    '  taintCounts, affinitySums, interPodSums   lists of raw numbers, one for each node',
    '  spreadCounts   { counts, maxSkew, domains }         fractions      a list, or { before, after }',
    '  fit            { scores, weights } or { resources: [{ capacity, requested, weight }], strategy, shape }',
    '  weighted       { taint, affinity, spread, interPod, fit, balanced, image, weights }, or a list of them',
    '  images         { images: [{ size, nodes }], nodes, containers }',
    '  nodesExamined  a number of nodes or several         oomScoreAdj    { request, capacity, qos } or several',
    '  crashes, nodeLoss, members   as for topology.selfHealing and topology.quorum',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
