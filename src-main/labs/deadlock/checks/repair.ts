// The question for the fewest changes that end a deadlock: units taken from requests and assignments, or units added to
// types. What counts is the number of arrows and types that were changed.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { analyse } from '../engine/analysis.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { readDrawing } from '../naming.ts'
import { repairs } from '../repairs/index.ts'
import { right, wrong } from '../../../contract/judging.ts'
import { About, check } from './make.ts'
import { texts } from './texts.ts'

/** repairs named in the key */
const MOST_IN_KEY = 5

export const repair = check<z.infer<typeof About>>({
  id: 'repair',
  title: texts.titles.repair,
  params: About,
  form: (given) => (solutionsOf(given), { kind: 'drawing' }),
  judge({ given, drawing }) {
    const expected = keyOf(given)
    const { fewest } = solutionsOf(given)
    const { used, at, added } = changesBetween(given, drawing)
    const { deadlock } = analyse(readDrawing(drawing).graph)
    const found = `${texts.repair.found(used)}, ${deadlock === true ? texts.repair.deadlock : texts.repair.free}`
    if (added !== null) return wrong(expected, found, texts.repair.added(added), at)
    if (used === 0) return wrong(expected, found, texts.repair.unchanged)
    if (deadlock === null) return wrong(expected, found, texts.repair.withheld)
    if (deadlock) return wrong(expected, found, texts.repair.still)
    if (used > fewest) return wrong(expected, found, texts.repair.more(used), at, 0.5)
    return right(expected, found, texts.repair.right(used), at)
  },
  key: keyOf,
})

/** @throws InterlockError `bad-input` when there is nothing to mend, or too much */
function solutionsOf(given: DeadlockModel): { fewest: number; titles: string[] } {
  if (analyse(readDrawing(given).graph).deadlock !== true) throw new InterlockError('bad-input', texts.repair.none)
  const found = repairs(given).repairs
  if (found.length === 0) throw new InterlockError('bad-input', texts.repair.unsolved)
  return { fewest: Math.min(...found.map(({ edits }) => edits.length)), titles: found.map(({ title }) => title) }
}

function keyOf(given: DeadlockModel): string {
  const { titles } = solutionsOf(given)
  return texts.repair.key(titles.slice(0, MOST_IN_KEY), Math.max(0, titles.length - MOST_IN_KEY))
}

/**
 * What was changed: arrows with fewer units or none, and types with other numbers of units. A process or type that is
 * gone counts by its arrows. Claims say nothing about now and are not looked at.
 */
function changesBetween(
  before: DeadlockModel,
  after: DeadlockModel,
): { used: number; at: string[]; added: string | null } {
  const names = new Map([...before.nodes, ...after.nodes].map(({ id, name }) => [id, name]))
  const name = (id: string): string => names.get(id) ?? id
  const key = ({ kind, from, to }: DeadlockModel['edges'][number]): string => `${kind} ${from} ${to}`
  const saying = ({ kind, from, to }: DeadlockModel['edges'][number]): string => {
    const [process, type] = kind === 'assignment' ? [to, from] : [from, to]
    return texts.drawing[kind](name(process), name(type))
  }
  const now = new Map(after.edges.map((edge) => [key(edge), edge]))
  const at: string[] = []
  let used = 0
  for (const edge of before.edges) {
    const same = now.get(key(edge))
    now.delete(key(edge))
    if (edge.kind === 'claim' || same?.count === edge.count) continue
    if (same !== undefined && same.count > edge.count) return { used, at: [same.id], added: saying(same) }
    used += 1
    if (same !== undefined) at.push(same.id)
  }
  for (const edge of now.values()) {
    if (edge.kind !== 'claim') return { used, at: [edge.id], added: saying(edge) }
  }
  const types = new Map(after.nodes.map((node) => [node.id, node]))
  for (const node of before.nodes) {
    const same = types.get(node.id)
    if (node.kind !== 'resource' || same?.kind !== 'resource' || same.instances === node.instances) continue
    used += 1
    at.push(node.id)
  }
  return { used, at, added: null }
}
