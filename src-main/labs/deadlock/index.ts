// The deadlock lab: resource allocation graphs, judged by reduction.
import type { LabEngine } from '../../contract/lab.ts'
import { checks } from './checks/index.ts'
import { exercises } from './exercises.ts'
import { bankerGenerator } from './generators/banker.ts'
import { generator } from './generators/index.ts'
import { deadlockModel } from './model/index.ts'
import type { DeadlockModel } from './model/schema.ts'
import { generate } from './operations/generate.ts'
import { banker, order, request } from './operations/banker.ts'
import { claim } from './operations/claim.ts'
import { counting } from './operations/counting.ts'
import { databaseOperation } from './operations/database.ts'
import { detect } from './operations/detect.ts'
import { play } from './operations/play.ts'
import { policies } from './operations/policies.ts'
import { probesOperation } from './operations/probes.ts'
import { rag } from './operations/rag.ts'
import { recover } from './operations/recover.ts'
import { recoveryOperation } from './operations/recovery.ts'
import { repairsOperation } from './operations/repairs.ts'
import { repairs } from './repairs/index.ts'
import { centralDetector } from './simulations/central-detector.ts'
import { database } from './simulations/database.ts'
import { events } from './simulations/events.ts'
import { probes } from './simulations/probes.ts'
import { recovery } from './simulations/recovery.ts'
import { reduction } from './simulations/reduction.ts'
import { diagnose, verdict } from './verdict.ts'

const practice = Array.from({ length: 10 }, (_, index) => `practice-${String(index + 1).padStart(2, '0')}`)

export const deadlock: LabEngine<DeadlockModel> = {
  id: 'deadlock',
  model: deadlockModel,
  verdict,
  diagnose,
  simulations: { reduction, events, recovery, probes, 'central-detector': centralDetector, database },
  operations: {
    rag,
    play,
    policies,
    repairs: repairsOperation,
    generate,
    claim,
    banker,
    request,
    order,
    detect,
    recover,
    recovery: recoveryOperation,
    counting,
    probes: probesOperation,
    database: databaseOperation,
  },
  repairs: (model) => repairs(model),
  generators: [generator, bankerGenerator],
  checks,
  samples: [
    'dining-philosophers',
    'told-ring',
    'chain',
    'cycle-without-deadlock',
    'two-rings',
    'self-wait',
    'gridlock',
    'print-spooler',
    'left-handed-philosopher',
    'banker-safe',
    'banker-unsafe',
    'claim-edges',
    'policies-two-locks',
    'policies-compared',
    'starvation',
    'livelock-timeout',
    'recovery-ring',
    'recovery-starvation',
    'database-two-rows',
    'database-youngest-victim',
    'probes-three-sites',
    'phantom-deadlock',
    ...practice,
  ],
  practice,
  exercises,
}
