// Exercises of the lab, each with the week of the course that it belongs to.
import { experiments } from './model/experiments/index.ts'

/** One for each experiment: do it, keep the run, hand it in. */
export const exercises: readonly { id: string; week: number }[] = experiments.map(({ id, week }) => ({
  id: `do-${id}`,
  week,
}))
