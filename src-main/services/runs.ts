// Runs of simulations that are open, by an id that nobody can guess. Runs in the engine worker; knows no lab by name.
import { randomUUID } from 'node:crypto'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import type { LineProblem, RunState, RunStep } from '../contract/run.ts'
import { createRun, type Run } from '../simulation/run.ts'
import { checkedModel } from './models.ts'

/** The steps played and the state after the last of them. */
interface Played {
  steps: RunStep[]
  state: RunState
}

export interface Runs {
  open(input: { lab: string; simulation: string; seed: number; model: unknown }): {
    run: string
    state: RunState
    lines: boolean
  }
  apply(run: string, at: number, event: unknown): { step: RunStep; state: RunState }
  continueFrom(run: string, at: number, most: number): Played
  generate(run: string, at: number, most: number, seed: number): Played
  play(run: string, at: number, events: readonly unknown[]): Played & { refused: string | null }
  write(run: string, at: number, events: readonly unknown[]): { lines: string[] }
  read(
    run: string,
    at: number,
    lines: readonly string[],
  ): { steps: (RunStep | null)[]; problem: LineProblem | null; state: RunState }
  edited(run: string, at: number, model: unknown): Played
  state(run: string, at: number): RunState
  steps(run: string, from: number, count: number): { steps: RunStep[]; total: number }
  close(run: string): Record<string, never>
}

export function createRuns(findLab: (id: string) => LabEngine): Runs {
  const open = new Map<string, { run: Run; lab: LabEngine }>()

  const findOpen = (id: string): { run: Run; lab: LabEngine } => {
    const found = open.get(id)
    if (found === undefined) throw unknownRun()
    return found
  }
  const find = (id: string, at = 0): Run => {
    const { run } = findOpen(id)
    if (at >= run.length) {
      throw new InterlockError('bad-input', `This run has no step ${at}; its last one is ${run.length - 1}.`)
    }
    return run
  }
  const after = (run: Run, at: number, steps: RunStep[]): Played => ({
    steps,
    state: run.stateAt(steps.at(-1)?.step ?? at),
  })

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
      open.set(name, { run, lab })
      return { run: name, state, lines: run.hasLines }
    },
    apply(id, at, event) {
      const run = find(id, at)
      const step = run.apply(at, event)
      return { step, state: run.stateAt(step.step) }
    },
    continueFrom(id, at, most) {
      const run = find(id, at)
      return after(run, at, run.continueFrom(at, most))
    },
    generate(id, at, most, seed) {
      const run = find(id, at)
      return after(run, at, run.generate(at, most, seed))
    },
    play(id, at, events) {
      const run = find(id, at)
      const { steps, refused } = run.play(at, events)
      return { ...after(run, at, steps), refused }
    },
    write: (id, at, events) => ({ lines: find(id, at).write(at, events) }),
    read(id, at, lines) {
      const run = find(id, at)
      const { steps, problem } = run.read(at, lines)
      const last = steps.findLast((step) => step !== null)
      return { steps, problem, state: run.stateAt(last?.step ?? at) }
    },
    edited(id, at, model) {
      const run = find(id, at)
      return after(run, at, run.edited(at, checkedModel(findOpen(id).lab, model)))
    },
    state: (id, at) => find(id, at).stateAt(at),
    steps(id, from, count) {
      const run = find(id)
      return { steps: run.steps(from, count), total: run.length }
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
