// The operation `namespaces.experiments`: what can be done, what is needed for it, and what proves it.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Need } from '../../../contract/kernel.ts'
import type { Operation } from '../../../contract/lab.ts'
import { type Experiment, experiments } from '../model/experiments/index.ts'

const Input = z.strictObject({ experiment: z.string().optional() })

interface Listed {
  id: string
  number: number
  title: string
  week: number
  needs: Need
  tools: readonly string[]
  controllers: readonly string[]
  conditions: { id: string; says: string; expected: string }[]
}

const listed = ({ id, number, title, week, need, tools, controllers = [], conditions }: Experiment): Listed => ({
  id,
  number,
  title,
  week,
  needs: need,
  tools,
  controllers,
  conditions: conditions.map(({ id: name, says, expected }) => ({ id: name, says, expected })),
})

/** @throws InterlockError `bad-input` naming the experiments there are */
export function findExperiment(id: string): Experiment {
  const found = experiments.find((one) => one.id === id)
  if (found !== undefined) return found
  const known = experiments.map((one) => one.id).join(', ')
  throw new InterlockError('bad-input', `There is no experiment "${id}". There are: ${known}.`, { at: 'experiment' })
}

const run = ({ experiment }: z.infer<typeof Input>): { experiments: Listed[] } => ({
  experiments: (experiment === undefined ? experiments : [findExperiment(experiment)]).map(listed),
})

export const listOperation: Operation<z.infer<typeof Input>, { experiments: Listed[] }> = {
  summary: 'The experiments with namespaces and control groups, with what each needs and what proves it.',
  input: Input,
  help: [
    'Input',
    '  experiment   id of one experiment; all without it',
    'Output',
    '  experiments  each with id, number, title, week of the course, needs, tools, controllers, conditions',
    '    needs        root, delegated (a control group that may be changed), user, or nothing but Linux',
    '    tools        programs that have to be installed',
    '    controllers  controllers whose groups have to be writable',
    '    conditions   in the order in which they have to hold: id, what it says, what is looked for',
  ],
  example: { input: { experiment: 'pid-1' }, output: run({ experiment: 'pid-1' }) },
  run,
}
