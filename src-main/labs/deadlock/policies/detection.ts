// A look for deadlocks during a run, with what it costs, and whom to choose. Knows no schedule.
import { analyse } from '../engine/analysis.ts'
import { buildRag } from '../engine/graph.ts'
import type { Look } from '../model/policies.ts'
import type { RunState } from './state.ts'

export type VictimRule = 'youngest' | 'least-held' | 'least-work'

/**
 * Runs the detection on matrices as it is worked by hand: over all that have not finished, again and again, until a round
 * finds nobody. Requests are compared type by type until the first that does not fit.
 * Source: E. G. Coffman, M. J. Elphick and A. Shoshani, System Deadlocks, 1971.
 */
export function look(state: RunState): Look {
  const work = [...state.free]
  let left = state.actors.flatMap(({ phase }, process) => (phase === 'done' ? [] : [process]))
  let comparisons = 0
  for (let found = true; found && left.length > 0;) {
    found = false
    const still: number[] = []
    for (const process of left) {
      const { phase, parts, held } = state.actors[process]!
      const wanted = phase === 'wait' ? parts[0]! : null
      const fits = work.every((units, type) => {
        comparisons += 1
        return (wanted?.[type] ?? 0) <= units
      })
      if (!fits) still.push(process)
      else {
        held.forEach((units, type) => (work[type]! += units))
        found = true
      }
    }
    left = still
  }
  return { tick: state.tick, comparisons, found: left.length === 0 ? [] : ringOf(state) }
}

function ringOf(state: RunState): number[] {
  const columns = (units: (process: number) => readonly number[]) => {
    const [process, resource, count]: [number[], number[], number[]] = [[], [], []]
    state.actors.forEach((_, p) =>
      units(p).forEach((n, type) => {
        if (n === 0) return
        process.push(p)
        resource.push(type)
        count.push(n)
      }),
    )
    return { process, resource, count }
  }
  const asked = columns((p) => (state.actors[p]!.phase === 'wait' ? state.actors[p]!.parts[0]! : []))
  const graph = buildRag(state.actors.length, state.workload.total, asked, columns((p) => state.actors[p]!.held)) // prettier-ignore
  const { rings } = analyse(graph)
  return [...new Set(rings.flatMap(({ members }) => [...members]))].sort((a, b) => a - b)
}

/** Of several that are alike the last one. */
export function victimOf(state: RunState, ring: readonly number[], rule: VictimRule): number {
  const score = (process: number): number => {
    const { began, held, ran } = state.actors[process]!
    if (rule === 'youngest') return -(began ?? 0)
    return rule === 'least-held' ? held.reduce((sum, units) => sum + units, 0) : ran
  }
  return ring.reduce((best, process) => (score(process) <= score(best) ? process : best))
}
