// Reading the input of the lab's operations, with errors that name the place and the remedy.
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_NETWORK_NODES } from '../../../contract/limits.ts'

export const bad = (place: string, sentence: string): InterlockError =>
  new InterlockError('bad-input', `input.${place}: ${sentence}`, { place })

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60))

/** @throws InterlockError `bad-input` when it is no object */
export function readObject(input: unknown): Record<string, unknown> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>
  throw new InterlockError('bad-input', `input: expected an object with fields, found ${shown(input)}.`)
}

/** @throws InterlockError `bad-input` naming the place, what was expected and what was found */
export function readWhole(value: unknown, place: string, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw bad(place, `expected a whole number from ${min} to ${max}, found ${shown(value)}.`)
}

/** Ids of nodes: different whole numbers from 0. @throws InterlockError `bad-input` */
export function readIds(value: unknown, place: string, least = 1): number[] {
  if (!Array.isArray(value) || value.length < least || value.length > MAX_NETWORK_NODES) {
    throw bad(place, `expected a list of ${least} to ${MAX_NETWORK_NODES} ids, found ${shown(value)}.`)
  }
  const ids = value.map((id, index) => readWhole(id, `${place}[${index}]`, 0, Number.MAX_SAFE_INTEGER))
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index)
  if (twice >= 0) throw bad(`${place}[${twice}]`, `the id ${ids[twice] ?? ''} is there twice. Give each node its own.`)
  return ids
}

/** Some of the ids that are there. @throws InterlockError `bad-input` */
export function readSome(value: unknown, place: string, ids: readonly number[]): number[] {
  if (value === undefined) return []
  const some = readIds(value, place, 0)
  const strange = some.findIndex((id) => !ids.includes(id))
  if (strange >= 0)
    throw bad(`${place}[${strange}]`, `there is no node ${some[strange] ?? ''}. Name one of ${ids.join(', ')}.`)
  return some
}

/** A node that lives. @throws InterlockError `bad-input` */
export function readLive(value: unknown, place: string, ids: readonly number[], crashed: readonly number[]): number {
  const id = readWhole(value, place, 0, Number.MAX_SAFE_INTEGER)
  if (!ids.includes(id)) throw bad(place, `there is no node ${id}. Name one of ${ids.join(', ')}.`)
  if (crashed.includes(id)) throw bad(place, `node ${id} is crashed, so it cannot begin. Name one that lives.`)
  return id
}
