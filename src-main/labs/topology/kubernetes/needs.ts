// What a pod asks for, as sums over its containers. Pure; knows no cluster.
import type { PodSpec } from './spec.ts'

/** Kubernetes scores a container without requests as if it asked for so much: thousandths of a core, and bytes. */
export const UNREQUESTED_CPU = 100
export const UNREQUESTED_MEMORY = 200 * 1024 ** 2

export interface Needs {
  /** sum over the containers, resources that nothing is asked of left out */
  requests: readonly (readonly [resource: string, amount: number])[]
  /** the same for cpu and memory as the fit score counts them, containers without requests at the usual amount */
  scoredCpu: number
  scoredMemory: number
  /** whether nothing at all is requested */
  bestEffort: boolean
}

export function needsOf({ containers }: PodSpec): Needs {
  const sums = new Map<string, number>()
  let scoredCpu = 0
  let scoredMemory = 0
  for (const { requests } of containers) {
    for (const name in requests) sums.set(name, (sums.get(name) ?? 0) + (requests[name] ?? 0))
    scoredCpu += requests['cpu'] ?? UNREQUESTED_CPU
    scoredMemory += requests['memory'] ?? UNREQUESTED_MEMORY
  }
  const requests = [...sums].filter(([, amount]) => amount > 0)
  return { requests, scoredCpu, scoredMemory, bestEffort: requests.length === 0 }
}
