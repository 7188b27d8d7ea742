// The filters of the default scheduler: which nodes can take a pod, and in Kubernetes' own words why another cannot.
// Order and words follow kube-scheduler 1.31 (pkg/scheduler/framework/plugins). Longer than others: the fast answer and
// the one in words stand side by side, because they must never differ.
import { type Cluster, CORDONED, OTHER_NAME, TAINTED, UNMATCHED, matcherOf } from './cluster.ts'
import { type DomainCounts, type Domains, matchesAll } from './counts.ts'
import { showResource } from './quantity.ts'
import { forbiddingTaint, selects } from './selectors.ts'
import type { HostPort, PodSpec } from './spec.ts'

/** In the order in which the scheduler runs them. */
export const filterPlugins = [
  'NodeUnschedulable',
  'NodeName',
  'TaintToleration',
  'NodeAffinity',
  'NodePorts',
  'NodeResourcesFit',
  'VolumeRestrictions',
  'NodeVolumeLimits',
  'VolumeBinding',
  'VolumeZone',
  'PodTopologySpread',
  'InterPodAffinity',
] as const
export type FilterPlugin = (typeof filterPlugins)[number]

/** One reason why a node cannot take the pod. */
export interface Finding {
  plugin: FilterPlugin
  /** as Kubernetes counts it in its message */
  reason: string
  /** the same with the numbers of this node */
  detail: string
  /** whether evicting other pods could help */
  evictable: boolean
}

const ZONE = 'topology.kubernetes.io/zone'
const ANY_ADDRESS = '0.0.0.0'

const portsClash = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === ANY_ADDRESS || b.ip === ANY_ADDRESS)

interface Column {
  name: string
  amount: number
  allocatable: Float64Array
  used: Float64Array
}

interface Spread {
  key: string
  domains: Domains
  counts: DomainCounts
  least: number
  /** 1 when the pod itself matches the selector */
  self: number
  maxSkew: number
}

interface Term {
  key: string
  domains: Domains
  counts: DomainCounts
}

/** The filters for one pod in the cluster as it is now; made anew after every change. */
export class PodFilter {
  readonly #cluster: Cluster
  readonly #pod: PodSpec
  readonly #barred: Uint8Array
  readonly #columns: Column[]
  readonly #podsMost: Float64Array
  readonly #podCount: Float64Array
  readonly #spreads: Spread[]
  readonly #needs: Term[]
  /** nobody matches yet, and the pod matches itself: the first of its kind may go anywhere */
  readonly #isFirst: boolean
  readonly #avoids: Term[]
  readonly #avoidedBy: Term[]

