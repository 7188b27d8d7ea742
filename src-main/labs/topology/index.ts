// The topology lab: hosts, hypervisors, machines, containers and clusters that can be drawn and judged (weeks 6 to 8, 11).
import type { LabEngine } from '../../contract/lab.ts'
import { kubernetesSimulations } from './kubernetes/index.ts'
import { topologyModel } from './model/index.ts'
import type { TopologyModel } from './model/schema.ts'
import { arithmeticOperations } from './operations/arithmetic.ts'
import { checkOperation } from './operations/check.ts'
import { kubernetesOperations } from './operations/kubernetes.ts'
import { migration } from './simulations/migration.ts'
import { diagnose, verdict } from './verdict.ts'

export const topology: LabEngine<TopologyModel> = {
  id: 'topology',
  model: topologyModel,
  verdict,
  diagnose,
  simulations: { [migration.id]: migration, ...kubernetesSimulations },
  operations: { check: checkOperation, ...arithmeticOperations, ...kubernetesOperations },
  samples: [
    'bare-metal',
    'laptop',
    'docker-host',
    'kubernetes',
    'vsphere',
    'kvm-stack',
    'nested-lab',
    'live-migration',
    'hosted-on-hardware',
    'too-much-promised',
    'open-container',
    'pod-pending',
    'migration-refused',
  ],
  practice: ['hosted-on-hardware', 'too-much-promised', 'open-container', 'pod-pending', 'migration-refused'],
}
