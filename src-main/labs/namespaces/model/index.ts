// The model of the namespaces lab, shared with the page. Its documents are runs; nothing is drawn in them.
import type { LabModel } from '../../../contract/lab.ts'
import { formats } from './formats.ts'
import { NamespacesModel } from './schema.ts'

export const namespacesModel: LabModel<NamespacesModel> = {
  id: 'namespaces',
  schema: NamespacesModel,
  nodeKinds: [],
  edgeKinds: [],
  connect: () => ({ refused: 'There is nothing to connect in a run.' }),
  merge: (existing) => existing,
  faults: () => [],
  picture: () => ({ nodes: [], edges: [] }),
  formats,
}
