// One line of a script to an event, and where in the line an error lies. Knows no lab and no run.
import type { GraphModel } from '../contract/document.ts'
import { InterlockError } from '../contract/errors.ts'
import { MAX_LINE_LENGTH } from '../contract/limits.ts'
import type { Simulation } from './simulation.ts'

/** @throws InterlockError `bad-input` for a line that is too long, or that the simulation does not understand */
export function readLine<M extends GraphModel>(simulation: Simulation<M>, text: string, state: unknown): unknown {
  if (text.length > MAX_LINE_LENGTH) {
    throw new InterlockError('bad-input', `A line has up to ${MAX_LINE_LENGTH} characters. Shorten this one.`)
  }
  if (simulation.read === undefined) {
    throw new InterlockError('bad-input', `"${simulation.label}" has no script that could be read.`)
  }
  return simulation.read(text, state)
}

/** Where in the line an error lies; the whole statement when the error does not say. */
export function placeIn(
  { text, from }: { text: string; from: number },
  { details }: InterlockError,
): { from: number; to: number } {
  const at = (key: 'from' | 'to', usual: number): number => {
    const value = details?.[key]
    return typeof value === 'number' && value >= 0 && value <= text.length ? value : usual
  }
  return { from: from + at('from', 0), to: from + at('to', text.length) }
}
