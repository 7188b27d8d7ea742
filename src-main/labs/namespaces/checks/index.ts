// What an exercise of this lab can ask: a run that proves an experiment. It is judged by evidence, never by what was typed.
import { z } from 'zod'
import { checkForms } from '../../../contract/check-forms.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import type { Check } from '../../../contract/lab.ts'
import { samplesOf } from '../../../contract/merge-patch.ts'
import { judge } from '../model/judge.ts'
import type { NamespacesModel } from '../model/schema.ts'
import { findExperiment } from '../operations/list.ts'
import { texts } from '../texts.ts'

const words = texts.checks
const Params = z.strictObject({ experiment: z.string().describe(words.param) })

const { check } = checkForms<NamespacesModel>()

const experiment = check<z.infer<typeof Params>>({
  id: 'experiment',
  title: words.experiment,
  params: Params,
  form(_, params) {
    findExperiment(params.experiment)
    return { kind: 'drawing' }
  },
  judge({ drawing: { recording }, params }, answer) {
    answerAs(answer, 'drawing')
    const asked = findExperiment(params.experiment)
    const expected = words.wanted(asked.title)
    if (recording === undefined) return wrong(expected, words.nothing, words.nothingKept)
    const { solved, conditions } = judge(asked, samplesOf(recording))
    const holding = conditions.filter(({ state }) => state === 'holds').length
    const found = words.found(holding, conditions.length)
    if (solved) return right(expected, found, words.proven)
    const missing = conditions.find(({ state }) => state !== 'holds')
    const sentence = words.missing(missing?.says ?? '', missing?.observed ?? '')
    const strange = recording.experiment !== null && recording.experiment !== asked.id
    const share = holding / conditions.length
    return wrong(expected, found, strange ? `${words.other(asked.title)} ${sentence}` : sentence, [], share)
  },
  key: (_, params) => {
    const { title, conditions } = findExperiment(params.experiment)
    return words.key(
      title,
      conditions.map(({ says }) => says),
    )
  },
})

export const checks: readonly Check<NamespacesModel>[] = [experiment]
