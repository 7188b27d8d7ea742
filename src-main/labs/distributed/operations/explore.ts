// The operation `distributed.explore`: every order of deliveries and crashes of a drawing's run, with a shortest
// counterexample for each rule that breaks.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_EXPLORED_STATES } from '../../../contract/limits.ts'
import { bad, readFields, readWhole } from '../../../contract/operation-input.ts'
import { algorithmOf } from '../algorithms/index.ts'
import { diagnose } from '../diagnostics.ts'
import type { ExploreOutput } from '../model/exploring.ts'
import { DistributedModel } from '../model/schema.ts'
import { exploreNetwork } from '../network/explore.ts'
import { rulesOf } from '../network/properties.ts'
import { setupOf } from '../network/setup.ts'
import { ringDrawing } from './drawings.ts'

const USUAL_STATES = 200_000
const MOST_FAULTS = 5

const example = { model: { ...ringDrawing([1, 2, 3]), algorithm: 'chang-roberts' } }

export const exploreOperation: Operation<unknown, ExploreOutput> = {
  summary: 'Tries every order of deliveries and crashes, and says what can break.',
  input: z.custom<unknown>(() => true),
  help: [
    'Input:',
    '  model       a drawing with its algorithm',
    '  crashes     how many nodes may crash at any moment, 0 to 5; 0 when left out',
    '  losses      how many messages may be lost, 0 to 5; 0 when left out',
    '  impatient   true: timeouts may run out at any time; otherwise only while nothing is on its way',
    `  most        states after which the search stops, up to ${MAX_EXPLORED_STATES}; ${USUAL_STATES} when left out`,
    'Output:',
    '  states, transitions, depth, ends   what was covered; ends are states in which nothing more can happen',
    '  complete                           whether every state was looked at',
    '  rules                              for each rule: holds in all states looked at, or what breaks and a shortest',
    '                                     way there, as events of a script',
  ],
  get example() {
    return { input: example, output: exploreOperation.run(example) }
  },
  run(input, progress) {
    const fields = readFields(input)
    const parsed = DistributedModel.safeParse(fields['model'])
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw bad(['model', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is no drawing.')
    }
    const wrong = diagnose(parsed.data).find(({ severity }) => severity === 'error')
    if (wrong !== undefined) throw new InterlockError('bad-input', `${wrong.sentence} ${wrong.remedy}`)
    const algorithm = algorithmOf(parsed.data.algorithm)
    const most = readWhole(fields['most'] ?? USUAL_STATES, 'most', 1, MAX_EXPLORED_STATES)
    const freedom = {
      crashes: readWhole(fields['crashes'] ?? 0, 'crashes', 0, MOST_FAULTS),
      losses: readWhole(fields['losses'] ?? 0, 'losses', 0, MOST_FAULTS),
      impatient: fields['impatient'] === true,
    }
    const onProgress = (states: number): void => progress?.(states / most)
    const { found, ...covered } = exploreNetwork(setupOf(parsed.data, algorithm, 1), freedom, { most, onProgress })
    return {
      ...covered,
      rules: rulesOf(algorithm).map(({ id, title }) => {
        const broken = found.find(({ what }) => what === id)
        return {
          id,
          title,
          holds: broken === undefined,
          sentence: broken?.sentence ?? '',
          events: broken?.events ?? [],
        }
      }),
    }
  },
}
