// The operation `distributed.algorithms`: what the lab can run, with what each can be told. The page offers it as it is.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { algorithms } from '../algorithms/index.ts'
import type { AlgorithmInfo } from '../model/algorithm-info.ts'

export interface AlgorithmsOutput {
  algorithms: AlgorithmInfo[]
}

const infos = (): AlgorithmInfo[] =>
  algorithms.map(({ id, label, family, needs, source, explanation, settings, alone, byHand }) => ({
    id,
    label,
    family,
    needs,
    source,
    explanation,
    settings: settings.map((setting) => ({ ...setting })),
    ...(alone === true ? { alone } : {}),
    ...(byHand === true ? { byHand } : {}),
  }))

export const algorithmsOperation: Operation<unknown, AlgorithmsOutput> = {
  summary: 'Lists the algorithms of the lab.',
  input: z.custom<unknown>(() => true),
  help: [
    'Input: an empty object.',
    'Output:',
    '  algorithms   for each: id, label, family, what it needs of a drawing (any, ring, grid, links), source,',
    '               explanation, and its settings with their bounds and usual values',
  ],
  get example() {
    return { input: {}, output: { algorithms: infos() } }
  },
  run: () => ({ algorithms: infos() }),
}
