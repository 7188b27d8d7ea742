// The namespaces lab: experiments with namespaces and control groups in a real terminal, judged by what the kernel says
// (week 8). Reads no kernel itself: samples come from outside.
import type { LabEngine } from '../../contract/lab.ts'
import { checks } from './checks/index.ts'
import { exercises } from './exercises.ts'
import { experiments } from './model/experiments/index.ts'
import { namespacesModel } from './model/index.ts'
import type { NamespacesModel } from './model/schema.ts'
import { judgeOperation } from './operations/judge.ts'
import { listOperation } from './operations/list.ts'
import { diagnose, verdict } from './verdict.ts'

export const namespaces: LabEngine<NamespacesModel> = {
  id: 'namespaces',
  model: namespacesModel,
  verdict,
  diagnose,
  simulations: {},
  operations: { experiments: listOperation, judge: judgeOperation },
  /** a recorded run of each experiment */
  samples: experiments.map(({ id }) => id),
  checks,
  exercises,
}
