// The page of the topology lab: icons, invitation, panels and help around the model that the host shares.
import { topologyModel } from '@labs/topology/model/index.ts'
import {
  AppWindowIcon,
  BoxIcon,
  BoxesIcon,
  BuildingIcon,
  CableIcon,
  CircuitBoardIcon,
  CogIcon,
  ContainerIcon,
  CpuIcon,
  DatabaseIcon,
  EthernetPortIcon,
  FileStackIcon,
  GaugeIcon,
  HexagonIcon,
  LayersIcon,
  MonitorIcon,
  NetworkIcon,
  PackageIcon,
  PlayIcon,
  RocketIcon,
  ScaleIcon,
  ServerIcon,
  ShipWheelIcon,
  SquareDashedIcon,
  Table2Icon,
  WorkflowIcon,
} from '../../ui/icons.ts'
import type { LabPage } from '../index.ts'
import { boardTexts } from './board/board-texts.ts'
import { compareTexts } from './compare/compare-texts.ts'
import { help } from './help.ts'
import RulesPanel from './RulesPanel.svelte'
import { texts } from './texts.ts'
import { tour } from './tour.ts'

export const topologyPage: LabPage = {
  id: topologyModel.id,
  title: texts.title,
  model: topologyModel,
  nodeIcons: {
    host: ServerIcon,
    os: AppWindowIcon,
    device: CircuitBoardIcon,
    hypervisor: LayersIcon,
    vm: MonitorIcon,
    libvirt: WorkflowIcon,
    vcenter: BuildingIcon,
    vcluster: BoxesIcon,
    engine: ContainerIcon,
    runtime: PlayIcon,
    container: PackageIcon,
    process: CogIcon,
    namespace: SquareDashedIcon,
    cgroup: GaugeIcon,
    overlay: FileStackIcon,
    cluster: ShipWheelIcon,
    control: CpuIcon,
    node: HexagonIcon,
    deployment: RocketIcon,
    pod: BoxIcon,
    interface: EthernetPortIcon,
    bridge: CableIcon,
    network: NetworkIcon,
    storage: DatabaseIcon,
  },
  templates: texts.templates,
  edgeLegend: [
    { text: texts.legend.uses, line: 'solid', arrow: 'open', dot: false },
    { text: texts.legend.attached, line: 'solid', arrow: 'none', dot: false },
    { text: texts.legend.manages, line: 'dashed', arrow: 'open', dot: false },
    { text: texts.legend.migrates, line: 'dashed', arrow: 'filled', dot: false },
  ],
  invitation: texts.invitation,
  views: [
    {
      id: 'score-board',
      title: boardTexts.title,
      icon: Table2Icon,
      load: async () => (await import('./board/ScoreBoard.svelte')).default,
    },
    {
      id: 'compare',
      title: compareTexts.title,
      icon: ScaleIcon,
      load: async () => (await import('./compare/CompareView.svelte')).default,
    },
  ],
  panels: [{ id: 'rules', title: texts.rules.title, component: RulesPanel }],
  help,
  tour,
}
