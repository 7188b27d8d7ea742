// The tour of the deadlock lab: on the dining philosophers, from reading a verdict to stepping through its reason.
// Says where to look and what counts as done; the workbench shows it.
import type { GraphModel } from '@contract/document.ts'
import type { TourPlace, TourStep } from '../../shell/tour/tour-steps.ts'
import { tourTexts as texts } from './texts.ts'

/** How many of the run's steps have to be taken. */
const STEPS = 2

const sum = (records: readonly Readonly<Record<string, unknown>>[], key: string): number =>
  records.reduce((total, record) => total + (Number(record[key]) || 0), 0)

const place = (node: { id: string } | undefined): TourPlace | null => (node === undefined ? null : { node: node.id })

/** A process that has no line yet, which is the one just drawn; without one, the last. */
function fresh({ nodes, edges }: GraphModel): TourPlace | null {
  const processes = nodes.filter((node) => node.kind === 'process')
  return place(
    processes.find(({ id }) => !edges.some((edge) => edge.from === id || edge.to === id)) ?? processes.at(-1),
  )
}

export const tour: readonly TourStep[] = [
  { id: 'verdict', ...texts.verdict, at: () => ({ part: 'verdict' }) },
  { id: 'evidence', ...texts.evidence, at: () => ({ part: 'evidence' }), done: ({ visits }) => visits > 0 },
  {
    id: 'unit',
    ...texts.unit,
    at: ({ model }) => place(model.nodes.find((node) => node.kind === 'resource')),
    done: (now, before) => sum(now.model.nodes, 'instances') > sum(before.model.nodes, 'instances'),
  },
  // A process of its own: asking for more can make none of the others wait, so that there is something to step through.
  {
    id: 'draw',
    ...texts.draw,
    at: () => ({ part: 'palette' }),
    done: (now, before) => now.model.nodes.length > before.model.nodes.length,
  },
  {
    id: 'connect',
    ...texts.connect,
    at: ({ model }) => fresh(model),
    done: (now, before) => sum(now.model.edges, 'count') > sum(before.model.edges, 'count'),
  },
  {
    id: 'step',
    ...texts.step,
    at: ({ depth }) => ({ part: depth === null ? 'simulate' : 'nextStep' }),
    done: ({ depth }) => depth !== null && depth >= STEPS,
  },
  { id: 'find', ...texts.find, at: () => ({ part: 'find' }) },
]
