// All ordered broadcasts, in the order in which they are offered.
import type { Algorithm } from '../../network/types.ts'
import { causalBroadcast } from './causal-broadcast.ts'
import { fifoBroadcast } from './fifo-broadcast.ts'
import { totalBroadcast } from './total-broadcast.ts'

export const causalAlgorithms: readonly Algorithm[] = [causalBroadcast, fifoBroadcast, totalBroadcast]
