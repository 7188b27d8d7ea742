// The verdict on a document: what its kept run proves.
import { samplesOf } from '../../contract/merge-patch.ts'
import type { Diagnostic, EvidenceGroup, Verdict } from '../../contract/verdict.ts'
import { experiments } from './model/experiments/index.ts'
import { judge } from './model/judge.ts'
import type { NamespacesModel } from './model/schema.ts'
import { texts } from './texts.ts'

const marks = { holds: 'free', 'not-yet': 'behind', waiting: undefined } as const

export function verdict({ experiment: id, recording }: NamespacesModel): Verdict {
  const base = { marks: {}, withheld: null, rule: texts.rule, simulations: [], diagnostics: [] }
  const say = (
    told: { word: string; sentence: string },
    mark: Verdict['mark'],
    evidence: EvidenceGroup[] = [],
  ): Verdict => ({ ...base, ...told, mark, evidence })
  if (id === null) return say(texts.none, 'unsafe')
  const experiment = experiments.find((one) => one.id === id)
  if (experiment === undefined) return say(texts.unknown(id), 'impossible')
  if (recording === undefined) return say(texts.open(experiment.title), 'unsafe')
  const samples = samplesOf(recording)
  const { solved, conditions } = judge(experiment, samples)
  const evidence: EvidenceGroup = {
    id: 'conditions',
    title: texts.conditions,
    items: conditions.map(({ says, state, since, observed, hint }) => {
      const when = since === undefined ? '' : ` (${texts.seconds(samples[since]?.time ?? 0)})`
      const detail = `${observed}${when} ${hint}`.trim()
      const mark = marks[state]
      return { text: says, lights: [], ...(detail !== '' && { detail }), ...(mark !== undefined && { mark }) }
    }),
  }
  if (solved) return say(texts.solved(experiment.title, conditions.length), 'free', [evidence])
  const holding = conditions.filter(({ state }) => state === 'holds').length
  const next = conditions.find(({ state }) => state === 'not-yet')?.observed ?? ''
  return say(texts.partly(experiment.title, holding, conditions.length, next), 'behind', [evidence])
}

/** A run has nothing that could not be so: it is what the kernel said. */
export const diagnose = (): Diagnostic[] => []
