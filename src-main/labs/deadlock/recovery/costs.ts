// What it costs to end each process of a deadlock, and which ends the deadlock at the least cost. Knows no events.
import type { DeadlockModel, ProcessNode } from '../model/schema.ts'
import { type Candidate, type FactorId, factorIds, type Weights } from '../model/recovery.ts'
import { type Analysis, analyse, RING } from '../engine/analysis.ts'
import { type Dense, finishing } from '../engine/dense.ts'
import { leastCostVictims } from '../engine/victims.ts'
import { matricesOf } from '../dense-of.ts'
import { type Drawing, readDrawing } from '../naming.ts'

/** A drawing that has been looked at for deadlocks. */
export interface Looked {
  model: DeadlockModel
  drawing: Drawing
  analysis: Analysis
  asked: Dense
  need: Dense
  /** numbers of the processes that can never go on */
  stuck: readonly number[]
}

/**
 * Requests for more than exists wait for nobody: they count as requests for all that exists, as in the verdict.
 * @param model in which no more units are assigned than exist
 */
export function lookAt(model: DeadlockModel): Looked {
  const drawing = readDrawing(model)
  const { need, asked } = matricesOf(model)
  const { total } = drawing.graph
  const possible = asked.wanted.map((units, cell) => Math.min(units, total[cell % asked.types]!))
  const state: Dense = { ...asked, wanted: possible }
  const { stuck } = finishing(state, 'first')
  return { model, drawing, analysis: analyse(drawing.graph), asked: state, need, stuck }
}

/** The processes of the deadlock, the cheapest first; of equal cost in the order of the drawing. */
export function ranking(looked: Looked, weights: Weights): Candidate[] {
  const { drawing, stuck, analysis } = looked
  return stuck
    .map((process): Candidate => {
      const values = valuesOf(looked, process)
      return {
        id: drawing.processes[process]!.id,
        name: drawing.processName(process),
        onRing: analysis.classes[process] === RING,
        values,
        cost: costOf(values, weights),
      }
    })
    .sort((a, b) => a.cost - b.cost)
}

/** Below 0 it would be a gain to end somebody who is in nobody's way. */
function costOf(values: Readonly<Record<FactorId, number>>, weights: Weights): number {
  return Math.max(
    0,
    factorIds.reduce((sum, factor) => sum + weights[factor] * values[factor], 0),
  )
}

function valuesOf(looked: Looked, process: number): Record<FactorId, number> {
  const { drawing, asked, need, stuck } = looked
  const node: ProcessNode = drawing.processes[process]!
  const sum = (matrix: Int32Array): number => {
    let units = 0
    for (let type = 0; type < asked.types; type += 1) units += matrix[process * asked.types + type]!
    return units
  }
  return {
    each: 1,
    priority: node.priority ?? 0,
    cpu: node.cpu ?? 0,
    held: sum(asked.held),
    needed: sum(need.wanted),
    behind: stuck.length - 1 - finishing(without(asked, [process]), 'first').stuck.length,
    kills: node.kills ?? 0,
  }
}

/** The state with these processes gone: what they held is available, and they want nothing. */
export function without(state: Dense, gone: Iterable<number>): Dense {
  const { types } = state
  const [available, held, wanted] = [state.available.slice(), state.held.slice(), state.wanted.slice()]
  for (const process of gone) {
    for (let type = 0; type < types; type += 1) {
      const cell = process * types + type
      available[type]! += held[cell]!
      held[cell] = 0
      wanted[cell] = 0
    }
  }
  return { ...state, available, held, wanted }
}

/** The set of the least cost whose end lets all others finish. */
export function cheapestSet(
  looked: Looked,
  ranked: readonly Candidate[],
): { ids: string[]; cost: number; exact: boolean } {
  const { drawing, asked } = looked
  const costs = drawing.processes.map(({ id }) => ranked.find((candidate) => candidate.id === id)?.cost ?? 0)
  const { victims, cost, exact } = leastCostVictims(asked, costs)
  return { ids: victims.map((process) => drawing.processes[process]!.id), cost, exact }
}
