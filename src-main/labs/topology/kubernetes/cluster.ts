// The state that the scheduler reads and changes while it places pods: what is requested on each node, and counts of
// pods by selector and domain. Placing or removing a pod costs the same in a cluster of ten and of ten thousand.
// Longer than others: the tables that follow one change are changed in one place.
import {
  type Domains,
  type LabelSet,
  MatchCounter,
  type PodMatcher,
  type Scope,
  type TermHolders,
  type TermKind,
  DomainCounts,
  matchesAll,
  pairOf,
} from './counts.ts'
import { type Needs, needsOf } from './needs.ts'
import { affinityAllows, forbiddingTaint, isCordonedFor } from './selectors.ts'
import type { HostPort, NodeSpec, PodSpec, PodTerm, SpreadConstraint } from './spec.ts'

/** Bits of `Cluster.barred`: what a node itself has against a pod, whoever else is there. */
export const CORDONED = 1
export const OTHER_NAME = 2
export const TAINTED = 4
export const UNMATCHED = 8

/** Most pods of different needs whose verdicts about all nodes are kept. */
const MOST_KEPT = 64

const EVERYWHERE: Scope = { id: '', mask: null, domainCount: new Map() }

/** Of a pod that is known: everything that would otherwise be worked out for each node anew. */
interface Known {
  needs: Needs
  labels: LabelSet
  holders: TermHolders[]
}

export class Cluster {
  readonly nodes: readonly NodeSpec[]
  readonly indexOf: ReadonlyMap<string, number>
  /** requested so far, and what the scores count, which is more for pods without requests; cpu and memory only */
  readonly scoredCpu: Float64Array
  readonly scoredMemory: Float64Array
  readonly podCount: Float64Array
  /** most pods of each node; Infinity where nothing is said */
  readonly podsMost: Float64Array
  /** pods placed one by one, in the order of their placing */
  readonly pods: PodSpec[][]
  readonly volumeCount: Float64Array
  /** grows with every pod that is placed or removed */
  changes = 0
  readonly #allocatable = new Map<string, Float64Array>()
  readonly #used = new Map<string, Float64Array>()
  readonly #nothing: Float64Array
  readonly #ports = new Map<number, HostPort[]>()
  readonly #oncePod = new Map<string, number>()
  readonly #domains = new Map<string, Domains>()
  readonly #sets = new Map<string, LabelSet>()
  readonly #setsByPair = new Map<string, LabelSet[]>()
  readonly #counters = new Map<string, MatchCounter>()
  readonly #countersByPair = new Map<string, MatchCounter[]>()
  readonly #countersOf = new Map<number, MatchCounter[]>()
  readonly #holders = new Map<string, TermHolders>()
  readonly #holdersByPair = new Map<string, TermHolders[]>()
  readonly #holdersAbout = new Map<number, TermHolders[]>()
  readonly #known = new WeakMap<PodSpec, Known>()
  readonly #barred = new Map<string, Uint8Array>()
  readonly #scopes = new Map<string, Scope>()

