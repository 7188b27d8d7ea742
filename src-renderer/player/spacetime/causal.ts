// What a space-time diagram says of its causality: stamps to be written, steps around a step. Pure.
import type { Causality } from '@simulation/causality.ts'

/** Indices of the events of each step: the receipt, then the sending. */
export function eventsByStep({ events }: Causality): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [index, { step }] of events.entries()) {
    const before = found.get(step)
    if (before === undefined) found.set(step, [index])
    else before.push(index)
  }
  return found
}

/** What is written at each step, from what is written at each of its events. */
export function writtenAt(
  byStep: ReadonlyMap<number, readonly number[]>,
  stampOf: ((event: number) => string) | null,
): ReadonlyMap<number, string> {
  if (stampOf === null) return new Map()
  return new Map([...byStep].map(([step, events]) => [step, events.map(stampOf).join(' → ')]))
}

/** The matrices at each step, a line for each of their rows; where a step is two events, the rows stand side by side. */
export function matricesAt(
  byStep: ReadonlyMap<number, readonly number[]>,
  { matrix }: Causality,
): ReadonlyMap<number, string> {
  return new Map(
    [...byStep].map(([step, events]) => {
      const all = events.map((event) => matrix(event).map(vectorText))
      return [step, (all[0] ?? []).map((_, row) => all.map((rows) => rows[row] ?? '').join(' → ')).join('\n')]
    }),
  )
}

export const vectorText = (vector: ArrayLike<number>): string => `(${Array.from(vector).join(',')})`

/** The steps of events, without one. */
export function stepsOf({ events }: Causality, found: readonly number[], without: number): ReadonlySet<number> {
  return new Set(found.map((event) => events[event]?.step ?? -1).filter((step) => step !== without))
}

export const nobody: ReadonlySet<number> = new Set()

export const namesById = (nodes: readonly { id: string; name: string }[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ id, name }) => [id, name]))
