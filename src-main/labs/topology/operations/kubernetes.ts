// The lab's operations about Kubernetes, by the names under which scripts call them.
import type { Operation } from '../../../contract/lab.ts'
import { quorum } from './quorum.ts'
import { schedule } from './schedule.ts'
import { selfHealing } from './self-healing.ts'

export const kubernetesOperations: Readonly<Record<string, Operation>> = { schedule, quorum, selfHealing }
