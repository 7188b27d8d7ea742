// The experiments of the lab in the order of their numbers.
import { container } from './container.ts'
import type { Experiment } from './experiment.ts'
import { files } from './files.ts'
import { limits } from './limits.ts'
import { names } from './names.ts'
import { privileges } from './privileges.ts'
import { processes } from './processes.ts'
import { trees } from './trees.ts'

export type { Condition, Experiment, Look, Step } from './experiment.ts'

export const experiments: readonly Experiment[] = [
  ...processes,
  ...files,
  ...names,
  ...limits,
  ...trees,
  ...privileges,
  ...container,
].sort((a, b) => a.number - b.number)
