// All questions that an exercise of the distributed lab can ask, in the order in which an author is offered them.
import { berkeley, cristian, ntp } from './clocks.ts'
import { concept } from './concept.ts'
import { elects } from './drawings.ts'
import { majority, perEntry, range } from './formulas.ts'
import type { DistributedCheck } from './make.ts'
import { duration, entries, leader, messages } from './network.ts'
import { before, concurrent, drifting, stamps } from './stamps.ts'

export const checks: readonly DistributedCheck[] = [
  leader,
  messages,
  duration,
  entries,
  range,
  perEntry,
  majority,
  stamps,
  before,
  concurrent,
  drifting,
  cristian,
  berkeley,
  ntp,
  elects,
  concept,
]
