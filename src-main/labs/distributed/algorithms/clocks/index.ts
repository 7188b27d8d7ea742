// What shows logical clocks, in the order in which it is offered.
import type { Algorithm } from '../../network/types.ts'
import { byHand } from './by-hand.ts'

export const clockAlgorithms: readonly Algorithm[] = [byHand]
