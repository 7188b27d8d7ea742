// Counts of pods per topology domain, kept up to date pod by pod: how many pods match a selector (for spreading and
// affinity), and how many carry a term that speaks of others. Costs of a change do not grow with the cluster.
import { selects } from './selectors.ts'
import type { LabelSelector } from './spec.ts'

/** Which pods are meant: labels and namespaces. All matchers of a list must agree. */
export interface PodMatcher {
  selector: LabelSelector | null
  namespaces: readonly string[]
}

/** Pods with the same namespace and labels are one to every selector. */
export interface LabelSet {
  readonly id: number
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  /** how many of them are on each node, nodes without any left out */
  readonly onNode: Map<number, number>
}

export const matchesAll = (matchers: readonly PodMatcher[], set: Pick<LabelSet, 'namespace' | 'labels'>): boolean =>
  matchers.every(({ selector, namespaces }) => namespaces.includes(set.namespace) && selects(selector, set.labels))

/** One pair of labels that every match has, to find matches without trying all; "" when there is none. */
export function pairOf(matchers: readonly PodMatcher[]): string {
  for (const { selector } of matchers) {
    for (const key in selector?.matchLabels) return `${key}=${selector?.matchLabels[key] ?? ''}`
  }
  return ''
}

/** Numbers by domain, with the least of them at hand. */
export class DomainCounts {
  readonly #counts = new Map<number, number>()
  /** how many domains have a count of so much */
  readonly #having = new Map<number, number>()
  #least = 1
  total = 0

  get(domain: number): number {
    return this.#counts.get(domain) ?? 0
  }

  add(domain: number, amount: number): void {
    const before = this.get(domain)
    const after = before + amount
    this.total += amount
    this.#move(before, -1)
    this.#move(after, 1)
    if (after === 0) this.#counts.delete(domain)
    else this.#counts.set(domain, after)
    if (after > 0 && after < this.#least) this.#least = after
  }

  /** @param domains how many there are, those without any pod included */
  least(domains: number): number {
    if (this.#counts.size < domains || this.#counts.size === 0) return 0
    while (!this.#having.has(this.#least)) this.#least += 1
    return this.#least
  }

  #move(count: number, by: number): void {
    if (count === 0) return
    const next = (this.#having.get(count) ?? 0) + by
    if (next === 0) this.#having.delete(count)
    else this.#having.set(count, next)
  }
}

/** The domains of one topology key: the values of a label of the nodes. */
export interface Domains {
  /** domain of each node, -1 for a node without the label */
  readonly of: Int32Array
  readonly names: readonly string[]
}

/** Nodes on which pods are counted, such as those that a pod's node affinity allows. */
export interface Scope {
  readonly id: string
  /** 1 for a node that counts; null: all do */
  readonly mask: Uint8Array | null
  /** how many domains of a key have a node that counts */
  readonly domainCount: Map<string, number>
}

/** Pods that match, by domain of each key that was asked for. */
export class MatchCounter {
  readonly matchers: readonly PodMatcher[]
  readonly scope: Scope
  readonly #byKey = new Map<string, { domains: Domains; counts: DomainCounts }>()
  readonly #onNode = new Map<number, number>()
  total = 0

  constructor(matchers: readonly PodMatcher[], scope: Scope) {
    this.matchers = matchers
    this.scope = scope
  }

  counts(key: string, domains: Domains): DomainCounts {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known.counts
    const counts = new DomainCounts()
    for (const [node, count] of this.#onNode) {
      const domain = domains.of[node] ?? -1
      if (domain >= 0) counts.add(domain, count)
    }
    this.#byKey.set(key, { domains, counts })
    return counts
  }

  add(node: number, amount: number): void {
    if (this.scope.mask !== null && this.scope.mask[node] !== 1) return
    this.total += amount
    this.#onNode.set(node, (this.#onNode.get(node) ?? 0) + amount)
    for (const { domains, counts } of this.#byKey.values()) {
      const domain = domains.of[node] ?? -1
      if (domain >= 0) counts.add(domain, amount)
    }
  }
}

/** What existing pods say about others: required anti-affinity forbids, the rest adds to scores. */
export type TermKind = 'forbids' | 'likes' | 'dislikes' | 'needs'

/** Pods that carry one and the same term, by domain of its key. */
export interface TermHolders {
  readonly kind: TermKind
  readonly weight: number
  readonly matcher: PodMatcher
  readonly key: string
  readonly counts: DomainCounts
}
