// The part of the deadlock lab that host and page share. Knows no engine.
import type { LabModel } from '../../../contract/lab.ts'
import { faults } from './faults.ts'
import { formats } from './formats/index.ts'
import { connect, edgeKinds, merge, nodeKinds } from './kinds.ts'
import { picture } from './picture.ts'
import { DeadlockModel } from './schema.ts'
import { textFormat } from './text/format.ts'

export const deadlockModel: LabModel<DeadlockModel> = {
  id: 'deadlock',
  schema: DeadlockModel,
  nodeKinds,
  edgeKinds,
  connect,
  merge,
  faults,
  picture,
  formats: [textFormat, ...formats],
}
export type { DeadlockModel } from './schema.ts'
