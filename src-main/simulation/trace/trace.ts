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
export const namesOf = ({ lanes }: Pick<RunTrace, 'lanes'>): ReadonlyMap<string, string> =>
  new Map(lanes.map(({ id, name }) => [id, name]))

/** The messages that leave with an event, in words, such as "sends ELECTION to P4, P5"; empty for none. */
export function sendingText({ sends }: TraceEvent, names: ReadonlyMap<string, string>): string {
  const receivers = new Map<string, string[]>()
  for (const { label, detail, to } of sends) {
    const what = [label, detail].filter((part) => part !== '').join(' ')
    receivers.set(what, [...(receivers.get(what) ?? []), names.get(to) ?? to])
  }
  const parts = [...receivers].map(([what, all]) => `${what === '' ? '' : `${what} `}to ${all.join(', ')}`)
  return parts.length === 0 ? '' : `sends ${parts.join('; ')}`
}
