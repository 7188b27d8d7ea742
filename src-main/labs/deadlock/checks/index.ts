// All questions that an exercise of the deadlock lab can ask, in the order in which an author is offered them.
import { countOrdersCheck, finishingOrder, grant, matrix, safeOrder, state, work } from './avoidance.ts'
import { concept } from './concept.ts'
import { counting } from './counting.ts'
import { drawing, drawingWith } from './drawings.ts'
import { neverFinish, ring, verdict } from './graph.ts'
import type { DeadlockCheck } from './make.ts'
import { repair } from './repair.ts'
import { victims } from './victims.ts'

export const checks: readonly DeadlockCheck[] = [
  verdict,
  ring,
  neverFinish,
  finishingOrder,
  repair,
  drawing,
  drawingWith,
  state,
  safeOrder,
  countOrdersCheck,
  matrix,
  work,
  grant,
  counting,
  victims,
  concept,
]
