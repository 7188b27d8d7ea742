// The page of the deadlock lab: icons, invitation, panel and help around the model that the host shares.
import { deadlockModel } from '@labs/deadlock/model/index.ts'
import { CircleIcon, SquareDotIcon } from '../../ui/icons.ts'
import type { LabPage } from '../index.ts'
import AvailablePanel from './AvailablePanel.svelte'
import { help, texts } from './texts.ts'

export const deadlockPage: LabPage = {
  id: deadlockModel.id,
  title: texts.title,
  model: deadlockModel,
  nodeIcons: { process: CircleIcon, resource: SquareDotIcon },
  edgeLegend: [
    { text: texts.legend.request, line: 'solid', arrow: 'open', dot: false },
    { text: texts.legend.assignment, line: 'solid', arrow: 'filled', dot: true },
  ],
  invitation: texts.invitation,
  views: [],
  panels: [{ id: 'available', title: texts.available.title, component: AvailablePanel }],
  help,
}
