// What is left of a graph after its reduction, small and renumbered: the processes that are deadlocked, the types they
// have to do with, and the question whether a few changes would let all of them finish. Knows no names and no records.
import type { Analysis } from '../engine/analysis.ts'
import type { Rag, Rows } from '../engine/graph.ts'

/** A request or an assignment of a deadlocked process. */
export interface StuckEdge {
  /** places in `processes` and `types` of the stuck part */
  process: number
  type: number
  /** units, at least 1 */
  count: number
}

/** One change; `units` of a request or an assignment are at most its count. */
export interface Change {
  kind: 'request' | 'assignment' | 'instance'
  /** place in `requests`, `holds` or `types` of the stuck part */
  at: number
  units: number
}

export interface Stuck {
  /** numbers in the graph */
  processes: Int32Array
  types: Int32Array
  requests: StuckEdge[]
  holds: StuckEdge[]
  /** by process: places in `requests` and in `holds` */
  requestsOf: number[][]
  holdsOf: number[][]
  /** by type: places in `requests` and in `holds` */
  requestersOf: number[][]
  holdersOf: number[][]
  /** by type: units that are free once everybody who can finish has finished */
  work: Float64Array
  /** by type: instances */
  total: Float64Array
}

/** Which types have how much free, and who has finished, after some changes and all that follows from them. */
export interface Outcome {
  /** deadlocked processes that finish now, in the order in which they are taken */
  order: number[]
  finished: Uint8Array
  work: Float64Array
  /** by type: instances after the changes */
  total: Float64Array
  /** by request: units asked for after the changes */
  asked: Float64Array
  /** by assignment: units held after the changes */
  held: Float64Array
}

/** The deadlocked part of a graph; time linear in it and in the processes. */
export function stuckPart(graph: Rag, { capped }: Analysis): Stuck {
  const processes = Int32Array.from(
    (function* () {
      for (let p = 0; p < graph.processes; p += 1) if (capped.finishes[p] === 0) yield p
    })(),
  )
  const typeAt = new Map<number, number>()
  const types: number[] = []
  const place = (resource: number): number => {
    const known = typeAt.get(resource)
    if (known !== undefined) return known
    typeAt.set(resource, types.length)
    types.push(resource)
    return types.length - 1
  }
  const read = (rows: Rows): StuckEdge[] => {
    const edges: StuckEdge[] = []
    processes.forEach((p, process) => {
      for (let entry = rows.start[p]!; entry < rows.start[p + 1]!; entry += 1) {
        edges.push({ process, type: place(rows.to[entry]!), count: rows.count[entry]! })
      }
    })
    return edges
  }
  const requests = read(graph.requests)
  const holds = read(graph.holds)
  const listed = (edges: StuckEdge[], rows: number, key: 'process' | 'type'): number[][] => {
    const lists = Array.from({ length: rows }, (): number[] => [])
    edges.forEach((edge, at) => lists[edge[key]]!.push(at))
    return lists
  }
  return {
    processes,
    types: Int32Array.from(types),
    requests,
    holds,
    requestsOf: listed(requests, processes.length, 'process'),
    holdsOf: listed(holds, processes.length, 'process'),
    requestersOf: listed(requests, types.length, 'type'),
    holdersOf: listed(holds, types.length, 'type'),
    work: Float64Array.from(types, (resource) => capped.work[resource]!),
    total: Float64Array.from(types, (resource) => graph.total[resource]!),
  }
}

/**
 * The reduction goes on from where it stopped, with changes made. That is right since each change only helps: whoever
 * finished without it finishes with it, in the same order. (An instance more raises a capped request for all that
 * exists by one, and what is free by one.)
 * @param visit called with the edges looked at, to bound the work
 */
export function outcome(stuck: Stuck, changes: readonly Change[], visit: (edges: number) => void): Outcome {
  const work = stuck.work.slice()
  const total = stuck.total.slice()
  const asked = Float64Array.from(stuck.requests, ({ count }) => count)
  const held = Float64Array.from(stuck.holds, ({ count }) => count)
  for (const { kind, at, units } of changes) {
    if (kind === 'request') asked[at]! -= units
    else if (kind === 'assignment') {
      held[at]! -= units
      work[stuck.holds[at]!.type]! += units
    } else {
      work[at]! += units
      total[at]! += units
    }
  }
  const finished = new Uint8Array(stuck.processes.length)
  const order: number[] = []
  const fits = (process: number): boolean => {
    const own = stuck.requestsOf[process]!
    visit(own.length + 1)
    return own.every((at) => {
      const { type } = stuck.requests[at]!
      return Math.min(asked[at]!, total[type]!) <= work[type]!
    })
  }
  const take = (process: number): void => {
    if (finished[process] === 1 || !fits(process)) return
    finished[process] = 1
    order.push(process)
  }
  visit(stuck.requests.length + stuck.holds.length)
  // Only whoever is touched by a change can be the first to go on.
  for (const { kind, at } of changes) {
    if (kind === 'request') take(stuck.requests[at]!.process)
    const type = kind === 'instance' ? at : kind === 'assignment' ? stuck.holds[at]!.type : -1
    if (type !== -1) for (const request of stuck.requestersOf[type]!) take(stuck.requests[request]!.process)
  }
  for (let next = 0; next < order.length; next += 1) {
    const given = stuck.holdsOf[order[next]!]!
    for (const at of given) work[stuck.holds[at]!.type]! += held[at]!
    for (const at of given) {
      for (const request of stuck.requestersOf[stuck.holds[at]!.type]!) take(stuck.requests[request]!.process)
    }
  }
  return { order, finished, work, total, asked, held }
}

/**
 * A group of processes of which nobody waits for anybody outside it: some change of every repair has to do with it.
 * It is the first component that Tarjan's search (Depth-first search and linear graph algorithms, 1972) completes.
 * @returns the types its members still wait for, and the places of the requests for them
 */
export function closedGroup(stuck: Stuck, state: Outcome, visit: (edges: number) => void): { requests: number[] } {
  const root = state.finished.indexOf(0)
  const unmet = (process: number): number[] =>
    stuck.requestsOf[process]!.filter((at) => {
      const { type } = stuck.requests[at]!
      return Math.min(state.asked[at]!, state.total[type]!) > state.work[type]!
    })
  const successors = (process: number): number[] => {
    const next = new Set<number>()
    for (const at of unmet(process)) {
      for (const hold of stuck.holdersOf[stuck.requests[at]!.type]!) {
        const { process: holder } = stuck.holds[hold]!
        if (state.finished[holder] === 0 && state.held[hold]! > 0) next.add(holder)
      }
    }
    visit(next.size + 1)
    return [...next]
  }
  const found = new Map<number, number>([[root, 0]])
  const low = new Map<number, number>([[root, 0]])
  const path = [{ process: root, next: successors(root) }]
  const open = [root]
  for (;;) {
    const top = path.at(-1)!
    const child = top.next.pop()
    if (child !== undefined) {
      const seen = found.get(child)
      if (seen === undefined) {
        found.set(child, found.size)
        low.set(child, found.size - 1)
        open.push(child)
        path.push({ process: child, next: successors(child) })
      } else low.set(top.process, Math.min(low.get(top.process)!, seen))
      continue
    }
    // No component is complete before this one, so every process found is still open.
    if (low.get(top.process) === found.get(top.process)) {
      const members = open.slice(open.indexOf(top.process)).sort((a, b) => a - b)
      return { requests: members.flatMap(unmet) }
    }
    path.pop()
    const above = path.at(-1)!.process
    low.set(above, Math.min(low.get(above)!, low.get(top.process)!))
  }
}
