// A drawing as matrices: what is held, what is asked for, and what may be asked for at most.
import type { Dense } from './engine/dense.ts'
import type { DeadlockModel } from './model/schema.ts'
import { readDrawing } from './naming.ts'

/** The matrices of a drawing; numbers of processes and types follow the order of the records. */
export interface Matrices {
  /** record ids */
  processes: string[]
  types: string[]
  /** whether any maximum is declared; without one the largest a process may hold is what it holds and asks for */
  declared: boolean
  /** detection: what is wanted is asked for now */
  asked: Dense
  /** avoidance: what is wanted is Need, the maximum less what is held */
  need: Dense
  /** the type of which more is held than exists, or null; Available is 0 there */
  overAllocated: string | null
}

/** @param model a drawing without structural faults */
export function matricesOf(model: DeadlockModel): Matrices {
  const { processes, resources, processOf, resourceOf } = readDrawing(model)
  const [n, m] = [processes.length, resources.length]
  const [held, request, claim] = [new Int32Array(n * m), new Int32Array(n * m), new Int32Array(n * m)]
  const available = Float64Array.from(resources, ({ instances }) => instances)
  for (const { kind, from, to, count } of model.edges) {
    const process = processOf.get(kind === 'assignment' ? to : from)
    const type = resourceOf.get(kind === 'assignment' ? from : to)
    if (process === undefined || type === undefined) continue
    const cell = process * m + type
    if (kind === 'claim') claim[cell]! += count
    else if (kind === 'request') request[cell]! += count
    else {
      held[cell]! += count
      available[type]! -= count
    }
  }
  const over = available.findIndex((units) => units < 0)
  const free = available.map((units) => Math.max(0, units))
  const need = request.map((asked, cell) => Math.max(asked, claim[cell]! - held[cell]!))
  const state = { processes: n, types: m, available: free, held }
  return {
    processes: processes.map(({ id }) => id),
    types: resources.map(({ id }) => id),
    declared: claim.some((units) => units > 0),
    asked: { ...state, wanted: request },
    need: { ...state, wanted: need },
    overAllocated: over === -1 ? null : resources[over]!.id,
  }
}
