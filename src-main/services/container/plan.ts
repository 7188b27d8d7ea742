// From wishes and a machine to the ordered steps of a container. Pure.
import type { MachineFacts } from '../../contract/kernel.ts'
import { capabilityMask } from './capabilities.ts'
import type { Wishes } from './options.ts'
import { type Settled, settle, type Surroundings } from './settle.ts'
import type { Step } from './step.ts'
import * as inside from './steps-inside.ts'
import { image, limits, namespaces } from './steps-outside.ts'
import { bundle, runtime } from './steps-runc.ts'

export interface Plan extends Settled {
  steps: Step[]
}

/**
 * The order is not free. Limits are set before anyone is in the group; the group is entered before its namespace is made;
 * ids are mapped before anything needs root; /proc is mounted while the host's can still be seen; rights are given up
 * when nothing is left to be mounted or named; and the program comes last, in the process that is PID 1.
 * @throws InterlockError `bad-input`, `not-found` or `permission-denied` where something asked for is not possible here
 */
export function planOf(wishes: Wishes, facts: MachineFacts, surroundings: Surroundings): Plan {
  const settled = settle(wishes, facts, surroundings)
  if (settled.options.forbidden.length > 0) {
    return { ...settled, steps: [image(settled), bundle(settled), runtime()] }
  }
  const steps = [
    image(settled),
    limits(settled),
    namespaces(settled),
    inside.users(settled),
    inside.group(settled),
    inside.cgroupNamespace(),
    inside.network(settled),
    inside.hostname(settled),
    inside.layers(settled),
    inside.kernelFiles(settled),
    inside.hiddenFiles(),
    inside.newRoot(),
    inside.capabilities(settled, capabilityMask(settled.options.capabilities)),
    inside.noNewPrivileges(settled),
    inside.command(settled),
  ]
  return { ...settled, steps: steps.filter((step) => step !== null) }
}
