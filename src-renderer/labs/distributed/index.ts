// The page of the distributed lab: icons, invitation, panels, views and help around the model that the host shares.
import { distributedModel } from '@labs/distributed/model/index.ts'
import { spaceTime } from '../../ui/texts/space-time.ts'
import { ChartLineIcon, CircleIcon, ListTreeIcon, SplineIcon } from '../../ui/icons.ts'
import type { LabPage } from '../index.ts'
import AlgorithmChoice from './AlgorithmChoice.svelte'
import { compareTexts, orderTexts } from './compare-texts.ts'
import { help } from './help.ts'
import PlanPanel from './PlanPanel.svelte'
import RunPanel from './RunPanel.svelte'
import { texts } from './texts.ts'
import { tour } from './tour.ts'

export const distributedPage: LabPage = {
  id: distributedModel.id,
  title: texts.title,
  model: distributedModel,
  nodeIcons: { node: CircleIcon },
  edgeLegend: [
    { text: texts.legend.link, line: 'solid', arrow: 'none', dot: false },
    { text: texts.legend.next, line: 'solid', arrow: 'open', dot: false },
    { text: texts.legend.cut, line: 'dashed', arrow: 'none', dot: false },
  ],
  invitation: texts.invitation,
  choice: AlgorithmChoice,
  views: [
    {
      id: 'space-time',
      title: spaceTime.title,
      icon: SplineIcon,
      load: async () => (await import('../../player/spacetime/SpaceTimeView.svelte')).default,
    },
    {
      id: 'compare',
      title: compareTexts.title,
      icon: ChartLineIcon,
      load: async () => (await import('./CompareView.svelte')).default,
    },
    {
      id: 'orders',
      title: orderTexts.title,
      icon: ListTreeIcon,
      load: async () => (await import('./OrdersView.svelte')).default,
    },
  ],
  panels: [
    { id: 'run', title: texts.run.title, component: RunPanel },
    { id: 'plan', title: texts.plan.title, component: PlanPanel },
  ],
  help,
  tour,
}
