// The deadlock lab: resource allocation graphs, judged by reduction.
import type { LabEngine } from '../../contract/lab.ts'
import { generator } from './generators/index.ts'
import { deadlockModel } from './model/index.ts'
import type { DeadlockModel } from './model/schema.ts'
import { generate } from './operations/generate.ts'
import { play } from './operations/play.ts'
import { rag } from './operations/rag.ts'
import { repairsOperation } from './operations/repairs.ts'
import { repairs } from './repairs/index.ts'
import { events } from './simulations/events.ts'
import { reduction } from './simulations/reduction.ts'
import { diagnose, verdict } from './verdict.ts'

const practice = Array.from({ length: 10 }, (_, index) => `practice-${String(index + 1).padStart(2, '0')}`)

export const deadlock: LabEngine<DeadlockModel> = {
  id: 'deadlock',
  model: deadlockModel,
  verdict,
  diagnose,
  simulations: { reduction, events },
  operations: { rag, play, repairs: repairsOperation, generate },
  repairs: (model) => repairs(model),
  generators: [generator],
  samples: [
    'dining-philosophers',
    'chain',
    'cycle-without-deadlock',
    'two-rings',
    'self-wait',
    'gridlock',
    'print-spooler',
    'left-handed-philosopher',
    ...practice,
  ],
  practice,
}
