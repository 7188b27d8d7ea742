// All questions that an exercise of the topology lab can ask, in the order in which an author is offered them.
import { liveMigration, podsOn, slots } from './clusters.ts'
import { concept } from './concept.ts'
import { broken, culprits, quiet } from './drawings.ts'
import { figure, ranked } from './figure.ts'
import type { TopologyCheck } from './make.ts'

export const checks: readonly TopologyCheck[] = [
  quiet,
  culprits,
  broken,
  figure,
  ranked,
  liveMigration,
  slots,
  podsOn,
  concept,
]
