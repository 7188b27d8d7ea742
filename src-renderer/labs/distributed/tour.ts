// The tour of the distributed lab: on the ring election, from reading the outcome to breaking the run by hand.
import type { TourStep } from '../../shell/tour/tour-steps.ts'
import { tourTexts as texts } from './tour-texts.ts'

/** How many of the run's steps have to be taken. */
const STEPS = 3

const crashed = (nodes: readonly Readonly<Record<string, unknown>>[]): number =>
  nodes.filter((node) => node['down'] === true).length

export const tour: readonly TourStep[] = [
  { id: 'verdict', ...texts.verdict, at: () => ({ part: 'verdict' }) },
  { id: 'evidence', ...texts.evidence, at: () => ({ part: 'evidence' }), done: ({ visits }) => visits > 0 },
  {
    id: 'crash',
    ...texts.crash,
    at: ({ model }) => {
      const highest = model.nodes.find(({ name }) => name === 'P7') ?? model.nodes.find((node) => node['down'] !== true)
      return highest === undefined ? null : { node: highest.id }
    },
    done: (now, before) => crashed(now.model.nodes) > crashed(before.model.nodes),
  },
  {
    id: 'step',
    ...texts.step,
    at: ({ depth }) => ({ part: depth === null ? 'simulate' : 'nextStep' }),
    done: ({ depth }) => depth !== null && depth >= STEPS,
  },
  { id: 'break', ...texts.break, at: ({ depth }) => ({ part: depth === null ? 'simulate' : 'nextStep' }) },
  { id: 'find', ...texts.find, at: () => ({ part: 'find' }) },
]
