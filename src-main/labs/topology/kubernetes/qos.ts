// Quality of service: the class of a pod, the badness that its containers start with, and who is evicted first when a
// node runs short of memory. Pure.
import { oomScoreAdj, type QosClass } from '../capacity/oom.ts'
import type { Container } from './spec.ts'

const CLASS_RESOURCES = ['cpu', 'memory'] as const

/**
 * Guaranteed: every container has limits for cpu and memory, and requests as high; BestEffort: nobody has any of them;
 * otherwise Burstable. A limit without a request is also the request.
 */
export function qosClass(containers: readonly Pick<Container, 'requests' | 'limits'>[]): {
  qos: QosClass
  reason: string
} {
  const amounts = (from: 'requests' | 'limits', name: string): number[] => containers.map((one) => one[from][name] ?? 0)
  const any = CLASS_RESOURCES.some((name) =>
    [...amounts('requests', name), ...amounts('limits', name)].some((amount) => amount > 0),
  )
  if (!any) return { qos: 'BestEffort', reason: 'No container requests or limits cpu or memory.' }
  for (const [index, { requests, limits }] of containers.entries()) {
    for (const name of CLASS_RESOURCES) {
      const limit = limits[name] ?? 0
      const request = requests[name] ?? limit
      if (limit > 0 && request === limit) continue
      const what = limit > 0 ? `requests less ${name} than its limit` : `has no limit for ${name}`
      return { qos: 'Burstable', reason: `Container ${index + 1} ${what}.` }
    }
  }
  return { qos: 'Guaranteed', reason: 'Every container has limits for cpu and memory, and requests as much.' }
}

/** @param capacity memory of the node in bytes, above 0 */
export function scoreAdjOf(containers: readonly Pick<Container, 'requests' | 'limits'>[], capacity: number) {
  const { qos, reason } = qosClass(containers)
  return {
    qos,
    containers: containers.map(({ requests, limits }) => {
      const { adj, working } = oomScoreAdj(qos, requests['memory'] ?? limits['memory'] ?? 0, capacity)
      return { oomScoreAdj: adj, working: [reason, ...working] }
    }),
  }
}

export interface PodUsage {
  name: string
  priority: number
  /** memory in one unit */
  request: number
  usage: number
}

/**
 * The order in which the kubelet evicts under memory pressure: first who uses more than requested, then lower priority,
 * then who is further above the request (kubelet, eviction/helpers.go, rankMemoryPressure).
 */
export function evictionOrder(pods: readonly PodUsage[]): (PodUsage & { over: number; exceeds: boolean })[] {
  return pods
    .map((pod) => ({ ...pod, over: pod.usage - pod.request, exceeds: pod.usage > pod.request }))
    .sort((a, b) => Number(b.exceeds) - Number(a.exceeds) || a.priority - b.priority || b.over - a.over)
}
