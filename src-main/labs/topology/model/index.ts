// The part of the topology lab that host and page share. Knows no engine.
import type { LabModel } from '../../../contract/lab.ts'
import { faults } from './faults.ts'
import { formats } from './formats/index.ts'
import { athome, connect, edgeKinds, holds, merge, nodeKinds } from './kinds.ts'
import { picture } from './picture.ts'
import { TopologyModel } from './schema.ts'
import { texts } from './texts.ts'
import { tidied } from './tidy.ts'

export const topologyModel: LabModel<TopologyModel> = {
  id: 'topology',
  schema: TopologyModel,
  nodeKinds,
  edgeKinds,
  connect,
  merge,
  faults,
  picture,
  markWords: texts.marks,
  nesting: { holds, athome, tidied: (model) => tidied((model as TopologyModel).nodes) },
  formats,
}
export type { TopologyModel } from './schema.ts'
