// A slow scheduler for comparison, written from the documentation of Kubernetes without any of the engine's tables: every
// question is answered by looking at every pod on every node.
import type {
  LabelSelector,
  NodeSpec,
  PodSpec,
  PodTerm,
  Requirement,
} from '../../../../../src-main/labs/topology/kubernetes/spec.ts'

export interface Placed {
  pod: PodSpec
  node: NodeSpec
}

const holds = (one: Requirement, value: string | undefined): boolean => {
  if (one.operator === 'Exists') return value !== undefined
  if (one.operator === 'DoesNotExist') return value === undefined
  if (one.operator === 'In') return value !== undefined && one.values.includes(value)
  if (one.operator === 'NotIn') return value === undefined || !one.values.includes(value)
  const [a, b] = [Number.parseInt(value ?? '', 10), Number.parseInt(one.values[0] ?? '', 10)]
  return one.operator === 'Gt' ? a > b : a < b
}

export const matches = (selector: LabelSelector | null, pod: PodSpec): boolean =>
  selector !== null &&
  Object.entries(selector.matchLabels).every(([key, value]) => pod.labels[key] === value) &&
  selector.matchExpressions.every((one) => holds(one, pod.labels[one.key]))

const allows = (pod: PodSpec, node: NodeSpec): boolean =>
  Object.entries(pod.nodeSelector).every(([key, value]) => node.labels[key] === value) &&
  (pod.nodeAffinity.required === null ||
    pod.nodeAffinity.required.some(
      ({ expressions, fields }) =>
        expressions.length + fields.length > 0 &&
        expressions.every((one) => holds(one, node.labels[one.key])) &&
        fields.every((one) => holds(one, node.name)),
    ))

const tolerated = (pod: PodSpec, taint: { key: string; value: string; effect: string }): boolean =>
  pod.tolerations.some(
    (one) =>
      (one.effect === '' || one.effect === taint.effect) &&
      (one.key === '' || one.key === taint.key) &&
      (one.operator === 'Exists' || one.value === taint.value),
  )

const speaksOf = (term: PodTerm, owner: PodSpec, other: PodSpec): boolean =>
  (term.namespaces.length === 0 ? [owner.namespace] : term.namespaces).includes(other.namespace) &&
  matches(term.selector, other)

const together = (key: string, a: NodeSpec, b: NodeSpec): boolean =>
  a.labels[key] !== undefined && a.labels[key] === b.labels[key]

export const requested = (pod: PodSpec, name: string): number =>
  pod.containers.reduce((sum, { requests }) => sum + (requests[name] ?? 0), 0)

export function usedOn(node: NodeSpec, placed: readonly Placed[], name: string): number {
  const there = placed.filter((one) => one.node === node)
  if (name === 'pods') return (node.used['pods'] ?? 0) + there.length
  return (node.used[name] ?? 0) + there.reduce((sum, { pod }) => sum + requested(pod, name), 0)
}

const CORDON = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

/** The reasons of all filters that refuse, without counting them. */
export function reasons(pod: PodSpec, node: NodeSpec, nodes: readonly NodeSpec[], placed: readonly Placed[]): string[] {
  const found: string[] = []
  if (node.unschedulable && !tolerated(pod, CORDON)) found.push('node(s) were unschedulable')
  if (pod.nodeName !== '' && pod.nodeName !== node.name) found.push("node(s) didn't match the requested node name")
  const taint = node.taints.find((one) => one.effect !== 'PreferNoSchedule' && !tolerated(pod, one))
  if (taint !== undefined) found.push(`node(s) had untolerated taint {${taint.key}: ${taint.value}}`)
  if (!allows(pod, node)) found.push("node(s) didn't match Pod's node affinity/selector")
  const ports = placed.filter((one) => one.node === node).flatMap((one) => one.pod.hostPorts)
  if (pod.hostPorts.some((a) => ports.some((b) => a.port === b.port && a.protocol === b.protocol))) {
    found.push("node(s) didn't have free ports for the requested pod ports")
  }
  if (node.allocatable['pods'] !== undefined && usedOn(node, placed, 'pods') + 1 > node.allocatable['pods']) {
    found.push('Too many pods')
  }
  for (const name of new Set(pod.containers.flatMap(({ requests }) => Object.keys(requests)))) {
    const amount = requested(pod, name)
    if (amount > 0 && usedOn(node, placed, name) + amount > (node.allocatable[name] ?? 0))
      found.push(`Insufficient ${name}`)
  }
  const spread = spreadReason(pod, node, nodes, placed)
  if (spread !== null) found.push(spread)
  const affinity = affinityReason(pod, node, placed)
  if (affinity !== null) found.push(affinity)
  return found
}

