// The course of a told walkthrough: which step is shown at a time, and what a moment more of the clock leads to. Pure
// functions, without zod or Svelte, since they travel inside an exported page.
import type { ToldStep } from '@contract/told.ts'

export interface Course {
  readonly steps: readonly Pick<ToldStep, 'at' | 'ms' | 'question'>[]
  readonly length: number
}

/** Where one is, and whether a question waits there. `answered` holds the steps whose question was gone on from. */
export interface Place {
  readonly time: number
  readonly index: number
  readonly asking: boolean
  readonly answered: readonly number[]
}

export const beginning: Place = { time: 0, index: 0, asking: false, answered: [] }

/** The last step that has begun. */
export function indexAt({ steps }: Course, time: number): number {
  return Math.max(
    0,
    steps.findLastIndex(({ at }) => at <= time),
  )
}

const endOf = ({ steps, length }: Course, index: number): number => steps[index + 1]?.at ?? length

/** A question that was asked is withdrawn. */
export function soughtTo(course: Course, place: Place, time: number): Place {
  const to = Math.max(0, Math.min(course.length, time))
  return { ...place, time: to, index: indexAt(course, to), asking: false }
}

/** So many milliseconds later. A step's question stops the clock at its end; no step is passed over, however short. */
export function later(course: Course, place: Place, by: number): Place {
  if (place.asking) return place
  const end = endOf(course, place.index)
  const time = place.time + by
  if (time < end) return { ...place, time }
  const asks = course.steps[place.index]?.question !== null && !place.answered.includes(place.index)
  if (asks) return { ...place, time: Math.max(place.time, end - 1), asking: true }
  const next = Math.min(place.index + 1, course.steps.length - 1)
  return { ...place, time: Math.min(end, course.length), index: next }
}

/** On to the step behind the question. */
export function goneOn(course: Course, place: Place): Place {
  const answered = [...place.answered, place.index]
  const time = endOf(course, place.index)
  return { time, index: Math.min(place.index + 1, course.steps.length - 1), asking: false, answered }
}

export const atEnd = ({ length }: Course, { time, asking }: Place): boolean => time >= length && !asking
