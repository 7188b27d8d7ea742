// A cluster as the scheduler and the reconcile loop see it: plain data with numbers instead of quantities (cpu in
// thousandths of a core, memory and storage in bytes). Whatever draws or reads a cluster makes one of these.
import { z } from 'zod'

export const Resources = z.record(z.string(), z.number().min(0))
export type Resources = Readonly<Record<string, number>>

const Labels = z.record(z.string(), z.string())

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const

export const Taint = z.object({ key: z.string().min(1), value: z.string().default(''), effect: z.enum(taintEffects) })
export type Taint = z.infer<typeof Taint>

export const Toleration = z.object({
  /** empty with the operator Exists: every key */
  key: z.string().default(''),
  operator: z.enum(['Equal', 'Exists']).default('Equal'),
  value: z.string().default(''),
  /** empty: every effect */
  effect: z.enum(['', ...taintEffects]).default(''),
  /** only for NoExecute: s after which the pod is evicted all the same; left out: never */
  seconds: z.number().min(0).optional(),
})
export type Toleration = z.infer<typeof Toleration>

export const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const

export const Requirement = z.object({
  key: z.string().min(1),
  operator: z.enum(operators),
  values: z.array(z.string()).default([]),
})
export type Requirement = z.infer<typeof Requirement>

export const LabelSelector = z.object({
  matchLabels: Labels.default({}),
  matchExpressions: z.array(Requirement).default([]),
})
export type LabelSelector = z.infer<typeof LabelSelector>

/** All requirements of one term must hold; of several terms one must. `fields` speak of the node's name. */
export const NodeTerm = z.object({
  expressions: z.array(Requirement).default([]),
  fields: z.array(Requirement).default([]),
})
export type NodeTerm = z.infer<typeof NodeTerm>

export const PodTerm = z.object({
  topologyKey: z.string().min(1),
  /** null matches no pod, an empty selector all */
  selector: LabelSelector.nullable().default(null),
  /** empty: the namespace of the pod itself */
  namespaces: z.array(z.string()).default([]),
})
export type PodTerm = z.infer<typeof PodTerm>

const weight = z.number().int().min(1).max(100)

const PodTerms = z.object({
  required: z.array(PodTerm).default([]),
  preferred: z.array(z.object({ weight, term: PodTerm })).default([]),
})

export const SpreadConstraint = z.object({
  maxSkew: z.number().int().min(1).default(1),
  topologyKey: z.string().min(1),
  selector: LabelSelector.nullable().default(null),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).default('DoNotSchedule'),
  minDomains: z.number().int().min(1).default(1),
  /** Honor: only nodes that the pod's node affinity allows are counted */
  nodeAffinityPolicy: z.enum(['Honor', 'Ignore']).default('Honor'),
  nodeTaintsPolicy: z.enum(['Honor', 'Ignore']).default('Ignore'),
})
export type SpreadConstraint = z.infer<typeof SpreadConstraint>

export const Container = z.object({
  name: z.string().default('main'),
  image: z.string().default(''),
  requests: Resources.default({}),
  limits: Resources.default({}),
})
export type Container = z.infer<typeof Container>

export const HostPort = z.object({
  port: z.number().int().min(1).max(65_535),
  protocol: z.string().default('TCP'),
  ip: z.string().default('0.0.0.0'),
})
export type HostPort = z.infer<typeof HostPort>

export const Volume = z.object({
  name: z.string().min(1),
  /** names of the nodes that reach it; left out: all */
  nodes: z.array(z.string()).optional(),
  /** topology.kubernetes.io/zone of the nodes that reach it; left out: all */
  zone: z.string().optional(),
  /** ReadWriteOncePod: one pod of the whole cluster */
  oncePod: z.boolean().default(false),
})
export type Volume = z.infer<typeof Volume>

export const PodSpec = z.object({
  name: z.string().min(1),
  namespace: z.string().default('default'),
  labels: Labels.default({}),
  containers: z
    .array(Container)
    .min(1)
    .default([Container.parse({})]),
  priority: z.number().int().default(0),
  /** Never: it waits instead of evicting others */
  preemption: z.enum(['PreemptLowerPriority', 'Never']).default('PreemptLowerPriority'),
  /** a node asked for by name */
  nodeName: z.string().default(''),
  nodeSelector: Labels.default({}),
  nodeAffinity: z
    .object({
      /** null: none required */
      required: z.array(NodeTerm).nullable().default(null),
      preferred: z.array(z.object({ weight, term: NodeTerm })).default([]),
    })
    .default({ required: null, preferred: [] }),
  podAffinity: PodTerms.default({ required: [], preferred: [] }),
  podAntiAffinity: PodTerms.default({ required: [], preferred: [] }),
  spread: z.array(SpreadConstraint).default([]),
  tolerations: z.array(Toleration).default([]),
  hostPorts: z.array(HostPort).default([]),
  volumes: z.array(Volume).default([]),
})
export type PodSpec = z.infer<typeof PodSpec>

export const NodeSpec = z.object({
  name: z.string().min(1),
  /** cpu, memory, pods, ephemeral-storage and extended resources; pods left out: no limit; others left out: none */
  allocatable: Resources,
  /** what pods that are not listed one by one have requested, with their number as "pods" */
  used: Resources.default({}),
  labels: Labels.default({}),
  taints: z.array(Taint).default([]),
  unschedulable: z.boolean().default(false),
  /** images that lie on the node, with their size in bytes */
  images: z.record(z.string(), z.number().min(0)).default({}),
  /** most volumes attached at once; left out: no limit */
  maxVolumes: z.number().int().min(0).optional(),
})
export type NodeSpec = z.infer<typeof NodeSpec>

export const Deployment = z.object({
  name: z.string().min(1),
  replicas: z.number().int().min(0).max(1000),
  /** its pods; their names are made from the deployment's */
  template: PodSpec,
})
export type Deployment = z.infer<typeof Deployment>

/** Times of the reconcile loop, in s. */
export const ClusterTimes = z.object({
  /** a node that is silent for so long counts as NotReady: 40 in older versions, 50 in newer */
  grace: z.number().min(1).max(3600).default(40),
  /** how long pods without a toleration of their own stay on a node that is not ready or not reachable */
  toleration: z.number().min(0).max(86_400).default(300),
  /** from binding until the containers run */
  start: z.number().min(0).max(3600).default(2),
  /** first back-off of a crashed container, doubled up to the most */
  backoff: z.number().min(1).default(10),
  backoffMost: z.number().min(1).default(300),
  /** a container that ran for so long begins again with the first back-off */
  backoffReset: z.number().min(1).default(600),
})
export type ClusterTimes = z.infer<typeof ClusterTimes>

/** A pod that is there when the clock starts. */
export const StartingPod = z.object({
  spec: PodSpec,
  /** the node that it runs on already; null: it waits for one */
  node: z.string().nullable().default(null),
  /** the deployment that counts it as one of its own; null: nobody replaces it */
  deployment: z.string().nullable().default(null),
})
export type StartingPod = z.infer<typeof StartingPod>

export const ClusterSpec = z.object({
  nodes: z.array(NodeSpec),
  /** names differ */
  pods: z.array(StartingPod).default([]),
  deployments: z.array(Deployment).default([]),
  times: ClusterTimes.default(ClusterTimes.parse({})),
})
export type ClusterSpec = z.infer<typeof ClusterSpec>
