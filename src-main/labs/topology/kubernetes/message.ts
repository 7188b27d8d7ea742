// The line that Kubernetes writes about a pod that fits nowhere. Knows only findings.
import type { Finding } from './filter.ts'

/** "2 Insufficient cpu, 1 Too many pods", sorted as texts, as Kubernetes does; empty when there is no reason. */
export function countReasons(reasons: Iterable<string>): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join(', ')
}

/** Each node counts under each of its reasons. */
export function messageOf(nodes: number, findings: Iterable<readonly Finding[]>): string {
  if (nodes === 0) return '0/0 nodes are available'
  const reasons: string[] = []
  for (const list of findings) for (const { reason } of list) reasons.push(reason)
  return `0/${nodes} nodes are available: ${countReasons(reasons)}`
}

/**
 * The event as the scheduler writes it: it stops at the first filter that refuses a node, so that a node counts under
 * the reasons of that filter alone; and it says what became of preemption.
 */
export function eventOf(nodes: number, findings: readonly (readonly Finding[])[], preemption: string): string {
  const first = findings.map((list) => list.filter(({ plugin }) => plugin === list[0]?.plugin))
  return `${messageOf(nodes, first)}.${preemption === '' ? '' : ` preemption: ${preemption}.`}`
}
