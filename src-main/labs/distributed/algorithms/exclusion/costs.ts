// What textbooks say about algorithms that ask every other node.
import { exclusionTexts as texts } from '../../model/exclusion-texts.ts'
import type { Cost, Self } from '../../network/types.ts'
import { entriesOf } from './section.ts'

/** `factor` messages to or from each other node for one entry; nothing is exact when nodes do not answer. */
export const pairCost =
  (factor: number) =>
  (selves: readonly Self[], up: readonly boolean[], began: readonly number[]): Cost[] => {
    const entries = entriesOf(selves, began)
    return [
      {
        what: 'messages',
        formula: texts.costs.pairs(factor, selves.length, entries),
        value: factor * Math.max(0, selves.length - 1) * entries,
        bound: up.every((lives) => lives) ? 'exact' : 'most',
      },
    ]
  }
