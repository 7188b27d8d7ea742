// Which events are possible in a drawing, in the order in which they are offered: grants, releases, requests. There can
// be as many requests as processes times types, so they are counted and found by number instead of being listed.
import type { Random } from '../../../simulation/random.ts'
import type { Drawing } from '../naming.ts'
import { type ResourceEvent, isWaiting, mostUnits } from './event-rules.ts'

/** Grants in the order processes, then types. */
export function grants(drawing: Drawing): ResourceEvent[] {
  const { graph, processes, resources } = drawing
  const { requests, available } = graph
  return processes.flatMap(({ id }, process) =>
    range(requests.start[process]!, requests.start[process + 1]!).flatMap((entry): ResourceEvent[] => {
      const resource = requests.to[entry]!
      const count = requests.count[entry]!
      if (count > available[resource]!) return []
      return [{ type: 'grant', process: id, resource: resources[resource]!.id, count }]
    }),
  )
}

/** For each holding of a process that does not wait: one unit given back, then all of them where there are several. */
export function releases(drawing: Drawing): ResourceEvent[] {
  const { graph, processes, resources } = drawing
  const { holds } = graph
  return processes.flatMap(({ id }, process) => {
    if (isWaiting(drawing, process)) return []
    return range(holds.start[process]!, holds.start[process + 1]!).flatMap((entry): ResourceEvent[] => {
      const resource = resources[holds.to[entry]!]!.id
      const held = holds.count[entry]!
      const one: ResourceEvent = { type: 'release', process: id, resource, count: 1 }
      return held === 1 ? [one] : [one, { ...one, count: held }]
    })
  })
}

/** By process: how many types it may ask one more unit of. */
function requestCounts(drawing: Drawing): number[] {
  const { graph, processes, claims } = drawing
  const { holds, total } = graph
  return processes.map((_, process) => {
    if (isWaiting(drawing, process)) return 0
    if (claims.has(process)) return requestsOf(drawing, process).length
    const held = range(holds.start[process]!, holds.start[process + 1]!)
    return graph.resources - held.filter((entry) => holds.count[entry]! >= total[holds.to[entry]!]!).length
  })
}

function requestsOf(drawing: Drawing, process: number): ResourceEvent[] {
  const { graph, processes, resources } = drawing
  const { holds } = graph
  const held = new Map<number, number>()
  for (const entry of range(holds.start[process]!, holds.start[process + 1]!)) {
    held.set(holds.to[entry]!, holds.count[entry]!)
  }
  const full = (resource: number): boolean => (held.get(resource) ?? 0) >= mostUnits(drawing, process, resource)
  return resources.flatMap(({ id }, resource): ResourceEvent[] =>
    full(resource) ? [] : [{ type: 'request', process: processes[process]!.id, resource: id, count: 1 }],
  )
}

/** Requests of one unit, at most `most`. */
export function requests(drawing: Drawing, most: number): ResourceEvent[] {
  const found: ResourceEvent[] = []
  for (let process = 0; process < drawing.graph.processes && found.length < most; process += 1) {
    if (isWaiting(drawing, process)) continue
    for (const event of requestsOf(drawing, process).slice(0, most - found.length)) found.push(event)
  }
  return found
}

/** First a kind of event among those possible, then one of that kind, each with equal chance. */
export function pickEvent(drawing: Drawing, random: Random): ResourceEvent | undefined {
  const granted = grants(drawing)
  const released = releases(drawing)
  const counts = requestCounts(drawing)
  const requestable = counts.reduce((sum, count) => sum + count, 0)
  const kinds = [
    { size: granted.length, at: (index: number) => granted[index] },
    { size: released.length, at: (index: number) => released[index] },
    { size: requestable, at: (index: number) => requestAt(drawing, counts, index) },
  ].filter((kind) => kind.size > 0)
  const kind = kinds.length === 0 ? undefined : kinds[random.below(kinds.length)]
  return kind?.at(random.below(kind.size))
}

function requestAt(drawing: Drawing, counts: readonly number[], index: number): ResourceEvent | undefined {
  let rest = index
  for (const [process, count] of counts.entries()) {
    if (rest < count) return requestsOf(drawing, process)[rest]
    rest -= count
  }
  return undefined
}

const range = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, index) => from + index)
