// The topology lab: hosts, hypervisors, machines, containers and clusters that can be drawn and judged (weeks 6 to 8, 11).
import type { LabEngine } from '../../contract/lab.ts'
import { checks } from './checks/index.ts'
import { exercises } from './exercises.ts'
import { kubernetesSimulations } from './kubernetes/index.ts'
import { topologyModel } from './model/index.ts'
import type { TopologyModel } from './model/schema.ts'
import { arithmeticOperations } from './operations/arithmetic.ts'
import { checkOperation } from './operations/check.ts'
import { kubernetesOperations } from './operations/kubernetes.ts'
import { cpuShares } from './simulations/cpu.ts'
import { drsSimulation } from './simulations/drs.ts'
import { haSimulation } from './simulations/ha.ts'
import { imageLayers } from './simulations/layers.ts'
import { containerLifecycle } from './simulations/lifecycle.ts'
import { memoryPressure } from './simulations/memory.ts'
import { migration } from './simulations/migration.ts'
import { scheduling } from './simulations/scheduling.ts'
import { privilegedInstruction } from './simulations/techniques.ts'
import { addressTranslation } from './simulations/translation.ts'
import { diagnose, verdict } from './verdict.ts'

export const topology: LabEngine<TopologyModel> = {
  id: 'topology',
  model: topologyModel,
  verdict,
  diagnose,
  simulations: {
    [migration.id]: migration,
    [scheduling.id]: scheduling,
    [cpuShares.id]: cpuShares,
    [memoryPressure.id]: memoryPressure,
    [drsSimulation.id]: drsSimulation,
    [haSimulation.id]: haSimulation,
    [privilegedInstruction.id]: privilegedInstruction,
    [addressTranslation.id]: addressTranslation,
    [containerLifecycle.id]: containerLifecycle,
    [imageLayers.id]: imageLayers,
    ...kubernetesSimulations,
  },
  operations: { check: checkOperation, ...arithmeticOperations, ...kubernetesOperations },
  samples: [
    'bare-metal',
    'told-migration',
    'laptop',
    'docker-host',
    'kubernetes',
    'vsphere',
    'kvm-stack',
    'nested-lab',
    'live-migration',
    'where-it-goes',
    'image-layers',
    'hosted-on-hardware',
    'too-much-promised',
    'open-container',
    'pod-pending',
    'migration-refused',
  ],
  practice: ['hosted-on-hardware', 'too-much-promised', 'open-container', 'pod-pending', 'migration-refused'],
  checks,
  exercises,
}
