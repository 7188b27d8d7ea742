// The part of the distributed lab that host and page share. Knows no engine.
import type { LabModel } from '../../../contract/lab.ts'
import { faults } from './faults.ts'
import { connect, edgeKinds, merge, nodeKinds } from './kinds.ts'
import { picture } from './picture.ts'
import { DistributedModel } from './schema.ts'
import { shaped, shapes } from './shape.ts'
import { texts } from './texts.ts'

export const distributedModel: LabModel<DistributedModel> = {
  id: 'distributed',
  schema: DistributedModel,
  nodeKinds,
  edgeKinds,
  connect,
  merge,
  faults,
  picture,
  markWords: texts.marks,
  groups: { key: 'part', most: 9, ...texts.groups },
  shapes,
  shaped,
  formats: [],
}
export type { DistributedModel } from './schema.ts'
