// The labs as the page offers them. Adding a lab is one entry here; its page is loaded when it is first opened.
import type { Component } from 'svelte'
import type { LabModel } from '@contract/lab.ts'
import type { OpenDocument } from '../shell/documents/open-document.svelte.ts'
import type { Workbench } from '../shell/workbench.svelte.ts'
import type { TourStep } from '../shell/tour/tour-steps.ts'
import { BoxesIcon, type Icon, ShareIcon, TerminalIcon, WaypointsIcon } from '../ui/icons.ts'

export interface LabPanel {
  id: string
  title: string
  component: Component<{ doc: OpenDocument }>
}

/** Another view of the same drawing, shown beside the canvas or in its place. */
export interface LabView {
  id: string
  title: string
  icon: Icon
  /** loaded when it is first shown; views may bring large parts */
  /** `opensample` opens a sample of this lab, where others can be opened */
  load(): Promise<Component<{ doc: OpenDocument; opensample?: (id: string) => void }>>
}

export interface HelpEntry {
  id: string
  /** week of the course; null for a page about working with the lab */
  week: number | null
  title: string
  /** paragraphs; one with a term explains that term */
  body: (string | { term: string; text: string })[]
  /** ids of samples and exercises of this lab that show it, in the order in which they are offered */
  see?: readonly string[]
}

/** What a lab brings to the page besides its model. */
export interface LegendEntry {
  text: string
  line: 'solid' | 'dashed'
  arrow: 'open' | 'filled' | 'none'
  dot: boolean
  /** makes the entry a choice: the kind of edge that is drawn from then on; null is the usual one */
  chooses?: string | null
}

export interface LabPage {
  id: string
  title: string
  model: LabModel
  /** by node kind, for the palette */
  nodeIcons: Readonly<Record<string, Icon>>
  /** samples that the palette offers as parts of a drawing, with short names */
  templates?: readonly { id: string; title: string }[]
  /** what the lines of the drawing mean, shown below the palette */
  edgeLegend: readonly LegendEntry[]
  /** said on an empty canvas */
  invitation: string
  /**
   * What stands in the place of palette, canvas and timeline where documents are no drawings; loaded when it is first
   * shown. The commands of drawings are not offered then.
   */
  main?(): Promise<Component<{ doc: OpenDocument; bench: Workbench }>>
  /** in the order in which they are offered; the drawing itself is not among them */
  views: readonly LabView[]
  /** a choice that decides what the drawing means, shown above it beside the views */
  choice?: Component<{ doc: OpenDocument }>
  /** shown below the inspector */
  panels: readonly LabPanel[]
  help: readonly HelpEntry[]
  /** five to seven steps on the lab's first sample */
  tour?: readonly TourStep[]
}

export interface LabEntry {
  id: string
  title: string
  /** the weeks of the course it belongs to */
  weeks: string
  icon: Icon
  /** what a button says that opens it, where that is not to begin a drawing */
  begin?: string
  load(): Promise<LabPage>
}

export const labPages: readonly LabEntry[] = [
  {
    id: 'deadlock',
    title: 'Deadlock',
    weeks: '3–5',
    icon: WaypointsIcon,
    load: async () => (await import('./deadlock/index.ts')).deadlockPage,
  },
  {
    id: 'distributed',
    title: 'Network',
    weeks: '9–10',
    icon: ShareIcon,
    load: async () => (await import('./distributed/index.ts')).distributedPage,
  },
  {
    id: 'topology',
    title: 'Machines',
    weeks: '6–8, 11',
    icon: BoxesIcon,
    load: async () => (await import('./topology/index.ts')).topologyPage,
  },
  {
    id: 'namespaces',
    title: 'Isolation',
    weeks: '7–8',
    icon: TerminalIcon,
    begin: 'Namespaces: begin an experiment',
    load: async () => (await import('./namespaces/index.ts')).namespacesPage,
  },
]
