// The distributed lab: algorithms of weeks 9 and 10 on one simulated network, run and judged.
import type { LabEngine } from '../../contract/lab.ts'
import { algorithms } from './algorithms/index.ts'
import { checks } from './checks/index.ts'
import { diagnose } from './diagnostics.ts'
import { exercises } from './exercises.ts'
import { distributedModel } from './model/index.ts'
import type { DistributedModel } from './model/schema.ts'
import { centralMutex } from './operations/central-mutex.ts'
import { algorithmsOperation } from './operations/algorithms.ts'
import {
  bullyOperation,
  changRobertsAllRings,
  changRobertsOperation,
  gridOperation,
  ringOperation,
} from './operations/elections.ts'
import { compareOperation } from './operations/compare.ts'
import { exploreOperation } from './operations/explore.ts'
import { mutexMessages } from './operations/mutex-messages.ts'
import { ricartAgrawala } from './operations/ricart-agrawala.ts'
import { berkeley } from './operations/berkeley.ts'
import { cristian } from './operations/cristian.ts'
import { driftingClocks } from './operations/drifting-clocks.ts'
import { logicalClocks } from './operations/logical-clocks.ts'
import { ntp } from './operations/ntp.ts'
import { networkSimulation } from './simulations/network.ts'
import { verdict } from './verdict.ts'

export const distributed: LabEngine<DistributedModel> = {
  id: 'distributed',
  model: distributedModel,
  verdict,
  diagnose,
  simulations: Object.fromEntries(algorithms.map((algorithm) => [algorithm.id, networkSimulation(algorithm)])),
  operations: {
    algorithms: algorithmsOperation,
    compare: compareOperation,
    explore: exploreOperation,
    bully: bullyOperation,
    ring: ringOperation,
    changRoberts: changRobertsOperation,
    changRobertsAllRings,
    grid: gridOperation,
    logicalClocks,
    driftingClocks,
    cristian,
    berkeley,
    ntp,
    mutexMessages,
    ricartAgrawala,
    centralMutex,
  },
  samples: [
    'ring-election',
    'told-election',
    'bully-crash',
    'bully-recovers',
    'two-leaders',
    'partition',
    'ring-list',
    'broken-ring',
    'chang-roberts-best',
    'chang-roberts-worst',
    'hirschberg-sinclair',
    'grid-election',
    'flood-max',
    'false-suspicion',
    'central-exclusion',
    'coordinator-crash',
    'lamport-exclusion',
    'ricart-agrawala',
    'suzuki-kasami',
    'token-ring',
    'maekawa-deadlock',
    'maekawa-cure',
    'lamport-by-hand',
    'concurrent-by-hand',
    'cristian',
    'cristian-crooked',
    'berkeley',
    'ntp',
    'causal-broadcast',
    'causal-order-broken',
    'name-server-moved',
    'replica-fails',
    'retry-twice',
    'retry-once',
  ],
  checks,
  exercises,
}
