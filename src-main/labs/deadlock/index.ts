// The deadlock lab: resource allocation graphs, judged by reduction.
import type { LabEngine } from '../../contract/lab.ts'
import { deadlockModel } from './model/index.ts'
import type { DeadlockModel } from './model/schema.ts'
import { rag } from './operations/rag.ts'
import { events } from './simulations/events.ts'
import { reduction } from './simulations/reduction.ts'
import { diagnose, verdict } from './verdict.ts'

export const deadlock: LabEngine<DeadlockModel> = {
  id: 'deadlock',
  model: deadlockModel,
  verdict,
  diagnose,
  simulations: { reduction, events },
  operations: { rag },
  samples: ['dining-philosophers', 'chain', 'cycle-without-deadlock', 'two-rings', 'self-wait'],
}
