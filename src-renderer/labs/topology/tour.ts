// The tour of the topology lab: on the bare-metal server, from reading the rules to breaking, mending and running it.
import type { TourScene, TourStep } from '../../shell/tour/tour-steps.ts'
import { tourTexts as texts } from './tour-texts.ts'

/** How many of the run's steps have to be taken. */
const STEPS = 3

const guests = ({ model }: TourScene): typeof model.nodes => model.nodes.filter(({ kind }) => kind === 'os')

export const tour: readonly TourStep[] = [
  { id: 'verdict', ...texts.verdict, at: () => ({ part: 'verdict' }) },
  { id: 'evidence', ...texts.evidence, at: () => ({ part: 'evidence' }), done: ({ visits }) => visits > 0 },
  {
    id: 'break',
    ...texts.break,
    at: (now) => {
      const guest = guests(now).find(({ name }) => name === 'Debian') ?? guests(now)[0]
      return guest === undefined ? null : { node: guest.id }
    },
    done: (now, before) => guests(now).length < guests(before).length,
  },
  {
    id: 'mend',
    ...texts.mend,
    at: () => ({ part: 'verdict' }),
    done: (now) => {
      const homes = new Set(guests(now).map((guest) => guest['parent']))
      return now.model.nodes.every(({ kind, id }) => kind !== 'vm' || homes.has(id))
    },
  },
  {
    id: 'step',
    ...texts.step,
    at: ({ depth }) => ({ part: depth === null ? 'simulate' : 'nextStep' }),
    done: ({ depth }) => depth !== null && depth >= STEPS,
  },
  { id: 'find', ...texts.find, at: () => ({ part: 'find' }) },
]
