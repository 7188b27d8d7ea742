// One branch of a run as writers of other formats want it: lanes with their names, and the traced steps in their order.
import type { RunStep, TraceEvent } from '../../contract/run.ts'

export interface RunTrace {
  readonly title: string
  readonly lanes: readonly { readonly id: string; readonly name: string }[]
  readonly events: readonly { readonly step: number; readonly text: string; readonly trace: TraceEvent }[]
}

/** @param steps one branch, from the initial state on; steps without a trace are left out */
export function traceOfSteps(
  title: string,
  nodes: readonly { readonly id: string; readonly name: string }[],
  steps: readonly Pick<RunStep, 'step' | 'text' | 'trace'>[],
): RunTrace {
  return {
    title,
    lanes: nodes.map(({ id, name }) => ({ id, name })),
    events: steps.flatMap(({ step, text, trace }) => (trace === undefined ? [] : [{ step, text, trace }])),
  }
}

/** Names of lanes by id. */
export const namesOf = ({ lanes }: RunTrace): ReadonlyMap<string, string> =>
  new Map(lanes.map(({ id, name }) => [id, name]))
