// The small runs about naming and transparency, in the order in which they are offered.
import type { Algorithm } from '../../network/types.ts'
import { nameServer } from './name-server.ts'
import { replication } from './replication.ts'
import { retry } from './retry.ts'

export const namingAlgorithms: readonly Algorithm[] = [nameServer, replication, retry]
