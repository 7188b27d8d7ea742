// What of Kubernetes the lab plays, by the names under which runs and documents know it.
import type { Simulation } from '../../../simulation/simulation.ts'
import type { TopologyModel } from '../model/schema.ts'
import { clusterBridge } from './drawing.ts'
import { clusterSimulation } from './reconcile/simulation.ts'

export const kubernetesSimulations: Readonly<Record<string, Simulation<TopologyModel>>> = {
  'self-healing': clusterSimulation(clusterBridge),
}
