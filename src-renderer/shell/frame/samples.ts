// Samples in the groups in which they are offered: walkthroughs, to look at, to practise, and exercises week by week. Knows no lab.
import { texts } from '../../ui/texts/index.ts'
import { weeksOf } from './weeks.ts'

export interface OfferedSample {
  lab: string
  id: string
  title: string
  practice: boolean
  week: number | null
  /** milliseconds that its walkthrough takes; null without one */
  told: number | null
}

const isPlain = ({ practice, week, told }: OfferedSample): boolean => !practice && week === null && told === null

export interface SampleGroup {
  title: string
  samples: readonly OfferedSample[]
}

/**
 * Groups without a sample are left out.
 * @param query part of a title or of a group's title; the empty one finds all
 */
export function sampleGroups(samples: readonly OfferedSample[], query = ''): SampleGroup[] {
  const words = texts.frame.start
  const wanted = query.trim().toLocaleLowerCase()
  const has = (text: string): boolean => text.toLocaleLowerCase().includes(wanted)
  return [
    { title: words.walkthroughs, samples: samples.filter(({ told }) => told !== null) },
    { title: words.samples, samples: samples.filter(isPlain) },
    { title: words.practice, samples: samples.filter(({ practice }) => practice) },
    ...weeksOf(samples).map((week) => ({
      title: texts.exercise.menu(week),
      samples: samples.filter((sample) => sample.week === week),
    })),
  ]
    .map((group) => ({ ...group, samples: group.samples.filter(({ title }) => has(title) || has(group.title)) }))
    .filter((group) => group.samples.length > 0)
}

/** Most samples of one lab where many labs share a page. */
const FIRST = 8

/** The first samples of a lab to look at; no group when it has none. */
export function firstSamples(samples: readonly OfferedSample[], lab: string, title: string): SampleGroup[] {
  const own = samples.filter((sample) => sample.lab === lab && isPlain(sample))
  return own.length === 0 ? [] : [{ title, samples: own.slice(0, FIRST) }]
}

/** The walkthroughs of all labs; no group when there is none. */
export function walkthroughSamples(samples: readonly OfferedSample[]): SampleGroup[] {
  const told = samples.filter((sample) => sample.told !== null)
  return told.length === 0 ? [] : [{ title: texts.frame.start.walkthroughs, samples: told }]
}
