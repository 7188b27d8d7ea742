// Node pressure: how much memory the kubelet thinks is available, and whether it evicts pods.
// Sizes in MiB. Pure; knows no input form and no drawing.
import { atMost, show, tidy } from '../figures.ts'

/** The usual hard threshold of the kubelet, MiB. */
export const EVICTION_THRESHOLD_MIB = 100

export interface Pressure {
  workingSet: number
  available: number
  /** whether pods are evicted: available is below the threshold */
  evicts: boolean
  working: string[]
}

/**
 * available = capacity - (usage - inactive_file) (kubelet, memory.available).
 * @param inactiveFile page cache that nobody has touched lately, at most `usage`
 */
export function nodePressure(
  capacity: number,
  usage: number,
  inactiveFile: number,
  threshold = EVICTION_THRESHOLD_MIB,
): Pressure {
  const workingSet = usage - inactiveFile
  const available = capacity - workingSet
  const evicts = !atMost(threshold, available)
  return {
    workingSet: tidy(workingSet),
    available: tidy(available),
    evicts,
    working: [
      `Working set: ${show(usage)} - ${show(inactiveFile)} = ${show(workingSet)} MiB.`,
      `Available: ${show(capacity)} - ${show(workingSet)} = ${show(available)} MiB, ${evicts ? 'below' : 'not below'} the threshold of ${show(threshold)} MiB: ${evicts ? 'pods are evicted' : 'no eviction'}.`,
    ],
  }
}
