// The page of the namespaces lab: a main view of its own, since its documents are runs and no drawings, and help.
import { namespacesModel } from '@labs/namespaces/model/index.ts'
import type { LabPage } from '../index.ts'
import { help } from './help.ts'
import { texts } from './texts.ts'

export const namespacesPage: LabPage = {
  id: namespacesModel.id,
  title: texts.title,
  model: namespacesModel,
  nodeIcons: {},
  edgeLegend: [],
  invitation: texts.invitation,
  main: async () => (await import('./NamespacesView.svelte')).default,
  views: [],
  panels: [],
  help,
}
