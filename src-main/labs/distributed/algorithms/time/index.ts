// The algorithms that keep physical clocks together, in the order in which they are offered.
import type { Algorithm } from '../../network/types.ts'
import { berkeley } from './berkeley.ts'
import { cristian } from './cristian.ts'
import { ntp } from './ntp.ts'

export const timeAlgorithms: readonly Algorithm[] = [cristian, berkeley, ntp]
