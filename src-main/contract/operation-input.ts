// Reading what an operation is given: values are checked where they stand, and a refusal names the place and the remedy.
// Knows no lab.
import { z } from 'zod'
import { InterlockError } from './errors.ts'

/** Anything is let through to an operation's readers, whose refusals say more than a schema could. */
export const anything = <T = unknown>(): z.ZodType<T> => z.custom<T>(() => true)

/** @param at the place in the input, such as "ids[2]" */
export const bad = (at: string, sentence: string): InterlockError =>
  new InterlockError('bad-input', `${at}: ${sentence}`, { at })

/** A value as a message shows it. */
export function said(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** @throws InterlockError `bad-input` when it is no object */
export function readFields(
  input: unknown,
  at = 'input',
  refusal = 'expected an object with the fields that --help lists.',
): Record<string, unknown> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>
  throw bad(at, refusal)
}

/** @throws InterlockError `bad-input` naming the place, what was expected and what was found */
export function readWhole(value: unknown, at: string, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw bad(at, `expected a whole number from ${min} to ${max}, found ${said(value)}.`)
}
