// The page of the deadlock lab: icons, invitation, panel and help around the model that the host shares.
import { deadlockModel } from '@labs/deadlock/model/index.ts'
import {
  ChartGanttIcon,
  CircleIcon,
  LandmarkIcon,
  LifeBuoyIcon,
  NetworkIcon,
  SquareDotIcon,
  Table2Icon,
  TextIcon,
} from '../../ui/icons.ts'
import type { LabPage } from '../index.ts'
import AvailablePanel from './AvailablePanel.svelte'
import { bankerTexts } from './avoidance/banker-texts.ts'
import { help } from './help.ts'
import { texts } from './texts.ts'
import { policyViewTexts } from './policies/policies-texts.ts'
import { recoveryViewTexts } from './recovery/recovery-view-texts.ts'
import { tour } from './tour.ts'
import { matrixTexts, waitTexts } from './views/matrix-texts.ts'
import { textView } from './views/text-texts.ts'

export const deadlockPage: LabPage = {
  id: deadlockModel.id,
  title: texts.title,
  model: deadlockModel,
  nodeIcons: { process: CircleIcon, resource: SquareDotIcon },
  edgeLegend: [
    { text: texts.legend.request, line: 'solid', arrow: 'open', dot: false, chooses: null },
    { text: texts.legend.claim, line: 'dashed', arrow: 'open', dot: false, chooses: 'claim' },
    { text: texts.legend.assignment, line: 'solid', arrow: 'filled', dot: true },
  ],
  invitation: texts.invitation,
  views: [
    {
      id: 'matrices',
      title: matrixTexts.title,
      icon: Table2Icon,
      load: async () => (await import('./views/MatricesView.svelte')).default,
    },
    {
      id: 'wait-for',
      title: waitTexts.title,
      icon: NetworkIcon,
      load: async () => (await import('./views/WaitForView.svelte')).default,
    },
    {
      id: 'text',
      title: textView.title,
      icon: TextIcon,
      load: async () => (await import('./views/TextView.svelte')).default,
    },
    {
      id: 'policies',
      title: policyViewTexts.title,
      icon: ChartGanttIcon,
      load: async () => (await import('./policies/PoliciesView.svelte')).default,
    },
    {
      id: 'banker',
      title: bankerTexts.title,
      icon: LandmarkIcon,
      load: async () => (await import('./avoidance/BankerView.svelte')).default,
    },
    {
      id: 'recovery',
      title: recoveryViewTexts.title,
      icon: LifeBuoyIcon,
      load: async () => (await import('./recovery/RecoveryView.svelte')).default,
    },
  ],
  panels: [{ id: 'available', title: texts.available.title, component: AvailablePanel }],
  help,
  tour,
}
