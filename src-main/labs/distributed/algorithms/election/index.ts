// All election algorithms, in the order in which they are offered.
import type { Algorithm } from '../../network/types.ts'
import { bully } from './bully.ts'
import { changRoberts } from './chang-roberts.ts'
import { floodMax, gridSweep } from './grids.ts'
import { hirschbergSinclair } from './hirschberg-sinclair.ts'
import { ring } from './ring.ts'
import { ringList } from './ring-list.ts'

export const elections: readonly Algorithm[] = [
  bully,
  ring,
  ringList,
  changRoberts,
  hirschbergSinclair,
  gridSweep,
  floodMax,
]
