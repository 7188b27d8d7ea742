// Reading ids of nodes in the input of the lab's operations, with errors that name the place and the remedy.
import { MAX_NETWORK_NODES } from '../../../contract/limits.ts'
import { bad, readWhole, said } from '../../../contract/operation-input.ts'

/** Ids of nodes: different whole numbers from 0. @throws InterlockError `bad-input` */
export function readIds(value: unknown, place: string, least = 1): number[] {
  if (!Array.isArray(value) || value.length < least || value.length > MAX_NETWORK_NODES) {
    throw bad(place, `expected a list of ${least} to ${MAX_NETWORK_NODES} ids, found ${said(value)}.`)
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
