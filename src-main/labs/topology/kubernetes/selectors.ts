// What matches what: label selectors, node terms, tolerations and taints. Pure; knows no scheduling.
import type { LabelSelector, NodeSpec, NodeTerm, PodSpec, Requirement, Taint, Toleration } from './spec.ts'

type Labels = Readonly<Record<string, string>>

/** @param found the label's value; undefined when there is no such label */
function meets({ operator, values }: Requirement, found: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return found !== undefined && values.includes(found)
    // A missing label is not in any list.
    case 'NotIn':
      return found === undefined || !values.includes(found)
    case 'Exists':
      return found !== undefined
    case 'DoesNotExist':
      return found === undefined
    case 'Gt':
    case 'Lt': {
      const [bound] = values
      if (found === undefined || bound === undefined || !/^-?\d+$/.test(found) || !/^-?\d+$/.test(bound)) return false
      return operator === 'Gt' ? Number(found) > Number(bound) : Number(found) < Number(bound)
    }
  }
}

/** Null matches nothing, an empty selector everything. */
export function selects(selector: LabelSelector | null, labels: Labels): boolean {
  if (selector === null) return false
  for (const key in selector.matchLabels) if (labels[key] !== selector.matchLabels[key]) return false
  return selector.matchExpressions.every((one) => meets(one, labels[one.key]))
}

/** A term without any requirement matches no node. */
export function termMatches({ expressions, fields }: NodeTerm, node: NodeSpec): boolean {
  if (expressions.length === 0 && fields.length === 0) return false
  return (
    expressions.every((one) => meets(one, node.labels[one.key])) &&
    fields.every((one) => meets(one, one.key === 'metadata.name' ? node.name : undefined))
  )
}

/** Whether node selector and required node affinity let the pod go there. */
export function affinityAllows(pod: PodSpec, node: NodeSpec): boolean {
  for (const key in pod.nodeSelector) if (node.labels[key] !== pod.nodeSelector[key]) return false
  const { required } = pod.nodeAffinity
  return required === null || required.some((term) => termMatches(term, node))
}

export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false
  if (key === '') return operator === 'Exists'
  return key === taint.key && (operator === 'Exists' || value === taint.value)
}

/** The first taint that keeps the pod away, or null. Soft taints (PreferNoSchedule) keep nobody away. */
export function forbiddingTaint(pod: PodSpec, node: NodeSpec): Taint | null {
  for (const taint of node.taints) {
    if (taint.effect !== 'PreferNoSchedule' && !pod.tolerations.some((one) => tolerates(one, taint))) return taint
  }
  return null
}

/** How many soft taints of the node the pod does not tolerate. */
export function softTaints(pod: PodSpec, node: NodeSpec): number {
  let count = 0
  for (const taint of node.taints) {
    if (taint.effect === 'PreferNoSchedule' && !pod.tolerations.some((one) => tolerates(one, taint))) count += 1
  }
  return count
}

const CORDON: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

/** Whether the node is cordoned and the pod does not tolerate that. */
export const isCordonedFor = (pod: PodSpec, node: NodeSpec): boolean =>
  node.unschedulable && !pod.tolerations.some((one) => tolerates(one, CORDON))
