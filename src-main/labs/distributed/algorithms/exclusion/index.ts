// All algorithms for mutual exclusion, in the order in which they are offered.
import type { Algorithm } from '../../network/types.ts'
import { central } from './central.ts'
import { lamport } from './lamport.ts'
import { maekawa } from './maekawa.ts'
import { ricartAgrawala } from './ricart-agrawala.ts'
import { suzukiKasami } from './suzuki-kasami.ts'
import { tokenRing } from './token-ring.ts'

export const exclusionAlgorithms: readonly Algorithm[] = [
  central,
  lamport,
  ricartAgrawala,
  suzukiKasami,
  tokenRing,
  maekawa,
]
