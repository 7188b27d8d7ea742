// Processes and types of a drawing as things to choose from, and chosen things back as names. Knows no check.
import { InterlockError } from '../../../contract/errors.ts'
import type { Judgement } from '../../../contract/exercise.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { right, wrong } from '../../../contract/judging.ts'
import { setOf, texts } from './texts.ts'

export interface Item {
  id: string
  label: string
}

const itemsOf = (kind: 'process' | 'resource', { nodes }: DeadlockModel): Item[] =>
  nodes.filter((node) => node.kind === kind).map(({ id, name }) => ({ id, label: name }))

export const typesOf = (model: DeadlockModel): Item[] => itemsOf('resource', model)

export function itemsOfKinds(model: DeadlockModel, of: 'processes' | 'types' | 'both'): Item[] {
  return [...(of === 'types' ? [] : processesOf(model)), ...(of === 'processes' ? [] : typesOf(model))]
}

/** @throws InterlockError `bad-input` when the drawing has no process */
export function processesOf(model: DeadlockModel): Item[] {
  const items = itemsOf('process', model)
  if (items.length === 0) throw new InterlockError('bad-input', texts.noProcesses)
  return items
}

/**
 * The item of this id or name.
 * @throws InterlockError `bad-input` with those there are
 */
export function itemNamed(items: readonly Item[], what: 'process' | 'resource type', name: string): Item {
  const found = items.find(({ id }) => id === name) ?? items.find(({ label }) => label === name)
  if (found !== undefined) return found
  const known = items.map(({ label }) => label)
  throw new InterlockError('bad-input', texts.noSuch(what, name, known))
}

export function namesOf(items: readonly Item[], ids: readonly string[]): string[] {
  const names = new Map(items.map(({ id, label }) => [id, label]))
  return ids.map((id) => names.get(id) ?? id)
}

/**
 * Judges a set of items against the only right one. Each right item and each wrong one left out earns its part.
 * @param why what speaks against an item that is not in the set
 */
export function judgeSet(
  items: readonly Item[],
  solution: ReadonlySet<string>,
  chosen: readonly string[],
  why: (id: string) => string,
): Judgement {
  const name = (ids: Iterable<string>): string => setOf(namesOf(items, [...ids]))
  const expected = name(items.filter(({ id }) => solution.has(id)).map(({ id }) => id))
  const picked = new Set(chosen)
  const found = name(picked)
  const doubled = chosen.find((id, index) => chosen.indexOf(id) !== index)
  if (doubled !== undefined) return wrong(expected, name(chosen), texts.sets.doubled(name([doubled])), [doubled])
  const extra = [...picked].find((id) => !solution.has(id))
  if (extra !== undefined) return wrong(expected, found, texts.sets.tooMany(name([extra]), why(extra)), [extra])
  const missing = solution.size - picked.size
  if (missing === 0) return right(expected, found, texts.sets.all(namesOf(items, chosen)), [...picked])
  return wrong(expected, found, texts.sets.tooFew(missing), [...picked], picked.size === 0 ? 0 : 0.5)
}
