// Whether processes that share units of one type can run into a deadlock: the counting argument, from the numbers alone.
import { z } from 'zod'
import { MAX_INSTANCES } from '../../../contract/limits.ts'
import { About, choice } from './make.ts'
import { texts } from './texts.ts'

const Count = z.number().int().min(1).max(MAX_INSTANCES)
const Params = About.extend({
  units: Count.describe(texts.params.countUnits),
  processes: Count.describe(texts.params.countProcesses),
  maxEach: Count.describe(texts.params.countEach),
})

/**
 * At worst every process holds all it may want but one. A deadlock is possible when no unit is left then: when
 * processes x (maxEach - 1) >= units. Source: Silberschatz, Operating System Concepts, exercises of the deadlock chapter.
 * Nobody waits for ever with a maximum that is never met, so maxEach is at most units.
 */
export const counting = choice<z.infer<typeof Params>>({
  id: 'counting',
  title: texts.titles.counting,
  params: Params.refine(({ units, maxEach }) => maxEach <= units, {
    path: ['maxEach'],
    message: 'at most as many as there are units',
  }),
  options: () => [
    { value: 'possible', label: texts.counting.possible },
    { value: 'impossible', label: texts.counting.impossible },
  ],
  solve(_, { units, processes, maxEach }) {
    const held = processes * (maxEach - 1)
    const possible = held >= units
    const { becausePossible, becauseImpossible, worst } = texts.counting
    const because = `${worst(processes, maxEach, held, units)} ${possible ? becausePossible : becauseImpossible}`
    return { value: possible ? 'possible' : 'impossible', because }
  },
  against: () => texts.counting.against,
})
