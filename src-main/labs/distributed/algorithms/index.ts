// All algorithms of the lab, in the order in which they are offered. Adding one is one line in its family's list.
import { InterlockError } from '../../../contract/errors.ts'
import type { Algorithm } from '../network/types.ts'
import { causalAlgorithms } from './causal/index.ts'
import { clockAlgorithms } from './clocks/index.ts'
import { heartbeat } from './election/heartbeat.ts'
import { elections } from './election/index.ts'
import { timeAlgorithms } from './time/index.ts'
import { exclusionAlgorithms } from './exclusion/index.ts'
import { namingAlgorithms } from './naming/index.ts'

export const algorithms: readonly Algorithm[] = [
  ...elections,
  heartbeat,
  ...exclusionAlgorithms,
  ...clockAlgorithms,
  ...timeAlgorithms,
  ...causalAlgorithms,
  ...namingAlgorithms,
]

/** What a drawing runs that names no algorithm. */
export const usualAlgorithm = 'bully'

/** @throws InterlockError `bad-input` naming those there are */
export function algorithmOf(id: string | undefined): Algorithm {
  const wanted = id ?? usualAlgorithm
  const found = algorithms.find((one) => one.id === wanted)
  if (found !== undefined) return found
  const known = algorithms.map((one) => one.id).join(', ')
  throw new InterlockError('bad-input', `There is no algorithm "${wanted}". There are: ${known}.`, {
    algorithm: wanted,
  })
}
