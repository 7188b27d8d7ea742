// Which records light up for a line of evidence. Bounded, since a line about a huge drawing lights only its beginning.
import type { Ring } from './engine/rings.ts'
import type { Drawing } from './naming.ts'

/** records lit by one line */
const MOST_LIGHTS = 120

export interface Lights {
  /** a process with its edges and the types they lead to */
  process(process: number): string[]
  /** a request with both its ends */
  request(process: number, resource: number): string[]
  /** a type, what the process holds of it, and the process */
  assignment(process: number, resource: number): string[]
  /** the same with what the process holds of the type */
  pair(process: number, resource: number): string[]
  /** a process, the type it waits for, and that type's holders */
  wait(process: number, resource: number): string[]
  /** both processes and the edges through which one waits for the other */
  waitFor(process: number, holder: number): string[]
  /** nodes and edges of a cycle */
  cycle(vertices: Int32Array): string[]
  /** everything that belongs to a ring */
  ring(ring: Ring, ringOf: Int32Array): string[]
}

export function makeLights(drawing: Drawing): Lights {
  const { graph, processes, resources, requests, assignments, processOf, resourceOf } = drawing
  const pair = (process: number, resource: number): number => process * graph.resources + resource
  // made when first needed, since many drawings of a run are never looked at
  let requestIds: Map<number, string> | undefined
  let assignmentIds: Map<number, string> | undefined
  const idOf = (vertex: number): string | undefined =>
    vertex < graph.processes ? processes[vertex]?.id : resources[vertex - graph.processes]?.id
  const requestId = (process: number, resource: number): string | undefined => {
    requestIds ??= new Map(requests.map((e) => [pair(processOf.get(e.from)!, resourceOf.get(e.to)!), e.id]))
    return requestIds.get(pair(process, resource))
  }
  const assignmentId = (process: number, resource: number): string | undefined => {
    assignmentIds ??= new Map(assignments.map((e) => [pair(processOf.get(e.to)!, resourceOf.get(e.from)!), e.id]))
    return assignmentIds.get(pair(process, resource))
  }

  const collect = (add: (id: string | undefined) => boolean, rows: Iterable<() => (string | undefined)[]>): void => {
    for (const row of rows) for (const id of row()) if (!add(id)) return
  }
  const bounded = (fill: (add: (id: string | undefined) => boolean) => void): string[] => {
    const ids = new Set<string>()
    fill((id) => {
      if (id !== undefined) ids.add(id)
      return ids.size < MOST_LIGHTS
    })
    return [...ids]
  }
  const entries = function* (rows: { start: Int32Array; to: Int32Array }, row: number): Generator<number> {
    for (let entry = rows.start[row]!; entry < rows.start[row + 1]!; entry += 1) yield rows.to[entry]!
  }
  const rows = function* (
    source: Iterable<number>,
    make: (neighbour: number) => (string | undefined)[],
  ): Generator<() => (string | undefined)[]> {
    for (const neighbour of source) yield () => make(neighbour)
  }

  return {
    process: (process) =>
      bounded((add) => {
        add(processes[process]?.id)
        collect(
          add,
          rows(entries(graph.holds, process), (r) => [assignmentId(process, r), resources[r]?.id]),
        )
        collect(
          add,
          rows(entries(graph.requests, process), (r) => [requestId(process, r), resources[r]?.id]),
        )
      }),
    request: (process, resource) =>
      present([processes[process]?.id, requestId(process, resource), resources[resource]?.id]),
    assignment: (process, resource) =>
      present([resources[resource]?.id, assignmentId(process, resource), processes[process]?.id]),
    pair: (process, resource) =>
      present([
        processes[process]?.id,
        requestId(process, resource),
        assignmentId(process, resource),
        resources[resource]?.id,
      ]),
    wait: (process, resource) =>
      bounded((add) => {
        collect(add, [() => [processes[process]?.id, requestId(process, resource), resources[resource]?.id]])
        collect(
          add,
          rows(entries(graph.holders, resource), (q) => [assignmentId(q, resource), processes[q]?.id]),
        )
      }),
    waitFor: (process, holder) =>
      bounded((add) => {
        collect(add, [() => [processes[process]?.id, processes[holder]?.id]])
        collect(
          add,
          rows(entries(graph.requests, process), (r) =>
            assignmentId(holder, r) === undefined
              ? []
              : [requestId(process, r), resources[r]?.id, assignmentId(holder, r)],
          ),
        )
      }),
    cycle: (vertices) =>
      bounded((add) => {
        for (let index = 0; index < vertices.length; index += 1) {
          const from = vertices[index]!
          const to = vertices[(index + 1) % vertices.length]!
          const edge =
            from < graph.processes ? requestId(from, to - graph.processes) : assignmentId(to, from - graph.processes)
          if (!add(idOf(from)) || !add(edge)) return
        }
      }),
    ring: ({ members }, ringOf) =>
      bounded((add) => {
        for (const process of members) {
          const own = ringOf[process]
          const inRing = (r: number): boolean => ringOf[graph.processes + r] === own
          if (!add(processes[process]?.id)) return
          for (const r of entries(graph.requests, process)) {
            if (inRing(r) && !(add(requestId(process, r)) && add(resources[r]?.id))) return
          }
          for (const r of entries(graph.holds, process)) if (inRing(r) && !add(assignmentId(process, r))) return
        }
      }),
  }
}

const present = (ids: (string | undefined)[]): string[] => ids.filter((id) => id !== undefined)