  constructor(nodes: readonly NodeSpec[]) {
    const count = nodes.length
    this.nodes = nodes
    this.indexOf = new Map(nodes.map(({ name }, index) => [name, index]))
    this.scoredCpu = new Float64Array(count)
    this.scoredMemory = new Float64Array(count)
    this.podCount = new Float64Array(count)
    this.podsMost = Float64Array.from(nodes, ({ allocatable }) => allocatable['pods'] ?? Infinity)
    this.volumeCount = new Float64Array(count)
    this.pods = nodes.map(() => [])
    this.#nothing = new Float64Array(count)
    nodes.forEach(({ allocatable, used }, index) => {
      for (const name in allocatable) columnIn(this.#allocatable, name, count)[index] = allocatable[name] ?? 0
      for (const name in used) columnIn(this.#used, name, count)[index] = used[name] ?? 0
      this.scoredCpu[index] = used['cpu'] ?? 0
      this.scoredMemory[index] = used['memory'] ?? 0
      this.podCount[index] = used['pods'] ?? 0
    })
  }

  allocatable(resource: string): Float64Array {
    return this.#allocatable.get(resource) ?? this.#nothing
  }

  used(resource: string): Float64Array {
    return this.#used.get(resource) ?? this.#nothing
  }

  needs(pod: PodSpec): Needs {
    return this.#know(pod).needs
  }

  place(pod: PodSpec, node: number): void {
    this.pods[node]?.push(pod)
    this.#change(pod, node, 1)
  }

  remove(pod: PodSpec, node: number): void {
    const pods = this.pods[node] ?? []
    const at = pods.indexOf(pod)
    if (at < 0) return
    pods.splice(at, 1)
    this.#change(pod, node, -1)
  }

  #change(pod: PodSpec, node: number, by: 1 | -1): void {
    const { needs, labels, holders } = this.#know(pod)
    this.changes += 1
    for (const [name, amount] of needs.requests) {
      const column = columnIn(this.#used, name, this.nodes.length)
      column[node] = (column[node] ?? 0) + by * amount
    }
    this.scoredCpu[node] = (this.scoredCpu[node] ?? 0) + by * needs.scoredCpu
    this.scoredMemory[node] = (this.scoredMemory[node] ?? 0) + by * needs.scoredMemory
    this.podCount[node] = (this.podCount[node] ?? 0) + by
    this.volumeCount[node] = (this.volumeCount[node] ?? 0) + by * pod.volumes.length
    for (const { name, oncePod } of pod.volumes) {
      if (oncePod) this.#oncePod.set(name, (this.#oncePod.get(name) ?? 0) + by)
    }
    if (pod.hostPorts.length > 0) {
      const held = this.#ports.get(node) ?? []
      this.#ports.set(node, by > 0 ? [...held, ...pod.hostPorts] : held.filter((one) => !pod.hostPorts.includes(one)))
    }
    labels.onNode.set(node, (labels.onNode.get(node) ?? 0) + by)
    for (const counter of this.#countersFor(labels)) counter.add(node, by)
    for (const holder of holders) {
      const domain = this.domains(holder.key).of[node] ?? -1
      if (domain >= 0) holder.counts.add(domain, by)
    }
  }

  /** Ports of the node itself that pods have taken. */
  portsOn(node: number): readonly HostPort[] {
    return this.#ports.get(node) ?? []
  }

  /** Whether some pod has the volume that only one may have. */
  isTaken(volume: string): boolean {
    return (this.#oncePod.get(volume) ?? 0) > 0
  }

  domains(key: string): Domains {
    const known = this.#domains.get(key)
    if (known !== undefined) return known
    const ids = new Map<string, number>()
    const of = new Int32Array(this.nodes.length)
    this.nodes.forEach((node, index) => {
      const value = node.labels[key]
      if (value === undefined) {
        of[index] = -1
        return
      }
      let id = ids.get(value)
      if (id === undefined) ids.set(value, (id = ids.size))
      of[index] = id
    })
    const domains = { of, names: [...ids.keys()] }
    this.#domains.set(key, domains)
    return domains
  }

  /** For each node what it has against this pod, as bits; the same for all pods that ask for the same. */
  barred(pod: PodSpec): Uint8Array {
    const { nodeName, nodeSelector, tolerations } = pod
    const key = JSON.stringify([nodeName, nodeSelector, pod.nodeAffinity.required, tolerations])
    return kept(this.#barred, key, () =>
      Uint8Array.from(
        this.nodes,
        (node) =>
          (isCordonedFor(pod, node) ? CORDONED : 0) |
          (nodeName !== '' && nodeName !== node.name ? OTHER_NAME : 0) |
          (forbiddingTaint(pod, node) === null ? 0 : TAINTED) |
          (affinityAllows(pod, node) ? 0 : UNMATCHED),
      ),
    )
  }

  /** The nodes that count for these constraints of a pod: with all their labels, and allowed by their policies. */
  scopeOf(pod: PodSpec, constraint: SpreadConstraint, keys: readonly string[]): Scope {
    const affinity = constraint.nodeAffinityPolicy === 'Honor'
    const taints = constraint.nodeTaintsPolicy === 'Honor'
    const id = JSON.stringify([
      keys,
      affinity ? [pod.nodeSelector, pod.nodeAffinity.required] : 0,
      taints ? pod.tolerations : 0,
    ])
    return kept(this.#scopes, id, () => {
      const labels = keys.map((key) => this.domains(key).of)
      const mask = Uint8Array.from(this.nodes, (node, index) =>
        labels.every((of) => (of[index] ?? -1) >= 0) &&
        (!affinity || affinityAllows(pod, node)) &&
        (!taints || (forbiddingTaint(pod, node) === null && !isCordonedFor(pod, node)))
          ? 1
          : 0,
      )
      const domainCount = new Map(
        keys.map((key, index) => [key, new Set(labels[index]?.filter((_, node) => mask[node] === 1)).size]),
      )
      return { id, mask, domainCount }
    })
  }

  /** Counts of the pods that match, kept up to date from now on. */
  counter(matchers: readonly PodMatcher[], scope: Scope = EVERYWHERE): MatchCounter {
    const key = `${scope.id}|${JSON.stringify(matchers)}`
    const known = this.#counters.get(key)
    if (known !== undefined) return known
    const counter = new MatchCounter(matchers, scope)
    const pair = pairOf(matchers)
    this.#counters.set(key, counter)
    listIn(this.#countersByPair, pair).push(counter)
    for (const set of pair === '' ? this.#sets.values() : (this.#setsByPair.get(pair) ?? [])) {
      if (!matchesAll(matchers, set)) continue
      for (const [node, count] of set.onNode) counter.add(node, count)
      this.#countersOf.get(set.id)?.push(counter)
    }
    return counter
  }

  /** What pods that are there say about pods like this one. */
  holdersAbout(pod: PodSpec): readonly TermHolders[] {
    const { labels } = this.#know(pod)
    let about = this.#holdersAbout.get(labels.id)
    if (about === undefined) {
      about = pairsOf(labels)
        .flatMap((pair) => this.#holdersByPair.get(pair) ?? [])
        .filter(({ matcher }) => matchesAll([matcher], labels))
      this.#holdersAbout.set(labels.id, about)
    }
    return about
  }

  #countersFor(set: LabelSet): readonly MatchCounter[] {
    let counters = this.#countersOf.get(set.id)
    if (counters === undefined) {
      counters = pairsOf(set)
        .flatMap((pair) => this.#countersByPair.get(pair) ?? [])
        .filter(({ matchers }) => matchesAll(matchers, set))
      this.#countersOf.set(set.id, counters)
    }
    return counters
  }

  #know(pod: PodSpec): Known {
    const before = this.#known.get(pod)
    if (before !== undefined) return before
    const known = { needs: needsOf(pod), labels: this.#setOf(pod), holders: this.#holdersOf(pod) }
    this.#known.set(pod, known)
    return known
  }

  #setOf({ namespace, labels }: PodSpec): LabelSet {
    const key = JSON.stringify([namespace, labels])
    const known = this.#sets.get(key)
    if (known !== undefined) return known
    const set = { id: this.#sets.size, namespace, labels, onNode: new Map<number, number>() }
    this.#sets.set(key, set)
    for (const pair of pairsOf(set)) if (pair !== '') listIn(this.#setsByPair, pair).push(set)
    return set
  }

  #holdersOf(pod: PodSpec): TermHolders[] {
    const { podAffinity, podAntiAffinity } = pod
    const own = (kind: TermKind, term: PodTerm, weight: number): TermHolders => {
      const matcher = matcherOf(term, pod)
      const id = JSON.stringify([kind, weight, matcher, term.topologyKey])
      const known = this.#holders.get(id)
      if (known !== undefined) return known
      const made = { kind, weight, matcher, key: term.topologyKey, counts: new DomainCounts() }
      this.#holders.set(id, made)
      listIn(this.#holdersByPair, pairOf([matcher])).push(made)
      // Who was asked about before asks again.
      this.#holdersAbout.clear()
      return made
    }
    return [
      ...podAffinity.required.map((term) => own('needs', term, 1)),
      ...podAffinity.preferred.map(({ term, weight }) => own('likes', term, weight)),
      ...podAntiAffinity.required.map((term) => own('forbids', term, 1)),
      ...podAntiAffinity.preferred.map(({ term, weight }) => own('dislikes', term, weight)),
    ]
  }
}

/** Namespaces left out mean the pod's own. */
export const matcherOf = (
  term: Pick<PodTerm, 'selector'> & { namespaces?: readonly string[] },
  pod: PodSpec,
): PodMatcher => ({
  selector: term.selector,
  namespaces: term.namespaces === undefined || term.namespaces.length === 0 ? [pod.namespace] : term.namespaces,
})

const pairsOf = ({ labels }: Pick<LabelSet, 'labels'>): string[] => [
  '',
  ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
]

function columnIn(columns: Map<string, Float64Array>, name: string, length: number): Float64Array {
  let column = columns.get(name)
  if (column === undefined) columns.set(name, (column = new Float64Array(length)))
  return column
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key)
  if (list === undefined) lists.set(key, (list = []))
  return list
}

/** Worked out once for each key; when there are too many, all are forgotten and begun anew. */
function kept<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key)
  if (known !== undefined) return known
  if (memory.size >= MOST_KEPT) memory.clear()
  const made = make()
  memory.set(key, made)
  return made
}
