// Whether an experiment can be done here, from what the host has said. Knows no component.
import type { Lane, MachineFacts } from '@contract/kernel.ts'
import type { Experiment } from '@labs/namespaces/model/experiments/index.ts'
import { laneOf } from '@labs/namespaces/model/lanes.ts'

/**
 * @param why why nothing can be looked at here at all; null when it can
 * @returns null as long as the machine has not been looked at
 */
export function laneFor(experiment: Experiment, machine: MachineFacts | null, why: string | null): Lane | null {
  if (why !== null) return { real: false, why }
  return machine === null ? null : laneOf(experiment, machine)
}
