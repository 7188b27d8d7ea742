// One drawing and one script under several policies, side by side.
import { InterlockError } from '../../../contract/errors.ts'
import type { Progress } from '../../../contract/lab.ts'
import { type PoliciesOutput, type PolicyChoice, policyIds, policyTexts as texts } from '../model/policies.ts'
import type { Drawing } from '../naming.ts'
import type { ResourceEvent } from '../simulations/event-rules.ts'
import { type Ids, runPolicy } from './run.ts'
import { readSettings } from './settings.ts'
import { type Step, type Workload, workloadOf } from './workload.ts'

export interface Comparison {
  choices: readonly PolicyChoice[]
  /** of random pauses */
  seed: number
  /** ticks of waiting on end from which a process counts as starved */
  bound: number
}

/** @throws InterlockError `bad-input` with what is wrong in script, policy or setting; `too-large` beyond the limits */
export function comparePolicies(
  drawing: Drawing,
  events: readonly ResourceEvent[],
  { choices, seed, bound }: Comparison,
  progress?: Progress,
): PoliciesOutput {
  const workload = workloadOf(drawing, events)
  const ids = { processes: drawing.processes.map(({ id }) => id), types: drawing.resources.map(({ id }) => id) }
  const runs = choices.map(({ policy, settings: given = {} }, index) => {
    if (!policyIds.includes(policy)) {
      throw new InterlockError('bad-input', texts.noPolicy(String(policy), policyIds), { at: `policies[${index}]` })
    }
    const settings = readSettings(policy, given, workload.types, () => typesToShare(workload, seed, bound, ids))
    const run = runPolicy(workload, policy, { settings, seed, bound, ids })
    progress?.((index + 1) / choices.length)
    return run
  })
  return {
    processes: drawing.processes.map(({ id }, process) => ({ id, name: workload.names[process]! })),
    types: drawing.resources.map(({ id }, type) => ({ id, name: workload.types[type]!, units: workload.total[type]! })),
    programs: workload.programs.map(({ steps }) => steps.map((step) => said(step, workload.types))),
    runs,
    remarks: workload.remarks,
  }
}

/** The first type that is enough to keep the deadlock away; without one all types, and none where there is no deadlock. */
function typesToShare(workload: Workload, seed: number, bound: number, ids: Ids): readonly number[] {
  const all = workload.types.map((_, type) => type)
  const ends = (types: readonly number[]): boolean => {
    const settings = { ...readSettings('share', {}, workload.types, () => types), types }
    return runPolicy(workload, 'share', { settings, seed, bound, ids }).ended === 'finished'
  }
  const one = all.find((type) => ends([type]))
  return one === undefined ? all : [one]
}

const said = ({ kind, type, count, after }: Step, types: readonly string[]): string =>
  texts.step(
    after,
    kind,
    texts.spoken(
      types,
      types.map((_, other) => (other === type ? count : 0)),
    ),
  )
