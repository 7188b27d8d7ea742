// A gesture on the drawing as events: what was asked for and held before and after, pair by pair. Says what a change
// means, not whether it is possible.
import { InterlockError } from '../../../contract/errors.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { texts } from '../model/texts.ts'
import type { ResourceEvent } from './event-rules.ts'

type Kind = 'request' | 'assignment'

/** Units by pair, in the order of the edges. */
function unitsBy(model: DeadlockModel, kind: Kind): Map<string, { process: string; resource: string; count: number }> {
  const units = new Map<string, { process: string; resource: string; count: number }>()
  for (const edge of model.edges) {
    if (edge.kind !== kind) continue
    const [process, resource] = kind === 'request' ? [edge.from, edge.to] : [edge.to, edge.from]
    const key = `${process} ${resource}`
    units.set(key, { process, resource, count: edge.count + (units.get(key)?.count ?? 0) })
  }
  return units
}

function differences(before: DeadlockModel, after: DeadlockModel, kind: Kind) {
  const was = unitsBy(before, kind)
  const is = unitsBy(after, kind)
  return [...new Map([...was, ...is])].flatMap(([key, { process, resource }]) => {
    const by = (is.get(key)?.count ?? 0) - (was.get(key)?.count ?? 0)
    return by === 0 ? [] : [{ key, process, resource, by }]
  })
}

/** Claims are declared before a run; they do not change in it. */
const claimsOf = ({ edges }: DeadlockModel): string =>
  JSON.stringify(
    edges
      .filter(({ kind }) => kind === 'claim')
      .map(({ from, to, count }) => [from, to, count])
      .sort(),
  )

/**
 * The events that turn one drawing into another: an assignment that goes is a release, a request that goes a withdrawal.
 * A new assignment grants the standing request of its pair, whole, or is a request and its grant at once.
 * @throws InterlockError `bad-event` when more than requests and assignments changed
 */
export function eventsBetween(before: DeadlockModel, after: DeadlockModel): ResourceEvent[] {
  const told = new Map(before.nodes.map((node) => [node.id, JSON.stringify(node)]))
  if (after.nodes.length !== told.size || after.nodes.some((node) => told.get(node.id) !== JSON.stringify(node))) {
    throw new InterlockError('bad-event', texts.events.onlyEdges)
  }
  if (claimsOf(before) !== claimsOf(after)) throw new InterlockError('bad-event', texts.events.onlyEdges)
  const standing = unitsBy(before, 'request')
  const first: ResourceEvent[] = []
  const then: ResourceEvent[] = []
  for (const { key, process, resource, by } of differences(before, after, 'assignment')) {
    const pair = { process, resource }
    const asked = standing.get(key)?.count ?? 0
    if (by < 0) first.push({ type: 'release', ...pair, count: -by })
    else if (asked > 0) then.push({ type: 'grant', ...pair, count: asked })
    else then.push({ type: 'request', ...pair, count: by }, { type: 'grant', ...pair, count: by })
  }
  const granted = new Set(then.map(({ process, resource }) => `${process} ${resource}`))
  for (const { key, process, resource, by } of differences(before, after, 'request')) {
    if (granted.has(key)) continue
    if (by < 0) first.push({ type: 'withdraw', process, resource, count: -by })
    else then.push({ type: 'request', process, resource, count: by })
  }
  return [...first, ...then]
}