  constructor(cluster: Cluster, pod: PodSpec) {
    this.#cluster = cluster
    this.#pod = pod
    this.#barred = cluster.barred(pod)
    this.#columns = cluster.needs(pod).requests.map(([name, amount]) => ({
      name,
      amount,
      allocatable: cluster.allocatable(name),
      used: cluster.used(name),
    }))
    this.#podsMost = cluster.podsMost
    this.#podCount = cluster.podCount
    const hard = pod.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
    const keys = hard.map(({ topologyKey }) => topologyKey)
    this.#spreads = hard.map((constraint): Spread => {
      const { topologyKey: key, maxSkew, minDomains, selector } = constraint
      const domains = cluster.domains(key)
      const scope = cluster.scopeOf(pod, constraint, keys)
      const count = scope.domainCount.get(key) ?? 0
      const counts = cluster.counter([matcherOf({ selector }, pod)], scope).counts(key, domains)
      const least = count < minDomains ? 0 : counts.least(count)
      return { key, domains, counts, least, self: selects(selector, pod.labels) ? 1 : 0, maxSkew }
    })
    const { required } = pod.podAffinity
    // A pod counts only when it matches every required term.
    const matchers = required.map((term) => matcherOf(term, pod))
    const needed = required.length > 0 ? cluster.counter(matchers) : null
    this.#needs = required.map(({ topologyKey: key }) => {
      const domains = cluster.domains(key)
      return { key, domains, counts: needed!.counts(key, domains) }
    })
    this.#isFirst =
      needed !== null && this.#needs.every(({ counts }) => counts.total === 0) && matchesAll(matchers, pod)
    this.#avoids = pod.podAntiAffinity.required.map((term) => {
      const domains = cluster.domains(term.topologyKey)
      const counts = cluster.counter([matcherOf(term, pod)]).counts(term.topologyKey, domains)
      return { key: term.topologyKey, domains, counts }
    })
    this.#avoidedBy = cluster
      .holdersAbout(pod)
      .filter(({ kind, counts }) => kind === 'forbids' && counts.total > 0)
      .map(({ key, counts }) => ({ key, domains: cluster.domains(key), counts }))
  }

  /** Whether the node passes every filter. The same as an empty list of findings, but fast. */
  fits(node: number): boolean {
    if (this.#barred[node] !== 0) return false
    if (this.#podCount[node]! + 1 > this.#podsMost[node]!) return false
    for (const { amount, allocatable, used } of this.#columns) {
      if (used[node]! + amount > allocatable[node]!) return false
    }
    if (this.#pod.hostPorts.length > 0 && this.#takenPort(node) !== null) return false
    if (this.#pod.volumes.length > 0 && this.#volumes(node).length > 0) return false
    for (const spread of this.#spreads) if (skewOn(spread, node) > spread.maxSkew) return false
    if (this.#needs.length > 0 && !this.#near(node)) return false
    for (const term of this.#avoids) if (isThere(term, node)) return false
    for (const term of this.#avoidedBy) if (isThere(term, node)) return false
    return true
  }

  /** Every reason against the node, in the order of the filters; none when it can take the pod. */
  findings(node: number): Finding[] {
    const spec = this.#cluster.nodes[node]
    if (spec === undefined) return []
    const bits = this.#barred[node] ?? 0
    const found: Finding[] = []
    const add = (plugin: FilterPlugin, reason: string, detail: string, evictable = false): void => {
      found.push({ plugin, reason, detail, evictable })
    }
    if (bits & CORDONED) {
      add('NodeUnschedulable', 'node(s) were unschedulable', `${spec.name} is cordoned.`)
    }
    if (bits & OTHER_NAME) {
      const detail = `The pod asks for the node ${this.#pod.nodeName}, this is ${spec.name}.`
      add('NodeName', "node(s) didn't match the requested node name", detail)
    }
    if (bits & TAINTED) {
      const taint = forbiddingTaint(this.#pod, spec)
      const said = `{${taint?.key ?? ''}: ${taint?.value ?? ''}}`
      const detail = `${spec.name} has the taint ${said} with the effect ${taint?.effect ?? ''}, which the pod does not tolerate.`
      add('TaintToleration', `node(s) had untolerated taint ${said}`, detail)
    }
    if (bits & UNMATCHED) {
      const detail = `The labels of ${spec.name} do not satisfy the pod's node selector or required node affinity.`
      add('NodeAffinity', "node(s) didn't match Pod's node affinity/selector", detail)
    }
    const port = this.#takenPort(node)
    if (port !== null) {
      const detail = `Port ${port.port}/${port.protocol} of ${spec.name} is taken.`
      add('NodePorts', "node(s) didn't have free ports for the requested pod ports", detail, true)
    }
    this.#addResources(node, add)
    for (const { plugin, reason, detail } of this.#volumes(node))
      add(plugin, reason, detail, plugin === 'NodeVolumeLimits')
    this.#addSpread(node, add)
    this.#addAffinity(node, add)
    return found
  }

  #addResources(
    node: number,
    add: (plugin: FilterPlugin, reason: string, detail: string, evictable: boolean) => void,
  ): void {
    const pods = this.#cluster.podCount[node] ?? 0
    const most = this.#podsMost[node] ?? 0
    if (pods + 1 > most) {
      add('NodeResourcesFit', 'Too many pods', `pods: ${pods} + 1 = ${pods + 1} > ${most}`, most > 0)
    }
    for (const { name, amount, allocatable, used } of this.#columns) {
      const [before, all] = [used[node] ?? 0, allocatable[node] ?? 0]
      if (before + amount <= all) continue
      const shown = [before, amount, before + amount, all].map((one) => showResource(name, one))
      const detail = `${name}: ${shown[0]} + ${shown[1]} = ${shown[2]} > ${shown[3]}`
      // A request above the whole node cannot be helped by evicting.
      add('NodeResourcesFit', `Insufficient ${name}`, detail, amount <= all)
    }
  }

  #takenPort(node: number): HostPort | null {
    const taken = this.#cluster.portsOn(node)
    return this.#pod.hostPorts.find((port) => taken.some((other) => portsClash(port, other))) ?? null
  }

  #volumes(node: number): Omit<Finding, 'evictable'>[] {
    const spec = this.#cluster.nodes[node]
    const { volumes } = this.#pod
    if (spec === undefined || volumes.length === 0) return []
    const found: Omit<Finding, 'evictable'>[] = []
    const taken = volumes.find(({ name, oncePod }) => oncePod && this.#cluster.isTaken(name))
    if (taken !== undefined) {
      found.push({
        plugin: 'VolumeRestrictions',
        reason: 'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
        detail: `Another pod has the volume ${taken.name}, which only one pod may have.`,
      })
    }
    const attached = this.#cluster.volumeCount[node] ?? 0
    if (spec.maxVolumes !== undefined && attached + volumes.length > spec.maxVolumes) {
      found.push({
        plugin: 'NodeVolumeLimits',
        reason: 'node(s) exceed max volume count',
        detail: `volumes: ${attached} + ${volumes.length} = ${attached + volumes.length} > ${spec.maxVolumes}`,
      })
    }
    const away = volumes.find(({ nodes }) => nodes !== undefined && !nodes.includes(spec.name))
    if (away !== undefined) {
      found.push({
        plugin: 'VolumeBinding',
        reason: 'node(s) had volume node affinity conflict',
        detail: `The volume ${away.name} is reached only from ${(away.nodes ?? []).join(', ')}.`,
      })
    }
    const elsewhere = volumes.find(({ zone }) => zone !== undefined && zone !== spec.labels[ZONE])
    if (elsewhere !== undefined) {
      found.push({
        plugin: 'VolumeZone',
        reason: 'node(s) had no available volume zone',
        detail: `The volume ${elsewhere.name} lies in zone ${elsewhere.zone ?? ''}, ${spec.name} in ${spec.labels[ZONE] ?? 'none'}.`,
      })
    }
    return found
  }

  #addSpread(
    node: number,
    add: (plugin: FilterPlugin, reason: string, detail: string, evictable: boolean) => void,
  ): void {
    const words = "node(s) didn't match pod topology spread constraints"
    for (const spread of this.#spreads) {
      const domain = spread.domains.of[node] ?? -1
      if (domain < 0) {
        const detail = `The node has no label ${spread.key}.`
        return add('PodTopologySpread', `${words} (missing required label)`, detail, false)
      }
      const skew = skewOn(spread, node)
      if (skew > spread.maxSkew) {
        const name = spread.domains.names[domain] ?? ''
        const detail = `${spread.key}=${name}: ${spread.counts.get(domain)} + ${spread.self} - ${spread.least} = ${skew} > maxSkew ${spread.maxSkew}`
        return add('PodTopologySpread', words, detail, true)
      }
    }
  }

  #addAffinity(
    node: number,
    add: (plugin: FilterPlugin, reason: string, detail: string, evictable: boolean) => void,
  ): void {
    // The plugin stops at the first of its three questions.
    if (this.#needs.length > 0 && !this.#near(node)) {
      const missing = this.#needs.find((term) => !isThere(term, node))
      const key = (missing ?? this.#needs[0])?.key ?? ''
      const detail = `No pod that the pod wants to be near runs in the node's ${key}.`
      return add('InterPodAffinity', "node(s) didn't match pod affinity rules", detail, false)
    }
    const avoided = this.#avoids.find((term) => isThere(term, node))
    if (avoided !== undefined) {
      const detail = `${countOn(avoided, node)} of the pods that the pod keeps away from run in the node's ${avoided.key}.`
      return add('InterPodAffinity', "node(s) didn't match pod anti-affinity rules", detail, true)
    }
    const avoiding = this.#avoidedBy.find((term) => isThere(term, node))
    if (avoiding !== undefined) {
      const detail = `${countOn(avoiding, node)} of the pods that keep away from pods like this one run in the node's ${avoiding.key}.`
      return add('InterPodAffinity', "node(s) didn't satisfy existing pods anti-affinity rules", detail, true)
    }
  }

  #near(node: number): boolean {
    for (const { domains } of this.#needs) if ((domains.of[node] ?? -1) < 0) return false
    return this.#isFirst || this.#needs.every((term) => isThere(term, node))
  }
}

function countOn({ domains, counts }: Term, node: number): number {
  const domain = domains.of[node] ?? -1
  return domain < 0 ? 0 : counts.get(domain)
}

const isThere = (term: Term, node: number): boolean => countOn(term, node) > 0

/** Infinity for a node that lacks the label. */
function skewOn({ domains, counts, least, self }: Spread, node: number): number {
  const domain = domains.of[node] ?? -1
  return domain < 0 ? Infinity : counts.get(domain) + self - least
}
