// Runs of simulations that are open, by an id that nobody can guess. Runs in the engine worker; knows no lab by name.
import { randomUUID } from 'node:crypto'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import type { RunState, RunStep } from '../contract/run.ts'
import { createRun, type Run } from '../simulation/run.ts'
import { checkedModel } from './models.ts'

export interface Runs {
  open(input: { lab: string; simulation: string; seed: number; model: unknown }): { run: string; state: RunState }
  apply(run: string, at: number, event: unknown): { step: RunStep; state: RunState }
  continueFrom(run: string, at: number, most: number): { steps: RunStep[]; state: RunState }
  state(run: string, at: number): RunState
  steps(run: string, from: number, count: number): { steps: RunStep[]; total: number }
  close(run: string): Record<string, never>
}

export function createRuns(findLab: (id: string) => LabEngine): Runs {
  const open = new Map<string, Run>()

  const find = (id: string, at = 0): Run => {
    const run = open.get(id)
    if (run === undefined) throw unknownRun()
    if (at >= run.steps.length) {
      throw new InterlockError('bad-input', `This run has no step ${at}; its last one is ${run.steps.length - 1}.`)
    }
    return run
  }

  return {
    open({ lab: labId, simulation: id, seed, model }) {
      const lab = findLab(labId)
      const simulation = Object.hasOwn(lab.simulations, id) ? lab.simulations[id] : undefined
      if (simulation === undefined) {
        const known = Object.keys(lab.simulations).join(', ')
        throw new InterlockError('unknown-operation', `The lab ${labId} has no simulation "${id}". It has: ${known}.`)
      }
      const run = createRun(simulation, checkedModel(lab, model), seed)
      const name = randomUUID()
      const state = run.stateAt(0)
      open.set(name, run)
      return { run: name, state }
    },
    apply(id, at, event) {
      const run = find(id, at)
      const step = run.apply(at, event)
      return { step, state: run.stateAt(step.step) }
    },
    continueFrom(id, at, most) {
      const run = find(id, at)
      const steps = run.continueFrom(at, most)
      return { steps, state: run.stateAt(steps.at(-1)?.step ?? at) }
    },
    state: (id, at) => find(id, at).stateAt(at),
    steps(id, from, count) {
      const run = find(id)
      return { steps: run.steps.slice(from, from + count), total: run.steps.length }
    },
    close(id) {
      open.delete(id)
      return {}
    },
  }
}

export function unknownRun(): InterlockError {
  return new InterlockError('unknown-run', 'This run is not open any more. Start it again from the drawing.')
}