function spreadReason(
  pod: PodSpec,
  node: NodeSpec,
  nodes: readonly NodeSpec[],
  placed: readonly Placed[],
): string | null {
  const words = "node(s) didn't match pod topology spread constraints"
  const hard = pod.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
  for (const one of hard) {
    const value = node.labels[one.topologyKey]
    if (value === undefined) return `${words} (missing required label)`
    const counted = nodes.filter(
      (other) =>
        hard.every(({ topologyKey }) => other.labels[topologyKey] !== undefined) &&
        (one.nodeAffinityPolicy === 'Ignore' || allows(pod, other)) &&
        // A cordoned node has a taint that says so.
        (one.nodeTaintsPolicy === 'Ignore' ||
          [...other.taints, ...(other.unschedulable ? [CORDON] : [])].every(
            (taint) => taint.effect === 'PreferNoSchedule' || tolerated(pod, taint),
          )),
    )
    const domains = [...new Set(counted.map((other) => other.labels[one.topologyKey]))]
    const countIn = (domain: string | undefined): number =>
      placed.filter(
        (other) =>
          counted.includes(other.node) &&
          other.node.labels[one.topologyKey] === domain &&
          other.pod.namespace === pod.namespace &&
          matches(one.selector, other.pod),
      ).length
    const least = domains.length < one.minDomains || domains.length === 0 ? 0 : Math.min(...domains.map(countIn))
    if (countIn(value) + (matches(one.selector, pod) ? 1 : 0) - least > one.maxSkew) return words
  }
  return null
}

function affinityReason(pod: PodSpec, node: NodeSpec, placed: readonly Placed[]): string | null {
  const { required } = pod.podAffinity
  if (required.length > 0) {
    const friends = placed.filter((one) => required.every((term) => speaksOf(term, pod, one.pod)))
    const labelled = required.every(({ topologyKey }) => node.labels[topologyKey] !== undefined)
    const near = required.every(({ topologyKey }) => friends.some((one) => together(topologyKey, one.node, node)))
    const anywhere = required.some(({ topologyKey }) =>
      friends.some((one) => one.node.labels[topologyKey] !== undefined),
    )
    const first = !anywhere && required.every((term) => speaksOf(term, pod, pod))
    if (!labelled || (!near && !first)) return "node(s) didn't match pod affinity rules"
  }
  const avoids = pod.podAntiAffinity.required.some((term) =>
    placed.some((one) => speaksOf(term, pod, one.pod) && together(term.topologyKey, one.node, node)),
  )
  if (avoids) return "node(s) didn't match pod anti-affinity rules"
  const avoided = placed.some((one) =>
    one.pod.podAntiAffinity.required.some(
      (term) => speaksOf(term, one.pod, pod) && together(term.topologyKey, one.node, node),
    ),
  )
  return avoided ? "node(s) didn't satisfy existing pods anti-affinity rules" : null
}

/** Raw sum of inter-pod affinity on a node. */
export function interPodSum(pod: PodSpec, node: NodeSpec, placed: readonly Placed[]): number {
  let sum = 0
  for (const { pod: other, node: there } of placed) {
    const near = (term: PodTerm): boolean => together(term.topologyKey, there, node)
    for (const { term, weight } of pod.podAffinity.preferred)
      if (near(term) && speaksOf(term, pod, other)) sum += weight
    for (const { term, weight } of pod.podAntiAffinity.preferred)
      if (near(term) && speaksOf(term, pod, other)) sum -= weight
    for (const { term, weight } of other.podAffinity.preferred)
      if (near(term) && speaksOf(term, other, pod)) sum += weight
    for (const { term, weight } of other.podAntiAffinity.preferred)
      if (near(term) && speaksOf(term, other, pod)) sum -= weight
    for (const term of other.podAffinity.required) if (near(term) && speaksOf(term, other, pod)) sum += 1
  }
  return sum
}

/** The fit score with LeastAllocated, and the balance in its first form. */
export function resourceScores(
  pod: PodSpec,
  node: NodeSpec,
  placed: readonly Placed[],
): { fit: number; balanced: number } {
  const scored = (one: PodSpec, name: string, usual: number): number =>
    one.containers.reduce((sum, { requests }) => sum + (requests[name] ?? usual), 0)
  const usuals = [['cpu', 100], ['memory', 200 * 1024 ** 2]] as const // prettier-ignore
  const parts = usuals.flatMap(([name, usual]) => {
    const all = node.allocatable[name] ?? 0
    if (all === 0) return []
    const there = placed.filter((one) => one.node === node)
    const sum =
      (node.used[name] ?? 0) + [...there.map((one) => one.pod), pod].reduce((a, one) => a + scored(one, name, usual), 0)
    return [sum > all ? 0 : Math.floor(((all - sum) * 100) / all)]
  })
  const fit = parts.length === 0 ? 0 : Math.floor(parts.reduce((a, b) => a + b, 0) / parts.length)
  const fractions = usuals.flatMap(([name]) => {
    const all = node.allocatable[name] ?? 0
    return all === 0 ? [] : [Math.min(1, (usedOn(node, placed, name) + requested(pod, name)) / all)]
  })
  const mean = fractions.reduce((a, b) => a + b, 0) / fractions.length
  const variance = fractions.reduce((a, b) => a + (b - mean) ** 2, 0) / fractions.length
  return { fit, balanced: Math.floor((1 - Math.sqrt(variance)) * 100 + 1e-7) }
}
